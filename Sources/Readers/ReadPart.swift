import HTML
import Kernel
import Pathways
import Web

/// A part of a text with what its readers said: comments at every paragraph, and who understands it.
struct ReadPart: Sendable, Encodable {
    struct Paragraph: Sendable, Encodable {
        let number: Int
        let words: String
        let hard: [String]
        let comments: [CommentRow]
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
    let paragraphs: [Paragraph]
    let parts: [ReadPart]
    let understood: [Understood]
    /// What whoever looks said of it: that they understand it or do not.
    let own: Bool?

    /// - Parameters:
    ///   - comments: by the paragraph's number.
    ///   - understood: by the part's id.
    ///   - own: by the part's id.
    init(_ part: TextPart, _ comments: [Int: [CommentRow]], _ understood: [String: [Understood]], own: [String: Bool]) {
        id = part.id
        heading = part.heading
        paragraphs = part.paragraphs.map { one in
            Paragraph(number: one.number, words: one.words, hard: one.hard, comments: comments[one.number] ?? [], html: one.html)
        }
        parts = part.parts.map { ReadPart($0, comments, understood, own: own) }
        self.understood = understood[part.id] ?? []
        self.own = own[part.id]
    }
}
