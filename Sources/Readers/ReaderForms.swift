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
        TextPart.all(of: text, explained: []).flatMap(\.everyParagraph).first { $0.number == number }
    }

    @Sendable static func comment(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        let text = try at.text(tx)
        _ = try LeafletPolicy.speak(in: at.here.people, by: visit.actor)
        let number = Int(visit.form.isSent ? visit.form["paragraph"] : visit.query["paragraph"] ?? "") ?? 1
        guard let paragraph = paragraph(number, of: text) else { throw Refusal.notFound }
        return FormPage(
            W.commentOn,
            at.surroundings(at.work, Link(text.title, to: at.url(of: text.id))),
            caption: text.title,
            lead: W.commentLead,
            facts: [FormPage.Fact(W.paragraph(number: "\(number)"), paragraph.words)],
            parts: [
                FormPage.Part([
                    .text("words", W.commentWords, in: visit.form, hint: W.commentHint, limit: CommentOnText.limit, rows: 4),
                    .carried("paragraph", number),
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
