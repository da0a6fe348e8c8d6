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
    let said: ExperiencePart
    let ways: [Link]
    let told: SafeURL
    let canConfirm: Bool
    private let isHeld: Bool
    private let button: HTML?
    private let url: SafeURL
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case facts, reach, needs, checked, isOutOfDate, stateWords, from, note, news, said, ways }

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
        checked = Self.checked(entry, visit)
        let source = try entry.source.flatMap { try SourceNote.of($0, tx) }
        from = source.map { W.comesFrom(source: $0.name, licence: $0.licence) }
        note = source.flatMap { $0.note.isEmpty ? nil : $0.note }
        let mayEdit = DirectoryPolicy.mayEdit(visit.actor)
        stateWords = Self.words(entry)
        news = visit.query["done"].flatMap(Self.news)
        said = try ExperiencePart(of: entry.id, visit.site.dates, tx)
        told = .path("/directory/entries", entry.id, "told")
        ways = mayEdit ? Self.ways(entry) + beside.forEditors(entry.id) : []
        button = entry.state == .shown ? beside.button(entry.id, entry.name, entry.url) : nil
        isHeld = mayEdit && entry.state == .held
        canConfirm = mayEdit && (entry.state == .shown || entry.state == .held)
        surroundings = Surroundings(breadcrumbs: [Link(W.directory, to: .path("/directory"))], isPrivate: entry.state != .shown)
    }

    private static func checked(_ entry: Entry, _ visit: Visit) -> String {
        guard let day = entry.assuredAt.map(visit.site.dates.day) else { return W.neverChecked }
        return entry.isOutOfDate(at: visit.at) ? W.checkedLongAgo(day: day) : W.checkedOn(day: day)
    }

    private static func reach(_ service: ORUK.Service) -> [Link] {
        var links: [Link] = []
        if let url = service.url.flatMap({ SafeURL(web: $0) }) { links.append(Link(W.theirSite(host: host(of: url)), to: url)) }
        if let email = service.email { links.append(Link(W.writeTo(address: email), to: .mailto(email))) }
        for phone in (service.contacts ?? []).flatMap({ $0.phones ?? [] }) {
            links.append(Link(W.ring(number: phone.number), to: .tel(phone.number)))
        }
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
            if let news { notificationBanner(news, kind: .success) }
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
