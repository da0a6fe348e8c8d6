import Directory
import Finding
import Foundation
import HTML
import Kernel
import Store
import Web
import Words

/// What somebody asked the directory for, as it stands in the address of the page, and what is wrong with it.
struct AskedFor: Sendable, Encodable {
    static let miles = [1, 3, 5, 10, 20, 50]

    private(set) var words: String
    private(set) var place: String
    private(set) var age: String
    private(set) var need: String
    private(set) var miles: String
    private(set) var language: String
    private(set) var ticked: [String]
    /// As a map rather than a list.
    private(set) var isMap: Bool
    private(set) var question = FindingQuestion()
    private(set) var problems = Problems()

    private enum CodingKeys: String, CodingKey { case words, place, age, need, miles, language }

    /// Traits that can be ticked, by their name in the address.
    static let traits: [(name: String, trait: FindingItem.Traits, label: String)] = [
        ("free", .free, W.onlyFree), ("self", .selfReferral, W.onlySelf), ("space", .hasSpace, W.onlySpace),
        ("quietly", .withoutPhoning, W.onlyWithoutPhoning), ("step-free", .stepFree, W.stepFree), ("bsl", .signLanguage, W.signLanguage),
        ("calm", .quiet, W.quiet),
    ]

    init(_ visit: Visit, _ tx: Transaction) throws {
        func typed(_ name: String, _ limit: Int) -> String { String(PlainText.line(visit.query[name] ?? "").prefix(limit)) }
        // 300 letters hold more than anybody types into a box; what comes after is not looked for.
        words = typed("q", 300)
        place = typed("place", 20)
        age = typed("age", 10)
        need = typed("need", 40)
        miles = typed("miles", 4)
        language = typed("language", 40)
        ticked = Self.traits.map(\.name).filter { visit.query[$0] == "yes" } + (visit.query["open"] == "yes" ? ["open"] : [])
        isMap = visit.query["view"] == "map"
        question.words = words
        question.now = visit.at.milliseconds
        question.need = need.isEmpty ? nil : need
        question.language = language.isEmpty ? nil : language
        for one in Self.traits where ticked.contains(one.name) { question.traits.insert(one.trait) }
        if ticked.contains("open") { question.openAt = Self.time(visit.at, zone: visit.site.dates.zone) }
        readAge()
        try readPlace(tx)
    }

    private mutating func readAge() {
        guard !age.isEmpty else { return }
        guard let years = Int(age), (0...120).contains(years) else { return problems.add("age", W.ageWrong) }
        question.age = years
    }

    private mutating func readPlace(_ tx: Transaction) throws {
        guard !place.isEmpty else { return }
        guard let postcode = Postcode(place) else { return problems.add("place", W.postcodeWrong(typed: place)) }
        guard let point = try PostcodeStore.point(postcode, tx) else {
            return problems.add("place", W.postcodeUnknown(typed: postcode.text))
        }
        question.near = point
        question.within = (Int(miles).flatMap { Self.miles.contains($0) ? Double($0) : nil } ?? 10) * .metresPerMile
    }

    /// The clock and the calendar of the place.
    static func time(_ moment: Moment, zone: String) -> FindingQuestion.Time {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment.date)
        return FindingQuestion.Time(
            year: parts.year ?? 1970,
            month: parts.month ?? 1,
            day: parts.day ?? 1,
            minute: (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        )
    }

    /// Whether anything but words and a place is asked for: then the rest of the form is shown open.
    var hasMore: Bool { !age.isEmpty || !need.isEmpty || !language.isEmpty || !ticked.isEmpty || !(miles.isEmpty || miles == "10") }

    /// The address of another page of the same answer.
    func url(page: Int) -> SafeURL {
        let url = url(isMap: isMap)
        return page > 1 ? url.adding("page", page) : url
    }

    /// The address of the same answer as a list or as a map.
    func url(isMap: Bool) -> SafeURL { isMap ? of("/directory").adding("view", "map") : of("/directory") }

    /// What was asked for, under another address.
    func of(_ path: StaticString) -> SafeURL {
        let asked = [("q", words), ("place", place), ("miles", miles), ("age", age), ("need", need), ("language", language)]
        let given = asked.filter { !$0.1.isEmpty } + ticked.map { ($0, "yes") }
        return given.reduce(SafeURL.path(path)) { $0.adding($1.0, $1.1) }
    }
}
