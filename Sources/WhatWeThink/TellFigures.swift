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
    /// Every round that somebody has answered since it was told last. Answers are counted and the map is drawn on a reader: the writer, on which
    /// answers wait, is kept for what is to be remembered and no longer.
    public static func all(_ db: Database, _ states: RoundStates, by deed: Deed) async throws {
        for round in try await db.read({ tx in try changed(tx) }) {
            let news = try await db.read { tx in try News(round, states, at: deed.at, tx) }
            try await db.write { tx in try tell(news, of: round, by: deed, tx) }
        }
    }

    /// The same of one round, within a transaction.
    public static func run(_ round: Round, by deed: Deed, _ tx: Transaction) throws {
        // Not the process's memory: that must not hold what may yet be undone.
        try tell(News(round, RoundStates(), at: deed.at, tx), of: round, by: deed, tx)
    }

    private static func changed(_ tx: Transaction) throws -> [Round] {
        try tx.all(
            """
            SELECT \(Round.columns) FROM rounds LEFT JOIN told_rounds ON told_rounds.round = rounds.number
            WHERE EXISTS (SELECT 1 FROM responses WHERE responses.round = rounds.number AND responses.seq > COALESCE(told_rounds.seq, 0))
            ORDER BY rounds.number
            """
        ) { try Round(&$0) }
    }

    /// What a round's answers came to at one moment.
    struct News: Sendable {
        let tally: RoundTally
        /// The map for everybody, drawn anew once the answers of at least ten people differ from those it was drawn from; nil before.
        let picture: (drawn: Picture, seq: Int)?

        init(_ round: Round, _ states: RoundStates, at now: Moment, _ tx: Transaction) throws {
            tally = try states.tally(round, tx)
            let seq = try ToldStore.round(round, tx)?.pictureSeq ?? 0
            let changed = try tx.count("SELECT COUNT(DISTINCT responder) FROM responses WHERE round = \(round.number) AND seq > \(seq)")
            let least = Disclosure.Circle.everyone.least
            let map = changed < least ? nil : try states.map(of: round, at: now, tx)
            picture = map.flatMap { map in map.seq > seq ? Picture(map, least: least).map { ($0, map.seq) } : nil }
        }
    }

    static func tell(_ news: News, of round: Round, by deed: Deed, _ tx: Transaction) throws {
        let tally = news.tally
        let last = try ToldStore.round(round, tx)
        // Another process was quicker: what is older than what was told is not told any more.
        guard tally.seq > last?.seq ?? 0 else { return }
        let families = round.perspectives.map { $0.isStaff ? Disclosure.Family.staff : .livedExperience }
        let present = Set(tally.people.indices.filter { tally.people[$0] > 0 })
        var isNews = false
        for number in [0] + tally.statements.keys.sorted() {
            let before = try ToldStore.disclosure(round, number, tx)
            var told = before ?? Disclosure(families: families)
            try told.count(counts(number, tally), present: present)
            guard told != before else { continue }
            isNews = true
            try ToldStore.save(told, round, number, tx)
        }
        let (picture, seq) = news.picture.map { ($0.drawn.text, $0.seq) } ?? (last?.picture ?? "", last?.pictureSeq ?? 0)
        try tx.run(
            """
            INSERT INTO told_rounds (round, seq, at, picture, picture_seq) VALUES (\(round.number), \(tally.seq), \(deed.at), \(picture), \(seq))
            ON CONFLICT (round) DO UPDATE SET seq = excluded.seq, at = excluded.at, picture = excluded.picture, picture_seq = excluded.picture_seq
            """
        )
        guard isNews || news.picture != nil else { return }
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

    static func round(_ round: Round, _ tx: Transaction) throws -> (seq: Int, picture: String, pictureSeq: Int)? {
        try tx.first("SELECT seq, picture, picture_seq FROM told_rounds WHERE round = \(round.number)") { row in
            (try row.next(), try row.next(), try row.next())
        }
    }

    private static func decode(_ text: String) throws -> Disclosure { try JSONDecoder().decode(Disclosure.self, from: Data(text.utf8)) }
}
