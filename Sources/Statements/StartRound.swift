import HTML
import Kernel
import Projects
import Services
import Store
import Trail

/// What a round is about and how it is run, as somebody wrote it.
public struct RoundDraft: Sendable {
    public var title: String
    public var question: String
    /// New statements wait until a moderator has looked at them.
    public var isHeld: Bool
    /// The keys of those that are asked, in the service's order.
    public var perspectives: [String]
    public var opensAt: Moment?
    public var closesAt: Moment?

    static let titleLimit = 120
    static let questionLimit = 300

    public init(
        title: String,
        question: String,
        isHeld: Bool = true,
        perspectives: [String],
        opensAt: Moment? = nil,
        closesAt: Moment? = nil
    ) {
        self.title = title
        self.question = question
        self.isHeld = isHeld
        self.perspectives = perspectives
        self.opensAt = opensAt
        self.closesAt = closesAt
    }

    /// The chosen perspectives as the service has them now.
    func asked(of service: ServiceID, _ tx: Transaction) throws -> [Round.Asked] {
        let chosen = Set(perspectives)
        let asked = try ServiceStore.perspectives(of: service, tx).all.filter { chosen.contains($0.key) }
        guard asked.count == chosen.count else { throw Problems("perspectives", W.perspectivesUnknown) }
        guard asked.count >= 2 else { throw Problems("perspectives", W.perspectivesFew) }
        return asked.map { Round.Asked(key: $0.key, isStaff: $0.isStaff) }
    }
}

/// Begins a round. Nobody but those who run the project sees it until it is opened.
public enum StartRound {
    @discardableResult
    public static func run(_ draft: RoundDraft, in project: Project, by deed: Deed, _ tx: Transaction) throws -> Round {
        try RoundPolicy.run(in: project.place, by: deed.actor)
        let id: RoundID = deed.newID()
        let asked = Round.text(try draft.asked(of: project.service, tx))
        let number = try RoundStore.nextNumber(tx)
        try tx.run(
            """
            INSERT INTO rounds (id, number, service, project, title, question, held, state, opens_at, closes_at, perspectives, made_by, made_at)
            VALUES (\(id), \(number), \(project.service), \(project.id), \(draft.title), \(draft.question), \(draft.isHeld),
                'draft', \(draft.opensAt), \(draft.closesAt), \(asked), \(deed.actor.personID), \(deed.at))
            """
        )
        try Trail.record(
            "round.started",
            TrailSubject("round", id),
            at: project.place,
            facts: ["perspectives": asked, "held": draft.isHeld ? "yes" : "no"],
            by: deed,
            in: tx
        )
        return try RoundStore.find(id, tx)
    }
}

/// Changes what a round is called and how it is run. Whom it asks can only be changed before it opens.
public enum EditRound {
    /// - Parameter version: the one the form was opened on; where there is a newer one nothing is overwritten.
    @discardableResult
    public static func run(_ id: RoundID, _ draft: RoundDraft, version: Int, again: SafeURL = .path("/"), by deed: Deed, _ tx: Transaction)
        throws
        -> Round
    {
        let round = try RoundStore.find(id, tx)
        try RoundPolicy.run(in: round.place, by: deed.actor)
        let sides = [(W.title, round.title, draft.title), (W.question, round.question, draft.question)]
        try EditCheck.newest(version, is: round.version, fields: sides, again: again)
        let asked = Round.text(round.openedAt == nil ? try draft.asked(of: round.service, tx) : round.perspectives)
        try tx.run(
            """
            UPDATE rounds SET title = \(draft.title), question = \(draft.question), held = \(draft.isHeld), opens_at = \(draft.opensAt),
                closes_at = \(draft.closesAt), perspectives = \(asked), version = version + 1
            WHERE id = \(id)
            """
        )
        try Trail.record(
            "round.edited",
            TrailSubject("round", id),
            at: round.place,
            facts: ["version": String(version + 1), "perspectives": asked, "held": draft.isHeld ? "yes" : "no"],
            by: deed,
            in: tx
        )
        return try RoundStore.find(id, tx)
    }
}

/// Opens a round, closes it, and opens it again.
public enum TurnRound {
    public static func open(_ id: RoundID, by deed: Deed, _ tx: Transaction) throws {
        let round = try RoundStore.find(id, tx)
        try RoundPolicy.run(in: round.place, by: deed.actor)
        guard round.standing(at: deed.at) != .open else { return }
        guard try tx.count("SELECT COUNT(*) FROM statements WHERE round = \(id) AND state = 'kept'") > 0 else {
            throw Refusal.notAllowed(because: W.openEmpty)
        }
        // A last day that has passed would close it again at once.
        let closes = round.closesAt.flatMap { $0 > deed.at ? $0 : nil }
        try tx.run(
            """
            UPDATE rounds SET state = 'open', opened_at = \(round.openedAt ?? deed.at), closes_at = \(closes), version = version + 1
            WHERE id = \(id)
            """
        )
        try record(round.openedAt == nil ? "round.opened" : "round.reopened", round, deed, tx)
    }

    public static func close(_ id: RoundID, by deed: Deed, _ tx: Transaction) throws {
        let round = try RoundStore.find(id, tx)
        try RoundPolicy.run(in: round.place, by: deed.actor)
        guard round.state == .open else { return }
        try tx.run("UPDATE rounds SET state = 'closed', version = version + 1 WHERE id = \(id)")
        try record("round.closed", round, deed, tx)
    }

    private static func record(_ what: String, _ round: Round, _ deed: Deed, _ tx: Transaction) throws {
        try Trail.record(what, TrailSubject("round", round.id), at: round.place, by: deed, in: tx)
    }
}
