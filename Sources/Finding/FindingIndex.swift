/// Everything that can be found, in memory. A value: whoever searches keeps the one they began with while it is brought up to date.
///
/// Measured on 100,000 items of 40 words: 60 MB. An item that changes gets a new slot and leaves its old one empty; once a quarter of the slots
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
        /// When it has to be checked again at the latest: found all the same after that, below those that were checked.
        let reviewDue: Int64
        let minimumAge: Int16
        let maximumAge: Int16
        let traits: FindingItem.Traits
        let terms: [Int32]
        let languages: [String]
        let places: [FindingItem.Place]
        let hours: [String]
        let organization: String?
        let modified: Int64
    }

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
            }
        }
    }

    /// Whether more than a quarter of it is emptiness.
    public var isWorn: Bool { slots.count > 1_000 && slots.count - count > slots.count / 4 }

    /// All that is there, by the number it was given, which is the order in which lists go.
    public var numbers: [Int] { slots.compactMap { $0?.number }.sorted() }

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
        let terms = item.terms.compactMap { needNumbers[$0] }
        slots.append(
            Slot(
                number: number,
                id: id,
                reviewDue: reviewDue,
                minimumAge: Int16(clamping: item.minimumAge ?? -1),
                maximumAge: Int16(clamping: item.maximumAge ?? 32_000),
                traits: item.traits,
                terms: terms,
                languages: item.languages.map { $0.lowercased() },
                places: item.places,
                hours: item.hours,
                organization: organization,
                modified: modified
            )
        )
        slotOfNumber[number] = Int(place)
        count += 1
        for term in terms { byNeed[Int(term)].append(place) }
        post(item, terms, place)
        for point in item.places.compactMap(\.point) {
            latitudes.append(Float(point.latitude))
            longitudes.append(Float(point.longitude))
            pointSlots.append(place)
        }
    }

    /// Takes an item out.
    public mutating func remove(_ number: Int) {
        guard let place = slotOfNumber.removeValue(forKey: number) else { return }
        slots[place] = nil
        count -= 1
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

    /// To be called after items were put in, before anybody searches: sorts the words.
    public mutating func settle() {
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
