/// Everything that can be found, in memory. A value: whoever searches keeps the one they began with while it is brought up to date.
///
/// Measured on 100,000 made-up items of 20 words: 86 MB for the whole program that held it, and 0.5 ms for a question. An item that changes gets a new slot and leaves its old one empty; once a quarter of the slots
/// is empty, the index is made anew.
public struct FindingIndex: Sendable {
    struct Posting: Sendable {
        let slot: UInt32
        /// The heaviest field in which the word stands.
        let field: UInt8
    }

    struct Slot: Sendable {
        let number: Int
        let id: String
        let terms: [Int32]
        let languages: [String]
        let places: [FindingItem.Place]
        let hours: [String]
        let organization: String?
    }

    /// What is looked at for every slot: plain numbers side by side, so that a hundred thousand are passed in a fraction of a millisecond.
    struct Quick: Sendable {
        var isThere: Bool
        let hasPoint: Bool
        let minimumAge: Int
        let maximumAge: Int
        let traits: Int
        /// When it has to be checked again at the latest: found all the same after that, below those that were checked.
        let reviewDue: Int64
        let modified: Int64
    }

    private(set) var quick: [Quick] = []
    private(set) var slots: [Slot?] = []
    private(set) var words: [String: Int32] = [:]
    private(set) var spelled: [[UInt8]] = []
    private(set) var letters: [UInt64] = []
    private(set) var postings: [[Posting]] = []
    /// Numbers of words in the order of the alphabet, for beginnings.
    private(set) var inOrder: [Int32] = []
    private(set) var byNeed: [[UInt32]] = []
    private(set) var needs: [FindingTerm] = []
    private(set) var needNumbers: [String: Int32] = [:]
    /// What people say for a need: its words, and which need. By their first word.
    private(set) var sayings: [String: [(words: [String], need: Int32)]] = [:]
    /// Those of more than one word, which may be misspelt too.
    private(set) var longSayings: [(words: [String], need: Int32)] = []
    /// Where the places of each town are, by its folded name.
    private var towns: [String: Town] = [:]
    private(set) var latitudes: [Float] = []
    private(set) var longitudes: [Float] = []
    private(set) var pointSlots: [UInt32] = []
    private var slotOfNumber: [Int: Int] = [:]
    private(set) var count = 0

    public init(terms: [FindingTerm]) {
        needs = terms
        byNeed = terms.map { _ in [] }
        for (number, term) in terms.enumerated() {
            needNumbers[term.id] = Int32(number)
            for said in [term.name] + term.said {
                let words = Folding.words(said, limit: 8)
                guard let first = words.first else { continue }
                sayings[first, default: []].append((words, Int32(number)))
                if words.count > 1 { longSayings.append((words, Int32(number))) }
            }
        }
    }

    /// Whether more than a quarter of it is emptiness.
    public var isWorn: Bool { slots.count > 1_000 && slots.count - count > slots.count / 4 }

    /// All that is there, by the number it was given, which is the order in which lists go. Up to date after `settle`.
    public private(set) var numbers: [Int] = []

    /// Puts in an item, in the place of the one that had this number.
    public mutating func put(
        _ item: FindingItem,
        number: Int,
        id: String,
        organization: String?,
        modified: Int64,
        reviewDue: Int64
    ) {
        remove(number)
        let place = UInt32(slots.count)
        let terms = item.terms.map { termNumber($0) }
        slots.append(
            Slot(
                number: number,
                id: id,
                terms: terms,
                languages: item.languages.map { $0.lowercased() },
                places: item.places,
                hours: item.hours,
                organization: organization
            )
        )
        quick.append(
            Quick(
                isThere: true,
                hasPoint: item.places.contains { $0.point != nil },
                minimumAge: item.minimumAge ?? 0,
                maximumAge: item.maximumAge ?? 1_000,
                traits: item.traits.rawValue,
                reviewDue: reviewDue,
                modified: modified
            )
        )
        slotOfNumber[number] = Int(place)
        count += 1
        for term in terms { byNeed[Int(term)].append(place) }
        post(item, terms, place)
        for place in item.places { count(place, by: 1) }
        for point in item.places.compactMap(\.point) {
            latitudes.append(Float(point.latitude))
            longitudes.append(Float(point.longitude))
            pointSlots.append(place)
        }
    }

    /// Terms that nobody here named, such as those of other directories, are found by their id alone.
    private mutating func termNumber(_ id: String) -> Int32 {
        if let known = needNumbers[id] { return known }
        let number = Int32(needs.count)
        needs.append(FindingTerm(id: id, name: "", said: []))
        byNeed.append([])
        needNumbers[id] = number
        return number
    }

    /// Takes an item out.
    public mutating func remove(_ number: Int) {
        guard let place = slotOfNumber.removeValue(forKey: number) else { return }
        for place in slots[place]?.places ?? [] { count(place, by: -1) }
        slots[place] = nil
        quick[place].isThere = false
        count -= 1
    }

    // MARK: Towns

    private struct Town: Sendable {
        var name: String
        var latitude = 0.0
        var longitude = 0.0
        var places = 0.0
    }

    private mutating func count(_ place: FindingItem.Place, by sign: Double) {
        guard let point = place.point, !place.town.isEmpty else { return }
        let key = Self.key(ofTown: place.town)
        guard !key.isEmpty else { return }
        var town = towns[key] ?? Town(name: place.town)
        town.latitude += sign * point.latitude
        town.longitude += sign * point.longitude
        town.places += sign
        towns[key] = town.places > 0 ? town : nil
    }

    private static func key(ofTown name: String) -> String { Folding.words(name, limit: 5).joined(separator: " ") }

    /// A town in which something is, by its name in any case: how it is written, and the middle of what is there.
    public func town(_ name: String) -> (name: String, point: Point)? { towns[Self.key(ofTown: name)].flatMap(Self.middle) }

    /// Towns in which something is within these degrees, those with the most first, at most 40.
    public func towns(within latitudes: ClosedRange<Double>, _ longitudes: ClosedRange<Double>) -> [(name: String, point: Point)] {
        let sorted = towns.sorted { ($1.value.places, $0.key) < ($0.value.places, $1.key) }
        let inside = sorted.lazy.compactMap { Self.middle($0.value) }.filter {
            latitudes.contains($0.point.latitude) && longitudes.contains($0.point.longitude)
        }
        return Array(inside.prefix(40))
    }

    private static func middle(_ town: Town) -> (name: String, point: Point)? {
        Point(latitude: town.latitude / town.places, longitude: town.longitude / town.places).map { (town.name, $0) }
    }

    /// Whether this word stands in anything that can be found, or is what people say for a need.
    public func knows(_ word: String) -> Bool { Folding.words(word, limit: 1).allSatisfy { words[$0] != nil || sayings[$0] != nil } }

    /// How many items belong to a term.
    public func count(of term: String) -> Int {
        guard let number = needNumbers[term] else { return 0 }
        return byNeed[Int(number)].count { quick[Int($0)].isThere }
    }

    private mutating func post(_ item: FindingItem, _ terms: [Int32], _ place: UInt32) {
        var seen: [Int32: UInt8] = [:]
        let fields: [(FindingItem.Field, String)] = [
            (.name, item.name), (.need, terms.map { needs[Int($0)].name }.joined(separator: " ")), (.organization, item.organization),
            (.description, item.description),
        ]
        for (field, text) in fields {
            for word in Folding.words(text) {
                let number = self.number(of: word)
                if seen[number] == nil { seen[number] = UInt8(field.rawValue) }
            }
        }
        for (word, field) in seen { postings[Int(word)].append(Posting(slot: place, field: field)) }
    }

    private mutating func number(of word: String) -> Int32 {
        if let known = words[word] { return known }
        let number = Int32(spelled.count)
        let bytes = Array(word.utf8)
        words[word] = number
        spelled.append(bytes)
        letters.append(Misspelling.letters(bytes))
        postings.append([])
        return number
    }

    /// Where each of these numbers has its places, in order: what a list of places goes by.
    public func places(of numbers: [Int]) -> [(number: Int, place: String)] {
        numbers.flatMap { number in
            (slotOfNumber[number].flatMap { slots[$0] }?.places ?? []).map { (number, $0.id) }
        }
    }

    /// To be called after items were put in or taken out, before anybody searches: sorts the words and the numbers.
    public mutating func settle() {
        numbers = slotOfNumber.keys.sorted()
        guard inOrder.count != spelled.count else { return }
        inOrder = (0..<Int32(spelled.count)).sorted { spelled[Int($0)].lexicographicallyPrecedes(spelled[Int($1)]) }
    }

    /// Numbers of the words that begin with these bytes, at most `most`.
    func words(beginning start: [UInt8], most: Int) -> [Int32] {
        var (low, high) = (0, inOrder.count)
        while low < high {
            let middle = (low + high) / 2
            if spelled[Int(inOrder[middle])].lexicographicallyPrecedes(start) { low = middle + 1 } else { high = middle }
        }
        var found: [Int32] = []
        while low < inOrder.count, found.count < most, spelled[Int(inOrder[low])].starts(with: start) {
            found.append(inOrder[low])
            low += 1
        }
        return found
    }

    /// Numbers of the words that are nearly this one, the nearest first.
    func words(like word: [UInt8]) -> [Int32] {
        let most = Misspelling.allowed(word.count)
        guard most > 0 else { return [] }
        let mine = Misspelling.letters(word)
        var found: [(slips: Int, word: Int32)] = []
        for number in spelled.indices where (letters[number] ^ mine).nonzeroBitCount <= 2 * most {
            // The first letter is seldom wrong, and demanding it spares nonsense; two neighbours swapped are let through.
            let other = spelled[number]
            guard other.count >= 4, other[0] == word[0] || other[0] == word[1] else { continue }
            if let slips = Misspelling.slips(word, other, most: most) { found.append((slips, Int32(number))) }
        }
        guard let least = found.map(\.slips).min() else { return [] }
        return found.filter { $0.slips == least }.map(\.word)
    }
}
