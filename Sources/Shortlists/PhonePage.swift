import Directory
import Finding
import HTML
import Kernel
import Store
import Web
import Words

/// What somebody looks for while a caller waits: the few questions that are asked on the phone.
struct PhoneSearch: Sendable, Encodable {
    let words: String
    let place: String
    let age: String
    let isFree: Bool
    private(set) var problems = Problems()
    private var question = FindingQuestion()

    private enum CodingKeys: String, CodingKey { case words, place, age, isFree }

    // 8: as many as somebody on the phone can hear about and choose from.
    static let most = 8

    init(_ visit: Visit, _ tx: Transaction) throws {
        func typed(_ name: String, _ limit: Int) -> String { String(PlainText.line(visit.query[name] ?? "").prefix(limit)) }
        (words, place, age) = (typed("q", 300), typed("place", 20), typed("age", 10))
        isFree = visit.query["free"] == "yes"
        question.words = words
        question.now = visit.at.milliseconds
        if isFree { question.traits.insert(.free) }
        if !age.isEmpty {
            question.age = Int(age).flatMap { (0...120).contains($0) ? $0 : nil }
            if question.age == nil { problems.add("age", W.ageWrong) }
        }
        guard !place.isEmpty else { return }
        guard let postcode = Postcode(place), let point = try PostcodeStore.point(postcode, tx) else {
            problems.add("place", W.placeWrong)
            return
        }
        question.near = point
        question.within = 10 * .metresPerMile
    }

    var isEmpty: Bool { words.isEmpty && place.isEmpty && age.isEmpty && !isFree }

    /// What fits, each with how many metres away it is, where somebody asked and it is known.
    func found(_ indexes: DirectoryIndexes, _ tx: Transaction) throws -> [(entry: Entry, metres: Double?)] {
        guard problems.isEmpty, !isEmpty else { return [] }
        let matches = try indexes.current(tx).search(question, part: 0..<Self.most).matches
        let metres = Dictionary(matches.map { ($0.number, $0.metres) }) { first, _ in first }
        return try EntryStore.shown(matches.map(\.number), tx).map { ($0, metres[$0.number] ?? nil) }
    }

    /// "2.5 miles from M33": to one tenth below ten miles.
    func away(_ metres: Double) -> String {
        let tenths = max(1, Int((metres / .metresPerMile * 10).rounded()))
        let miles = tenths >= 100 || tenths.isMultiple(of: 10) ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
        return W.phoneAway(miles: miles, place: place.uppercased())
    }

    /// The same search on another page.
    func adding(to url: SafeURL) -> SafeURL {
        let given = [("q", words), ("place", place), ("age", age), ("free", isFree ? "yes" : "")].filter { !$0.1.isEmpty }
        return given.reduce(url) { $0.adding($1.0, $1.1) }
    }
}

/// `/lists/phone` and `/lists/:list/phone`: finding places for a caller, and reading them out. One screen, for the keyboard alone.
struct PhonePage: Page {
    struct Found: Sendable, Encodable {
        let id: EntryID
        let name: String
        let about: String
        /// How far it is, for whom, what it costs and whether anybody has looked: what tells one from another while a caller waits.
        let facts: [String]

        init(_ entry: Entry, _ metres: Double?, in search: PhoneSearch, at now: Moment, _ dates: Dates) {
            let facts = EntryFacts(entry)
            (id, name, about) = (entry.id, entry.name, facts.summary)
            let away = metres.map(search.away) ?? (search.place.isEmpty ? nil : W.phoneNoDistance)
            self.facts = [away, SpokenFacts.ages(entry.service), SpokenFacts.cost(facts), PlaceLine.checked(entry, at: now, dates)]
                .compactMap(\.self)
        }
    }

    struct Script: Sendable, Encodable {
        let id: EntryID
        let name: String
        let sentences: [String]
        let isRead: Bool
        let said: String
    }

    let heading = W.phoneHeading
    let caption: String?
    var lead: String? { W.phoneLead }
    let search: PhoneSearch
    let found: [Found]
    let script: [Script]
    let news: String?
    private let list: Shortlist?
    let form: Form
    var problems: Problems { form.problems.isEmpty ? search.problems : form.problems }
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case search, found, script, news }

    init(_ visit: Visit, _ indexes: DirectoryIndexes, isNew: Bool, _ tx: Transaction) throws {
        _ = try visit.someone()
        let workplaces = try Workplaces.of(visit.actor, tx)
        guard ListPolicy.mayReadOut(workplaces) else { throw Refusal.notFound }
        let list = isNew ? nil : try ListStore.find(visit.id("list"), for: ListHolder(visit), tx)
        if let list { try ListPolicy.work(at: list.service, of: workplaces, by: visit.actor) }
        self.list = list
        caption = list?.title
        search = try PhoneSearch(visit, tx)
        let places = try list.map { try PlaceLine.all(of: $0.id, at: visit.at, visit.site.dates, tx) } ?? []
        let known = Set(places.map(\.id))
        let (search, now, dates) = (search, visit.at, visit.site.dates)
        found = try search.found(indexes, tx).filter { !known.contains($0.entry.id) }.map { entry, metres in
            Found(entry, metres, in: search, at: now, dates)
        }
        script = places.enumerated().map { number, line in
            Script(
                id: line.id,
                name: line.name,
                sentences: line.spoken(number: number + 1),
                isRead: line.isRead,
                said: line.said
            )
        }
        news = visit.query["done"] == "read" ? W.newsRead : nil
        form = visit.form
        surroundings = Surroundings(
            breadcrumbs: [Link(W.desk, to: .path("/desk"))] + (list.map { [Link($0.title, to: $0.url)] } ?? []),
            isPrivate: true
        ).wearing(.leaflets)
    }

    private var url: SafeURL { list.map { .path("/lists", $0.id, "phone") } ?? .path("/lists/phone") }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let list, !script.isEmpty {
                section(W.phoneRead, id: "read") { reading(list) }
                section(W.phoneMore) { searching }
            } else {
                section(W.phoneAsk) {
                    p(W.phoneAskWords)
                    searching
                }
            }
        }
    }

    private var searching: HTML {
        HTML {
            HTML::form(get: url, label: W.find, class: "find") {
                textField("q", label: W.phoneWhat, value: search.words, problems: problems)
                textField("place", label: W.phonePlace, value: search.place, problems: problems, width: .short, isOptional: true)
                numberField("age", label: W.phoneAge, value: search.age, problems: problems, isOptional: true)
                checkbox("free", label: W.phoneFree, isChecked: search.isFree)
                button(W.find)
            }
            results
        }
    }

    private var results: HTML {
        HTML {
            if found.isEmpty, !search.isEmpty, search.problems.isEmpty { p(W.phoneNothing) }
            for one in found {
                card(one.name) {
                    if !one.about.isEmpty { p(one.about) }
                    p(one.facts.joined(separator: " "), class: "hint")
                    HTML::form(post: .path("/lists/places"), class: "one-button") {
                        hidden("entry", one.id)
                        hidden("list", list?.id.text ?? "new")
                        hidden("then", "phone")
                        hidden("back", search.adding(to: url))
                        button(W.phoneAdd, about: one.name, kind: .secondary)
                    }
                }
            }
        }
    }

    private func reading(_ list: Shortlist) -> HTML {
        HTML {
            HTML::form(post: .path("/lists", list.id, "phone"), class: "phone", help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
                for one in script {
                    section(one.name) {
                        div(class: "leaflet large-print") { inset { for sentence in one.sentences { p("“\(sentence)”") } } }
                        checkbox(
                            "read-\(one.id)",
                            label: W.readLabel(name: one.name),
                            isChecked: form.isSent ? form.has("read-\(one.id)") : one.isRead
                        )
                        textField(
                            "said-\(one.id)",
                            label: W.saidLabel(name: one.name),
                            value: form.value("said-\(one.id)", or: one.said),
                            problems: problems,
                            isOptional: true
                        )
                    }
                }
                button(W.savePhone)
            }
            section(W.phoneThen) {
                p("“\(W.phoneThenWords)”")
                ul {
                    li { a(W.sendIt, to: .path("/lists", list.id, "sending")) }
                    li { a(W.printOrLink, to: list.url.at("pass-on")) }
                    li { a(W.phoneNew, to: .path("/lists/phone")) }
                }
            }
        }
    }
}

extension PlaceLine {
    /// What to say of it on the phone, in the order in which people say it; its number twice.
    func spoken(number: Int) -> [String] {
        let name = number == 1 ? W.spokenFirst(name: name) : W.spokenNext(number: "\(number)", name: name)
        guard !isGone else { return [name, W.placeGone] }
        let numbers = phones.map { W.spokenNumber(number: SpokenNumber.groups($0.label).joined(separator: ", … ")) }
        return [name] + (why.isEmpty ? [] : [why]) + sentences + numbers + (numbers.isEmpty ? [W.spokenNoNumber] : [W.spokenAgain])
            + [checked].compactMap(\.self)
    }
}
