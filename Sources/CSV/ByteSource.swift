import Foundation

/// Where bytes come from, a piece at a time: a file of any size, or bytes at hand.
public struct ByteSource {
    private let read: () throws -> [UInt8]

    // 256 KiB: large enough that asking costs nothing, small enough to stay in the second cache.
    public static let pieceSize = 256 * 1024

    /// The next piece, empty at the end.
    public func next() throws -> [UInt8] { try read() }

    /// - Throws: `CSVError.unreadable` when the file cannot be opened or read.
    public init(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw CSVError.unreadable(path) }
        read = {
            do {
                return try file.read(upToCount: Self.pieceSize).map { [UInt8]($0) } ?? []
            } catch {
                throw CSVError.unreadable(path)
            }
        }
    }

    /// Bytes at hand, in pieces of `pieceSize`, so that tests can cut them anywhere.
    public init(_ bytes: [UInt8], pieceSize: Int = ByteSource.pieceSize) {
        var place = 0
        read = {
            let piece = Array(bytes[place..<min(place + pieceSize, bytes.count)])
            place += piece.count
            return piece
        }
    }
}
