import Directory
import Experiences
import HTML
import Kernel
import OpenReferral
import Store
import Web
import Words

/// `/directory/entries/:entry`: one entry, with what families ask first.
struct EntryPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let facts: [EntryFacts.Fact]
    let reach: [Link]
    let needs: [Link]
    let checked: String
    let isOutOfDate: Bool
    let stateWords: String?
    let from: String?
    let note: String?
    let news: String?
    /// What we made of the times that somebody has just written.
    let readBack: String?
    let said: ExperiencePart
    let ways: [Link]
    let told: SafeURL
    let canConfirm: Bool
    private let isHeld: Bool
    private let button: HTML?
    private let url: SafeURL
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey {
        case facts, reach, needs, checked, isOutOfDate, stateWords, from, note, news, readBack, said, ways
    }

    init(_ entry: Entry, _ visit: Visit, _ beside: BesideEntries, _ tx: Transaction) throws {
        let service = entry.service
        heading = entry.name
        url = entry.url
        let provider = try entry.provider.map { try ProviderStore.find($0, tx).name }
        caption = provider == entry.name ? nil : provider
        lead = service.description
        facts = EntryFacts(entry).all
        reach = Self.reach(service)
        let known = Set(service.termIDs)
        needs = try NeedStore.all(tx).filter { known.contains($0.id.text) }.map {
            Link($0.name, to: SafeURL.path("/directory").adding("need", $0.id))
        }
        isOutOfDate = entry.isOutOfDate(at: visit.at)
        let source = try entry.source.flatMap { try SourceNote.of($0, tx) }
        checked = Self.checked(entry, try Assurance.of(entry, tx), provider: provider, source: source?.name, visit)
        from = source.map { W.comesFrom(source: $0.name, licence: $0.licence) }
        note = source.flatMap { $0.note.isEmpty ? nil : $0.note }
        let mayEdit = DirectoryPolicy.mayEdit(visit.actor)
        stateWords = Self.words(entry)
        news = visit.query["done"].flatMap(Self.news)
        readBack = ["added", "changed"].contains(visit.query["done"]) ? OpeningWords(service).readBack : nil
        said = try ExperiencePart(of: entry.id, visit.site.dates, tx)
        told = .path("/directory/entries", entry.id, "told")
        ways = mayEdit ? Self.ways(entry) + beside.forEditors(entry.id) : []
        button = entry.state == .shown ? beside.button(entry.id, entry.name, entry.url) : nil
        isHeld = mayEdit && entry.state == .held
        canConfirm = mayEdit && (entry.state == .shown || entry.state == .held)
        surroundings = Surroundings(breadcrumbs: [Link(W.directory, to: .path("/directory"))], isPrivate: entry.state != .shown)
    }

    /// By whom, as far as everybody may know: an organisation, or that it was the people who look after the directory.
    private static func checked(_ entry: Entry, _ by: Assurance, provider: String?, source: String?, _ visit: Visit) -> String {
        guard let day = entry.assuredAt.map(visit.site.dates.day) else { return W.neverChecked }
        guard !entry.isOutOfDate(at: visit.at) else { return W.checkedLongAgo(day: day) }
        let due = visit.site.dates.day(entry.reviewDue)
        switch by {
        case .owner: return W.checkedByOwner(who: provider ?? entry.name, day: day, due: due)
        case .source: return W.checkedBySource(day: day, who: source ?? "", due: due)
        case .editors, .never: return W.checkedByEditors(day: day, due: due)
        }
    }

    private static func reach(_ service: ORUK.Service) -> [Link] {
        var links: [Link] = []
        if let url = service.url.flatMap({ SafeURL(web: $0) }) { links.append(Link(W.theirSite(host: host(of: url)), to: url)) }
        if let email = service.email { links.append(Link(W.writeTo(address: email), to: .mailto(email))) }
        if let chat = service.chat.flatMap({ SafeURL(web: $0) }) { links.append(Link(W.chatWith(host: host(of: chat)), to: chat)) }
        if let number = service.textNumber { links.append(Link(W.textTo(number: number), to: .sms(number, words: ""))) }
        for number in service.phones { links.append(Link(W.ring(number: number), to: .tel(number))) }
        return links
    }

    private static func host(of url: SafeURL) -> String {
        let parts = url.description.split(separator: "/", omittingEmptySubsequences: true)
        let host = parts.count > 1 ? String(parts[1]) : url.description
        return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }

    private static func words(_ entry: Entry) -> String? {
        switch entry.state {
        case .shown: entry.service.status == .active ? nil : W.notNow
        case .held: W.isHeld
        case .withdrawn: W.isWithdrawn
        case .merged: W.isMerged
        }
    }

    private static func ways(_ entry: Entry) -> [Link] {
        let history = Link(W.history, to: .path("/directory/entries", entry.id, "history"))
        guard entry.state == .shown || entry.state == .held else { return [history] }
        return [
            Link(W.changeEntry, to: .path("/directory/entries", entry.id, "edit")), history,
            Link(W.owner, to: .path("/directory/entries", entry.id, "owner")),
            Link(W.mergeEntry, to: .path("/directory/entries", entry.id, "merging")),
            Link(W.withdrawEntry, to: .path("/directory/entries", entry.id, "withdrawal")),
        ]
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "added": W.newsAdded
        case "changed": W.newsChanged
        case "confirmed": W.newsConfirmed
        case "told": W.newsTold
        case "withdrawn": W.newsWithdrawn
        case "merged": W.newsMerged
        case "undone": W.newsUndone
        default: nil
        }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) { if let readBack { p(readBack) } } }
            if let note { inset { p(note) } }
            if let stateWords { warningText(stateWords) }
            if isOutOfDate { p { tag(W.outOfDate, .attention) } }
            summaryList(facts.map { SummaryRow($0.label, $0.words) })
            if !reach.isEmpty {
                section(W.reach) {
                    ul { for link in reach { li { a(link.label, to: link.url) } } }
                }
            }
            if !needs.isEmpty {
                p {
                    W.helpsWith + " "; for (place, link) in needs.enumerated() { if place > 0 { ", " }; a(link.label, to: link.url) }
                }
            }
            said.html
            if let button { button }
            section(W.isItTrue) {
                p(checked)
                if let from { p(from) }
                p { a(W.tellChange, to: told) }
            }
            if isHeld { postButton(W.showEntry, to: below("showing"), kind: .primary) }
            if canConfirm { postButton(W.confirm, to: below("confirmation")) }
            if !ways.isEmpty { section(W.forEditors) { ul { for way in ways { li { a(way.label, to: way.url) } } } } }
        }
    }

    private func below(_ name: String) -> SafeURL { SafeURL(local: "\(url)/\(name)") ?? url }
}
