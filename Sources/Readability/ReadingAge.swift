/// How old somebody must be to read a text with ease, by four measures. An age is a year of school in the United States, and five.
///
/// All are made for English prose of some length. They see long words and long sentences and no meaning: a text can be young and still unclear.
public struct ReadingAge: Sendable, Equatable, Encodable {
    public let fleschKincaid: Double
    public let smog: Double
    public let ari: Double
    public let daleChall: Double

    /// Below this the measures say nothing.
    public static let leastWords = 30

    /// Nil where the text is too short. `paragraphs` are plain text, each a paragraph, a heading or an item of a list.
    public init?(of paragraphs: [String]) {
        let counts = Counts(of: paragraphs)
        guard counts.words >= Self.leastWords else { return nil }
        self.init(counts)
    }

    /// Ages as they were kept.
    public init(fleschKincaid: Double, smog: Double, ari: Double, daleChall: Double) {
        self.fleschKincaid = fleschKincaid
        self.smog = smog
        self.ari = ari
        self.daleChall = daleChall
    }

    /// `counts` of at least one word and one sentence.
    public init(_ counts: Counts) {
        fleschKincaid = Measures.fleschKincaid(counts) + Self.atSchool
        smog = Measures.smog(counts) + Self.atSchool
        ari = Measures.ari(counts) + Self.atSchool
        daleChall = Measures.daleChallYear(Measures.daleChall(counts)) + Self.atSchool
    }

    private static let atSchool = 5.0

    /// The one figure to go by: half-way between the two in the middle, so that no one measure decides alone.
    public var middle: Double {
        let sorted = [fleschKincaid, smog, ari, daleChall].sorted()
        return (sorted[1] + sorted[2]) / 2
    }

    /// In whole years, as it is told: a text of 10.6 is for eleven-year-olds.
    public var years: Int { max(5, Int(middle.rounded())) }
}

/// The measures themselves, in years of school in the United States.
public enum Measures {
    /// Kincaid and others, Research Branch Report 8-75, Naval Technical Training Command, 1975.
    public static func fleschKincaid(_ of: Counts) -> Double { 0.39 * of.wordsInSentence + 11.8 * of.share(of.syllables) - 15.59 }

    /// McLaughlin, "SMOG grading: a new readability formula", Journal of Reading 12, 1969.
    public static func smog(_ of: Counts) -> Double {
        3.1291 + 1.0430 * (30 * Double(of.longWords) / Double(of.sentences)).squareRoot()
    }

    /// Smith and Senter, "Automated readability index", AMRL-TR-66-220, 1967.
    public static func ari(_ of: Counts) -> Double { 4.71 * of.share(of.signs) + 0.5 * of.wordsInSentence - 21.43 }

    /// Dale and Chall, "A formula for predicting readability", 1948; a score, not a year. Each hard word counts once, as in textstat.
    public static func daleChall(_ of: Counts) -> Double {
        let hard = 100 * of.share(of.hardWords)
        return 0.1579 * hard + 0.0496 * of.wordsInSentence + (hard > 5 ? 3.6365 : 0)
    }

    /// The year of school that Dale and Chall's table gives: 5 to 5.9 are years 5 and 6, 6 to 6.9 years 7 and 8, and so on.
    public static func daleChallYear(_ score: Double) -> Double { score < 5 ? score : 5 + 2 * (score - 5) }
}

extension Counts {
    var wordsInSentence: Double { Double(words) / Double(sentences) }

    func share(_ part: Int) -> Double { Double(part) / Double(max(1, words)) }
}
