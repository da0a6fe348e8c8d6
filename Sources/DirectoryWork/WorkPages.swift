import Directory
import HTML
import Kernel
import OpenReferral
import Store
import Web
import Words

/// `/directory/work`: what editors have to do, the most urgent first.
struct WorkPage: Page {
    let heading = W.work
    var lead: String? { W.workLead }
    let told: [Told]
    let held: [Link]
    let alike: [Link]
    let stale: [Stale]
    let staleCount: Int
    let shown: Int
    let imports: [Link]
    let postcodes: Int
    let news: String?
    var surroundings: Surroundings { Surroundings(breadcrumbs: [EditPages.home], isPrivate: true) }

    struct Stale: Sendable, Encodable {
        let id: EntryID
        let name: String
        let checked: String
        let owner: String
    }

    private enum CodingKeys: String, CodingKey { case told, held, alike, stale, staleCount, shown, imports, postcodes, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        try EditPages.editor(visit)
        told = try Told.waiting(tx)
        held = try Self.entries("state = 'held'", tx)
        alike = try Duplicates.groups(tx).map { Link($0.label, to: .path("/directory/entries", $0.id, "merging")) }
        stale = try Self.stale(visit, tx)
        staleCount = try tx.count("SELECT COUNT(*) FROM directory_entries WHERE state = 'shown' AND review_due < \(visit.at)")
        shown = try EntryStore.count(.shown, tx)
        // Feeds have a page of their own.
        imports = try tx.all("SELECT id, name FROM directory_sources WHERE kind = 'csv' ORDER BY made_at DESC, id") { row in
            (id: try row.next() as ImportID, name: try row.next() as String)
        }.map { Link($0.name, to: .path("/directory/imports", $0.id)) }
        postcodes = try PostcodeStore.count(tx)
        news = visit.query["done"].flatMap { ["settled": W.newsSettled, "confirmed": W.newsConfirmed][$0] }
    }

    /// Whose day to be checked is longest past, first. 25: each line has a form of its own, and a page is to stay light.
    private static func stale(_ visit: Visit, _ tx: Transaction) throws -> [Stale] {
        let dates = visit.site.dates
        return try tx.all(
            """
            SELECT directory_entries.id, directory_entries.name, directory_entries.assured_at, directory_owners.name
            FROM directory_entries LEFT JOIN directory_owners ON directory_owners.entry = directory_entries.id
            WHERE directory_entries.state = 'shown' AND directory_entries.review_due < \(visit.at)
            ORDER BY directory_entries.review_due, directory_entries.number LIMIT 25
            """
        ) { row in
            Stale(
                id: try row.next(),
                name: try row.next(),
                checked: (try row.next() as Moment?).map(dates.day) ?? W.neverChecked,
                owner: try row.next() as String? ?? W.noOwner
            )
        }
    }

    private static func entries(_ which: SQL, _ tx: Transaction) throws -> [Link] {
        try tx.all("SELECT id, name FROM directory_entries WHERE \(which) ORDER BY review_due, number LIMIT 50") { row in
            (id: try row.next() as EntryID, name: try row.next() as String)
        }.map { Link($0.name, to: .path("/directory/entries", $0.id)) }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p(W.countShown(n: shown))
            ul {
                li { a(W.addEntry, to: .path("/directory/entries/new")) }
                li { a(W.feeds, to: .path("/directory/feeds")) }
                li { a(W.bringFile, to: .path("/directory/imports/new")) }
                li { a(W.needs, to: .path("/directory/needs")) }
                li { a(W.postcodesLink, to: .path("/directory/postcodes")) }
            }
            section(W.toldHeading) {
                if told.isEmpty { p(W.toldNone) }
                cards { for one in told { Self.card(one) } }
            }
            if !held.isEmpty { section(W.heldHeading) { Self.list(held) } }
            if !alike.isEmpty { section(W.alikeHeading) { Self.list(alike) } }
            section(W.staleHeading) {
                p(W.countStale(n: staleCount))
                if !stale.isEmpty { staleTable }
            }
            if !imports.isEmpty { section(W.importsHeading) { Self.list(imports) } }
        }
    }

    private var staleTable: HTML {
        table(
            caption: W.staleHeading,
            columns: [W.place, W.lastChecked, W.owner, W.makeLink, W.allTrueNow].map { TableColumn($0) },
            rows: stale.map { one in
                TableRow(
                    a(one.name, to: .path("/directory/entries", one.id)),
                    [
                        HTML(one.checked), HTML(one.owner),
                        a(W.makeLink, about: one.name, to: .path("/directory/entries", one.id, "owner")),
                        postButton(
                            W.allTrueNow,
                            about: one.name,
                            to: .path("/directory/entries", one.id, "confirmation"),
                            hidden: ["then": "work"]
                        ),
                    ]
                )
            },
            isCaptionOnlySpoken: true
        )
    }

    private static func list(_ links: [Link]) -> HTML { ul { for link in links { li { a(link.label, to: link.url) } } } }

    private static func card(_ told: Told) -> HTML {
        HTML::card(told.name, to: .path("/directory/entries", told.entry)) {
            quote(told.words)
            form(post: .path("/directory/told", told.id, "settling")) {
                textField("answer-\(told.id)", label: W.settleAnswer, isOptional: true)
                button(W.settle, about: told.name, kind: .secondary)
            }
        }
    }
}

/// `/directory/needs`: the needs and what people say for them. Everybody may read it.
struct NeedsPage: Page {
    let heading = W.needs
    var lead: String? { W.needsLead }
    let needs: [Need]
    let mayEdit: Bool
    var surroundings: Surroundings { Surroundings(breadcrumbs: [EditPages.home]) }

    private enum CodingKeys: String, CodingKey { case needs }

    init(_ visit: Visit, _ tx: Transaction) throws {
        needs = try NeedStore.all(tx)
        mayEdit = DirectoryPolicy.mayEdit(visit.actor)
    }

    var html: HTML {
        HTML {
            if mayEdit { p { buttonLink(W.addNeed, to: .path("/directory/needs/new"), kind: .secondary) } }
            table(
                caption: W.needs,
                columns: [TableColumn(W.need), TableColumn(W.needAbout), TableColumn(W.needSaid)]
                    + (mayEdit ? [TableColumn(Common.change)] : []),
                rows: needs.map { need in
                    TableRow(
                        a(need.name, to: SafeURL.path("/directory").adding("need", need.id)),
                        [HTML(need.about), HTML(need.said.joined(separator: ", "))]
                            + (mayEdit ? [a(Common.change, about: need.name, to: .path("/directory/needs", need.id))] : [])
                    )
                },
                isCaptionOnlySpoken: true
            )
        }
    }
}

/// `/directory/entries/:entry/history`: what an entry was, and who made it what it is.
struct HistoryPage: Page {
    let heading = W.history
    let caption: String?
    let changes: [Change]
    let surroundings: Surroundings
    private let entry: EntryID

    struct Change: Sendable, Encodable {
        let version: Int
        let what: String
        let differences: [Difference]
        let mayUndo: Bool
    }

    struct Difference: Sendable, Encodable {
        let label: String
        let was: String
        let became: String
    }

    private enum CodingKeys: String, CodingKey { case changes }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let entry = try EditPages.entry(visit, tx)
        self.entry = entry.id
        caption = entry.name
        surroundings = EditPages.around(entry)
        let dates = visit.site.dates
        let needs = try NeedStore.all(tx)
        var after = try EditPages.draft(entry, tx)
        var list: [Change] = []
        for old in try EntryVersion.all(of: entry.id, tx) {
            let before = try Self.draft(old, entry, tx)
            let pairs = zip(before.sides(needs), after.sides(needs)).filter { $0.words != $1.words }
            let who = old.by ?? Common.someone
            let said = W.didWhat(what: Self.words(old.what), day: dates.dayAndTime(old.at), who: who)
            list.append(
                Change(
                    version: old.version,
                    what: old.why.isEmpty ? said : said + " " + W.theReason(why: old.why),
                    differences: pairs.map { Difference(label: $0.label, was: $0.words, became: $1.words) },
                    mayUndo: entry.state != .merged && old.state != .merged
                )
            )
            after = before
        }
        changes = list
    }

    private static func draft(_ old: EntryVersion, _ entry: Entry, _ tx: Transaction) throws -> EntryDraft {
        var then = entry
        then.service = old.service
        then.provider = old.provider
        then.isSecret = old.isSecret
        return try EditPages.draft(then, tx)
    }

    private static func words(_ what: String) -> String {
        switch what {
        case "confirmed": W.didConfirm
        case "mended": W.didMend
        case "withdrawn": W.didWithdraw
        case "merged", "joined": W.didMerge
        case "undone": W.didUndo
        case "renewed": W.didRenew
        case "shown": W.didShow
        default: W.didChange
        }
    }

    var html: HTML {
        HTML {
            if changes.isEmpty { emptyState(W.noHistory) }
            for change in changes {
                section(change.what) {
                    if !change.differences.isEmpty {
                        table(
                            caption: W.differences,
                            columns: [TableColumn(W.part), TableColumn(W.was), TableColumn(W.became)],
                            rows: change.differences.map { TableRow($0.label, [HTML($0.was), HTML($0.became)]) },
                            isCaptionOnlySpoken: true
                        )
                    }
                    if change.mayUndo {
                        postButton(
                            W.undo,
                            about: change.what,
                            to: .path("/directory/entries", entry, "undoing"),
                            hidden: ["version": change.version]
                        )
                    }
                }
            }
        }
    }
}

/// `/directory/entries/:entry/owner`: who vouches for an entry.
struct OwnerPage: Page {
    let heading = W.owner
    let caption: String?
    var lead: String? { W.ownerLead }
    let owner: EntryOwner?
    /// Shown once, right after it was made.
    let link: String?
    let surroundings: Surroundings
    let fields: Filled
    private let sendTo: SafeURL
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case link, fields }

    init(_ visit: Visit, link: String? = nil, _ tx: Transaction) throws {
        let entry = try EditPages.entry(visit, tx)
        caption = entry.name
        owner = try EntryOwner.of(entry.id, tx)
        self.link = link
        surroundings = EditPages.around(entry)
        sendTo = .path("/directory/entries", entry.id, "owner")
        fields = Filled(visit.form, beginning: ["name": owner?.name ?? "", "contact": owner?.contact ?? ""])
    }

    var html: HTML {
        HTML {
            if let link {
                notificationBanner(W.ownerLinkMade, kind: .success) {
                    p { codeWords(link) }
                    copyButton(W.copyLink, copies: link)
                }
            }
            form(post: sendTo) {
                textField("name", label: W.ownerName, value: fields["name"], problems: problems)
                textField(
                    "contact",
                    label: W.ownerContact,
                    value: fields["contact"],
                    hint: W.ownerContactHint,
                    problems: problems,
                    isOptional: true
                )
                button(owner == nil ? W.makeLink : W.makeLinkAgain)
            }
        }
    }
}

/// `/directory/confirm/:token`: an owner looks at their entry and says that it is true, or mends it. No account.
struct ConfirmPage: Page {
    let heading: String
    var lead: String? { W.confirmLead }
    let facts: [EntryFacts.Fact]
    let description: String?
    /// How search understands the times.
    let readBack: String?
    let news: String?
    private let token: String
    var surroundings: Surroundings { Surroundings(breadcrumbs: [EditPages.home], isPrivate: true) }

    private enum CodingKeys: String, CodingKey { case facts, description, readBack, news }

    init(_ visit: Visit, _ tx: Transaction) throws {
        token = try visit.part("token")
        let (entry, name) = try EntryOwner.entry(for: token, tx)
        heading = W.confirmHeading(name: entry.name)
        facts = EntryFacts(entry).all + Self.reach(entry) + [EntryFacts.Fact(label: W.owner, words: name)]
        description = entry.service.description
        readBack = OpeningWords(entry.service).readBack
        news = visit.query["done"] == nil ? nil : W.newsDone
    }

    /// A number is missed where there is none; the other ways only show where there are some.
    private static func reach(_ entry: Entry) -> [EntryFacts.Fact] {
        let service = entry.service
        let others = [(W.text, service.textNumber), (W.chat, service.chat), (W.email, service.email), (W.url, service.url)]
        return [EntryFacts.Fact(label: W.phone, words: service.phone ?? "")]
            + others.compactMap { label, words in words.map { EntryFacts.Fact(label: label, words: $0) } }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let description { words(description) }
            summaryList(facts.map { SummaryRow($0.label, $0.words) })
            if let readBack { p(readBack) }
            // Who has just said so need not say it again.
            if news == nil { postButton(W.allTrue, to: .path("/directory/confirm", token), kind: .primary) }
            p { a(W.mend, to: .path("/directory/confirm", token, "mending")) }
        }
    }
}
