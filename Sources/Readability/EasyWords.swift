/// The words that Dale and Chall found nearly all ten-year-olds to know.
enum EasyWords {
    private static let all = Set(
        String(decoding: PackageResources.easy_words_txt, as: UTF8.self).split(whereSeparator: \.isNewline).map { $0.trimmed.lowercased() }
    )

    /// The words of a sentence as the list has them: small, with their apostrophes, taken apart at hyphens.
    static func pieces(of sentence: String) -> [String] {
        sentence.lowercased().replacing("’", with: "'").unicodeScalars
            .split { !Sentences.isOfWord($0) && $0 != "'" }
            .map { String($0) }
            .filter { $0.unicodeScalars.contains(where: Sentences.isOfWord) }
    }

    /// Whether it stands on the list just so. This is what the Dale–Chall measure counts, as textstat does.
    static func isListed(_ word: String) -> Bool { all.contains(word) }

    /// Whether a reader of ten knows it: the list, and what regular endings make of it ("helps", "asked", "waiting", "easier"). Kinder than the
    /// measure on purpose: it decides which words a writer is asked to look at.
    static func isKnown(_ word: String) -> Bool {
        let word = word.lowercased()
        return isListed(word) || stems(of: word).contains(where: isListed)
    }

    private static func stems(of word: String) -> [String] {
        let endings = [
            ("'s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""),
            ("er", "e"), ("ers", ""), ("ers", "e"), ("ier", "y"), ("ly", ""), ("ily", "y"), ("est", ""), ("est", "e"), ("iest", "y"),
        ]
        let found = endings.compactMap { ending, instead in word.hasSuffix(ending) ? String(word.dropLast(ending.count)) + instead : nil }
        return found + found.compactMap(withoutDouble)
    }

    /// "bigg" of "bigger" and "beginn" of "beginning" are written with one letter on the list.
    private static func withoutDouble(_ stem: String) -> String? {
        guard let last = stem.last, stem.dropLast().last == last, !"aeiou".contains(last) else { return nil }
        return String(stem.dropLast())
    }
}

extension Substring {
    fileprivate var trimmed: String { String(filter { !$0.isWhitespace }) }
}
