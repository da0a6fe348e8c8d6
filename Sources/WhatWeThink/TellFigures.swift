import EqualVoice
import Foundation
import Kernel
import Statements
import Store
import Trail

/// Decides, once a minute, what of a round's answers may be known outside the room from now on, and remembers what was told.
///
/// Not at every answer: from two figures a moment apart anybody could work out what one person said (`EqualVoice.Disclosure`). What is told is
/// kept in the database, so that every process tells the same.
public enum TellFigures {
    /// Every round that somebody has answered since it was told last. Answers how many.
    @discardableResult
    public static func all(by deed: Deed, _ tx: Transaction) throws -> Int {
        let changed = try tx.all(
            """
            SELECT \(Round.columns) FROM rounds LEFT JOIN told_rounds ON told_rounds.round = rounds.number
            WHERE EXISTS (SELECT 1 FROM responses WHERE responses.round = rounds.number AND responses.seq > COALESCE(told_rounds.seq, 0))
            ORDER BY rounds.number
            """
        ) { try Round(&$0) }
        for round in changed { try run(round, by: deed, tx) }
        return changed.count
    }

    public static func run(_ round: Round, by deed: Deed, _ tx: Transaction) throws {
        let tally = try Counting.tally(round, tx)
        let families = round.perspectives.map { $0.isStaff ? Disclosure.Family.staff : .livedExperience }
        var isNews = false
        for number in [0] + tally.statements.keys.sorted() {
            let before = try ToldStore.disclosure(round, number, tx)
            var told = before ?? Disclosure(families: families)
            try told.count(counts(number, tally))
            guard told != before else { continue }
            isNews = true
            try ToldStore.save(told, round, number, tx)
        }
        let drawn = try ToldStore.round(round, tx)
        let picture = try Counting.newPicture(round, since: drawn?.pictureSeq ?? 0, tally, tx)
        try tx.run(
            """
            INSERT INTO told_rounds (round, seq, at, picture, picture_seq)
            VALUES (\(round.number), \(tally.seq), \(deed.at), \(picture?.text ?? drawn?.picture ?? ""), \(picture == nil ? drawn?.pictureSeq ?? 0 : tally.seq))
            ON CONFLICT (round) DO UPDATE SET seq = excluded.seq, at = excluded.at, picture = excluded.picture, picture_seq = excluded.picture_seq
            """
        )
        guard isNews || picture != nil else { return }
        try Trail.record("round.figures-told", TrailSubject("round", round.id), at: round.place, by: deed, in: tx)
    }

    /// Of statement 0, which is none: how many people there are.
    private static func counts(_ statement: Int, _ tally: RoundTally) -> [Disclosure.Count] {
        if statement == 0 { return tally.people.map { Disclosure.Count(people: $0) } }
        return tally.counts(of: statement).map { Disclosure.Count(people: $0.reduce(0, +), splits: [$0]) }
    }
}

/// What is counted in a transaction that writes: by the database, since the memory of a process must not hold what may yet be undone.
enum Counting {
    static func tally(_ round: Round, _ tx: Transaction) throws -> RoundTally {
        var tally = RoundTally(perspectives: round.perspectives.count)
        let rows = try tx.all(
            """
            SELECT responses.statement, responders.perspective, responses.answer, COUNT(*) FROM responses
            JOIN responders ON responders.number = responses.responder
            WHERE responses.round = \(round.number) AND responses.answer IS NOT NULL
            GROUP BY responses.statement, responders.perspective, responses.answer
            """
        ) { row in (try row.next(Int.self), try row.next(String.self), try row.next(Response.self), try row.next(Int.self)) }
        for (statement, perspective, answer, count) in rows {
            guard let place = round.place(of: perspective) else { continue }
            var counts = tally.counts(of: statement)
            counts[place][answer.column] = count
            tally.statements[statement] = counts
            tally.answers += count
        }
        let people = try tx.all(
            """
            SELECT responders.perspective, COUNT(DISTINCT responses.responder) FROM responses
            JOIN responders ON responders.number = responses.responder
            WHERE responses.round = \(round.number) AND responses.answer IS NOT NULL GROUP BY responders.perspective
            """
        ) { row in (try row.next(String.self), try row.next(Int.self)) }
        for (perspective, count) in people { if let place = round.place(of: perspective) { tally.people[place] = count } }
        tally.seq = try tx.count("SELECT COALESCE(MAX(seq), 0) FROM responses WHERE round = \(round.number)")
        return tally
    }

    /// The map for everybody, drawn anew once the answers of at least ten people differ from those it was drawn from; nil before.
    static func newPicture(_ round: Round, since seq: Int, _ tally: RoundTally, _ tx: Transaction) throws -> Picture? {
        let changed = try tx.count("SELECT COUNT(DISTINCT responder) FROM responses WHERE round = \(round.number) AND seq > \(seq)")
        guard changed >= Disclosure.Circle.everyone.least else { return nil }
        guard let map = try RoundStates().map(of: round, at: Moment(milliseconds: 0), tx) else { return nil }
        return Picture(map, least: Disclosure.Circle.everyone.least)
    }
}

enum ToldStore {
    static func disclosure(_ round: Round, _ statement: Int, _ tx: Transaction) throws -> Disclosure? {
        let text: String? = try tx.value("SELECT told FROM told_figures WHERE round = \(round.number) AND statement = \(statement)")
        return try text.map { try decode($0) }
    }

    /// By the statement's number; 0 is the people who answered.
    static func all(_ round: Round, _ tx: Transaction) throws -> [Int: Disclosure] {
        let rows = try tx.all("SELECT statement, told FROM told_figures WHERE round = \(round.number)") { row in
            (try row.next(Int.self), try decode(try row.next(String.self)))
        }
        return Dictionary(rows) { first, _ in first }
    }

    static func save(_ told: Disclosure, _ round: Round, _ statement: Int, _ tx: Transaction) throws {
        let text = String(decoding: try JSONEncoder().encode(told), as: UTF8.self)
        try tx.run(
            """
            INSERT INTO told_figures (round, statement, told) VALUES (\(round.number), \(statement), \(text))
            ON CONFLICT (round, statement) DO UPDATE SET told = excluded.told
            """
        )
    }

    static func round(_ round: Round, _ tx: Transaction) throws -> (at: Moment, picture: String, pictureSeq: Int)? {
        try tx.first("SELECT at, picture, picture_seq FROM told_rounds WHERE round = \(round.number)") { row in
            (try row.next(), try row.next(), try row.next())
        }
    }

    private static func decode(_ text: String) throws -> Disclosure { try JSONDecoder().decode(Disclosure.self, from: Data(text.utf8)) }
}
