import Kernel
import Store

/// A kind of work that can wait: its name in the table and what to do.
public struct JobKind: Sendable {
    public typealias Run = @Sendable (_ payload: String, _ deed: Deed, _ tx: Transaction) throws -> Void
    /// Work that no transaction can hold: on the database as a whole, or so long that the writer should not wait for it.
    public typealias RunAlone = @Sendable (_ db: Database, _ deed: Deed) async throws -> Void

    public let name: String
    /// Minutes after which it is due again; nil for work that is done when it is done.
    let repeats: Int?
    let run: Run
    let runAlone: RunAlone?

    /// - Parameter run: calls a use case. It may be run again after a failure, so it must not mind finding half of its work done.
    public init(_ name: String, everyMinutes repeats: Int? = nil, run: @escaping Run) {
        self.name = name
        self.repeats = repeats
        self.run = run
        runAlone = nil
    }

    /// Work outside every transaction, tried again until it succeeds: it is never given up. Several waiting are done by one run.
    public init(_ name: String, everyMinutes repeats: Int? = nil, alone: @escaping RunAlone) {
        self.name = name
        self.repeats = repeats
        run = { _, _, _ in }
        runAlone = alone
    }
}

/// Puts work down for later, in the caller's transaction.
public enum Jobs {
    /// - Parameters:
    ///   - payload: what the kind needs to know, such as an id: never words people said, because what fails is kept.
    ///   - due: not before this moment.
    public static func enqueue(_ kind: String, _ payload: String = "", due: Moment, by deed: Deed, _ tx: Transaction) throws {
        let id: JobID = deed.newID()
        try tx.run("INSERT INTO jobs (id, kind, payload, due) VALUES (\(id), \(kind), \(payload), \(due))")
    }

    /// Makes sure that a kind that repeats is in the table once.
    static func keep(_ kind: JobKind, by deed: Deed, _ tx: Transaction) throws {
        guard kind.repeats != nil, try tx.count("SELECT COUNT(*) FROM jobs WHERE kind = \(kind.name)") == 0 else { return }
        try enqueue(kind.name, due: deed.at, by: deed, tx)
    }

    /// Work that was given up, newest first: for the metrics and whoever must look at it.
    public static func failed(in tx: Transaction) throws -> [(kind: String, reason: String)] {
        try tx.all("SELECT kind, failed FROM jobs WHERE failed IS NOT NULL ORDER BY due DESC, id") { row in
            (kind: try row.next(), reason: try row.next())
        }
    }
}
