import Dispatch

/// One connection to one of the two engines, used by one thread at a time. Every function throws `EngineFailure`.
protocol Connection: AnyObject, Sendable {
    var dialect: Dialect { get }

    /// Runs `work` while nobody else may touch the connection.
    func exclusively<T>(_ work: () throws -> T) throws -> T

    /// Calls `each` for every row until it returns false. What `each` throws comes out unchanged.
    func rows(_ sql: SQL, _ each: (inout Row) throws -> Bool) throws
    /// Answers how many rows were changed.
    func run(_ sql: SQL) throws -> Int
    /// Runs a statement of a migration: once, so not kept, and with `BIGINT` by the name the engine has for it.
    func define(_ sql: SQL) throws

    func begin(_ purpose: Purpose) throws
    func commit() throws
    /// Never throws: a connection that cannot roll back is closed, and the next `begin` finds that out.
    func rollback()

    /// Savepoints nest; the two others mean the innermost.
    func savepoint() throws
    func releaseSavepoint() throws
    func rollBackToSavepoint() throws

    /// Erases withdrawn words from where the engine keeps old pages; `tables` are those that held them.
    func scrub(_ tables: [StaticString]) throws
    /// Drops every prepared statement, after the schema changed.
    func forgetStatements()

    /// Stops the statement under way. The one function any thread may call at any time.
    func interrupt()
    func close()
}

extension Connection {
    /// Everything between BEGIN and COMMIT, or rolled back with what `body` throws.
    func transaction<T>(_ purpose: Purpose, _ body: (Transaction) throws -> T) throws -> T {
        try begin(purpose)
        let transaction = Transaction(self)
        defer { transaction.end() }
        do {
            let result = try body(transaction)
            try transaction.checkUnspoilt()
            try commit()
            return result
        } catch {
            rollback()
            // What the engine said tells whether to try again; the body may have thrown something else in its place.
            if let failure = transaction.failure, failure.meaning != .statement { throw failure }
            throw error
        }
    }
}

/// How a connection of one kind is opened. Throws `EngineFailure`.
typealias Opening = @Sendable () throws -> any Connection

/// What a transaction is for.
enum Purpose { case reading, writing, migrating }

extension DispatchGroup {
    /// Waits a second for what would not end by itself; false where it does not end even so.
    /// Urges it again every 50 ms: an interruption between two statements has no effect on the second.
    func wait(urging urge: () -> Void) -> Bool {
        (0..<20).contains { _ in
            urge()
            return wait(timeout: .now() + 0.05) == .success
        }
    }
}
