import Kernel

/// The four-word key that young people and families come back in with: nothing to remember but words, no email, no telephone.
///
/// Somewhat over 44 bits of chance, with slow digests and waits after wrong tries: guessing one takes longer than anybody has.
public struct FourWords: Sendable, Hashable, Encodable {
    public let words: [String]

    /// `amber-tulip-canoe-drum`
    public var text: String { words.joined(separator: "-") }

    public init(_ chance: Chance) { words = (0..<4).map { _ in Self.list[chance.below(Self.list.count)] } }

    /// From at least 32 bytes of chance. Eight bytes a word: the first words of the list are likelier by less than 1 in 10^15.
    init(from bytes: [UInt8]) {
        words = (0..<4).map { place in
            let number = bytes[(8 * place)..<(8 * place + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Self.list[Int(number % UInt64(Self.list.count))]
        }
    }

    /// Reads what somebody typed: capital letters, commas, hyphens and spaces do not matter.
    ///
    /// Throws `Problems` on `field` where it is not four words, or where one is not of ours; it then names the word that was perhaps meant.
    /// That gives nothing away: the list of words is no secret.
    static func read(_ typed: String, field: String) throws -> FourWords {
        let found = typed.prefix(400).lowercased().split { !$0.isLetter }.map { String($0) }
        if found.isEmpty { throw Problems(field, W.keyEmpty) }
        // One mistake in one field, however many words are in it.
        let unknown = found.prefix(8).filter { !known.contains($0) }.map(sentence)
        guard unknown.isEmpty else { throw Problems(field, unknown.joined(separator: " ")) }
        guard found.count == 4 else { throw Problems(field, W.keyCount(n: found.count)) }
        return FourWords(words: found)
    }

    private static func sentence(_ word: String) -> String {
        near(word).map { W.keyMeant(word: String(word.prefix(20)), meant: $0) } ?? W.keyUnknown(word: String(word.prefix(20)))
    }

    private init(words: [String]) { self.words = words }

    static let list = String(decoding: PackageResources.words_txt, as: UTF8.self).split(separator: "\n").map { String($0) }
    private static let known = Set(list)

    /// The only word of ours that one slip of a finger away from `word`, if there is one.
    private static func near(_ word: String) -> String? {
        let typed = Array(word.utf8)
        guard (3...14).contains(typed.count) else { return nil }
        let near = list.filter { isOneSlip(Array($0.utf8), typed) }
        return near.count == 1 ? near.first : nil
    }

    /// One letter wrong, missing, too many, or two neighbours swapped.
    static func isOneSlip(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard abs(one.count - other.count) <= 1 else { return false }
        let start = zip(one, other).prefix { $0 == $1 }.count
        let (a, b) = (one.dropFirst(start), other.dropFirst(start))
        if a.count != b.count { return a.count > b.count ? a.dropFirst().elementsEqual(b) : b.dropFirst().elementsEqual(a) }
        if a.dropFirst().elementsEqual(b.dropFirst()) { return true }
        let (x, y) = (Array(a), Array(b))
        return x.count >= 2 && x[0] == y[1] && x[1] == y[0] && x.dropFirst(2).elementsEqual(y.dropFirst(2))
    }
}
