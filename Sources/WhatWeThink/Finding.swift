/// What a statement's answers say, in one word: which part of the page it stands in.
enum Finding: String, Sendable, Encodable, CaseIterable {
    case everybodyAgrees = "everybody-agrees"
    case everybodyDisagrees = "everybody-disagrees"
    case perspectivesDiffer = "perspectives-differ"
    case notKnownYet = "not-known-yet"
    case mixed

    /// One perspective, or several told as one, as far as it may be known.
    struct Share: Sendable {
        let agrees: Int
        let people: Int

        /// (a + 1) / (n + 2): as if one more had said yes and one more no.
        var value: Double { Double(agrees + 1) / Double(people + 2) }
    }

    /// - Parameters:
    ///   - shares: of those whose answers are known.
    ///   - isComplete: every perspective that is asked has answered, and all of it may be known.
    ///   - disagrees: how many disagreed, of how many, where that is known: who passes does not disagree.
    static func of(_ shares: [Share], isComplete: Bool, disagrees: (Int, of: Int)?) -> Finding {
        let heard = shares.filter { $0.people > 0 }.map(\.value)
        guard let least = heard.min(), let most = heard.max() else { return .notKnownYet }
        // 3/10: between 3 of 4 and 1 of 2, more than one person in a small group makes.
        if heard.count > 1, most - least >= 0.3, shares.filter({ $0.people >= 2 }).count > 1 { return .perspectivesDiffer }
        guard isComplete else { return .notKnownYet }
        // 3/5: one of one who agrees makes 2/3, and is enough for a perspective of one.
        if least >= 0.6 { return .everybodyAgrees }
        if most <= 0.4, let disagrees, 2 * disagrees.0 > disagrees.of { return .everybodyDisagrees }
        return .mixed
    }
}
