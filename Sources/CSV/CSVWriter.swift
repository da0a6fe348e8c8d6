/// Writes comma-separated values a row at a time (RFC 4180, CRLF), so that no spreadsheet takes what people wrote for a formula.
public enum CSVWriter {
    /// What a file begins with that tells Excel that it is in UTF-8.
    public static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    public static func row(_ cells: [String]) -> [UInt8] { Array((cells.map(cell).joined(separator: ",") + "\r\n").utf8) }

    private static func cell(_ words: String) -> String {
        let words = disarmed(words)
        guard words.utf8.contains(where: { $0 == Byte.comma || $0 == Byte.quote || $0 == Byte.newline || $0 == 13 || $0 == 9 }) else {
            return words
        }
        return "\"" + words.replacing("\"", with: "\"\"") + "\""
    }

    /// Spreadsheets work out what begins with one of these, also where it was quoted (OWASP, "CSV Injection"). An apostrophe before it stops them.
    private static let triggers: Set<UInt8> = [0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d, 0x0a]

    static func disarmed(_ words: String) -> String {
        // What begins with an apostrophe gets another, so that taking one away gives back what was there.
        guard let first = words.utf8.first, triggers.contains(first) || first == 0x27 else { return words }
        return "'" + words
    }

    /// What was written, out of what `row` made of it; words of others, such as `'tis`, stay as they are.
    public static func armed(_ words: String) -> String {
        let bytes = words.utf8
        guard bytes.first == 0x27, let second = bytes.dropFirst().first, triggers.contains(second) || second == 0x27 else { return words }
        return String(words.dropFirst())
    }
}
