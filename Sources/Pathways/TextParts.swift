import HTML
import Kernel
import Markdown
import Readability

/// A text as those see it who work on it: every paragraph with its number, what is hard in it and what was said about it.
struct TextPart: Sendable, Encodable {
    struct Paragraph: Sendable, Encodable {
        let number: Int
        let words: String
        let hard: [String]
        var comments: [CommentRow] = []
        let html: HTML
        private enum CodingKeys: String, CodingKey { case number, words, hard, comments }
    }

    struct CommentRow: Sendable, Encodable {
        let words: String
        let by: String
        let answer: String?
        /// Where an editor answers it.
        let answering: SafeURL?
        /// Where its speaker takes it back.
        let taking: SafeURL?
    }

    let id: String
    let heading: String
    var paragraphs: [Paragraph]
    var parts: [TextPart]
    var understood: [Understood] = []

    /// - Parameter explained: words of the glossary, which are not held against a sentence.
    static func all(of text: LeafletText, explained: Set<String>) -> [TextPart] {
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
    var everyParagraph: [Paragraph] { paragraphs + parts.flatMap(\.everyParagraph) }
    var everyPart: [TextPart] { [self] + parts.flatMap(\.everyPart) }
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
