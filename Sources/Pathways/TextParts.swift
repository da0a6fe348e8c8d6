import HTML
import Kernel
import Markdown
import Readability

/// A text as those see it who work on it: every paragraph with its number and what is hard in it, under its headings.
public struct TextPart: Sendable {
    public struct Paragraph: Sendable {
        /// 1, 2, 3 … through the whole text.
        public let number: Int
        public let words: String
        /// A sentence each, with why it is hard.
        public let hard: [String]
        public let html: HTML
    }

    /// The heading as an address; "summary" and "" stand before the first one.
    public let id: String
    public let heading: String
    public let paragraphs: [Paragraph]
    public let parts: [TextPart]

    /// - Parameter explained: words of the glossary, which are not held against a sentence.
    public static func all(of text: LeafletText, explained: Set<String>) -> [TextPart] {
        var number = 0
        let marksHard = text.language == LeafletText.original
        func paragraph(_ words: [String], _ html: HTML) -> Paragraph {
            number += 1
            let hard = marksHard ? HardSentence.all(in: words, explained: explained).map(\.advice) : []
            return Paragraph(number: number, words: words.joined(separator: "\n"), hard: hard, html: html)
        }
        func part(_ one: Markdown.Part) -> TextPart {
            let own = one.blocks.map { paragraph($0.paragraphs, $0.html()) }
            return TextPart(id: one.id, heading: one.heading, paragraphs: own, parts: one.parts.map(part))
        }
        let opening = paragraph([text.summary], p(text.summary, class: "lead"))
        let parts =
            text.form == .easy
            ? [
                TextPart(
                    id: "",
                    heading: "",
                    paragraphs: EasyRead(text.body).lines.map { line in
                        paragraph(
                            [line.words],
                            HTML::div(class: "easy-read") {
                                if let picture = line.picture { picture.html }
                                p(line.words)
                            }
                        )
                    },
                    parts: []
                )
            ] : Markdown(text.body).parts.map(part)
        return [TextPart(id: "summary", heading: "", paragraphs: [opening], parts: [])] + parts
    }

    /// All paragraphs, those of parts within it too.
    public var everyParagraph: [Paragraph] { paragraphs + parts.flatMap(\.everyParagraph) }
    public var everyPart: [TextPart] { [self] + parts.flatMap(\.everyPart) }
}

extension HardSentence {
    /// "“We will …” 27 words: try two sentences."
    var advice: String { W.hardSentence(sentence: words, why: reasons.map(\.words).joined(separator: " ")) }
}

extension HardSentence.Reason {
    var words: String {
        switch self {
        case .words(let number): W.hardLong(number: "\(number)")
        case .longWord(let word): W.hardWord(word: word)
        case .passive(let words): W.hardPassive(words: words)
        }
    }
}
