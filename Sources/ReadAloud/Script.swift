import Foundation
import Pathways

/// What is read aloud of a text, as SSML (speech synthesis markup, W3C 1.1): its words and where to pause, nothing else.
struct Script: Sendable {
    let ssml: String

    init(of text: LeafletText) {
        let parts = TextPart.all(of: text, explained: [])
        ssml = "<speak>" + Self.line(text.title) + Self.pause(800) + parts.map(Self.read).joined() + "</speak>"
    }

    private static func read(_ part: TextPart) -> String {
        let heading = part.heading.isEmpty ? "" : pause(900) + line(part.heading) + pause(500)
        // Every item of a list and every cell of a table is a line, and so has its pause.
        let own = part.paragraphs.map { $0.words.split(separator: "\n").map { line(String($0)) }.joined() + pause(350) }.joined()
        return heading + own + part.parts.map(read).joined()
    }

    private static func pause(_ milliseconds: Int) -> String { "<break time=\"\(milliseconds)ms\"/>" }

    private static func line(_ words: String) -> String {
        let end = words.last.map { ".!?:;".contains($0) } ?? true ? "" : "."
        return "<p>" + escaped(numbersToRing(in: words)) + end + "</p>"
    }

    /// Digit by digit, as people say them: "0 2 0, 8 7 0 2", not "twenty, eight thousand seven hundred and two".
    static func numbersToRing(in words: String) -> String {
        words.replacing(/\b(?:0\d{2,4}(?: ?\d{3,4}){2}|116 ?123|85258|999|111|112)\b/) { found in
            found.output.split(separator: " ").map { $0.map(String.init).joined(separator: " ") }.joined(separator: ", ")
        }
    }

    /// Nothing that people wrote is a mark of SSML or of espeak (which takes `[[` for sounds and control characters for orders).
    static func escaped(_ words: String) -> String {
        var out = ""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "[", "]": out += " "
            default: if scalar.value >= 32, scalar.value != 127 { out.unicodeScalars.append(scalar) } else { out += " " }
            }
        }
        return out
    }
}
