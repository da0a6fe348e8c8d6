import HTML
import Kernel
import Pathways
import Projects
import Services
import Store
import Web
import Words

/// The forms of those who read a text: sending it to a room, saying what one thinks of it, answering that.
enum ReaderForms {
    @Sendable static func asking(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
        let groups = try at.here.people.projects.flatMap { try ProjectStore.groups(of: $0, tx) }.filter { $0.closedAt == nil }
        let options = [Question.Option("", W.chooseGroup)] + groups.map { Question.Option($0.id.text, $0.name) }
        return FormPage(
            W.askRoom,
            at.surroundings(at.work, Link(text.title, to: at.url(of: text.id))),
            caption: text.title,
            lead: W.askLead,
            parts: [
                FormPage.Part([
                    .list("group", W.group, options, in: visit.form),
                    .text("words", W.askWords, in: visit.form, hint: W.askHint, limit: AskRoom.limit, rows: 3, isOptional: true),
                ])
            ],
            sendTo: at.url(of: text.id).below("asking"),
            button: W.ask,
            otherwise: Link(Common.back, to: at.url(of: text.id)),
            problems: visit.form.problems
        )
    }

    static func paragraph(_ number: Int, of text: LeafletText) -> TextPart.Paragraph? {
        part(of: number, text)?.paragraphs.first { $0.number == number }
    }

    /// The part in which this paragraph stands.
    private static func part(of number: Int, _ text: LeafletText) -> TextPart? {
        TextPart.all(of: text, explained: []).flatMap(\.everyPart).first { $0.paragraphs.contains { $0.number == number } }
    }

    /// Which paragraph of the part it is about; where there is one alone, nobody is asked.
    private static func which(_ number: Int, in part: TextPart, _ form: Form) -> Question {
        guard part.paragraphs.count > 1 else { return .carried("paragraph", number) }
        let options = part.paragraphs.map { Question.Option("\($0.number)", beginning($0.words)) }
        return .list("paragraph", W.whichParagraph, options, in: form, or: "\(number)")
    }

    // 60 letters: enough to know a paragraph by, and what fits on a small screen.
    private static func beginning(_ words: String) -> String {
        let line = words.replacing("\n", with: " ")
        return line.count > 60 ? line.prefix(60) + "…" : line
    }

    @Sendable static func comment(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        _ = try LeafletPolicy.speak(in: at.here.people, by: visit.actor)
        let number = Int(visit.form.isSent ? visit.form["paragraph"] : visit.query["paragraph"] ?? "") ?? 1
        guard let part = part(of: number, text) else { throw Refusal.notFound }
        return FormPage(
            W.commentOn,
            at.surroundings(at.work, Link(text.title, to: at.url(of: text.id))),
            caption: text.title,
            lead: W.commentLead,
            facts: [FormPage.Fact(part.said.capitalisedStart, part.paragraphs.map(\.words).joined(separator: "\n\n"))],
            parts: [
                FormPage.Part([
                    which(number, in: part, visit.form),
                    .text("words", W.commentWords, in: visit.form, hint: W.commentHint, limit: CommentOnText.limit, rows: 4),
                ])
            ],
            sendTo: at.url(of: text.id).below("comments"),
            button: W.send,
            otherwise: Link(Common.back, to: at.url(of: text.id).at("paragraph-\(number)")),
            problems: visit.form.problems
        )
    }

    @Sendable static func answer(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
        let comment = try CommentStore.find(visit.id("comment"), of: text.id, tx)
        return FormPage(
            W.answerThis,
            at.surroundings(at.work, Link(text.title, to: at.url(of: text.id))),
            caption: text.title,
            facts: [FormPage.Fact(at.here.at.perspectives.one(comment.perspective).capitalisedStart, comment.words)],
            parts: [FormPage.Part([.text("answer", W.answer, in: visit.form, hint: W.answerHint, limit: CommentOnText.limit, rows: 4)])],
            sendTo: at.url(of: text.id).below("comments", comment.id),
            button: W.send,
            otherwise: Link(Common.back, to: at.url(of: text.id)),
            problems: visit.form.problems
        )
    }
}
