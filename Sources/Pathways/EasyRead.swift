import HTML
import Kernel

/// An easy-read text: one idea a line, with a picture that helps. Written `phone: You can ring us.`, or without a picture.
///
/// Never made by a program: people write it and people check it.
struct EasyRead: Sendable, Encodable {
    struct Line: Sendable, Encodable {
        let picture: Picture?
        let words: String
    }

    let lines: [Line]

    /// More words than this are more than one idea.
    static let mostWords = 14

    init(_ body: String) {
        lines = body.split(whereSeparator: \.isNewline).map { String($0).trimmingSpaces }.filter { !$0.isEmpty }.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let picture = Picture(rawValue: parts[0].lowercased().trimmingSpaces) else {
                return Line(picture: nil, words: line)
            }
            return Line(picture: picture, words: String(parts[1]).trimmingSpaces)
        }
    }

    /// What is wrong with it, line by line.
    func check(_ problems: inout Problems) {
        for (place, line) in lines.enumerated() {
            let count = line.words.split(whereSeparator: \.isWhitespace).count
            if count > Self.mostWords {
                problems.add("body", W.easyTooLong(line: String(place + 1), words: String(count), most: String(Self.mostWords)))
            }
            let ends = line.words.filter { ".!?".contains($0) }.count
            if ends > 1 { problems.add("body", W.easyTwoIdeas(line: String(place + 1))) }
        }
    }

    var html: HTML {
        ul(class: "easy-read") {
            for line in lines {
                li {
                    if let picture = line.picture { picture.html }
                    p(line.words)
                }
            }
        }
    }
}
