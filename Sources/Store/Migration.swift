import Kernel

/// One change of the schema: dated, frozen once shipped, and only ever forwards.
public struct Migration: Sendable {
    /// The date, the number of the day and what it is about, such as `2026-11-23-1-people`.
    public let name: String
    let statements: @Sendable (Dialect) -> [SQL]

    /// Whole numbers are `BIGINT` and truth values too, with `CHECK (… IN (0, 1))`; bytes and the end of a table come from the dialect:
    ///
    ///     Migration("2026-11-23-1-people") { d in ["CREATE TABLE people (id TEXT PRIMARY KEY, made_at BIGINT NOT NULL)\(d.strict)"] }
    public init(_ name: String, _ statements: @escaping @Sendable (Dialect) -> [SQL]) {
        self.name = name
        self.statements = statements
    }
}

/// How the schema in the database compares with the one this version of the software knows.
public enum SchemaState: Equatable, Sendable {
    case upToDate
    /// These migrations are still to be run, in this order.
    case behind([String])
    /// The database has had migrations this version does not know: it was used by a newer one.
    case unknown([String])
}

extension [Migration] {
    func state(after applied: [String]) -> SchemaState {
        let unknown = applied.filter { name in !contains { $0.name == name } }
        let missing = filter { !applied.contains($0.name) }.map(\.name)
        return if !unknown.isEmpty { .unknown(unknown) } else if !missing.isEmpty { .behind(missing) } else { .upToDate }
    }

    /// Runs the first migration that is missing, in a transaction of its own; false when there is none.
    ///
    /// `begin(.migrating)` lets one process in at a time, and what is missing is looked up after that: two that start at once share the work.
    func applyNext(on connection: any Connection, at now: Moment) throws -> Bool {
        try connection.transaction(.migrating) { try applyNext($0, at: now) }
    }

    private func applyNext(_ tx: Transaction, at now: Moment) throws -> Bool {
        let dialect = tx.dialect
        try tx.define(
            "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)\(dialect.strict)"
        )
        let state = try state(after: tx.values("SELECT name FROM schema_migrations ORDER BY applied_at, name"))
        if case .unknown = state { throw StoreError.schema(state) }
        guard case .behind(let missing) = state, let next = first(where: { $0.name == missing.first }) else { return false }
        for statement in next.statements(dialect) { try tx.define(statement) }
        try tx.run("INSERT INTO schema_migrations (name, applied_at) VALUES (\(next.name), \(now))")
        return true
    }
}
