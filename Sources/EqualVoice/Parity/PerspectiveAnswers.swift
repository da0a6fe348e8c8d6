/// What the people of one perspective answered to a statement: how many agree, disagree, or pass.
public struct PerspectiveAnswers: Sendable, Hashable, Codable {
    public let agrees: Int
    public let disagrees: Int
    public let passes: Int
    /// How many could have answered; nil where nobody knows, as in an open call.
    public let invited: Int?

    /// - Throws: `ParityProblem` for a count below zero or beyond a thousand million, or for more answers than people.
    public init(agrees: Int, disagrees: Int, passes: Int = 0, invited: Int? = nil) throws {
        guard [agrees, disagrees, passes, invited ?? 0].allSatisfy((0...1_000_000_000).contains) else {
            throw ParityProblem.countOutOfRange
        }
        if let invited, invited < agrees + disagrees + passes { throw ParityProblem.moreAnswersThanInvited }
        (self.agrees, self.disagrees, self.passes, self.invited) = (agrees, disagrees, passes, invited)
    }

    /// n_r: passes are answers too.
    public var answered: Int { agrees + disagrees + passes }

    public var isHeard: Bool { answered > 0 }

    /// θ_r = (a_r + 1) / (n_r + 2): the share that agrees, as if one more had said yes and one more no. Not yet heard: one half.
    public var share: Fraction { Fraction(agrees + 1, answered + 2) }

    /// `share` as a `Double`.
    public var shareValue: Double { Double(agrees + 1) / Double(answered + 2) }

    private enum CodingKeys: CodingKey { case agrees, disagrees, passes, invited }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            agrees: fields.decode(Int.self, forKey: .agrees),
            disagrees: fields.decode(Int.self, forKey: .disagrees),
            passes: fields.decodeIfPresent(Int.self, forKey: .passes) ?? 0,
            invited: fields.decodeIfPresent(Int.self, forKey: .invited)
        )
    }
}

/// Why parity cannot be worked out from what was given.
public enum ParityProblem: Error, Equatable, Sendable {
    case noPerspectives
    case countOutOfRange
    case moreAnswersThanInvited

    public var sentence: String {
        switch self {
        case .noPerspectives: "There are no perspectives to weigh."
        case .countOutOfRange: "A count is below zero or above 1,000,000,000."
        case .moreAnswersThanInvited: "More people answered than were invited."
        }
    }
}
