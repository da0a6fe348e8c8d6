import Directory
import Finding
import HTML
import Kernel
import Store
import Web
import Words

/// `/directory`: one box that forgives, and what it finds, each with why.
struct DirectoryPage: Page {
    /// How many places a page holds; fewer beside a map, whose pins weigh too.
    static func size(isMap: Bool) -> Int { isMap ? 15 : 20 }

    let heading = W.directory
    var lead: String? { W.directoryLead }
    let asked: AskedFor
    let needs: [NeedChoice]
    let total: Int
    let page: Int
    let results: [Result]
    let unknown: [String]
    let sources: [String]
    let because: [Link]
    let isEmpty: Bool
    let ways: [Link]
    private let beside: BesideEntries
    /// Set where somebody asked for it.
    let map: DirectoryMap?
    private let maps: MapFacts
    private var pageSize: Int { Self.size(isMap: asked.isMap) }
    var problems: Problems { asked.problems }
    let surroundings: Surroundings

    struct NeedChoice: Sendable, Encodable {
        let id: String
        let name: String
    }

    struct Result: Sendable, Encodable {
        let id: EntryID
        /// From 1, over all pages: what its pin on the map says.
        let number: Int
        let entry: Link
        let provider: String?
        let summary: String
        let facts: [String]
        /// Why it is here.
        let why: [String]
        let isOutOfDate: Bool
    }

    private enum CodingKeys: String, CodingKey { case asked, needs, total, page, results, unknown, sources, because, map }

    init(_ visit: Visit, _ indexes: DirectoryIndexes, _ beside: BesideEntries, _ tx: Transaction) throws {
        self.beside = beside
        let asked = try AskedFor(visit, tx)
        self.asked = asked
        page = visit.query.page
        needs = try NeedStore.all(tx).map { NeedChoice(id: $0.id.text, name: $0.name) }
        let size = Self.size(isMap: asked.isMap)
        let start = (page - 1) * size
        let found = try indexes.current(tx).search(asked.question, part: start..<start + size)
        total = asked.problems.isEmpty ? found.total : 0
        unknown = found.unknown
        let matches = asked.problems.isEmpty ? found.matches : []
        let entries = try EntryStore.shown(matches.map(\.number), tx)
        results = try Self.rows(matches, entries, from: start, asked, tx)
        let numbers = Dictionary(matches.enumerated().map { ($1.number, start + $0 + 1) }) { first, _ in first }
        map =
            asked.isMap && asked.problems.isEmpty
            ? try DirectoryMap(
                entries.compactMap { entry in numbers[entry.number].map { ($0, entry) } },
                from: asked.place,
                you: asked.question.near,
                tx
            ) : nil
        maps = visit.site.maps
        var around = Surroundings(breadcrumbs: [])
        if map != nil {
            around = around.wearing(.maps)
            if maps.library != nil { around.picturesFrom = maps.tiles?.origin }
        }
        surroundings = around
        isEmpty = try EntryStore.isEmpty(tx)
        sources = try SourceNote.all(tx)
        because = try LinkTheme.shown(tx)
        ways =
            DirectoryPolicy.mayEdit(visit.actor)
            ? [Link(W.addEntry, to: .path("/directory/entries/new")), Link(W.work, to: .path("/directory/work"))] : []
    }

    private static func rows(_ matches: [FindingMatch], _ entries: [Entry], from start: Int, _ asked: AskedFor, _ tx: Transaction) throws
        -> [Result]
    {
        let names = try ProviderStore.names(entries.compactMap(\.provider), tx)
        let byNumber = Dictionary(entries.map { ($0.number, $0) }) { first, _ in first }
        return matches.enumerated().compactMap { place, match in
            guard let entry = byNumber[match.number] else { return nil }
            let facts = EntryFacts(entry)
            return Result(
                id: entry.id,
                number: start + place + 1,
                entry: Link(entry.name, to: entry.url),
                provider: entry.provider.flatMap { names[$0] }.flatMap { $0 == entry.name ? nil : $0 },
                summary: facts.summary,
                facts: facts.brief,
                why: why(match, asked),
                isOutOfDate: match.isOutOfDate
            )
        }
    }

    private static func why(_ match: FindingMatch, _ asked: AskedFor) -> [String] {
        var sentences = match.reasons.map { reason in
            switch reason {
            case .need(let need, let said): W.whyNeed(need: need, said: said)
            case .nearly(let typed, let found): W.whyNearly(typed: typed, found: found)
            case .word(let word, .name): W.whyName(word: word)
            case .word(let word, .organization): W.whyProvider(word: word)
            case .word(let word, .need): W.whyTerm(word: word)
            case .word(let word, .description): W.whyDescription(word: word)
            }
        }
        if let metres = match.metres {
            sentences.append(W.whyNear(miles: Self.miles(metres), place: asked.place.uppercased()))
        } else if asked.question.near != nil {
            sentences.append(W.whyNoPlace)
        }
        // They stand one after the other: all but the first begin like sentences.
        return sentences.prefix(1) + sentences.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    /// `0.4`, `3`
    static func miles(_ metres: Double) -> String {
        let tenths = max(1, Int((metres / .metresPerMile * 10).rounded()))
        return tenths >= 100 || tenths.isMultiple(of: 10) ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}

extension DirectoryPage {
    var html: HTML {
        HTML {
            if !sources.isEmpty { for note in sources { inset { p(note) } } }
            box
            p { for (place, link) in beside.ways.enumerated() { if place > 0 { " · " }; a(link.label, to: link.url) } }
            if isEmpty { emptyState(W.nothingYet, next: ways.first) } else if problems.isEmpty { answer }
            more
        }
    }

    private var box: HTML {
        form(get: .path("/directory"), label: W.find, class: "find") {
            textField("q", label: W.question, value: asked.words, hint: W.questionHint)
            textField("place", label: W.place, value: asked.place, hint: W.placeHint, problems: problems, width: .short, isOptional: true)
            details(W.moreQuestions, isOpen: asked.hasMore || problems.concern(["age"])) {
                numberField("age", label: W.age, value: asked.age, hint: W.ageHint, problems: problems, isOptional: true)
                selectField(
                    "need",
                    label: W.need,
                    options: [Choice("", W.anyNeed)] + needs.map { Choice($0.id, $0.name) },
                    value: asked.need
                )
                selectField(
                    "miles",
                    label: W.howFar,
                    options: AskedFor.miles.map { Choice("\($0)", W.milesFar(n: $0)) },
                    value: asked.miles.isEmpty ? "10" : asked.miles
                )
                textField("language", label: W.language, value: asked.language, width: .short, isOptional: true)
                fieldset(W.onlyThose) {
                    checkbox("open", label: W.onlyOpen, isChecked: asked.ticked.contains("open"))
                    for one in AskedFor.traits { checkbox(one.name, label: one.label, isChecked: asked.ticked.contains(one.name)) }
                }
            }
            if asked.isMap { hidden("view", "map") }
            button(W.find)
        }
    }

    private var answer: HTML {
        section(asked.question.isEmpty ? W.allOf(n: total) : W.foundOf(n: total), id: "found") {
            if !unknown.isEmpty { p(W.notKnown(words: listed(unknown.map { "“\($0)”" }))) }
            if total == 0 {
                nothing
            } else {
                p { a(asked.isMap ? W.asList : W.asMap, to: asked.url(isMap: !asked.isMap).at("found")) }
                if let map { map.html(maps) }
                cards { for result in results { card(result, isNumbered: asked.isMap) } }
                pagination(page: page, of: (total + pageSize - 1) / pageSize) { asked.url(page: $0) }
            }
        }
    }

    private func card(_ result: Result, isNumbered: Bool) -> HTML {
        HTML::card(isNumbered ? "\(result.number). \(result.entry.label)" : result.entry.label, to: result.entry.url) {
            if let provider = result.provider { p(provider, class: "hint") }
            if result.isOutOfDate { p { tag(W.outOfDate, .attention) } }
            if !result.summary.isEmpty { p(result.summary) }
            if !result.facts.isEmpty { p(result.facts.joined(separator: " · ")) }
            if !result.why.isEmpty { p(W.because + " " + result.why.joined(separator: " "), class: "hint") }
            beside.button(result.id, result.entry.label, asked.url(page: page))
        }
    }

    /// Nothing was found: what to do next, most likely to help first.
    private var nothing: HTML {
        HTML {
            p(W.nothingFound)
            ul {
                if asked.hasMore || !asked.place.isEmpty {
                    li { a(W.withoutRest, to: SafeURL.path("/directory").adding("q", asked.words)) }
                }
                li(W.otherWords)
                li { a(W.lookThroughAll, to: .path("/directory")) }
                li(W.askSomebody)
            }
        }
    }

    private var more: HTML {
        HTML {
            if total > 0 {
                section(W.takeAlong) {
                    p { a(asked.question.isEmpty ? W.asTable(n: total) : W.asTableFound(n: total), to: asked.of("/directory/list.csv")) }
                    p(W.forPrograms, class: "hint")
                }
            }
            if !ways.isEmpty { section(W.forEditors) { ul { for way in ways { li { a(way.label, to: way.url) } } } } }
            if !because.isEmpty {
                section(W.whyHere) {
                    p(W.whyHereWords)
                    ul { for link in because { li { a(link.label, to: link.url) } } }
                }
            }
        }
    }
}

/// What everybody is told about where entries came from.
enum SourceNote {
    static func all(_ tx: Transaction) throws -> [String] {
        try tx.values(
            """
            SELECT note FROM directory_sources WHERE note <> '' AND EXISTS
                (SELECT 1 FROM directory_entries WHERE directory_entries.source = directory_sources.id AND directory_entries.state = 'shown')
            ORDER BY made_at, id
            """
        )
    }

    static func of(_ source: ImportID, _ tx: Transaction) throws -> (name: String, licence: String, note: String)? {
        try tx.first("SELECT name, licence, note FROM directory_sources WHERE id = \(source)") { row in
            (name: try row.next(), licence: try row.next(), note: try row.next())
        }
    }
}
