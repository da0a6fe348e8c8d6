import Foundation
import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web
import Words

/// "You said, we did": every public theme of a service with what became of it, to be narrowed down by theme, perspective, year and state.
struct YouSaidPage: Page {
    let heading: String
    let lead: String?
    let entries: [ThemeEntry]
    let filter: Filter
    let found: String
    let ways: Ways
    let isFiltered: Bool
    let surroundings: Surroundings
    private let here: SafeURL
    private let themes: [Choice]
    private let areMoreThemes: Bool
    private let perspectives: [Choice]
    private let years: [Choice]

    private enum CodingKeys: String, CodingKey { case entries, filter, found, ways }

    // 20 things that were said, with what became of each, are a long read, and 25 KB. 20 titles are as many as anybody looks through in a
    // list; where there are more, they are looked for by a word.
    private static let mostEntries = 20
    private static let mostTitles = 20

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try ServiceVisit(visit, tx)
        let service = at.service
        heading = W.youSaidHeading
        lead = W.youSaidLead
        here = .path("/", service.slug, "you-said-we-did")
        surroundings = at.surroundings(feed: Feed.link(of: service))
        let found = try Self.titles(service.id, tx)
        let titles = found.prefix(Self.mostTitles)
        areMoreThemes = found.count > titles.count
        let years = try Self.years(service.id, at.dates, at: visit.at, tx)
        let filter = Filter(visit.query, at.perspectives, years: years)
        self.filter = filter
        isFiltered = filter.isOn
        let slice = try PublicThemes.slice(
            in: service,
            where: filter.condition(zone: service.zone, tx.dialect),
            part: Part(visit.query),
            size: Self.mostEntries,
            tx
        )
        entries = try PublicThemes.entries(slice.entries, in: service, at.perspectives, for: .stranger, at.dates, at: visit.at, tx)
        ways = slice.ways(from: filter.url(here))
        self.found = try Self.found(service.id, filter.condition(zone: service.zone, tx.dialect), tx)
        themes = [Choice("", W.anyTheme)] + titles.sorted { $0.title < $1.title }.map { Choice($0.id.text, $0.title) }
        perspectives = [Choice("", W.anyPerspective)] + at.perspectives.all.map { Choice($0.key, $0.label) }
        self.years = [Choice("", W.anyYear)] + years.map { Choice(String($0), String($0)) }
    }

    /// The newest, and one more than are shown.
    private static func titles(_ service: ServiceID, _ tx: Transaction) throws -> [(id: ThemeID, title: String)] {
        try tx.all(
            """
            SELECT themes.id, themes.title FROM themes WHERE themes.service = \(service) AND \(PublicThemes.condition)
            ORDER BY themes.moved_at DESC, themes.id LIMIT \(fixed: mostTitles + 1)
            """
        ) { row in (id: try row.next(), title: try row.next()) }
    }

    private static func years(_ service: ServiceID, _ dates: Dates, at now: Moment, _ tx: Transaction) throws -> [Int] {
        let first: Moment? = try tx.value(
            "SELECT themes.moved_at FROM themes WHERE themes.service = \(service) AND \(PublicThemes.condition) ORDER BY themes.moved_at LIMIT 1"
        )
        guard let first, let from = Int(dates.year(first)), let to = Int(dates.year(now)), from <= to, to - from < 100 else { return [] }
        return (from...to).reversed()
    }

    private static func found(_ service: ServiceID, _ filter: SQL, _ tx: Transaction) throws -> String {
        let number = try tx.count(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 FROM themes WHERE themes.service = \(service) AND \(PublicThemes.condition) AND \(filter) LIMIT \(fixed: PublicVoices.mostCounted + 1)
            ) AS counted
            """
        )
        return number > PublicVoices.mostCounted ? W.foundMore(number: String(PublicVoices.mostCounted)) : W.found(n: number)
    }

    var html: HTML {
        HTML {
            filterForm
            section(W.entriesHeading) {
                p(found, class: "quiet")
                if !entries.isEmpty { div(class: "entries") { for one in entries { one.html } } }
                if entries.isEmpty {
                    emptyState(isFiltered ? W.nothingFound : W.nothingYet, next: isFiltered ? Link(W.showAll, to: here) : nil)
                }
                ways.html
            }
        }
    }

    private var filterForm: HTML {
        details(W.filterHeading, isOpen: isFiltered) {
            form(get: here, label: W.filterHeading) {
                if areMoreThemes { textField("words", label: W.filterWords, value: filter.words ?? "", hint: W.filterWordsHint) }
                selectField("state", label: W.filterState, options: Filter.states, value: filter.state?.rawValue ?? "")
                selectField("theme", label: W.filterTheme, options: themes, value: filter.theme?.text ?? "")
                selectField("perspective", label: W.filterPerspective, options: perspectives, value: filter.perspective ?? "")
                selectField("year", label: W.filterYear, options: years, value: filter.year.map { String($0) } ?? "")
                buttons {
                    button(W.show)
                    if isFiltered { a(W.showAll, to: here) }
                }
            }
        }
    }
}

/// What somebody wants to see of "You said, we did". Nothing fits what there is not, such as a year in which nothing was said: whoever asks for
/// that must not be shown everything as if it were the answer.
struct Filter: Encodable, Sendable {
    enum State: String, Encodable, Sendable, CaseIterable { case done, doing, agreed, cannot, thanks, talking }

    let state: State?
    let theme: ThemeID?
    let perspective: String?
    let year: Int?
    /// To be found in a theme's title or in what people said of it.
    let words: String?
    /// Something was asked for that there is not.
    private let isOfNothing: Bool

    private enum CodingKeys: String, CodingKey { case state, theme, perspective, year, words }

    init(_ query: Query, _ perspectives: Perspectives, years: [Int]) {
        state = query["state"].flatMap { State(rawValue: $0) }
        theme = query["theme"].flatMap { ThemeID($0) }
        perspective = query["perspective"].flatMap { perspectives[$0]?.key }
        year = query["year"].flatMap { Int($0) }.flatMap { years.contains($0) ? $0 : nil }
        // 100: a title is no longer.
        words = query["words"].map { String($0.trimmingCharacters(in: .whitespaces).prefix(100)) }.flatMap { $0.isEmpty ? nil : $0 }
        let known = [state != nil, theme != nil, perspective != nil, year != nil]
        isOfNothing = zip(["state", "theme", "perspective", "year"], known).contains { name, isKnown in query[name] != nil && !isKnown }
    }

    var isOn: Bool { isOfNothing || state != nil || theme != nil || perspective != nil || year != nil || words != nil }

    func url(_ page: SafeURL) -> SafeURL {
        page.adding("words", words).adding("state", state?.rawValue).adding("theme", theme?.text).adding("perspective", perspective).adding(
            "year",
            year
        )
    }

    func condition(zone: String, _ dialect: Dialect) -> SQL {
        if isOfNothing { return "1 = 0" }
        var conditions: [SQL] = ["1 = 1"]
        switch state {
        case .done: conditions.append("themes.state = 'done'")
        case .doing, .agreed, .cannot, .thanks: conditions.append("themes.state = \(state?.rawValue ?? "")")
        case .talking: conditions.append("themes.state IN ('open', 'discussed')")
        case nil: break
        }
        if let words { conditions.append("(\(dialect.contains("themes.title", words)) OR \(dialect.contains("themes.said", words)))") }
        if let theme { conditions.append("themes.id = \(theme)") }
        if let perspective {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM voices WHERE voices.theme = themes.id AND voices.perspective = \(perspective)
                        AND voices.theme IS NOT NULL AND \(VoicePolicy.everybodys))
                """
            )
        }
        if let year, let from = CivilDay(year: year, month: 1, day: 1)?.moment((0, 0), zone: zone),
            let to = CivilDay(year: year + 1, month: 1, day: 1)?.moment((0, 0), zone: zone)
        {
            conditions.append("themes.moved_at >= \(from) AND themes.moved_at < \(to)")
        }
        return conditions.joined(separator: " AND ")
    }

    static var states: [Choice] {
        [
            Choice("", W.anyState), Choice(State.done.rawValue, W.weDid), Choice(State.doing.rawValue, W.weAreDoing),
            Choice(State.agreed.rawValue, W.weAgreed), Choice(State.thanks.rawValue, W.outcomeThanks),
            Choice(State.cannot.rawValue, W.weCannot), Choice(State.talking.rawValue, W.weAreTalking),
        ]
    }
}
