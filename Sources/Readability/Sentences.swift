/// A text taken apart into sentences, and those into words.
enum Sentences {
    /// The sentences of a paragraph, each with its full stop.
    static func of(_ paragraph: String) -> [String] {
        var sentences: [String] = []
        var now = ""
        for word in paragraph.split(whereSeparator: \.isWhitespace) {
            now += now.isEmpty ? String(word) : " " + word
            guard ends(word) else { continue }
            sentences.append(now)
            now = ""
        }
        return now.isEmpty ? sentences : sentences + [now]
    }

    /// What stands between spaces and holds a letter or a digit, without its punctuation.
    static func words(of sentence: String) -> [String] {
        sentence.split(whereSeparator: \.isWhitespace).compactMap { word in
            let letters = String(String.UnicodeScalarView(word.unicodeScalars.filter(isOfWord)))
            return letters.isEmpty ? nil : letters
        }
    }

    static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
    }

    private static func ends(_ word: Substring) -> Bool {
        let bare = word.drop { "“‘\"'(".contains($0) }
        let end = bare.reversed().drop { "”’\"')*_".contains($0) }
        guard let last = end.first, ".!?…".contains(last) else { return false }
        return last != "." || !shortForms.contains(bare.lowercased())
    }

    /// A full stop after these ends no sentence.
    private static let shortForms: Set<String> = ["dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "e.g.", "i.e.", "no.", "vs.", "approx."]
}
