import Discussion
import Kernel
import Store
import Trail

/// Puts statements into a round: those who run it several at once, those who answer one in other words.
public enum AddStatements {
    /// By a facilitator or a moderator: asked at once.
    ///
    /// - Parameter theme: what they are made from, where they are.
    @discardableResult
    public static func run(_ lines: [String], from theme: ThemeID? = nil, to id: RoundID, by deed: Deed, _ tx: Transaction) throws
        -> [StatementID]
    {
        let round = try RoundStore.find(id, tx)
        try RoundPolicy.moderate(in: round.place, by: deed.actor)
        if let theme, try ThemeStore.find(theme, tx).project != round.project { throw Refusal.notFound }
        return try lines.map { line in
            let made = try insert(line, .kept, author: nil, round, deed, tx)
            if let theme { try StatementThemes.link(made, theme, .from, round: round, by: deed, tx) }
            return made
        }
    }

    /// "I'd put it another way", by somebody who answers. Where the round says so it waits until a moderator has looked at it.
    @discardableResult
    public static func propose(_ words: String, by responder: Responder, in round: Round, _ deed: Deed, _ tx: Transaction) throws
        -> StatementID
    {
        try RoundPolicy.beOpen(round, at: deed.at)
        // 20: more from one person would ask everybody about one person's thoughts.
        let before = try tx.count("SELECT COUNT(*) FROM statements WHERE round = \(round.id) AND author = \(responder.number)")
        guard before < 20 else { throw Problems("words", W.wordsMany) }
        return try insert(words, round.isHeld ? .waiting : .kept, author: responder.number, round, deed, tx)
    }

    static func insert(_ words: String, _ state: Statement.State, author: Int?, _ round: Round, _ deed: Deed, _ tx: Transaction) throws
        -> StatementID
    {
        // The same words twice would part their answers. Of those that were rejected nobody is told.
        let same: Int? = try tx.value(
            "SELECT number FROM statements WHERE round = \(round.id) AND words = \(words) AND state IN ('kept', 'waiting')"
        )
        guard same == nil else { throw Problems("words", W.wordsTwice(words: words)) }
        let id: StatementID = deed.newID()
        let number = try StatementStore.nextNumber(in: round.id, tx)
        try tx.run(
            """
            INSERT INTO statements (id, round, number, words, state, author, made_at)
            VALUES (\(id), \(round.id), \(number), \(words), \(state), \(author), \(deed.at))
            """
        )
        try Trail.record(
            "statement.added",
            TrailSubject("statement", id),
            at: round.place,
            facts: ["round": round.id.text, "state": state.rawValue],
            by: deed,
            in: tx
        )
        return id
    }
}

/// The links between statements and themes.
public enum StatementThemes {
    public enum Way: String, Column, Sendable, Codable {
        /// The statement was made from the theme.
        case from
        /// The statement, with its figures, was taken to the group as this theme.
        case to
    }

    public struct Link: Sendable {
        public let statement: StatementID
        public let theme: ThemeID
        public let themeTitle: String
        public let round: RoundID
        public let words: String
        public let way: Way
        /// How the figures stood then, in words.
        public let figures: String
        public let at: Moment
    }

    public static func link(
        _ statement: StatementID,
        _ theme: ThemeID,
        _ way: Way,
        figures: String = "",
        round: Round,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let id: ID<Subject.Statement> = deed.newID()
        try tx.run(
            """
            INSERT INTO statement_themes (id, statement, theme, way, figures, at, by_whom)
            VALUES (\(id), \(statement), \(theme), \(way), \(figures), \(deed.at), \(deed.actor.trailName))
            """
        )
        try Trail.record(
            way == .from ? "statement.made-from-theme" : "statement.taken-to-group",
            TrailSubject("statement", statement),
            at: round.place,
            facts: ["theme": theme.text],
            by: deed,
            in: tx
        )
    }

    public static func of(theme: ThemeID, _ tx: Transaction) throws -> [Link] { try list("statement_themes.theme = \(theme)", tx) }

    /// Themes of a project to which the answers to a statement were taken.
    public static func taken(in project: ProjectID, _ tx: Transaction) throws -> Set<ThemeID> {
        let found = try tx.values(
            """
            SELECT DISTINCT statement_themes.theme FROM statement_themes JOIN themes ON themes.id = statement_themes.theme
            WHERE themes.project = \(project) AND statement_themes.way = 'to'
            """,
            as: ThemeID.self
        )
        return Set(found)
    }

    public static func of(round: RoundID, _ tx: Transaction) throws -> [Link] { try list("statements.round = \(round)", tx) }

    private static func list(_ which: SQL, _ tx: Transaction) throws -> [Link] {
        try tx.all(
            """
            SELECT statement_themes.statement, statement_themes.theme, themes.title, statements.round, statements.words, statement_themes.way,
                statement_themes.figures, statement_themes.at
            FROM statement_themes JOIN statements ON statements.id = statement_themes.statement JOIN themes ON themes.id = statement_themes.theme
            WHERE \(which) ORDER BY statement_themes.at, statement_themes.id
            """
        ) { row in
            Link(
                statement: try row.next(),
                theme: try row.next(),
                themeTitle: try row.next(),
                round: try row.next(),
                words: try row.next(),
                way: try row.next(),
                figures: try row.next(),
                at: try row.next()
            )
        }
    }
}
