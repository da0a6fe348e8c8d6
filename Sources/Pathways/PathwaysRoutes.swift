import HTML
import Kernel
import Services
import Store
import Web

/// What readers of a text said, for those who publish it.
public struct ReadersSaid: Sendable {
    let facts: [FormPage.Fact]
    /// A comment without an answer, or a part that somebody does not understand.
    let isAnythingOpen: Bool

    public init(_ facts: [FormPage.Fact], isAnythingOpen: Bool) {
        self.facts = facts
        self.isAnythingOpen = isAnythingOpen
    }
}

/// What rooms above this one put on its pages.
public struct RoomsAbove: Sendable {
    /// At the head of the list of pages, such as the steps of the service.
    public typealias More = @Sendable (Service, Transaction) throws -> [(link: Link, summary: String)]
    /// What whoever looks was asked to read.
    public typealias Waiting = @Sendable (Visit, Service, Transaction) throws -> [WaitingText]
    /// A text to listen to, where there is a voice for it.
    public typealias ListeningOf = @Sendable (LeafletText, Leaflet, Service, Transaction) throws -> Listening?

    public typealias SaidOf = @Sendable (LeafletText, LeafletVisit, Transaction) throws -> ReadersSaid

    var more: More
    var waiting: Waiting
    var listening: ListeningOf
    var said: SaidOf

    public init(
        more: @escaping More = { _, _ in [] },
        waiting: @escaping Waiting = { _, _, _ in [] },
        listening: @escaping ListeningOf = { _, _, _, _ in nil },
        said: @escaping SaidOf = { _, _, _ in ReadersSaid([], isAnythingOpen: false) }
    ) {
        self.more = more
        self.waiting = waiting
        self.listening = listening
        self.said = said
    }
}

public enum PathwaysRoutes {
    public static func add(to site: Site, with above: RoomsAbove = RoomsAbove()) {
        let all = "/:service/pathways"
        let one = all + "/:leaflet"
        let text = one + "/texts/:text"
        site.open(all) { visit, tx in
            let service = try ServiceVisit(visit, tx).service
            return try PathwaysPage(visit, more: above.more(service, tx), waiting: above.waiting(visit, service, tx), tx)
        }
        site.open(all + "/words") { visit, tx in try WordsPage(visit, tx) }
        site.open(one) { visit, tx in try LeafletPage(visit, above, tx) }
        site.open(one + "/versions") { visit, tx in try VersionsPage(visit, tx) }
        site.open(one + "/versions/:published") { visit, tx in try VersionPage(visit, above, tx) }
        site.page(one + "/work") { visit, tx in try WorkPage(visit, tx) }
        addWriting(to: site, all, one, text)
        addPublishing(to: site, text, above)
    }

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

    private static func addPublishing(to site: Site, _ text: String, _ above: RoomsAbove) {
        let publication: Site.Show = { visit, tx in try TextForms.publication(visit, above, tx) }
        site.page(text + "/publication", publication)
        site.post(text + "/publication", again: publication) { visit, tx in
            let at = try LeafletVisit(visit, tx)
            let one = try at.text(tx)
            try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
            var form = visit.form
            let reason = form.text("reason", limit: 500)
            let isToLook = try TextForms.isToLook(at: one, above.said(one, at, tx))
            if isToLook, !form.has("looked") { form.problems.add("looked", W.lookFirst) }
            try form.check()
            try PublishText.run(one, edition: Int(form["edition"]) ?? 0, reason: reason, of: at.leaflet, in: at.service, by: at.deed, tx)
            return .see(at.url(of: one.id).adding("done", "published"))
        }
    }
}
