import Foundation

/// Cleans what people type, once, at the door.
public enum PlainText {
    /// CRLF to LF, NFC, control characters out (tabs and line ends stay), bidirectional overrides out, ends trimmed.
    public static func clean(_ raw: String) -> String {
        var out = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in raw.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            if scalar == "\r" || (scalar == "\n" && !afterReturn) {
                out.append("\n")
            } else if scalar != "\n" && isKept(scalar) {
                out.append(scalar)
            }
        }
        return String(out).precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The same on a single line: every run of white space becomes one space.
    public static func line(_ raw: String) -> String {
        clean(raw).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: true
        case 0x00..<0x20, 0x7f..<0xa0: false
        // Overrides and isolates can make a page read other words than it holds.
        case 0x202a...0x202e, 0x2066...0x2069, 0xfeff, 0xfff9...0xfffb: false
        default: true
        }
    }
}
