import Kernel
import Projects
import Store
import Trail

/// Keeps what somebody answers. Answered again, it is changed; answered the same again, nothing happens.
public enum GiveAnswers {
    /// One answer, which is what arrives fast: one row written, one entry of the trail, which says neither what was answered nor to which
    /// statement.
    public static func one(
        _ answer: Response,
        to id: StatementID,
        from responder: Responder,
        in round: Round,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try RoundPolicy.beOpen(round, at: deed.at)
        guard round.place(of: responder.perspective) != nil else { throw Refusal.notAllowed(because: W.notAsked) }
        let found = try tx.first(
            """
            SELECT statements.number, statements.state, responses.answer FROM statements LEFT JOIN responses
                ON responses.round = \(round.number) AND responses.responder = \(responder.number) AND responses.statement = statements.number
            WHERE statements.id = \(id) AND statements.round = \(round.id)
            """
        ) { row in (number: try row.next(Int.self), state: try row.next(Statement.State.self), before: try row.next(Response?.self)) }
        guard let found else { throw Refusal.notFound }
        guard found.state == .kept else { throw Refusal.notAllowed(because: W.noLongerAsked) }
        if found.before == answer { return }
        let seq = try Trail.record("round.answered", TrailSubject("round", round.id), at: round.place, by: deed, in: tx)
        try save(answer, to: found.number, from: responder.number, round, seq, tx)
    }

    /// What somebody answered by phone or on paper, in one go. Only numbers of statements that are asked are taken; answers to others are left out.
    ///
    /// - Parameter another: "I'd put it another way", in their words; empty for none.
    /// - Returns: the code with which they come back or take their answers back.
    @discardableResult
    public static func writtenDown(
        _ answers: [Int: Response],
        another: String = "",
        _ channel: Responder.Channel,
        perspective: String,
        in round: Round,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> String {
        try RoundPolicy.scribe(in: round.place, by: deed.actor)
        try RoundPolicy.beOpen(round, at: deed.at)
        let asked = Set(try StatementStore.kept(in: round.id, tx).map(\.number))
        let responder = try JoinRound.insert(perspective, channel, in: round, deed, tx)
        let kept = answers.filter { asked.contains($0.key) }.sorted { $0.key < $1.key }
        if !kept.isEmpty {
            let facts = ["channel": channel.rawValue]
            let seq = try Trail.record("round.answered", TrailSubject("round", round.id), at: round.place, facts: facts, by: deed, in: tx)
            for (number, answer) in kept { try save(answer, to: number, from: responder.number, round, seq, tx) }
        }
        if !another.isEmpty { try AddStatements.propose(another, by: responder, in: round, deed, tx) }
        return try JoinRound.link(responder.number, to: round, by: deed, tx)
    }

    private static func save(_ answer: Response, to statement: Int, from responder: Int, _ round: Round, _ seq: Int, _ tx: Transaction)
        throws
    {
        try tx.run(
            """
            INSERT INTO responses (round, responder, statement, answer, seq)
            VALUES (\(round.number), \(responder), \(statement), \(answer), \(seq))
            ON CONFLICT (round, responder, statement) DO UPDATE SET answer = excluded.answer, seq = excluded.seq
            """
        )
    }
}

/// Takes back everything that somebody answered in a round, at once and in every figure, open or closed.
public enum TakeBackAnswers {
    public static func run(_ responder: Responder, in round: Round, by deed: Deed, _ tx: Transaction) throws {
        let seq = try Trail.record("round.answers-taken-back", TrailSubject("round", round.id), at: round.place, by: deed, in: tx)
        try tx.run(
            """
            UPDATE responses SET answer = NULL, seq = \(seq)
            WHERE round = \(round.number) AND responder = \(responder.number) AND answer IS NOT NULL
            """
        )
        // What nobody has looked at goes with them; what others have answered stays, and no longer says who wrote it.
        try tx.run(
            """
            UPDATE statements SET state = 'withdrawn', words = '', author = NULL
            WHERE round = \(round.id) AND author = \(responder.number) AND state = 'waiting'
            """
        )
        try tx.run("UPDATE statements SET author = NULL WHERE round = \(round.id) AND author = \(responder.number)")
    }
}
