import HTML
import Kernel
import Pathways
import Services
import Store
import Web

public enum ReadersRoutes {
    public static func add(to site: Site) {
        let text = "/:service/pathways/:leaflet/texts/:text"
        site.page(text, showText)
        addAsking(to: site, text)
        addSaying(to: site, text)
        addComments(to: site, text)
    }

    private static let showText: Site.Show = { visit, tx in try TextPage(visit, tx) }

    private static func addAsking(to site: Site, _ text: String) {
        site.post(text + "/check", again: showText) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try CheckText.run(one, edition: Int(visit.form["edition"]) ?? 0, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "checked"))
        }
        site.page(text + "/asking", ReaderForms.asking)
        site.post(text + "/asking", again: ReaderForms.asking) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
            var form = visit.form
            let words = form.text("words", limit: AskRoom.limit)
            guard let group = GroupID(form["group"]) else { throw Problems("group", W.groupEmpty) }
            try form.check()
            try AskRoom.run(one, group, words: words, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "asked"))
        }
    }

    private static func addSaying(to site: Site, _ text: String) {
        site.post(text + "/sign-off", again: showText) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try SayClear.run(one, edition: Int(visit.form["edition"]) ?? 0, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "signed"))
        }
        site.post(text + "/sign-off/end") { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try SignOff.takeBack(one, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id))
        }
        site.post(text + "/understanding", again: showText) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            // The beginning has no heading that could be named.
            let name = visit.form["part"].isEmpty ? "summary" : visit.form["part"]
            let understands = visit.form["answer"] == "yes"
            guard let part = TextPart.all(of: one, explained: []).flatMap(\.everyPart).first(where: { $0.id == name }) else {
                throw Refusal.notFound
            }
            let saidClear = try SignOffStore.has(visit.actor.personID, signed: one, tx)
            try SayUnderstood.run(
                understands,
                name,
                of: one,
                edition: Int(visit.form["edition"]) ?? 0,
                in: at.service,
                by: at.deed,
                tx
            )
            guard !understands else { return .see(at.url(of: one.id).adding("done", "said")) }
            let number = part.paragraphs.first?.number ?? 1
            return .see(at.url(of: one.id).adding("done", saidClear ? "not-clear" : "not-understood").adding("paragraph", number))
        }
    }

    private static func addComments(to site: Site, _ text: String) {
        site.page(text + "/comments/new", ReaderForms.comment)
        site.post(text + "/comments", again: ReaderForms.comment) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            _ = try LeafletPolicy.speak(in: at.here.people, by: visit.actor)
            var form = visit.form
            let words = form.text("words", limit: CommentOnText.limit, empty: W.commentEmpty)
            try form.check()
            let number = Int(form["paragraph"]) ?? 0
            guard ReaderForms.paragraph(number, of: one) != nil else { throw Refusal.notFound }
            try CommentOnText.run(words, on: one, paragraph: number, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "said").at("paragraph-\(number)"))
        }
        site.page(text + "/comments/:comment", ReaderForms.answer)
        site.post(text + "/comments/:comment", again: ReaderForms.answer) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            var form = visit.form
            try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
            let answer = form.text("answer", limit: CommentOnText.limit, empty: W.answerEmpty)
            try form.check()
            try AnswerComment.run(visit.id("comment"), answer: answer, on: one, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "said"))
        }
        site.post(text + "/comments/:comment/end") { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try TakeBackComment.run(visit.id("comment"), on: one, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id))
        }
    }
}
