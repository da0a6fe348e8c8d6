extension Disclosure {
    /// A figure as it may be shown: every number in it may be printed, and everything worked out from it too.
    public enum Table: Sendable, Hashable {
        /// So few people that nothing else is told, not even whether there are any.
        case few(below: Int)
        case rows([Row])

        public var rows: [Row] { if case .rows(let rows) = self { rows } else { [] } }

        /// How many people in all; nil where that is not told.
        public var people: Int? { rows.isEmpty ? nil : rows.reduce(0) { $0 + $1.people } }

        /// Agree, disagree, pass at `split` as parity of voice; nil unless every perspective is told by itself, since PoV gives away what is
        /// missing: θ_small = R·PoV − Σ of the others. What else is derived from it is safe with it.
        public func parity(split: Int = 0) -> Parity? {
            let answers = rows.compactMap { $0.answers(split) }
            return answers.count == rows.count ? try? Parity(answers) : nil
        }

        /// (Σ a + 1) / (Σ n + 2): one person, one vote; nil unless every group's first answer at `split` is told.
        public func onePerson(split: Int = 0) -> Fraction? {
            guard let people else { return nil }
            let firsts = rows.compactMap { $0.splits.indices.contains(split) ? $0.splits[split].first?.number : nil }
            return firsts.count == rows.count ? Fraction(firsts.reduce(1, +), people + 2) : nil
        }
    }

    /// One perspective, or several told as one.
    public struct Row: Sendable, Hashable {
        /// By place; more than one where they are told as one.
        public let perspectives: [Int]
        public let people: Int
        public let splits: [[Number]]

        func answers(_ split: Int) -> PerspectiveAnswers? {
            guard perspectives.count == 1, splits.indices.contains(split) else { return nil }
            let numbers = splits[split].compactMap(\.number)
            guard numbers.count == 3, splits[split].count == 3 else { return nil }
            return try? PerspectiveAnswers(agrees: numbers[0], disagrees: numbers[1], passes: numbers[2])
        }
    }

    /// A number as it may be told.
    public enum Number: Sendable, Hashable {
        case exactly(Int)
        /// Next to none.
        case atMost(Int)
        /// Next to all.
        case atLeast(Int)
        case withheld

        public var number: Int? { if case .exactly(let number) = self { number } else { nil } }
    }
}
