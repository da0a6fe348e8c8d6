/// What people write into the one box and mean for another field: "group near Sale for a 14 year old, free".
///
/// Pure; which postcodes and towns there are is asked of whoever knows.
public struct Lifted: Sendable, Equatable {
    /// What is left to look for.
    public private(set) var words: String
    public private(set) var age: Int?
    public private(set) var postcode: Postcode?
    /// As the directory writes it.
    public private(set) var town: String?
    public private(set) var isFree = false

    /// Whether anything was lifted out.
    public var isAny: Bool { age != nil || postcode != nil || town != nil || isFree }

    /// What is known of places.
    public struct Known {
        let postcode: (Postcode) throws -> Bool
        let town: (String) -> String?
        let word: (String) -> Bool

        /// - Parameters:
        ///   - postcode: whether it is known where this first half of a postcode is.
        ///   - town: how a town of this name is written, where there is one.
        ///   - word: whether this word finds something by itself.
        public init(postcode: @escaping (Postcode) throws -> Bool, town: @escaping (String) -> String?, word: @escaping (String) -> Bool) {
            self.postcode = postcode
            self.town = town
            self.word = word
        }
    }

    /// Nothing is lifted.
    public init(plain typed: String) { words = typed }

    public init(_ typed: String, _ known: Known) throws {
        words = typed
        var tokens = Tokens(typed)
        age = tokens.takeAge()
        postcode = try tokens.takePostcode(known)
        if postcode == nil { town = tokens.takeTown(known) }
        isFree = tokens.takeFree()
        if isAny { words = tokens.all.joined(separator: " ") }
    }
}

/// The words of a question, from which some are taken.
private struct Tokens {
    private(set) var all: [String]

    // 60: as many as are looked for.
    init(_ typed: String) {
        let parts = typed.split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" }
        all = parts.prefix(60).map { String($0) }
    }

    private func word(_ place: Int) -> String { all.indices.contains(place) ? all[place].lowercased() : "" }

    // MARK: Age

    private static let before: Set<String> = ["aged", "age", "is", "turned", "he’s", "she’s", "he's", "she's"]
    private static let years: Set<String> = ["year", "years", "yr", "yrs"]
    private static let old: Set<String> = ["old", "olds"]

    /// "14 year old", "14-year-old", "14yo", "aged 14", "is 14"; not "aged 13 to 25".
    mutating func takeAge() -> Int? {
        for place in all.indices {
            if let age = Self.age(word(place)), let after = ends(place) { return take(place..<after, age) }
            let glued = word(place).prefix { $0.isNumber }
            if let age = Self.age(String(glued)), ["yo", "yr", "yrs", "yrold", "yearold"].contains(word(place).dropFirst(glued.count)) {
                return take(place..<place + (Self.old.contains(word(place + 1)) ? 2 : 1), age)
            }
        }
        return nil
    }

    private mutating func take(_ range: Range<Int>, _ age: Int) -> Int {
        let from = Self.before.contains(word(range.lowerBound - 1)) ? range.lowerBound - 1 : range.lowerBound
        all.removeSubrange(from..<range.upperBound)
        return age
    }

    private static func age(_ word: String) -> Int? { Int(word).flatMap { (0...120).contains($0) ? $0 : nil } }

    /// Where the words for an age end that begin with this number; nil where it is none.
    private func ends(_ place: Int) -> Int? {
        let isRange = Int(word(place + 1)) != nil || word(place + 1) == "to" && Int(word(place + 2)) != nil
        if isRange { return nil }
        if Self.years.contains(word(place + 1)), Self.old.contains(word(place + 2)) { return place + 3 }
        if word(place + 1) == "yo" { return place + 2 }
        guard Self.before.contains(word(place - 1)) else { return nil }
        return Self.years.contains(word(place + 1)) ? place + 2 : place + 1
    }

    // MARK: Place

    private static let toPlace: Set<String> = ["near", "in", "around", "at", "from", "by"]

    mutating func takePostcode(_ known: Lifted.Known) throws -> Postcode? {
        for place in all.indices where all[place].contains(where: \.isNumber) {
            let next = word(place + 1)
            if next.count == 3, let whole = Postcode(all[place] + next), whole.outward.count == all[place].count, whole.inward != nil {
                takePlace(place..<place + 2)
                return whole
            }
            guard let postcode = Postcode(all[place]), try postcode.inward != nil || known.postcode(postcode) else { continue }
            takePlace(place..<place + 1)
            return postcode
        }
        return nil
    }

    /// A town after a word such as "near"; or one whose name finds nothing else; or one that is all there is.
    mutating func takeTown(_ known: Lifted.Known) -> String? {
        for place in all.indices {
            // 3: Stoke on Trent.
            for length in stride(from: min(3, all.count - place), to: 0, by: -1) {
                let words = all[place..<place + length]
                guard let town = known.town(words.joined(separator: " ")) else { continue }
                guard Self.toPlace.contains(word(place - 1)) || length == all.count || !words.contains(where: known.word) else { continue }
                takePlace(place..<place + length)
                return town
            }
        }
        return nil
    }

    private mutating func takePlace(_ range: Range<Int>) {
        let from = Self.toPlace.contains(word(range.lowerBound - 1)) ? range.lowerBound - 1 : range.lowerBound
        all.removeSubrange(from..<range.upperBound)
    }

    // MARK: Cost

    // "Drug free", "feel free", "free from": another word than the one that is meant.
    private static let otherBefore: Set<String> = [
        "drug", "alcohol", "smoke", "gluten", "dairy", "sugar", "symptom", "pain", "feel", "care",
    ]

    mutating func takeFree() -> Bool {
        guard let place = all.indices.first(where: { word($0) == "free" }), !Self.otherBefore.contains(word(place - 1)) else {
            return false
        }
        let isCharge = word(place + 1) == "of" && word(place + 2) == "charge"
        guard isCharge || !["from", "of"].contains(word(place + 1)) else { return false }
        all.removeSubrange(place..<place + (isCharge ? 3 : 1))
        return true
    }
}
