import Directory
import HTML
import Kernel
import Store
import Web

public enum ShortlistsRoutes {
    public static func add(to site: Site, indexes: DirectoryIndexes, beside: BesideLists) {
        addLists(to: site, beside)
        addChanging(to: site, beside)
        addPhone(to: site, indexes)
        addPassing(to: site, beside)
        addOwnLink(to: site)
        addSendings(to: site)
    }

    /// What stands beside an entry of the directory: one press puts it on the list. Pages with it are shared by strangers, so the form is one
    /// that may come twice.
    public static func button(_ entry: EntryID, _ name: String, _ back: SafeURL) -> HTML {
        HTML::form(post: .path("/lists/places"), class: "one-button") {
            hidden("entry", entry)
            hidden("back", back)
            HTML::button(W.addToList, about: name, kind: .secondary)
        }
    }

    public static var ways: [Link] { [Link(W.listsHeading, to: .path("/lists"))] }

    /// For the call-back list: that lists wait to be sent.
    public static func toSend(_ actor: Actor, _ tx: Transaction) throws -> Link? {
        let count = try WaitingSendings.count(for: actor, tx)
        return count > 0 ? Link(W.listsToSend(n: count), to: .path("/sendings")) : nil
    }

    private static let one = "/lists/:list"

    private static func addLists(to site: Site, _ beside: BesideLists) {
        site.page("/lists") { visit, tx in try ListsPage(visit, beside, tx) }
        site.post("/lists") { visit, tx in
            try visit.site.limits.count("list", visit, most: 200, minutes: 60)
            let started = try StartList.run(by: visit.deed, tx)
            return seen(.path("/lists", started.list), started)
        }
        site.postRepeatable("/lists/places") { visit, tx in
            try visit.site.limits.count("list", visit, most: 200, minutes: 60)
            guard let entry = EntryID(visit.form["entry"]) else { throw Problems("entry", W.chooseEntry) }
            let back = SafeURL(local: visit.form["back"]) ?? .path("/directory")
            let holder = ListHolder(visit)
            let started = try put(entry, visit, holder, tx)
            // Reading out goes on where it was, with the same search.
            guard visit.form["then"] != "phone" else {
                let query = back.description.split(separator: "?", maxSplits: 1).dropFirst().first.map { "?\($0)" } ?? ""
                return .see(SafeURL(local: "/lists/\(started.list)/phone\(query)") ?? .path("/lists", started.list, "phone"))
            }
            return seen(SafeURL.path("/lists", started.list).adding("done", "added").adding("back", back), started)
        }
    }

    private static func put(_ entry: EntryID, _ visit: Visit, _ holder: ListHolder, _ tx: Transaction) throws -> StartList.Started {
        let asked = visit.form["list"]
        guard !asked.isEmpty else { return try PutOnList.run(entry, as: holder, by: visit.deed, tx) }
        // A caller gets a list of their own: what is in hand may be another family's.
        let list = try asked == "new" ? StartList.run(by: visit.deed, tx).list : ShortlistID(asked)
        guard let list, visit.actor.person != nil else { throw Refusal.notFound }
        try PutOnList.run(entry, on: list, as: holder, by: visit.deed, tx)
        return StartList.Started(list: list, code: nil)
    }

    private static func seen(_ url: SafeURL, _ started: StartList.Started) -> Answer {
        var answer = Answer.see(url)
        answer.pocket = started.code.map { .carry($0) }
        return answer
    }

    private static func addChanging(to site: Site, _ beside: BesideLists) {
        let show: Site.Show = { visit, tx in try ListPage(visit, beside, tx) }
        site.page(one, show)
        site.post(one, again: show) { visit, tx in
            let holder = ListHolder(visit)
            let list = try ListStore.find(visit.id("list"), for: holder, tx)
            var form = visit.form
            let title = form.line("title", limit: Shortlist.longestTitle, empty: W.titleEmpty)
            var notes: [EntryID: String] = [:]
            for place in try ListStore.places(of: list.id, tx) where form["why-\(place.entry)"] != place.note {
                notes[place.entry] = form.line("why-\(place.entry)", limit: Shortlist.longestNote)
            }
            try form.check()
            let service = ServiceID(form["service"])
            try ChangeList.run(
                list.id,
                title: title,
                service: service,
                notes: notes,
                move: move(form["do"]),
                as: holder,
                by: visit.deed,
                tx
            )
            return .see(list.url.adding("done", "saved"))
        }
        site.post(one + "/hand") { visit, tx in
            let id: ShortlistID = try visit.id("list")
            try TakeInHand.run(id, as: ListHolder(visit), by: visit.deed, tx)
            return .see(SafeURL.path("/lists", id).adding("done", "hand"))
        }
        site.post(one + "/keeping") { visit, tx in
            let id: ShortlistID = try visit.id("list")
            _ = try visit.someone()
            try KeepList.run(id, as: ListHolder(visit), by: visit.deed, tx)
            var answer = Answer.see(SafeURL.path("/lists", id).adding("done", "kept"))
            answer.pocket = .forget
            return answer
        }
        site.post(one + "/end") { visit, tx in
            try ThrowAway.run(visit.id("list"), as: ListHolder(visit), by: visit.deed, tx)
            return .see(SafeURL.path("/lists").adding("done", "gone"))
        }
        site.post(one + "/forgetting") { visit, tx in
            _ = try ListStore.find(visit.id("list"), for: ListHolder(visit), tx)
            var answer = Answer.see(.path("/directory"))
            answer.pocket = .forget
            return answer
        }
    }

    /// `up 0192…`
    private static func move(_ pressed: String) -> (ChangeList.Move, EntryID)? {
        let parts = pressed.split(separator: " ").map { String($0) }
        guard parts.count == 2, let way = ChangeList.Move(rawValue: parts[0]), let entry = EntryID(parts[1]) else { return nil }
        return (way, entry)
    }

    private static func addPhone(to site: Site, _ indexes: DirectoryIndexes) {
        site.page("/lists/phone") { visit, tx in try PhonePage(visit, indexes, isNew: true, tx) }
        let show: Site.Show = { visit, tx in try PhonePage(visit, indexes, isNew: false, tx) }
        site.page(one + "/phone", show)
        site.post(one + "/phone", again: show) { visit, tx in
            let (holder, id): (ListHolder, ShortlistID) = (ListHolder(visit), try visit.id("list"))
            _ = try ListStore.find(id, for: holder, tx)
            var form = visit.form
            let places = try ListStore.places(of: id, tx).map(\.entry)
            let read = Set(places.filter { form.has("read-\($0)") })
            let said = Dictionary(uniqueKeysWithValues: places.map { ($0, form.line("said-\($0)", limit: Shortlist.longestNote)) })
            try form.check()
            try ReadOut.run(id, read: read, said: said, as: holder, by: visit.deed, tx)
            return .see(SafeURL.path("/lists", id, "phone").adding("done", "read"))
        }
    }

    private static func addPassing(to site: Site, _ beside: BesideLists) {
        site.page("/passed/:code") { visit, tx in try PassedPage(visit, tx) }
        site.page("/passed/:code/print") { visit, tx in try PrintPage(visit, tx) }
        site.post(one + "/links", again: { visit, tx in try ListPage(visit, beside, tx) }) { visit, tx in
            try visit.site.limits.count("list", visit, most: 200, minutes: 60)
            let id: ShortlistID = try visit.id("list")
            let days = Int(visit.form["days"]).flatMap { PassOn.days.contains($0) ? $0 : nil } ?? 30
            let code = try PassOn.run(id, days: days, as: ListHolder(visit), by: visit.deed, tx)
            return .see(visit.form["then"] == "print" ? .path("/passed", code, "print") : .path("/passed", code, query: ["made": "yes"]))
        }
        site.post(one + "/links/:link/end") { visit, tx in
            let id: ShortlistID = try visit.id("list")
            try EndLink.run(visit.id("link"), of: id, as: ListHolder(visit), by: visit.deed, tx)
            return .see(SafeURL.path("/lists", id).adding("done", "ended"))
        }
    }

    private static func addOwnLink(to site: Site) {
        site.page("/lists/link/:code") { visit, tx in try OpenListPage(visit, tx) }
        site.post("/lists/link/:code/opening") { visit, tx in
            let list = try OpenListPage.list(visit, tx)
            var answer = Answer.see(list.url)
            answer.pocket = .carry(try visit.part("code"))
            return answer
        }
    }

    private static func addSendings(to site: Site) {
        let ask: Site.Show = { visit, tx in try AskSendingPage(visit, tx) }
        site.page(one + "/sending", ask)
        site.post(one + "/sending", again: ask) { visit, tx in
            let id: ShortlistID = try visit.id("list")
            _ = try ask(visit, tx)
            var form = visit.form
            let asked = try AskSendingPage.read(&form)
            let holder = ListHolder(visit)
            try SendList.run(id, to: asked.who, by: asked.channel, at: asked.contact, as: holder, by: visit.deed, tx)
            return .see(SafeURL.path("/lists", id).adding("done", "asked"))
        }
        site.page("/sendings") { visit, tx in try SendingsPage(visit, tx) }
        let show: Site.Show = { visit, tx in try SendingPage(visit, tx) }
        site.page("/sendings/:sending", show)
        site.post("/sendings/:sending/link") { visit, tx in
            let sending = try SendingStore.find(visit.id("sending"), for: visit.actor, tx)
            let code = try SendList.link(for: sending, by: visit.deed, tx)
            return .page(try SendingPage(visit, link: SafeURL.path("/passed", code).absolute(on: visit.site.base).description, tx))
        }
        site.post("/sendings/:sending/tries", again: show) { visit, tx in
            let id: SendingID = try visit.id("sending")
            _ = try SendingStore.find(id, for: visit.actor, tx)
            var form = visit.form
            let outcome: Sending.Outcome? = form.choice("outcome", missing: W.outcomeMissing)
            try form.check()
            if let outcome { try SendList.end(id, outcome, by: visit.deed, tx) }
            return .see(SafeURL.path("/sendings").adding("done", outcome?.rawValue))
        }
    }
}
