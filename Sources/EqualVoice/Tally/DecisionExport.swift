/// A decision written down so that anybody can count it again: what was decided on, how, and every ballot without a name.
///
/// As JSON: `docs/schemas/tally-export.schema.json`. It holds what single people said, so it is for those who were in the room.
public struct DecisionExport: Sendable, Hashable, Codable {
    public static let format = "heard-decision-export-1"

    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        case consent
        case majorityJudgment = "majority-judgment"
        case schulze
        case rankedPairs = "ranked-pairs"
        case equalShares = "equal-shares"
        case agreeDisagreePass = "agree-disagree-pass"
    }

    public struct Option: Sendable, Hashable, Codable {
        public var id: String
        public var words: String
        /// For equal shares, in whole units such as pence.
        public var cost: Int?

        public init(id: String, words: String, cost: Int? = nil) { (self.id, self.words, self.cost) = (id, words, cost) }
    }

    public struct Perspective: Sendable, Hashable, Codable {
        public var id: String
        public var words: String
        /// How many could have answered, where that is known.
        public var invited: Int?

        public init(id: String, words: String, invited: Int? = nil) { (self.id, self.words, self.invited) = (id, words, invited) }
    }

    public var format = Self.format
    public var id: String
    public var title: String
    public var method: Method
    /// Oldest first, as that is how ties are broken where one order is needed.
    public var options: [Option]
    /// All perspectives of the project, those from which nobody answered included.
    public var perspectives: [Perspective]
    public var ballots: [ExportedBallot]
    /// For equal shares.
    public var budget: Int?
    /// For equal shares; what a project is worth to those who support it.
    public var utility: EqualShares.Utility?
    /// For majority judgment; `removal` where it is missing.
    public var tieBreak: MajorityJudgment.TieBreak?
    /// For consent: the newest version of the proposal; 1 where it is missing.
    public var version: Int?
    /// What the decision is said to have come to, to be checked.
    public var claims: TallyClaims?

    public init(
        id: String,
        title: String,
        method: Method,
        options: [Option],
        perspectives: [Perspective],
        ballots: [ExportedBallot]
    ) {
        (self.id, self.title, self.method) = (id, title, method)
        (self.options, self.perspectives, self.ballots) = (options, perspectives, ballots)
    }
}

/// What an export says that the decision came to. What is missing is not checked.
public struct TallyClaims: Sendable, Hashable, Codable {
    public struct Claim: Sendable, Hashable, Codable {
        /// All winners, in any order; for equal shares, what is bought.
        public var winners: [String]?
        /// For equal shares: all that exact ties allow to be bought, in any order.
        public var alternatives: [[String]]?
        /// For rankings: row against column, in the order of the options.
        public var margins: [[WholeNumber]]?

        public init(winners: [String]? = nil, alternatives: [[String]]? = nil, margins: [[WholeNumber]]? = nil) {
            (self.winners, self.alternatives, self.margins) = (winners, alternatives, margins)
        }
    }

    public var person: Claim?
    public var parity: Claim?

    public init(person: Claim? = nil, parity: Claim? = nil) { (self.person, self.parity) = (person, parity) }
}
