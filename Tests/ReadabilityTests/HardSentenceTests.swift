import Readability
import Testing

@Suite struct HardSentenceTests {
    private let long =
        "When you come to us for the first time we will ask you what you would like to change and who you want there with you."

    @Test func `A sentence of more than twenty words is marked with their number`() {
        #expect(HardSentence.all(in: [long]).map(\.reasons) == [[.words(26)]])
    }

    @Test func `A short sentence of words a ten-year-old knows is not marked`() {
        #expect(HardSentence.all(in: ["You can ask us. We will ring you on the same day."]).isEmpty)
    }

    @Test func `A long word is named, once, and the sentence it stands in`() {
        let found = HardSentence.all(in: ["We help.", "The implementation of the implementation begins."])
        #expect(found.map(\.paragraph) == [1])
        #expect(found.first?.reasons == [.longWord("implementation")])
    }

    @Test func `A word that the glossary explains is not held against the sentence`() {
        #expect(HardSentence.all(in: ["You can ask about a diagnosis."], explained: ["diagnosis"]).isEmpty)
        #expect(HardSentence.all(in: ["You can ask about a diagnosis."]).count == 1)
    }

    @Test(arguments: ["easier", "easiest", "happier", "happily", "beginning", "remembered"])
    func `What a regular ending makes of an easy word is easy`(_ word: String) {
        #expect(HardSentence.all(in: ["It came \(word) now."]).isEmpty)
    }

    @Test(arguments: ["is not given", "was quickly asked", "will be told"]) func `What is done by nobody is marked`(_ words: String) {
        let found = HardSentence.all(in: ["The news " + words + " to you."]).flatMap(\.reasons)
        #expect(found.contains { if case .passive = $0 { true } else { false } })
    }

    @Test func `How somebody feels is nothing that was done to them`() {
        #expect(HardSentence.all(in: ["You may be worried or tired."]).isEmpty)
    }

    @Test func `A doctor's name and a number end no sentence`() {
        #expect(Counts(of: ["We saw Dr. Osei in 3.5 weeks. She was kind."]).sentences == 2)
    }

    @Test func `Too few words give no age`() { #expect(ReadingAge(of: ["Ring us."]) == nil) }

    @Test func `A text for children is younger than a letter for professionals`() throws {
        let ages = Dictionary(uniqueKeysWithValues: Sample.all.map { ($0.name, ReadingAge(of: $0.paragraphs)?.middle ?? 0) })
        let visit = try #require(ages["first visit"])
        let letter = try #require(ages["triage letter"])
        #expect(visit < 9)
        #expect(letter > 18)
    }
}
