import Directory
import Finding
import Foundation
import HTML
import Kernel
import Store
import Web
import Words

/// What somebody asked the directory for, what was understood of it, and what is wrong with it.
struct AskedFor: Sendable, Encodable {
    static let miles = [1, 3, 5, 10, 20, 50]

    /// As it stands in the address.
    let typed: AskedFields
    /// With what was lifted out of the words in its own field; a field that was filled by hand stays.
    private(set) var meant: AskedFields
    /// What was lifted and is used, each in words, such as `near M33`.
    private(set) var lifted: [String] = []
    /// As a map rather than a list.
    let isMap: Bool
    private(set) var question = FindingQuestion()
    private(set) var problems = Problems()
    /// How the place is called from which distances are measured.
    private(set) var placeName = ""

    func encode(to encoder: any Encoder) throws { try typed.encode(to: encoder) }

    /// Traits that can be ticked, by their name in the address.
    static let traits: [(name: String, trait: FindingItem.Traits, label: String)] = [
        ("free", .free, W.onlyFree), ("self", .selfReferral, W.onlySelf), ("space", .hasSpace, W.onlySpace),
        ("quietly", .withoutPhoning, W.onlyWithoutPhoning), ("step-free", .stepFree, W.stepFree), ("bsl", .signLanguage, W.signLanguage),
        ("calm", .quiet, W.quiet),
    ]

    init(_ visit: Visit, _ index: FindingIndex, _ tx: Transaction) throws {
        typed = AskedFields(visit)
        meant = typed
        isMap = visit.query["view"] == "map"
        if !typed.isPlain, !typed.words.isEmpty { try lift(index, tx) }
        question.words = meant.words
        question.now = visit.at.milliseconds
        question.need = meant.need.isEmpty ? nil : meant.need
        question.language = meant.language.isEmpty ? nil : meant.language
        for one in Self.traits where meant.ticked.contains(one.name) { question.traits.insert(one.trait) }
        for one in Unsaid.all where meant.unsaid.contains(one.name) { question.unsaid.insert(one.what) }
        if meant.ticked.contains("open") { question.openAt = Self.time(visit.at, zone: visit.site.dates.zone) }
        readAge()
        try readPlace(index, tx)
    }

    private mutating func lift(_ index: FindingIndex, _ tx: Transaction) throws {
        let known = Lifted.Known(
            postcode: { try PostcodeStore.point($0, tx) != nil },
            town: { index.town($0)?.name },
            word: { index.knows($0) || Folding.telling(Folding.words($0)).isEmpty }
        )
        let found = try Lifted(typed.words, known)
        meant.words = found.words
        if let age = found.age, meant.age.isEmpty {
            meant.age = "\(age)"
            lifted.append(W.liftedAge(age: "\(age)"))
        }
        if let place = found.postcode?.text ?? found.town, meant.place.isEmpty {
            meant.place = place
            lifted.append(W.liftedNear(place: place))
        }
        if found.isFree, !meant.ticked.contains("free") {
            meant.ticked.insert("free", at: 0)
            lifted.append(W.liftedFree)
        }
    }

    private mutating func readAge() {
        guard !meant.age.isEmpty else { return }
        guard let years = Int(meant.age), (0...120).contains(years) else { return problems.add("age", W.ageWrong) }
        question.age = years
    }

    private mutating func readPlace(_ index: FindingIndex, _ tx: Transaction) throws {
        guard !meant.place.isEmpty else { return }
        if let postcode = Postcode(meant.place) {
            guard let point = try PostcodeStore.point(postcode, tx) else {
                return problems.add("place", W.postcodeUnknown(typed: postcode.text))
            }
            (question.near, placeName) = (point, meant.place.uppercased())
        } else if let town = index.town(meant.place) {
            (question.near, placeName) = (town.point, town.name)
        } else {
            return problems.add("place", W.postcodeWrong(typed: meant.place))
        }
        question.within = (Int(meant.miles).flatMap { Self.miles.contains($0) ? Double($0) : nil } ?? 10) * .metresPerMile
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

    /// Whether anything but words, a place and an age is asked for: then the rest of the form is shown open.
    var hasMore: Bool {
        !typed.need.isEmpty || !typed.language.isEmpty || !typed.ticked.isEmpty || !(typed.miles.isEmpty || typed.miles == "10")
    }

    /// The address of another page of the same answer.
    func url(page: Int) -> SafeURL {
        let url = url(isMap: isMap)
        return page > 1 ? url.adding("page", page) : url
    }

    /// The address of the same answer as a list or as a map.
    func url(isMap: Bool) -> SafeURL { url(typed, isMap: isMap) }

    /// The address of other fields, seen the same way.
    func url(_ fields: AskedFields) -> SafeURL { url(fields, isMap: isMap) }

    private func url(_ fields: AskedFields, isMap: Bool) -> SafeURL {
        isMap ? fields.of("/directory").adding("view", "map") : fields.of("/directory")
    }
}
