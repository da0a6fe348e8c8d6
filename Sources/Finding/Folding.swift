import Foundation

/// Words as they are compared: small letters without accents, apostrophes gone, parted at everything that is no letter or digit.
public enum Folding {
    /// `Can’t sleep – café!` becomes `cant`, `sleep`, `cafe`.
    ///
    /// - Parameter limit: how many words are looked at; what comes after is left out.
    public static func words(_ text: String, limit: Int = 2_000) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        let plain = text.utf8.allSatisfy { $0 < 0x80 } ? text : folded(text)
        for byte in plain.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: word.append(byte)
            case UInt8(ascii: "'"): continue
            default: end(&word, &words)
            }
            if words.count >= limit { return words }
        }
        end(&word, &words)
        return words
    }

    private static func end(_ word: inout [UInt8], _ words: inout [String]) {
        // Nobody types more than 40 letters of one word; a longer one is a mistake or an attack.
        if !word.isEmpty { words.append(String(decoding: word.prefix(40), as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
    }

    private static func folded(_ text: String) -> String {
        let straight = text.replacing("’", with: "'").replacing("–", with: " ").replacing("—", with: " ")
        return straight.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en_GB"))
    }

    /// Words so common that they say nothing about what somebody looks for.
    public static let common: Set<String> = [
        "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by", "can", "could", "do", "does",
        "for",
        "from", "get", "has", "have", "he", "her", "him", "his", "how", "i", "im", "in", "is", "it", "its", "ive", "me", "my", "need", "of",
        "on", "or", "our", "she", "so", "some", "somebody", "someone", "that", "the", "their", "them", "there", "they", "this", "to", "up",
        "us", "want", "was", "we", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your", "please", "looking",
        "find",
        "who's", "son", "daughter", "child", "service", "services", "help",
    ]

    /// The words that are worth looking for: none where all are common.
    public static func telling(_ words: [String]) -> [String] { words.filter { !common.contains($0) } }
}

/// How far two words are from each other: letters put in, left out, changed, or two neighbours swapped
/// (Damerau–Levenshtein, in the variant of optimal string alignment).
public enum Misspelling {
    /// How many slips are forgiven in a word of this many letters.
    public static func allowed(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case 4...7: 1
        default: 2
        }
    }

    /// The number of slips, or nil where it is more than `most`.
    public static func slips(_ a: [UInt8], _ b: [UInt8], most: Int) -> Int? {
        guard abs(a.count - b.count) <= most, !a.isEmpty, !b.isEmpty else { return nil }
        var before = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var now = last
        for i in 1...a.count {
            now[0] = i
            var least = i
            for j in 1...b.count {
                var cost = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                now[j] = cost
                least = min(least, cost)
            }
            guard least <= most else { return nil }
            (before, last, now) = (last, now, before)
        }
        return last[b.count] <= most ? last[b.count] : nil
    }

    /// How many slips lie between what was typed and a word, where somebody may have meant it; one more or less "s" at the end is none.
    static func meant(_ typed: String, _ word: String) -> Int? {
        // The first letter is seldom wrong, and demanding it spares nonsense; the first two swapped are let through.
        guard let first = typed.utf8.first, first == word.utf8.first || first == word.utf8.dropFirst().first else { return nil }
        if typed == word || typed == word + "s" { return 0 }
        let (mine, other) = (Array(typed.utf8), Array(word.utf8))
        guard mine.count >= 4, other.count >= 2, first == other[0] || mine[1] == other[0] else { return nil }
        let most = allowed(mine.count)
        return slips(mine, other, most: most) ?? (mine.last == UInt8(ascii: "s") ? slips(mine.dropLast(), other, most: most) : nil)
    }

    private static func slips(_ a: ArraySlice<UInt8>, _ b: [UInt8], most: Int) -> Int? { slips(Array(a), b, most: most) }

    /// One bit for each letter that occurs: words whose bits differ in more than twice as many places as slips are forgiven need no closer look.
    static func letters(_ word: [UInt8]) -> UInt64 { word.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
}
