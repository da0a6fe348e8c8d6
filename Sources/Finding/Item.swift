/// Something that can be found: what is known of an entry of the directory, in the form in which it is looked through.
///
/// Kept as one text beside the entry (`text`), so that a hundred thousand of them are read in a few seconds without opening their documents.
public struct FindingItem: Sendable, Equatable {
    /// Whose words they are; the earlier, the heavier.
    public enum Field: Int, Sendable, CaseIterable {
        case name, need, organization, description

        var weight: Float {
            switch self {
            case .name: 8
            case .need: 6
            case .organization: 3
            case .description: 2
            }
        }
    }

    public struct Place: Sendable, Equatable {
        public var id: String
        public var point: Point?
        /// As its address says it, such as `Sale`; empty where it says none.
        public var town: String

        public init(id: String, point: Point?, town: String = "") {
            self.id = id
            self.point = point
            self.town = town
        }
    }

    /// What is true of it, as bits.
    public struct Traits: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let free = Traits(rawValue: 1)
        public static let selfReferral = Traits(rawValue: 2)
        public static let hasSpace = Traits(rawValue: 4)
        public static let stepFree = Traits(rawValue: 8)
        public static let withoutPhoning = Traits(rawValue: 16)
        public static let signLanguage = Traits(rawValue: 32)
        public static let quiet = Traits(rawValue: 64)
        // What tells a "no" from what nobody said.
        public static let costs = Traits(rawValue: 128)
        public static let isWaiting = Traits(rawValue: 256)
        public static let saysWays = Traits(rawValue: 512)
    }

    public var name = ""
    public var organization = ""
    public var description = ""
    public var terms: [String] = []
    public var languages: [String] = []
    public var minimumAge: Int?
    public var maximumAge: Int?
    public var traits: Traits = []
    public var places: [Place] = []
    /// Each as `WEEKLY;1;2026-03-07;TU,TH;19:00;21:00`.
    public var hours: [String] = []

    public init() {}

    /// One line each, so that no words can be mistaken for another part.
    public var text: String {
        let numbers = [minimumAge.map { "\($0)" } ?? "", maximumAge.map { "\($0)" } ?? "", "\(traits.rawValue)"]
        let places = places.map { place in "\(place.id),\(place.point.map { "\($0.latitude),\($0.longitude)" } ?? ",")" }
        return [
            line(name), line(organization), line(description), terms.joined(separator: " "), languages.map(line).joined(separator: ";"),
            numbers.joined(separator: ";"), places.joined(separator: ";"), hours.map(line).joined(separator: " "),
            self.places.map { line($0.town.replacing(";", with: " ")) }.joined(separator: ";"),
        ].joined(separator: "\n")
    }

    /// nil for what `text` did not write.
    public init?(text: String) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
        guard lines.count >= 8 else { return nil }
        (name, organization, description) = (String(lines[0]), String(lines[1]), String(lines[2]))
        terms = lines[3].split(separator: " ").map { String($0) }
        languages = lines[4].split(separator: ";").map { String($0) }
        let numbers = lines[5].split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3 else { return nil }
        (minimumAge, maximumAge, traits) = (numbers[0], numbers[1], Traits(rawValue: numbers[2] ?? 0))
        // Traits that a migration added to what was written before there were any such.
        if lines.count > 9 { traits.formUnion(Traits(rawValue: Int(lines[9]) ?? 0)) }
        let towns = lines.count > 8 ? lines[8].split(separator: ";", omittingEmptySubsequences: false) : []
        places = lines[6].split(separator: ";").enumerated().map { number, part in
            let parts = part.split(separator: ",", omittingEmptySubsequences: false)
            let numbers = parts.dropFirst().compactMap { Double($0) }
            return Place(
                id: String(parts.first ?? ""),
                point: numbers.count == 2 ? Point(latitude: numbers[0], longitude: numbers[1]) : nil,
                town: number < towns.count ? String(towns[number]) : ""
            )
        }
        hours = lines[7].split(separator: " ").map { String($0) }
    }

    private func line(_ words: String) -> String {
        words.utf8.contains(UInt8(ascii: "\n")) ? words.replacing("\n", with: " ") : words
    }
}

/// A need, or another word that entries are found by, and what people say for it.
public struct FindingTerm: Sendable, Equatable {
    public let id: String
    public let name: String
    /// Such as `can’t sleep`, `insomnia`.
    public let said: [String]
    /// Whether somebody who looks for it may be in danger: they are told first what helps at once.
    public let isUrgent: Bool

    public init(id: String, name: String, said: [String], isUrgent: Bool = false) {
        self.id = id
        self.name = name
        self.said = said
        self.isUrgent = isUrgent
    }
}
