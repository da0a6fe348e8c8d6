/// What the measures of reading are made from: how many words, sentences, syllables and hard words a text has.
///
/// Counted as textstat 0.7.4 counts, but for syllables and for full stops that end no sentence ("Dr. Osei", "3.5").
public struct Counts: Sendable, Equatable {
    public var words = 0
    /// At least 1. One or two words alone, such as a short heading, are no sentence of their own.
    public var sentences = 0
    public var syllables = 0
    /// Words of three syllables and more.
    public var longWords = 0
    /// Signs without spaces; full stops and commas too.
    public var signs = 0
    /// Different words that are not on the list of Dale and Chall.
    public var hardWords = 0

    /// `paragraphs`: each a paragraph, a heading or an item of a list; a sentence never reaches from one into the next.
    public init(of paragraphs: [String]) {
        var hard: Set<String> = []
        for sentence in paragraphs.flatMap(Sentences.of) {
            let found = Sentences.words(of: sentence)
            let spoken = found.map(Syllables.count)
            words += found.count
            sentences += found.count > 2 ? 1 : 0
            syllables += spoken.reduce(0, +)
            longWords += spoken.count { $0 >= 3 }
            signs += sentence.unicodeScalars.count { !$0.properties.isWhitespace }
            hard.formUnion(EasyWords.pieces(of: sentence).filter { !EasyWords.isListed($0) })
        }
        sentences = max(1, sentences)
        hardWords = hard.count
    }

    public init(words: Int, sentences: Int, syllables: Int, longWords: Int, signs: Int, hardWords: Int) {
        self.words = words
        self.sentences = sentences
        self.syllables = syllables
        self.longWords = longWords
        self.signs = signs
        self.hardWords = hardWords
    }
}
