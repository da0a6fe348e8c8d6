import Finding
import HTML
import Kernel
import OpenReferral
import Words

/// What families ask first, answered in their order and in words.
public struct EntryFacts: Sendable {
    public struct Fact: Sendable, Encodable {
        public let label: String
        public let words: String

        public init(label: String, words: String) {
            self.label = label
            self.words = words
        }
    }

    private let service: ORUK.Service
    private let isSecret: Bool

    public init(_ entry: Entry) {
        service = entry.service
        isSecret = entry.isSecret
    }

    /// All of it, for the entry's own page. What nobody knows is said to be unknown where families would look for it.
    public var all: [Fact] {
        var facts = [
            Fact(label: W.forWhom, words: ages ?? W.agesUnknown), Fact(label: W.cost, words: cost ?? W.costUnknown),
            Fact(label: W.waysIn, words: ways ?? W.waysUnknown), Fact(label: W.wait, words: wait ?? W.waitUnknown),
            Fact(label: W.when, words: when ?? W.whenUnknown), Fact(label: W.whereabouts, words: places),
        ]
        if let gettingThere { facts.append(Fact(label: W.gettingThere, words: gettingThere)) }
        if let languages { facts.append(Fact(label: W.languages, words: languages)) }
        if let access { facts.append(Fact(label: W.access, words: access)) }
        return facts
    }

    /// Only what is known: for lists that are passed on, where every line has to be worth reading, or hearing.
    public var known: [Fact] {
        let pairs: [(String, String?)] = [
            (W.forWhom, ages), (W.cost, cost), (W.waysIn, ways), (W.wait, wait), (W.when, when), (W.whereabouts, places),
            (W.gettingThere, gettingThere), (W.text, service.textNumber), (W.chat, service.chat), (W.languages, languages),
            (W.access, access),
        ]
        return pairs.compactMap { label, words in words.map { Fact(label: label, words: $0) } }
    }

    /// The few that tell one result from another.
    public var brief: [String] {
        [ages, cost, service.has(.waysSelf) ? Trait.waysSelf.label : nil, service.has(.hasSpace) ? Trait.hasSpace.label : nil].compactMap(
            \.self
        )
    }

    /// The description's first sentences, to about 200 letters.
    public var summary: String {
        let words = service.description ?? ""
        guard words.count > 220 else { return words }
        let start = words.prefix(200)
        return (start.lastIndex(of: " ").map { start[..<$0] } ?? start) + "…"
    }

    /// Whether it says for whom it is, and what it costs.
    public var saysAges: Bool { ages != nil }
    public var saysCost: Bool { cost != nil }

    public var when: String? { OpeningWords(service).shown }
    public var gettingThere: String? { isSecret ? nil : service.gettingThere }

    private var ages: String? { Self.ages(service.minimumAge.map { Int($0) }, service.maximumAge.map { Int($0) }) }

    /// "Age 16 and over"; nil where neither end is known.
    public static func ages(_ low: Int?, _ high: Int?) -> String? {
        switch (low, high) {
        case (nil, nil): return nil
        case (let low?, nil): return W.agesFrom(low: "\(low)")
        case (nil, let high?): return W.agesTo(high: "\(high)")
        case (let low?, let high?): return W.agesBetween(low: "\(low)", high: "\(high)")
        }
    }

    public var cost: String? {
        guard let options = service.costOptions else { return service.fees }
        if service.isFree { return options.lazy.compactMap(\.option).first.map { "\(W.free). \($0)" } ?? W.free }
        let words = options.compactMap { option in option.option ?? option.amount.map { "£\(Self.pounds($0))" } }
        return words.isEmpty ? W.paid : words.joined(separator: "\n")
    }

    private static func pounds(_ amount: Double) -> String {
        let pence = Int((amount * 100).rounded())
        return pence.isMultiple(of: 100) ? "\(pence / 100)" : "\(pence / 100)." + (pence % 100 < 10 ? "0" : "") + "\(pence % 100)"
    }

    private var ways: String? { list(Trait.ways) }
    public var access: String? {
        let places = (service.serviceAtLocations ?? []).flatMap { $0.location?.accessibility ?? [] }.compactMap {
            $0.description ?? $0.accessibility
        }
        let words = [list(Trait.access)].compactMap(\.self) + places
        return words.isEmpty ? nil : words.joined(separator: "\n")
    }

    public var wait: String? {
        let words = [
            service.has(.hasSpace) ? Trait.hasSpace.label : nil, service.has(.waiting) ? service.wait ?? Trait.waiting.label : nil,
        ]
        let known = words.compactMap(\.self)
        return known.isEmpty ? nil : known.joined(separator: "\n")
    }

    public var languages: String? {
        let names = (service.languages ?? []).compactMap { $0.name ?? $0.code }
        return names.isEmpty ? nil : listed(names)
    }

    private func list(_ traits: [Trait]) -> String? {
        let labels = traits.filter(service.has).map(\.label)
        return labels.isEmpty ? nil : labels.joined(separator: "\n")
    }

    public var places: String {
        if isSecret { return W.secret }
        let lines = (service.serviceAtLocations ?? []).compactMap { $0.location?.line }
        return lines.isEmpty ? W.noPlace : lines.joined(separator: "\n")
    }
}

extension ORUK.Location {
    /// `St Francis Church, Edge Lane, Stretford, M32 8HT`
    public var line: String? {
        guard let address = addresses?.first else { return name }
        let parts = [name, address.attention, address.address1, address.address2, address.city, address.postalCode].compactMap(\.self)
            .filter { !$0.isEmpty }
        return parts.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }.joined(separator: ", ")
    }
}
