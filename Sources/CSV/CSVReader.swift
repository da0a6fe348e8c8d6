/// Reads comma-separated values a row at a time (RFC 4180), however large the file: only the row at hand and one piece of the file are held.
///
/// Takes LF and CRLF, a UTF-8 byte order mark, and quoted fields with commas, quotes and line ends in them. Empty lines are passed over.
public struct CSVReader {
    /// The line on which the row at hand begins, from 1.
    public private(set) var line = 0

    private let source: ByteSource
    private var piece: [UInt8] = []
    private var place = 0
    private var nextLine = 1
    private var fields: [Range<Int>] = []
    /// True while the fields lie in `piece`; they lie in `own` when the row had quotes or ran over the end of a piece.
    private var isInPiece = true
    private var own: [UInt8] = []

    // A row longer than 1 MiB is a quote that was never closed, or no CSV at all.
    private static let longestRow = 1 << 20

    public init(_ source: ByteSource) throws {
        self.source = source
        piece = try source.next()
        while piece.count < 3, case let more = try source.next(), !more.isEmpty { piece += more }
        if piece.starts(with: [0xff, 0xfe]) || piece.starts(with: [0xfe, 0xff]) { throw CSVError.notUTF8 }
        if piece.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
    }

    public var fieldCount: Int { fields.count }

    /// How many bytes of the file are in memory: one piece, and a row that ran over its end.
    var held: Int { piece.count + own.count }

    /// Moves to the next row; false at the end of the file.
    /// - Throws: `CSVError.unclosedQuote` with the line on which an endless row began, and what the source throws.
    public mutating func next() throws -> Bool {
        repeat {
            if place == piece.count {
                piece = try source.next()
                place = 0
                if piece.isEmpty { return false }
            }
            line = nextLine
            if !takePlainRow() { try takeRow() }
        } while fields.count == 1 && fields[0].isEmpty
        return true
    }

    /// The bytes of a field, without its quotes; empty where the row is too short.
    public func withBytes<Result>(_ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard field < fields.count else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return (isInPiece ? piece : own).withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[fields[field]])) }
    }

    /// A field as text; bytes that are no UTF-8 become U+FFFD.
    public func string(_ field: Int) -> String { withBytes(field) { String(decoding: $0, as: UTF8.self) } }

    /// The fast path: a row without quotes that ends within the piece. Nothing is copied; fields are marked where they lie.
    private mutating func takePlainRow() -> Bool {
        fields.removeAll(keepingCapacity: true)
        var end = -1
        piece.withUnsafeBufferPointer { bytes in
            var start = place
            for here in place..<bytes.count {
                let byte = bytes[here]
                // Digits and letters, nearly all there is, take one comparison.
                if byte > Byte.comma { continue }
                if byte == Byte.comma {
                    fields.append(start..<here)
                    start = here + 1
                } else if byte == Byte.newline {
                    let isCRLF = here > start && bytes[here - 1] == Byte.carriageReturn
                    fields.append(start..<(isCRLF ? here - 1 : here))
                    end = here + 1
                    return
                } else if byte == Byte.quote {
                    return
                }
            }
        }
        guard end >= 0 else { return false }
        place = end
        nextLine += 1
        isInPiece = true
        return true
    }

    /// Any row, byte by byte, copied into `own`.
    private mutating func takeRow() throws {
        fields.removeAll(keepingCapacity: true)
        own.removeAll(keepingCapacity: true)
        isInPiece = false
        var state = FieldState.start
        var start = 0
        while let byte = try take() {
            if byte == Byte.newline { nextLine += 1 }
            switch (state, byte) {
            case (.quoted, Byte.quote): state = .afterQuote
            case (.quoted, _): own.append(byte)
            case (_, Byte.newline):
                if state != .afterQuote, own.count > start, own.last == Byte.carriageReturn { own.removeLast() }
                fields.append(start..<own.count)
                return
            case (_, Byte.comma):
                fields.append(start..<own.count)
                start = own.count
                state = .start
            case (.start, Byte.quote): state = .quoted
            case (.afterQuote, Byte.quote):
                own.append(byte)
                state = .quoted
            case (.afterQuote, Byte.carriageReturn): continue
            default:
                own.append(byte)
                state = .plain
            }
            if own.count > Self.longestRow { throw CSVError.unclosedQuote(line: line) }
        }
        if state == .quoted { throw CSVError.unclosedQuote(line: line) }
        if own.count > start, own.last == Byte.carriageReturn, state == .plain { own.removeLast() }
        fields.append(start..<own.count)
    }

    private enum FieldState { case start, plain, quoted, afterQuote }

    private mutating func take() throws -> UInt8? {
        if place == piece.count {
            piece = try source.next()
            place = 0
            if piece.isEmpty { return nil }
        }
        defer { place += 1 }
        return piece[place]
    }
}

public enum Byte {
    public static let newline = UInt8(ascii: "\n")
    public static let carriageReturn = UInt8(ascii: "\r")
    public static let comma = UInt8(ascii: ",")
    public static let quote = UInt8(ascii: "\"")
    public static let minus = UInt8(ascii: "-")
    public static let zero = UInt8(ascii: "0")
}
