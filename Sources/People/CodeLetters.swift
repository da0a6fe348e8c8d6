/// Codes that people type from paper: digits and letters without those that look like digits (Crockford's base 32).
enum CodeLetters {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// A letter for each byte: five bits of chance each.
    static func text(of bytes: some Sequence<UInt8>) -> String { String(decoding: bytes.map { alphabet[Int($0 & 31)] }, as: UTF8.self) }

    /// What was typed, read kindly: capitals, hyphens, spaces, and the letters o, i and l for the digits they look like.
    static func read(_ typed: String) -> String {
        String(
            typed.lowercased().compactMap { letter in
                switch letter {
                case "o": "0"
                case "i", "l": "1"
                default: letter.isASCII && (letter.isLetter || letter.isNumber) ? letter : nil
                }
            }
        )
    }
}
