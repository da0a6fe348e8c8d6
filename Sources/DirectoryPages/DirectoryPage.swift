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
    /// Set where somebody may be in danger: what helps at once.
    let helpNow: [String]
    let other: OtherWays
    private let understood: Understood
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

    private enum CodingKeys: String, CodingKey { case asked, needs, total, page, results, unknown, helpNow, sources, because, map }

    /// What the search made of the words.
    private struct Understood: Sendable {
        /// A need that was understood and under which nothing is listed.
        let emptyNeed: String?
        let hasOnlyCommonWords: Bool
        /// Places with somebody to talk to.
        let talking: Int
    }

    init(_ visit: Visit, _ indexes: DirectoryIndexes, _ beside: BesideEntries, _ tx: Transaction) throws {
        self.beside = beside
        let index = try indexes.current(tx)
        let asked = try AskedFor(visit, index, tx)
        self.asked = asked
        needs = try NeedStore.all(tx).map { NeedChoice(id: $0.id.text, name: $0.name) }
        let size = Self.size(isMap: asked.isMap)
        let (found, page) = Self.found(asked, index, page: visit.query.page, size)
        self.page = page
        let start = (page - 1) * size
        let asksNothing = found.hasOnlyCommonWords && asked.question.hasOnlyWords
        total = asksNothing ? 0 : found.total
        unknown = found.unknown
        helpNow = found.needs.contains(where: \.isUrgent) ? [W.danger, W.mental] : []
        other = OtherWays(asked, index, found: found.total, needName: needs.first { $0.id == asked.question.need }?.name)
        understood = Understood(
            emptyNeed: total > 0 ? nil : found.needs.first { !$0.name.isEmpty && index.count(of: $0.id) == 0 }?.name,
            hasOnlyCommonWords: asksNothing,
            talking: total > 0 ? 0 : index.count(of: Needs.someoneToTalkTo)
        )
        let matches = asksNothing ? [] : found.matches
        let entries = try EntryStore.shown(matches.map(\.number), tx)
        results = try Self.rows(matches, entries, from: start, asked, tx)
        let numbers = Dictionary(matches.enumerated().map { ($1.number, start + $0 + 1) }) { first, _ in first }
        map =
            asked.isMap
            ? try DirectoryMap(
                entries.compactMap { entry in numbers[entry.number].map { ($0, entry) } },
                from: asked.placeName,
                you: asked.question.near,
                index,
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

    /// What is on this page; on the last one where there are not so many.
    private static func found(_ asked: AskedFor, _ index: FindingIndex, page: Int, _ size: Int) -> (FindingIndex.Found, page: Int) {
        let start = (page - 1) * size
        let found = index.search(asked.question, part: start..<start + size)
        guard found.matches.isEmpty, found.total > 0, page > 1 else { return (found, found.total > 0 ? page : 1) }
        let last = (found.total - 1) / size
        return (index.search(asked.question, part: last * size..<(last + 1) * size), last + 1)
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
                facts: facts.brief + unsaid(facts, asked),
                why: why(match, entry, asked),
                isOutOfDate: match.isOutOfDate
            )
        }
    }

    /// What somebody asked for and this says nothing of.
    private static func unsaid(_ facts: EntryFacts, _ asked: AskedFor) -> [String] {
        [
            asked.question.age != nil && !facts.saysAges ? W.agesUnsaid : nil,
            asked.question.traits.contains(.free) && !facts.saysCost ? W.costUnsaid : nil,
        ].compactMap(\.self)
    }

    private static func why(_ match: FindingMatch, _ entry: Entry, _ asked: AskedFor) -> [String] {
        var sentences = match.reasons.map { reason in
            switch reason {
            case .need(let need, let said): W.whyNeed(need: need, said: said)
            case .nearly(let typed, let found): W.whyNearly(typed: typed, found: found)
            case .word(let word, .name): W.whyName(word: word)
            case .word(let word, .organization): W.whyProvider(word: word)
            case .word(let word, .need): W.whyTerm(word: word)
            case .word(let word, .description): W.whyDescription(word: word)
            case .words(let words): W.whyWords(words: listed(words.map { "“\($0)”" }))
            }
        }
        if let metres = match.metres {
            sentences.append(W.whyNear(miles: Self.miles(metres), place: asked.placeName))
        } else if asked.question.near != nil {
            // That its address is secret stands on its own page.
            sentences.append(entry.isSecret ? W.whySecret : W.whyNoPlace)
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
            if isEmpty { emptyState(W.nothingYet, next: ways.first) } else { answer }
            more
        }
    }

    private var box: HTML {
        form(get: SafeURL.path("/directory").at("found"), label: W.find, class: "find") {
            textField("q", label: W.question, value: asked.typed.words, hint: W.questionHint)
            div(class: "beside") {
                textField("place", label: W.place, value: asked.typed.place, hint: W.placeHint, problems: problems, width: .short)
                numberField("age", label: W.age, value: asked.typed.age, hint: W.ageHint, problems: problems)
            }
            details(W.moreQuestions, isOpen: asked.hasMore) {
                selectField(
                    "need",
                    label: W.need,
                    options: [Choice("", W.anyNeed)] + needs.map { Choice($0.id, $0.name) },
                    value: asked.typed.need
                )
                selectField(
                    "miles",
                    label: W.howFar,
                    options: AskedFor.miles.map { Choice("\($0)", W.milesFar(n: $0)) },
                    value: asked.typed.miles.isEmpty ? "10" : asked.typed.miles
                )
                textField("language", label: W.language, value: asked.typed.language, width: .short, isOptional: true)
                fieldset(W.onlyThose, class: "compact") {
                    checkbox("open", label: W.onlyOpen, isChecked: asked.typed.ticked.contains("open"))
                    for one in AskedFor.traits { checkbox(one.name, label: one.label, isChecked: asked.typed.ticked.contains(one.name)) }
                }
            }
            if asked.isMap { hidden("view", "map") }
            button(W.find)
        }
    }

    private var answer: HTML {
        section(asked.question.isEmpty ? W.allOf(n: total) : W.foundOf(n: total), id: "found") {
            if !helpNow.isEmpty { helpAtOnce }
            for problem in problems.list {
                p {
                    a(problem.sentence, to: .anchor(problem.field)); " " + W.withoutIt
                }
            }
            if !asked.lifted.isEmpty {
                p {
                    W.weLookedFor(what: listed(asked.lifted)) + " "
                    a(W.asWritten, to: asked.url(asked.typed.with { $0.isPlain = true }).at("found"))
                }
            }
            if !unknown.isEmpty { p(W.notKnown(words: listed(unknown.map { "“\($0)”" }))) }
            for link in other.unsaid { p { a(link.label, to: link.url) } }
            if !asked.typed.unsaid.isEmpty { p { a(W.onlySaid, to: asked.url(asked.typed.with { $0.unsaid = [] }).at("found")) } }
            if total == 0 {
                nothing
            } else {
                p { a(asked.isMap ? W.asList : W.asMap, to: asked.url(isMap: !asked.isMap).at("found")) }
                if let map { map.html(maps) }
                cards { for result in results { card(result, isNumbered: asked.isMap) } }
                pagination(page: page, of: (total + pageSize - 1) / pageSize) { asked.url(page: $0).at("found") }
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

    /// Before anything else, for somebody who may be in danger.
    private var helpAtOnce: HTML {
        inset {
            for sentence in helpNow { p { strong(sentence) } }
            p { a(W.worried, to: SafeURL.path("/worried").adding("from", "/directory")) }
        }
    }

    /// Nothing was found: what to do next, most likely to help first.
    private var nothing: HTML {
        HTML {
            p(understood.hasOnlyCommonWords ? W.writeAWord : understood.emptyNeed.map { W.nothingFor(need: $0) } ?? W.nothingFound)
            ul {
                for link in other.without { li { a(link.label, to: link.url) } }
                if understood.emptyNeed != nil, understood.talking > 0 {
                    let talking = SafeURL.path("/directory").adding("need", Needs.someoneToTalkTo).at("found")
                    li { a(W.talking(n: understood.talking), to: talking) }
                }
                if !understood.hasOnlyCommonWords { li(W.otherWords) }
                li { a(W.lookThroughAll, to: .path("/directory")) }
                if understood.emptyNeed != nil { li { a(W.sayMissing, to: .path("/")) } }
                li(W.askSomebody)
            }
        }
    }

    private var more: HTML {
        HTML {
            if total > 0, problems.isEmpty {
                section(W.takeAlong) {
                    p {
                        a(
                            asked.question.isEmpty ? W.asTable(n: total) : W.asTableFound(n: total),
                            to: asked.typed.of("/directory/list.csv")
                        )
                    }
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
