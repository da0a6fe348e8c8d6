import Directory
import HTML
import Kernel
import OpenReferral
import Store
import Words

/// A place on a list as everybody reads it: the facts of now, why it is on the list, and what to know before going.
public struct PlaceLine: Sendable, Encodable {
    public let id: EntryID
    public let name: String
    public let url: SafeURL?
    let provider: String?
    public let why: String
    let facts: [EntryFacts.Fact]
    /// The same in sentences, for the telephone.
    let sentences: [String]
    let phones: [Link]
    let links: [Link]
    let checked: String?
    /// That it changed since it was put on the list, or is no longer there.
    let news: String?
    /// Whose list it came in with, and what that asks to be said.
    let source: String?
    public let isGone: Bool
    let said: String
    let isRead: Bool

    private enum CodingKeys: String, CodingKey { case name, url, provider, why, facts, phones, links, checked, news, source, isGone }

    /// All places of a list, in its order, as they are now.
    public static func all(of list: ShortlistID, at now: Moment, _ dates: Dates, _ tx: Transaction) throws -> [PlaceLine] {
        try ListStore.places(of: list, tx).map { try PlaceLine($0, at: now, dates, tx) }
    }

    private init(_ place: ListedPlace, at now: Moment, _ dates: Dates, _ tx: Transaction) throws {
        let was = try EntryStore.find(place.entry, tx)
        // What became part of another leads there.
        let entry = try was.became.map { try EntryStore.find($0, tx) } ?? was
        (id, why, said, isRead) = (place.entry, place.note, place.said, place.readAt != nil)
        name = entry.name
        isGone = entry.state != .shown
        url = isGone ? nil : entry.url
        facts = isGone ? [] : EntryFacts(entry).known
        sentences = isGone ? [] : SpokenFacts.sentences(entry)
        let provider = isGone ? nil : try entry.provider.flatMap { try ProviderStore.names([$0], tx)[$0] }
        self.provider = provider == entry.name ? nil : provider
        // A number for messages is among the facts: nobody answers it.
        phones = (isGone ? [] : entry.service.phones).map { Link($0, to: .tel($0)) }
        links = isGone ? [] : Self.links(entry.service)
        checked = isGone ? nil : Self.checked(entry, at: now, dates)
        source = isGone ? nil : try entry.source.flatMap { try Self.source($0, tx) }
        news = try Self.news(entry, since: place.addedAt, dates, tx)
    }

    private static func links(_ service: ORUK.Service) -> [Link] {
        let site = service.url.flatMap { typed in SafeURL(web: typed).map { Link(W.theirSite, to: $0) } }
        return [site, service.email.map { Link($0, to: .mailto($0)) }].compactMap(\.self)
    }

    static func checked(_ entry: Entry, at now: Moment, _ dates: Dates) -> String {
        guard let day = entry.assuredAt.map(dates.day) else { return W.neverChecked }
        return entry.isOutOfDate(at: now) ? W.checkedLongAgo(day: day) : W.checkedOn(day: day)
    }

    private static func source(_ id: ImportID, _ tx: Transaction) throws -> String? {
        try tx.first("SELECT name, licence, note FROM directory_sources WHERE id = \(id)") { row in
            let (name, licence, note): (String, String, String) = (try row.next(), try row.next(), try row.next())
            return [note, W.comesFrom(source: name), licence].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    private static func news(_ entry: Entry, since added: Moment, _ dates: Dates, _ tx: Transaction) throws -> String? {
        guard entry.state == .shown else { return W.placeGone }
        // That somebody looked and found it true is no change.
        let changed: Moment? = try tx.value(
            """
            SELECT at FROM directory_versions WHERE entry = \(entry.id) AND at > \(added) AND what <> 'confirmed'
            ORDER BY version DESC LIMIT 1
            """
        )
        return changed.map { W.placeChanged(day: dates.day($0)) }
    }
}

extension PlaceLine {
    /// Where they came from, each source once: below a list, not at every place of it.
    public static func sources(of places: [PlaceLine]) -> HTML {
        let all = places.compactMap(\.source).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return HTML { for source in all { p(source, class: "hint") } }
    }

    /// Its facts, how to reach it and why it is here, under a heading that is its name.
    ///
    /// - Parameter isPrinted: on paper, where a link says nothing and a number is read by eye.
    public func html(isPrinted: Bool = false) -> HTML {
        HTML {
            if let provider { p(provider, class: "hint") }
            if let news { p { tag(news, .attention) } }
            if !why.isEmpty { inset { words(why) } }
            if !phones.isEmpty {
                p {
                    W.ring + " "
                    for (place, phone) in phones.enumerated() {
                        if place > 0 { " · " }
                        if isPrinted { strong(phone.label) } else { a(phone.label, to: phone.url) }
                    }
                }
            }
            if !facts.isEmpty { summaryList(facts.map { SummaryRow($0.label, $0.words) }) }
            for link in links { p(class: isPrinted ? "web" : nil) { if isPrinted { address(link) } else { a(link.label, to: link.url) } } }
            if let checked { p(checked, class: "hint") }
        }
    }

    private func address(_ link: Link) -> HTML {
        let words = link.url.description
        return HTML(words.hasPrefix("mailto:") ? link.label : words)
    }
}
