import Kernel
import Services
import Store

enum WorryStore {
    static func find(_ id: WorryID, for actor: Actor, _ tx: Transaction) throws -> Worry {
        guard let worry = try tx.first("SELECT \(Worry.columns) FROM worries WHERE id = \(id)", { try Worry(&$0) }) else {
            throw Refusal.notFound
        }
        try WorryPolicy.read(worry, by: actor, Leads(tx))
        return worry
    }

    static func waiting(for actor: Actor, most: Int, skipping: Int, _ tx: Transaction) throws -> [Worry] {
        try tx.all(
            """
            SELECT \(Worry.columns) FROM worries WHERE worries.ended_at IS NULL AND \(WorryPolicy.readable(by: actor, Leads(tx)))
            ORDER BY worries.due, worries.id LIMIT \(most) OFFSET \(skipping)
            """
        ) { try Worry(&$0) }
    }

    /// What nobody has seen yet, the newest first.
    static func newest(for actor: Actor, most: Int, _ tx: Transaction) throws -> [Worry] {
        try tx.all(
            """
            SELECT \(Worry.columns) FROM worries WHERE worries.ended_at IS NULL AND worries.seen_at IS NULL AND \(WorryPolicy.readable(by: actor, Leads(tx)))
            ORDER BY worries.at DESC, worries.id DESC LIMIT \(most)
            """
        ) { try Worry(&$0) }
    }

    static func ended(for actor: Actor, most: Int, _ tx: Transaction) throws -> [Worry] {
        try tx.all(
            """
            SELECT \(Worry.columns) FROM worries WHERE worries.ended_at IS NOT NULL AND \(WorryPolicy.readable(by: actor, Leads(tx)))
            ORDER BY worries.ended_at DESC, worries.id LIMIT \(most)
            """
        ) { try Worry(&$0) }
    }

    static func notes(of worry: WorryID, _ tx: Transaction) throws -> [WorryNote] {
        try tx.all(
            """
            SELECT worry_notes.kind, worry_notes.at, people.name, worry_notes.words FROM worry_notes JOIN people ON people.id = worry_notes.by_whom
            WHERE worry_notes.worry = \(worry) ORDER BY worry_notes.at, worry_notes.id
            """
        ) { try WorryNote(&$0) }
    }

    static func add(_ kind: WorryNote.Kind, _ words: String, to worry: WorryID, by deed: Deed, _ tx: Transaction) throws {
        let someone = try deed.someone()
        let id: ID<Subject.Worry> = deed.newID()
        try tx.run(
            """
            INSERT INTO worry_notes (id, worry, at, by_whom, kind, words)
            VALUES (\(id), \(worry), \(deed.at), \(someone.id), \(kind), \(words))
            """
        )
    }
}

/// How many worries wait for somebody: for their desk.
public enum WaitingWorries {
    /// nil for everybody but safeguarding leads, who alone may know whether there are any.
    public static func count(for actor: Actor, at now: Moment, _ tx: Transaction) throws -> (waiting: Int, late: Int)? {
        guard actor.carriesAnywhere(.safeguarding) else { return nil }
        let readable = WorryPolicy.readable(by: actor, try Leads(tx))
        let waiting = try tx.count("SELECT COUNT(*) FROM worries WHERE worries.ended_at IS NULL AND \(readable)")
        let late = try tx.count(
            "SELECT COUNT(*) FROM worries WHERE worries.ended_at IS NULL AND worries.seen_at IS NULL AND worries.due < \(now) AND \(readable)"
        )
        return (waiting, late)
    }
}

/// Services without a lead of their own: administrators are told, so that they give somebody the duty.
public enum MissingLeads {
    public static func services(for actor: Actor, _ tx: Transaction) throws -> [String] {
        guard actor.carriesAnywhere(.administrator) else { return [] }
        let all = try ServiceStore.all(tx).filter { actor.carries(.administrator, at: $0.place) }
        guard !all.isEmpty else { return [] }
        let leads = try Leads(tx)
        return all.filter { !leads.has($0.id) }.map(\.name)
    }
}
