import Kernel
import Store

/// What was agreed about a theme, with the reasons, what those said who did not agree, and who was there.
public struct Decision: Sendable, Encodable {
    public enum Outcome: String, Sendable, Codable, CaseIterable, Column {
        case agreed, partly
        /// "We can't, because…": a full answer, which ends the path.
        case cannot
        /// Praise, or news: there is nothing to decide, and people are thanked in words. It ends the path as well.
        case thanks
    }

    public let id: DecisionID
    public let theme: ThemeID
    /// The session's title; nil between meetings.
    public let session: String?
    /// Whose own session it was.
    public let group: GroupID?
    public let at: Moment
    /// The display name of the person who recorded it.
    public let by: String?
    public let outcome: Outcome
    public let words: String
    public let reasons: String
    /// What those said who did not agree.
    public let dissent: String
    /// Perspective beside perspective, in the service's order; those nobody wrote a number for are left out.
    public internal(set) var support: [Support] = []

    static let columns: SQL = """
        decisions.id, decisions.theme, (SELECT title FROM sessions WHERE sessions.id = decisions.session),
        (SELECT group_id FROM sessions WHERE sessions.id = decisions.session), decisions.at,
        (SELECT name FROM people WHERE people.id = decisions.by_whom), decisions.outcome, decisions.words, decisions.reasons, decisions.dissent
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        theme = try row.next()
        session = try row.next()
        group = try row.next()
        at = try row.next()
        by = try row.next()
        outcome = try row.next()
        words = try row.next()
        reasons = try row.next()
        dissent = try row.next()
    }
}

/// How many of one perspective were there, and how many of them agreed. Each may be "not counted".
public struct Support: Sendable, Codable, Equatable {
    public let perspective: String
    public var present: Int?
    public var agreed: Int?
    public var against: Int?
    public var unsure: Int?

    public init(_ perspective: String, present: Int? = nil, agreed: Int? = nil, against: Int? = nil, unsure: Int? = nil) {
        self.perspective = perspective
        self.present = present
        self.agreed = agreed
        self.against = against
        self.unsure = unsure
    }

    /// Nothing was written about this perspective.
    public var isEmpty: Bool { [present, agreed, against, unsure].allSatisfy { $0 == nil } }

    /// Nobody answers who was not there: agreed, against and unsure together are at most those present.
    public var isConsistent: Bool {
        let answers = [agreed, against, unsure].compactMap(\.self)
        guard answers.allSatisfy({ $0 >= 0 }), (present ?? 0) >= 0 else { return false }
        return present.map { answers.reduce(0, +) <= $0 } ?? true
    }
}

/// Who may record what was decided. Reading follows the theme.
public enum DecisionPolicy {
    public static func record(in place: Place, by actor: Actor) throws {
        guard mayRecord(in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyFacilitators) }
    }

    public static func mayRecord(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, at: place) }
}

public enum DecisionStore {
    /// Every decision on a theme, the oldest first, each with who was there.
    public static func of(_ theme: ThemeID, _ tx: Transaction) throws -> [Decision] {
        let decisions = try tx.all(
            "SELECT \(Decision.columns) FROM decisions WHERE decisions.theme = \(theme) ORDER BY decisions.at, decisions.id"
        ) {
            try Decision(&$0)
        }
        guard !decisions.isEmpty else { return [] }
        let support = try support(of: theme, tx)
        return decisions.map { decision in
            var whole = decision
            whole.support = support[decision.id] ?? []
            return whole
        }
    }

    /// The one that counts.
    public static func newest(of theme: ThemeID, _ tx: Transaction) throws -> Decision? { try of(theme, tx).last }

    private static func support(of theme: ThemeID, _ tx: Transaction) throws -> [DecisionID: [Support]] {
        let rows = try tx.all(
            """
            SELECT decision_support.decision, decision_support.perspective, decision_support.present, decision_support.agreed,
                   decision_support.against, decision_support.unsure
            FROM decision_support JOIN decisions ON decisions.id = decision_support.decision JOIN themes ON themes.id = decisions.theme
            LEFT JOIN perspectives ON perspectives.service = themes.service AND perspectives.key = decision_support.perspective
            WHERE decisions.theme = \(theme) ORDER BY COALESCE(perspectives.place, 1000), decision_support.perspective
            """
        ) { row in
            (
                decision: try row.next() as DecisionID,
                support: Support(
                    try row.next(),
                    present: try row.next(),
                    agreed: try row.next(),
                    against: try row.next(),
                    unsure: try row.next()
                )
            )
        }
        return Dictionary(grouping: rows, by: \.decision).mapValues { $0.map(\.support) }
    }
}
