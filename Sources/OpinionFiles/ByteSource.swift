import Foundation

/// Where bytes come from, a piece at a time: a file of any size, or bytes at hand.
struct ByteSource {
    private let read: () throws -> [UInt8]

    // 256 KiB: large enough that asking costs nothing, small enough to stay in the second cache.
    static let pieceSize = 256 * 1024

    /// The next piece, empty at the end.
    func next() throws -> [UInt8] { try read() }

    /// - Throws: `OpinionFileError.unreadable` when the file cannot be opened or read.
    init(path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw OpinionFileError.unreadable(path) }
        read = {
            do {
                return try file.read(upToCount: Self.pieceSize).map { [UInt8]($0) } ?? []
            } catch {
                throw OpinionFileError.unreadable(path)
            }
        }
    }

    /// Bytes at hand, in pieces of `pieceSize`, so that tests can cut them anywhere.
    init(_ bytes: [UInt8], pieceSize: Int = ByteSource.pieceSize) {
        var place = 0
        read = {
            let piece = Array(bytes[place..<min(place + pieceSize, bytes.count)])
            place += piece.count
            return piece
        }
    }
}
