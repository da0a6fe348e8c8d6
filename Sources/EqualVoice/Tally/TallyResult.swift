/// What a recount came to: both tallies side by side, who supports what, and whether it is what the export says.
///
/// As JSON: `docs/schemas/tally-result.schema.json`. The support of small perspectives is in it, so it is for those who were in the room.
public struct TallyResult: Sendable, Hashable, Codable {
    public static let format = "heard-tally-result-1"

    /// One way of weighing.
    public struct Count: Sendable, Hashable, Codable {
        /// All winners, oldest first; several where they tie exactly; for equal shares, what is bought.
        public var winners: [String]
        /// All options, best first, ties oldest first; not for consent and equal shares.
        public var order: [String]?
        /// For equal shares: all that exact ties allow to be bought.
        public var alternatives: [[String]]?
        /// For rankings: row against column, in the order of the options, in `weights`.
        public var margins: [[WholeNumber]]?
        /// For grades: each option's middle grade.
        public var medians: [String: Int]?
        /// For agree, disagree, pass: the one-person figure, or the score of parity.
        public var scores: [String: Score]?
        /// For rankings, grades and equal shares: what one person of each perspective weighs.
        public var weights: [String: WholeNumber]?
    }

    /// How far a statement is agreed with.
    public struct Score: Sendable, Hashable, Codable {
        public let exact: Fraction
        public let value: Double
        /// For parity: G, by which statements are in order, with the perspective that agrees least and how far apart they are.
        public private(set) var consensus: Double?
        public private(set) var least: Fraction?
        public private(set) var spread: Fraction?

        init(_ parity: Parity, _ weighing: Weighing) {
            exact = weighing == .parity ? parity.score : parity.onePerson
            value = exact.value
            guard weighing == .parity else { return }
            (consensus, least, spread) = (parity.consensus, parity.least, parity.spread)
        }
    }

    public struct Perspective: Sendable, Hashable, Codable {
        public var id: String
        public var words: String
        /// How many answered.
        public var people: Int
        public var invited: Int?
        /// For each option, in their order; not for consent.
        public var support: [Support]?
        /// For consent.
        public var consent: ConsentRound.Summary?
    }

    /// How many of a perspective support an option: put it first, alone or with others; graded it 3 or more; approved of it; or agree.
    public struct Support: Sendable, Hashable, Codable {
        public var option: String
        public var people: Int
        /// Of so many who answered; for agree, disagree, pass, so many who answered this.
        public var of: Int
    }

    /// Where a proposal stands.
    public struct ConsentState: Sendable, Hashable, Codable {
        public enum State: String, Sendable, Hashable, Codable, CaseIterable { case adopted, waiting, objected, upheld }

        public var version: Int
        public var state: State
        /// Perspectives still to be heard.
        public var waitingFor: [String]
        /// Of the objections that stand.
        public var reasons: [String]
        public var concerns: [String]
    }

    public var format = Self.format
    public var id: String
    public var method: DecisionExport.Method
    public var people: Int
    public var perspectives: [Perspective]
    /// Perspectives from which nobody answered: they weigh nothing in either tally.
    public var notYetHeard: [String]
    public var person: Count
    public var parity: Count
    /// Whether the two ways of weighing come to different winners.
    public var differ: Bool
    public var consent: ConsentState?
    /// What a reader should know, in plain words.
    public var notes: [String]
    /// Whether all that the export claims is so; missing where it claims nothing.
    public var agreesWithClaims: Bool?
    /// What is not as claimed, in plain words.
    public var disagreements: [String]
}
