/// A ballot on one statement.
public enum StatementAnswer: String, Sendable, Hashable, Codable, CaseIterable {
    case agree
    case disagree
    case pass
}

extension Poll where Ballot == StatementAnswer {
    /// The answers counted per perspective, of which both the score of parity and the one-person figure are made.
    ///
    /// - Parameter invited: how many of each perspective could have answered, where that is known.
    /// - Throws: `ParityProblem`.
    public func parity(invited: [Int?]? = nil) throws -> Parity {
        try Parity(
            perspectives.enumerated().map { place, answers in
                try PerspectiveAnswers(
                    agrees: answers.count(where: { $0 == .agree }),
                    disagrees: answers.count(where: { $0 == .disagree }),
                    passes: answers.count(where: { $0 == .pass }),
                    invited: invited.flatMap { $0.indices.contains(place) ? $0[place] : nil }
                )
            }
        )
    }
}
