import HTML
import Kernel
import Services
import Store
import Web

public enum PathwaysRoutes {
    /// What rooms above this one put at the head of the list, such as the steps of the service.
    public typealias More = @Sendable (Service, Transaction) throws -> [(link: Link, summary: String)]

    public static func add(to site: Site, more: @escaping More = { _, _ in [] }) {
        let all = "/:service/pathways"
        let one = all + "/:leaflet"
        let text = one + "/texts/:text"
        site.open(all) { visit, tx in try PathwaysPage(visit, more: more(ServiceVisit(visit, tx).service, tx), tx) }
        site.open(all + "/words") { visit, tx in try WordsPage(visit, tx) }
        site.open(one) { visit, tx in try LeafletPage(visit, tx) }
        site.open(one + "/versions") { visit, tx in try VersionsPage(visit, tx) }
        site.page(one + "/work") { visit, tx in try WorkPage(visit, tx) }
        site.page(text, showText)
        addWriting(to: site, all, one, text)
        addChecking(to: site, text)
        addReading(to: site, text)
    }

    private static let showText: Site.Show = { visit, tx in try TextPage(visit, tx) }

    private static func addWriting(to site: Site, _ all: String, _ one: String, _ text: String) {
        site.page(all + "/new", LeafletForms.start)
        site.post(all, again: LeafletForms.start) { visit, tx in
            let here = try PathwaysVisit(visit, tx)
            try LeafletPolicy.work(in: here.people, by: visit.actor)
            var form = visit.form
            let details = try LeafletForms.details(&form, here, tx)
            let draft = TextDraft(&form, as: .plain, language: LeafletText.original)
            try form.check()
            let made = try StartLeaflet.run(details, draft, in: here.service, by: visit.deed, tx)
            let leaflet = try LeafletStore.find(made.leaflet, tx)
            return .see(leaflet.url(in: here.service).below("texts", made.id).adding("done", "written"))
        }
        site.page(one + "/settings", LeafletForms.settings)
        site.post(one + "/settings", again: LeafletForms.settings) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
            var form = visit.form
            let details = try LeafletForms.details(&form, at.here, tx)
            try form.check()
            try ChangeLeaflet.run(at.leaflet, to: details, version: Int(form["version"]) ?? 0, in: at.service, by: at.deed, tx)
            return .see(at.work.url)
        }
        site.page(one + "/texts/new", TextForms.new)
        site.post(one + "/texts", again: TextForms.new) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            try LeafletPolicy.work(in: at.here.people, by: visit.actor)
            var form = visit.form
            let kind = LeafletText.Form(rawValue: form["form"]) ?? .plain
            let language = form.has("language") ? form["language"] : LeafletText.original
            let draft = TextDraft(&form, as: kind, language: language)
            try form.check()
            let made = try WriteText.new(draft, of: at.leaflet, in: at.service, by: at.deed, tx)
            return .see(at.url(of: made.id).adding("done", "written"))
        }
        site.page(text + "/edit", TextForms.edit)
        site.post(text, again: TextForms.edit) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let before = try at.text(tx)
            var form = visit.form
            let draft = TextDraft(&form, as: before.form, language: before.language)
            try form.check()
            try WriteText.edit(before, to: draft, edition: Int(form["edition"]) ?? 0, of: at.leaflet, in: at.service, by: at.deed, tx)
            return .see(at.url(of: before.id).adding("done", "written"))
        }
    }

    private static func addChecking(to site: Site, _ text: String) {
        site.post(text + "/check", again: showText) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try CheckText.run(one, edition: Int(visit.form["edition"]) ?? 0, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "checked"))
        }
        site.page(text + "/publication", TextForms.publication)
        site.post(text + "/publication", again: TextForms.publication) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
            var form = visit.form
            let reason = form.text("reason", limit: 500)
            try form.check()
            try PublishText.run(one, edition: Int(form["edition"]) ?? 0, reason: reason, of: at.leaflet, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "published"))
        }
        site.page(text + "/asking", TextForms.asking)
        site.post(text + "/asking", again: TextForms.asking) { visit, tx in
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

    private static func addReading(to site: Site, _ text: String) {
        site.post(text + "/sign-off", again: showText) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try SignOff.run(one, edition: Int(visit.form["edition"]) ?? 0, in: at.service, by: at.deed, tx)
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
            let part = visit.form["part"]
            guard TextPart.all(of: one, explained: []).flatMap(\.everyPart).contains(where: { $0.id == part }) else {
                throw Refusal.notFound
            }
            try SayUnderstood.run(
                visit.form["answer"] == "yes",
                part,
                of: one,
                edition: Int(visit.form["edition"]) ?? 0,
                in: at.service,
                by: at.deed,
                tx
            )
            return .see(at.url(of: one.id).adding("done", "said"))
        }
        site.page(text + "/comments/new", TextForms.comment)
        site.post(text + "/comments", again: TextForms.comment) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            guard at.here.people.membership(visit.actor) != nil else { throw Refusal.notAllowed(because: W.onlyMembers) }
            var form = visit.form
            let words = form.text("words", limit: CommentOnText.limit, empty: W.commentEmpty)
            try form.check()
            let number = Int(form["paragraph"]) ?? 0
            guard TextForms.paragraph(number, of: one) != nil else { throw Refusal.notFound }
            try CommentOnText.run(words, on: one, paragraph: number, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "said").at("paragraph-\(number)"))
        }
        site.page(text + "/comments/:comment", TextForms.answer)
        site.post(text + "/comments/:comment", again: TextForms.answer) { visit, tx in
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
