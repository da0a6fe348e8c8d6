import Foundation
import Readability
import Testing

/// A text and what textstat 0.7.4 and a pronouncing dictionary make of it; README.md says how they were counted.
struct Sample: Decodable, Sendable, CustomTestStringConvertible {
    struct Figures: Decodable, Sendable {
        let fleschKincaid: Double
        let smog: Double
        let ari: Double
        let daleChall: Double
    }

    struct Counted: Decodable, Sendable {
        let words: Int
        let sentences: Int
        let syllables: Int
        let longWords: Int
        let signs: Int
        let hardWords: Int
    }

    let name: String
    let paragraphs: [String]
    let counts: Counted
    /// As textstat prints them.
    let usual: Figures
    /// With its rounding switched off.
    let exact: Figures
    let spokenWords: [String]
    let spokenSyllables: Int

    var testDescription: String { name }
    var ours: Counts { Counts(of: paragraphs) }
    var theirs: Counts {
        Counts(
            words: counts.words,
            sentences: counts.sentences,
            syllables: counts.syllables,
            longWords: counts.longWords,
            signs: counts.signs,
            hardWords: counts.hardWords
        )
    }

    static let all: [Sample] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/texts.json")
        return try! JSONDecoder().decode([Sample].self, from: Data(contentsOf: file))
    }()
}

@Suite struct AgreementTests {
    @Test(arguments: Sample.all) func `Words, sentences, signs and hard words are counted as textstat counts them`(_ sample: Sample) {
        let ours = sample.ours
        #expect(ours.words == sample.counts.words)
        #expect(ours.sentences == sample.counts.sentences)
        #expect(ours.signs == sample.counts.signs)
        #expect(ours.hardWords == sample.counts.hardWords)
    }

    @Test(arguments: Sample.all) func `Every formula gives textstat's figure for textstat's counts`(_ sample: Sample) {
        let theirs = sample.theirs
        #expect(abs(Measures.fleschKincaid(theirs) - sample.exact.fleschKincaid) < 0.001)
        #expect(abs(Measures.smog(theirs) - sample.exact.smog) < 0.001)
        #expect(abs(Measures.ari(theirs) - sample.exact.ari) < 0.001)
        #expect(abs(Measures.daleChall(theirs) - sample.exact.daleChall) < 0.001)
    }

    @Test(arguments: Sample.all) func `Measures without syllables agree with what textstat prints, from the text on`(_ sample: Sample) {
        let ours = sample.ours
        #expect(abs(Measures.ari(ours) - sample.usual.ari) < 0.1, "ours \(Measures.ari(ours)), textstat \(sample.usual.ari)")
        #expect(
            abs(Measures.daleChall(ours) - sample.usual.daleChall) < 0.01,
            "ours \(Measures.daleChall(ours)), textstat \(sample.usual.daleChall)"
        )
    }

    /// 11.8 for each syllable a word that is counted differently, and 0.61 for textstat's rounding on the way.
    @Test(arguments: Sample.all) func `Flesch–Kincaid differs from textstat by its syllables and its rounding, and by nothing else`(
        _ sample: Sample
    ) {
        let ours = Measures.fleschKincaid(sample.ours)
        let explained = 11.8 * Double(abs(sample.ours.syllables - sample.counts.syllables)) / Double(sample.counts.words)
        #expect(abs(ours - sample.exact.fleschKincaid) <= explained + 0.001, "ours \(ours), textstat \(sample.exact.fleschKincaid)")
        #expect(abs(ours - sample.usual.fleschKincaid) <= explained + 0.61, "ours \(ours), textstat \(sample.usual.fleschKincaid)")
        #expect(explained < 2.5)
    }

    /// "somebody" is one long word more: five words in a hundred are.
    @Test(arguments: Sample.all) func `SMOG differs from textstat by the long words that hyphens miss, and by nothing else`(
        _ sample: Sample
    ) {
        var ours = sample.ours
        let more = ours.longWords - sample.counts.longWords
        #expect(more >= 0 && more * 20 <= ours.words, "ours \(ours.longWords), textstat \(sample.counts.longWords)")
        ours.longWords = sample.counts.longWords
        #expect(abs(Measures.smog(ours) - sample.usual.smog) < 0.1, "ours \(Measures.smog(sample.ours)), textstat \(sample.usual.smog)")
    }

    @Test(arguments: Sample.all) func `Syllables are within 4 in 100 of the pronouncing dictionary`(_ sample: Sample) {
        let ours = Counts(of: [sample.spokenWords.joined(separator: " ")]).syllables
        let off = Double(abs(ours - sample.spokenSyllables)) / Double(sample.spokenSyllables)
        #expect(off <= 0.04, "ours \(ours), dictionary \(sample.spokenSyllables), textstat \(sample.counts.syllables)")
    }
}
