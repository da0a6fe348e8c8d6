import Directory
import HTML
import Kernel
import Store
import Web
import Words

public enum WorkRoutes {
    public static func add(to site: Site) {
        site.page("/directory/work") { visit, tx in try WorkPage(visit, tx) }
        addSettling(to: site)
        addWriting(to: site)
        addEnding(to: site)
        addOwners(to: site)
        addNeeds(to: site)
    }

    private static let one = "/directory/entries/:entry"

    private static func addSettling(to site: Site) {
        site.post("/directory/told/:told/settling") { visit, tx in
            let told: ID<Subject.Entry> = try visit.id("told")
            var form = visit.form
            let answer = form.line("answer-\(told)", limit: TellChange.limit)
            try form.check()
            try SettleTold.run(told, answer: answer, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/work").adding("done", "settled"))
        }
    }

    private static func addWriting(to site: Site) {
        site.page("/directory/entries/new", EditPages.new)
        site.post("/directory/entries", again: EditPages.new) { visit, tx in
            try EditPages.editor(visit)
            let draft = try read(visit, tx)
            let id = try AddEntry.run(draft, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/entries", id).adding("done", "added"))
        }
        site.page(one + "/edit", EditPages.edit)
        site.post(one, again: EditPages.edit) { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            let draft = try read(visit, tx)
            var form = visit.form
            let why = form.line("why", limit: 300)
            try form.check()
            try ChangeEntry.run(entry.id, to: draft, version: Int(form["version"]) ?? 0, why: why, by: visit.deed, tx)
            return .see(entry.url.adding("done", "changed"))
        }
        site.page(one + "/history") { visit, tx in try HistoryPage(visit, tx) }
        site.post(one + "/undoing") { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            guard let version = Int(visit.form["version"]) else { throw Problems("version", Common.notANumber) }
            try UndoChange.run(entry.id, to: version, by: visit.deed, tx)
            return .see(entry.url.adding("done", "undone"))
        }
    }

    private static func read(_ visit: Visit, _ tx: Transaction) throws -> EntryDraft {
        var form = visit.form
        let draft = EntryDraft(&form, needs: try NeedStore.all(tx))
        try form.check()
        return draft
    }

    private static func addEnding(to site: Site) {
        site.page(one + "/withdrawal", EditPages.withdraw)
        site.post(one + "/withdrawal", again: EditPages.withdraw) { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            var form = visit.form
            let why = form.text("why", limit: 1_000, empty: W.whyEmpty)
            try form.check()
            try WithdrawEntry.run(entry.id, why: why, by: visit.deed, tx)
            return .see(entry.url.adding("done", "withdrawn"))
        }
        let merge: Site.Show = { visit, tx in try MergePage(visit, tx) }
        site.page(one + "/merging", merge)
        site.post(one + "/merging", again: merge) { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            guard let into = EntryID(visit.form["into"]) else { throw Problems("into", W.mergeEmpty) }
            try MergeEntries.run(entry.id, into: into, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/entries", into).adding("done", "merged"))
        }
        site.post(one + "/showing") { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            try ShowEntry.run(entry.id, by: visit.deed, tx)
            return .see(entry.url)
        }
        site.post(one + "/confirmation") { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            try ConfirmEntry.run(entry.id, by: visit.deed, tx)
            if visit.form["then"] == "work" { return .see(SafeURL.path("/directory/work").adding("done", "confirmed")) }
            return .see(entry.url.adding("done", "confirmed"))
        }
    }

    private static func addOwners(to site: Site) {
        let show: Site.Show = { visit, tx in try OwnerPage(visit, tx) }
        site.page(one + "/owner", show)
        site.post(one + "/owner", again: show) { visit, tx in
            let entry = try EditPages.entry(visit, tx)
            var form = visit.form
            let name = form.line("name", limit: 120, empty: W.ownerEmpty)
            let contact = form.line("contact", limit: 200)
            try form.check()
            let token = try NameOwner.run(entry.id, name: name, contact: contact, by: visit.deed, tx)
            let link = SafeURL.path("/directory/confirm", token).absolute(on: visit.site.base).description
            return .page(try OwnerPage(visit, link: link, tx))
        }
        site.page("/directory/confirm/:token") { visit, tx in
            try visit.site.limits.count("owner", visit, most: 60, minutes: 60)
            return try ConfirmPage(visit, tx)
        }
        site.post("/directory/confirm/:token") { visit, tx in
            let token = try visit.part("token")
            try ConfirmEntry.run(token: token, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/confirm", token).adding("done", "confirmed"))
        }
        site.page("/directory/confirm/:token/mending", EditPages.mend)
        site.post("/directory/confirm/:token/mending", again: EditPages.mend) { visit, tx in
            let token = try visit.part("token")
            _ = try EntryOwner.entry(for: token, tx)
            let draft = try read(visit, tx)
            try MendEntry.run(token: token, to: draft, version: Int(visit.form["version"]) ?? 0, by: visit.deed, tx)
            return .see(SafeURL.path("/directory/confirm", token).adding("done", "mended"))
        }
    }

    private static func addNeeds(to site: Site) {
        site.page("/directory/needs") { visit, tx in try NeedsPage(visit, tx) }
        site.page("/directory/needs/new", EditPages.newNeed)
        site.post("/directory/needs", again: EditPages.newNeed) { visit, tx in
            try EditPages.editor(visit)
            let need = try typedNeed(visit)
            _ = try ChangeNeed.add(name: need.name, about: need.about, said: need.said, by: visit.deed, tx)
            return .see(.path("/directory/needs"))
        }
        site.page("/directory/needs/:need", EditPages.need)
        site.post("/directory/needs/:need", again: EditPages.need) { visit, tx in
            try EditPages.editor(visit)
            let need = try typedNeed(visit)
            let version = Int(visit.form["version"]) ?? 0
            try ChangeNeed.run(
                visit.id("need"),
                name: need.name,
                about: need.about,
                said: need.said,
                version: version,
                by: visit.deed,
                tx
            )
            return .see(.path("/directory/needs"))
        }
    }

    private static func typedNeed(_ visit: Visit) throws -> (name: String, about: String, said: [String]) {
        var form = visit.form
        let name = form.line("name", limit: 80, empty: W.needEmpty)
        let about = form.line("about", limit: 300)
        let said = form.text("said", limit: 2_000).split(whereSeparator: { $0 == "\n" || $0 == "," }).map { PlainText.line(String($0)) }
        try form.check()
        return (name, about, said.filter { !$0.isEmpty })
    }
}
