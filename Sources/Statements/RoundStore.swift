import Kernel
import Projects
import Store
import Voices

public enum RoundStore {
    public static func find(_ id: RoundID, _ tx: Transaction) throws -> Round {
        guard let round = try tx.first("SELECT \(Round.columns) FROM rounds WHERE id = \(id)", { try Round(&$0) }) else {
            throw Refusal.notFound
        }
        return round
    }

    /// A project's rounds that this actor may know of, the newest first.
    public static func all(in project: Project, for actor: Actor, _ tx: Transaction) throws -> [Round] {
        try tx.all(
            """
            SELECT \(Round.columns) FROM rounds WHERE rounds.project = \(project.id) AND \(RoundPolicy.readable(in: project, by: actor))
            ORDER BY rounds.made_at DESC, rounds.id
            """
        ) { try Round(&$0) }
    }

    static func nextNumber(_ tx: Transaction) throws -> Int { try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM rounds") }

    /// How many people of each perspective are invited: the members of the project now.
    public static func invited(to round: Round, _ tx: Transaction) throws -> [Int] {
        let rows = try tx.all(
            """
            SELECT perspective, COUNT(DISTINCT person) FROM members WHERE project = \(round.project) AND left_at IS NULL GROUP BY perspective
            """
        ) { row in (try row.next(String.self), try row.next(Int.self)) }
        let counts = Dictionary(rows) { first, _ in first }
        return round.perspectives.map { counts[$0.key] ?? 0 }
    }
}

public enum StatementStore {
    public static func find(_ id: StatementID, in round: RoundID, _ tx: Transaction) throws -> Statement {
        let found = try tx.first("SELECT \(Statement.columns) FROM statements WHERE id = \(id) AND round = \(round)") { try Statement(&$0) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// Every statement of a round, in the order in which they came.
    public static func all(in round: RoundID, _ tx: Transaction) throws -> [Statement] {
        try tx.all("SELECT \(Statement.columns) FROM statements WHERE round = \(round) ORDER BY number") { try Statement(&$0) }
    }

    /// Those that people are asked about.
    public static func kept(in round: RoundID, _ tx: Transaction) throws -> [Statement] {
        try tx.all("SELECT \(Statement.columns) FROM statements WHERE round = \(round) AND state = 'kept' ORDER BY number") {
            try Statement(&$0)
        }
    }

    static func nextNumber(in round: RoundID, _ tx: Transaction) throws -> Int {
        try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM statements WHERE round = \(round)")
    }
}

public enum ResponderStore {
    public static func of(_ person: PersonID, in project: ProjectID, _ tx: Transaction) throws -> Responder? {
        try tx.first("SELECT \(Responder.columns) FROM responders WHERE project = \(project) AND person = \(person)") { try Responder(&$0) }
    }

    /// Who holds this code, and the round that it opens.
    public static func door(code: String, _ tx: Transaction) throws -> (responder: Responder, round: Round) {
        let found = try tx.first(
            """
            SELECT \(Responder.columns), \(Round.columns) FROM answering_links JOIN responders ON responders.number = answering_links.responder
                JOIN rounds ON rounds.id = answering_links.round WHERE answering_links.digest = \(ReceiptCode.digest(code))
            """
        ) { row in (responder: try Responder(&row), round: try Round(&row)) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    static func find(_ number: Int, _ tx: Transaction) throws -> Responder? {
        try tx.first("SELECT \(Responder.columns) FROM responders WHERE number = \(number)") { try Responder(&$0) }
    }

    /// What they answered so far, by the statements' numbers.
    public static func answers(of responder: Int, in round: Round, _ tx: Transaction) throws -> [Int: Response] {
        let rows = try tx.all(
            "SELECT statement, answer FROM responses WHERE round = \(round.number) AND responder = \(responder) AND answer IS NOT NULL"
        ) { row in (try row.next(Int.self), try row.next(Response.self)) }
        return Dictionary(rows) { first, _ in first }
    }
}
