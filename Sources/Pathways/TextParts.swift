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
        /// What is hard in it and why, a line each; its long words on one line.
        public let hard: [String]
        public let hardSentences: Int
        public let longWords: [String]
        public let html: HTML
    }

    /// The heading as an address; "summary" is what stands before the first one.
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
            let hard = marksHard ? HardSentence.all(in: words, explained: explained) : []
            return Paragraph(
                number: number,
                words: words.joined(separator: "\n"),
                hard: HardSentence.advice(on: hard),
                hardSentences: hard.count,
                longWords: HardSentence.longWords(in: hard),
                html: html
            )
        }
        func part(_ one: Markdown.Part) -> TextPart {
            let own = one.blocks.map { paragraph($0.paragraphs, $0.html()) }
            return TextPart(id: one.id, heading: one.heading, paragraphs: own, parts: one.parts.map(part))
        }
        let summary = paragraph([text.summary], p(text.summary, class: "lead"))
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
        let opening = parts.first.map { $0.id.isEmpty ? $0.paragraphs : [] } ?? []
        let beginning = TextPart(id: "summary", heading: "", paragraphs: [summary] + opening, parts: [])
        return [beginning] + parts.drop { $0.id.isEmpty }
    }

    /// All paragraphs, those of parts within it too.
    public var everyParagraph: [Paragraph] { paragraphs + parts.flatMap(\.everyParagraph) }
    public var everyPart: [TextPart] { [self] + parts.flatMap(\.everyPart) }
}

extension HardSentence {
    /// What a writer is told about the hard sentences of a paragraph: each by its beginning, and all long words on one line.
    static func advice(on found: [HardSentence]) -> [String] {
        let words = longWords(in: found)
        return found.compactMap(\.advice) + (words.isEmpty ? [] : [W.hardWords(n: words.count, words: quoted(words))])
    }

    /// Each once, as they come.
    static func longWords(in found: [HardSentence]) -> [String] {
        let all = found.flatMap(\.reasons).compactMap { reason in if case .longWord(let word) = reason { word } else { nil } }
        return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// "“We will …” 27 words: try two sentences." Nil where only its words are long.
    private var advice: String? {
        let why = reasons.compactMap(\.words)
        return why.isEmpty ? nil : W.hardSentence(sentence: beginning, why: why.joined(separator: " "))
    }

    // 8 words: enough to find it by.
    private var beginning: String {
        let parts = words.split(separator: " ")
        return parts.count > 10 ? parts.prefix(8).joined(separator: " ") + " …" : words
    }

    static func quoted(_ words: [String]) -> String { words.map { "“\($0)”" }.joined(separator: ", ") }
}

extension HardSentence.Reason {
    fileprivate var words: String? {
        switch self {
        case .words(let number): W.hardLong(number: "\(number)")
        case .longWord: nil
        case .passive(let words): W.hardPassive(words: words)
        }
    }
}

extension [TextPart] {
    public var hardSentences: Int { flatMap(\.everyParagraph).reduce(0) { $0 + $1.hardSentences } }

    /// "“implementation”, “evaluation”": each long word of the text once; nil where there is none.
    public var longWords: String? {
        let all = flatMap(\.everyParagraph).flatMap(\.longWords).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return all.isEmpty ? nil : HardSentence.quoted(all)
    }
}
