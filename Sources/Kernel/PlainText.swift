import Foundation

/// Cleans what people type, once, at the door.
public enum PlainText {
    /// CRLF to LF, NFC, control characters out (tabs and line ends stay), bidirectional overrides out, ends trimmed.
    ///
    /// Of marks that pile up on one letter the first 30 are kept, as in Unicode's stream-safe text (UAX #15, section 13): no language has
    /// more, and NFC sorts a pile in time that grows with its square, minutes for a megabyte.
    public static func clean(_ raw: String) -> String {
        var out = String.UnicodeScalarView()
        var afterReturn = false
        var marks = 0
        for scalar in raw.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            marks = isMark(scalar) ? marks + 1 : 0
            if scalar == "\r" || (scalar == "\n" && !afterReturn) {
                out.append("\n")
            } else if scalar != "\n" && marks <= 30 && isKept(scalar) {
                out.append(scalar)
            }
        }
        return String(out).precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The same on a single line: every run of white space becomes one space.
    public static func line(_ raw: String) -> String {
        clean(raw).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// How long people would say it is: in characters, but no more than four parts to a character, or one letter could carry a book.
    public static func length(_ words: String) -> Int { max(words.count, (words.unicodeScalars.count + 3) / 4) }

    /// Marks that combine with the letter before them; the first one stands at U+0300.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
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
