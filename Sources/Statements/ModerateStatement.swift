import Kernel
import Store
import Trail

/// Somebody looks at a statement: keeps it, merges it into another, says it in other words, or rejects it with a reason.
public enum ModerateStatement {
    public static func keep(_ id: StatementID, in round: Round, by deed: Deed, _ tx: Transaction) throws {
        let statement = try found(id, round, [.waiting, .rejected], deed, tx)
        try turn(statement, .kept, in: round, deed, tx)
    }

    /// Its answers stay with it and do not count for the other one: nobody was asked about those words.
    public static func merge(_ id: StatementID, into other: StatementID?, in round: Round, by deed: Deed, _ tx: Transaction) throws {
        let statement = try found(id, round, [.waiting, .kept], deed, tx)
        guard let other, other != id else { throw Problems("into", W.mergeEmpty) }
        guard try StatementStore.find(other, in: round.id, tx).state == .kept else { throw Problems("into", W.mergeEmpty) }
        try turn(statement, .merged, became: other, in: round, deed, tx)
    }

    /// A new statement takes its place and begins without answers; the old one keeps its own and is closed.
    @discardableResult
    public static func reword(_ id: StatementID, to words: String, in round: Round, by deed: Deed, _ tx: Transaction) throws -> StatementID
    {
        let statement = try found(id, round, [.waiting, .kept], deed, tx)
        guard words != statement.words else { throw Problems("words", W.rewordSame) }
        let new = try AddStatements.insert(words, .kept, author: statement.author, round, deed, tx)
        try turn(statement, .reworded, became: new, in: round, deed, tx)
        return new
    }

    /// - Parameter reason: the author is told.
    public static func reject(_ id: StatementID, because reason: String, in round: Round, by deed: Deed, _ tx: Transaction) throws {
        let statement = try found(id, round, [.waiting, .kept], deed, tx)
        try turn(statement, .rejected, reason: reason, in: round, deed, tx)
    }

    /// Throws where it is not in one of `states` any more: somebody else was quicker.
    private static func found(_ id: StatementID, _ round: Round, _ states: Set<Statement.State>, _ deed: Deed, _ tx: Transaction) throws
        -> Statement
    {
        try RoundPolicy.moderate(in: round.place, by: deed.actor)
        let statement = try StatementStore.find(id, in: round.id, tx)
        guard states.contains(statement.state) else { throw Refusal.notAllowed(because: W.dealtWith) }
        return statement
    }

    private static func turn(
        _ statement: Statement,
        _ state: Statement.State,
        became: StatementID? = nil,
        reason: String? = nil,
        in round: Round,
        _ deed: Deed,
        _ tx: Transaction
    ) throws {
        try tx.run(
            """
            UPDATE statements SET state = \(state), became = \(became), reason = \(reason), looked_at = \(deed.at),
                looked_by = \(deed.actor.personID)
            WHERE id = \(statement.id)
            """
        )
        try Trail.record(
            "statement.\(state.rawValue)",
            TrailSubject("statement", statement.id),
            at: round.place,
            facts: ["round": round.id.text, "became": became?.text].compactMapValues(\.self),
            by: deed,
            in: tx
        )
    }
}
