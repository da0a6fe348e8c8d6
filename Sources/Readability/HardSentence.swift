/// A sentence that makes a text hard, and why, for whoever writes it.
public struct HardSentence: Sendable, Equatable {
    /// Why a sentence is hard. A writer may know better: it is advice.
    public enum Reason: Sendable, Equatable {
        case words(Int)
        case longWord(String)
        /// "is made by": who does it?
        case passive(String)
    }

    public let words: String
    /// Of the paragraphs given, which it stands in.
    public let paragraph: Int
    public let reasons: [Reason]

    /// More words than this in a sentence are too many.
    public static let mostWords = 20

    /// The hard sentences of a text, in order. `explained` are words whose meaning the reader is told; they are not held against it.
    public static func all(in paragraphs: [String], explained: Set<String> = []) -> [HardSentence] {
        paragraphs.enumerated().flatMap { place, paragraph in
            Sentences.of(paragraph).compactMap { sentence in
                let reasons = reasons(sentence, explained)
                return reasons.isEmpty ? nil : HardSentence(words: sentence, paragraph: place, reasons: reasons)
            }
        }
    }

    private static func reasons(_ sentence: String, _ explained: Set<String>) -> [Reason] {
        let count = Sentences.words(of: sentence).count
        let pieces = EasyWords.pieces(of: sentence)
        let long = pieces.filter { isHard($0) && !explained.contains($0) }
        var seen: Set<String> = []
        return (count > mostWords ? [.words(count)] : [])
            + long.filter { seen.insert($0).inserted }.map { .longWord($0) }
            + passives(pieces).map { .passive($0) }
    }

    /// Four syllables, or three and not known at ten.
    private static func isHard(_ word: String) -> Bool {
        let syllables = Syllables.count(word)
        return syllables >= 3 && !EasyWords.isKnown(word)
    }

    /// "was made", "will be often decided": a form of "be", perhaps one word between, and what was done.
    private static func passives(_ words: [String]) -> [String] {
        words.indices.compactMap { place in
            guard forms.contains(words[place]) else { return nil }
            let end = [place + 1, place + 2].first { $0 < words.count && isDone(words[$0]) }
            guard let end, end == place + 1 || words[place + 1].hasSuffix("ly") || between.contains(words[place + 1]) else { return nil }
            return words[place...end].joined(separator: " ")
        }
    }

    private static func isDone(_ word: String) -> Bool {
        word.hasSuffix("ed") && word.count > 4 && !feelings.contains(word) || irregular.contains(word)
    }

    private static let forms: Set<String> = ["is", "are", "was", "were", "be", "been", "being"]
    private static let between: Set<String> = ["not", "then", "also", "always", "never", "often", "all"]
    /// How somebody is, not what was done to them.
    private static let feelings: Set<String> = [
        "worried", "tired", "scared", "interested", "excited", "pleased", "bored", "upset", "ashamed", "confused", "embarrassed", "indeed",
    ]
    private static let irregular: Set<String> = [
        "made", "given", "taken", "seen", "sent", "told", "held", "kept", "done", "written", "shown", "chosen", "known", "found", "put",
        "set", "read",
        "brought", "built", "drawn", "heard", "begun", "said", "paid", "met",
    ]
}
