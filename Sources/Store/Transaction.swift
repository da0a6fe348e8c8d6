/// The database as one moment sees it: what is read belongs together, and what is written is saved as a whole or not at all.
///
/// Synchronous, and of use only inside the body it is handed to. A statement that the engine refused spoils it, on both engines alike: whatever
/// comes next throws the same error, and nothing is saved. Use `attempt` where a refusal is expected, or `ON CONFLICT`.
public final class Transaction {
    public let dialect: Dialect
    private var connection: (any Connection)?
    private(set) var failure: EngineFailure?

    init(_ connection: any Connection) {
        self.connection = connection
        dialect = connection.dialect
    }

    /// Every row, each made into a `T` by reading its columns in order.
    public func all<T>(_ sql: SQL, _ read: (inout Row) throws -> T) throws -> [T] {
        var found: [T] = []
        try engine { connection in
            try connection.rows(sql) { row in
                try found.append(read(&row))
                return true
            }
        }
        return found
    }

    /// The first row, or nil where there is none.
    public func first<T>(_ sql: SQL, _ read: (inout Row) throws -> T) throws -> T? {
        var found: T?
        try engine { connection in
            try connection.rows(sql) { row in
                found = try read(&row)
                return false
            }
        }
        return found
    }

    /// The first column of the first row, or nil where there is no row. Ask for a `T?` column by `first` and `next()`.
    public func value<T: Column>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        try first(sql) { try $0.next() }
    }

    /// The first column of every row.
    public func values<T: Column>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
        try all(sql) { try $0.next() }
    }

    /// The number that `SELECT COUNT(*) …` answers.
    public func count(_ sql: SQL) throws -> Int { try value(sql) ?? 0 }

    /// Answers how many rows were changed.
    @discardableResult public func run(_ sql: SQL) throws -> Int {
        try engine { try $0.run(sql) }
    }

    /// A statement of a migration.
    func define(_ sql: SQL) throws { try engine { try $0.define(sql) } }

    /// Tries something that may be refused: when `body` throws, only what it wrote is undone, and the transaction goes on.
    public func attempt<T>(_ body: () throws -> T) throws -> T {
        try engine { try $0.savepoint() }
        do {
            let result = try body()
            try engine { try $0.releaseSavepoint() }
            return result
        } catch {
            if let failure, failure.meaning != .statement { throw error }
            failure = nil
            try engine {
                try $0.rollBackToSavepoint()
                try $0.releaseSavepoint()
            }
            throw error
        }
    }

    /// A body that ran to its end although a statement was refused has nothing to be saved.
    func checkUnspoilt() throws { if let failure { throw failure.error } }

    /// After the body, the connection belongs to others.
    func end() { connection = nil }

    private func engine<T>(_ work: (any Connection) throws -> T) throws -> T {
        guard let connection else { throw StoreError.closed }
        try checkUnspoilt()
        do { return try work(connection) } catch let refused as EngineFailure {
            failure = refused
            throw refused.error
        }
    }
}
