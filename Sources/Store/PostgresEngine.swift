import CPostgres
import NIOConcurrencyHelpers

/// One connection to a PostgreSQL server, over libpq: every statement prepared once, and dropped for a new one when the server went away.
///
/// `@unchecked Sendable`: everything but `interrupt()` is called by the one thread that holds the connection; what `interrupt()` needs lies
/// in a locked box.
final class PostgresConnection: Connection, @unchecked Sendable {
    let dialect = Dialect.postgres
    private let address: String
    private let secrets: [String]
    private let isReader: Bool
    /// Locked first in every writing transaction, so that the writers of all processes come one after the other.
    private let serialisingOn: StaticString?
    private var connection: OpaquePointer?
    private var prepared: [String: String] = [:]
    private var isHeadKnown = false
    private let cancel = NIOLockedValueBox<CancelHandle?>(nil)

    /// As on SQLite; each costs the server some kilobytes.
    private static let mostPrepared = 400

    init(address: String, secrets: [String], isReader: Bool, serialisingOn: StaticString?) throws {
        self.address = address
        self.secrets = secrets
        self.isReader = isReader
        self.serialisingOn = serialisingOn
        try connect()
    }

    deinit { close() }

    func exclusively<T>(_ work: () throws -> T) throws -> T { try work() }

    // MARK: Connecting

    private func connect() throws {
        // What stands later wins: the address may say otherwise, but for the encoding.
        let options = [("connect_timeout", "5"), ("fallback_application_name", "heard"), ("dbname", address), ("client_encoding", "UTF8")]
        connection = CStrings(options.map(\.0)).with { keywords in
            CStrings(options.map(\.1)).with { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            let words = redacted(String(cString: PQerrorMessage(connection)))
            close()
            throw EngineFailure(.unavailable(words), .lost)
        }
        // Notices would go to standard error.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        cancel.withLockedValue { $0 = CancelHandle(connection) }
        try command(Self.session)
    }

    /// 10 s is long for a lock that others hold for milliseconds, and short for somebody who waits. A confirmed write must be on the disk.
    private static let session: StaticString = """
        SET client_min_messages = error; SET bytea_output = hex; SET extra_float_digits = 1; SET TimeZone = 'UTC'; SET lock_timeout = '10s';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """

    /// libpq's messages quote the server, never the address; this is the second lock on the door.
    private func redacted(_ message: String) -> String {
        secrets.reduce(message) { $0.replacing($1, with: "…") }.split(separator: "\n").joined(separator: " ")
    }

    private var isConnected: Bool { connection != nil && PQstatus(connection) == CONNECTION_OK }

    // MARK: Statements

    func rows(_ sql: SQL, _ each: (inout Row) throws -> Bool) throws {
        let result = try execute(sql)
        defer { PQclear(result) }
        let shape = PostgresRow.Shape(result)
        for line in 0..<PQntuples(result) {
            var row = Row(.postgres(PostgresRow(result: result, line: line, shape: shape)))
            guard try each(&row) else { return }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let result = try execute(sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func define(_ sql: SQL) throws { _ = try run(sql) }

    private func execute(_ sql: SQL) throws -> OpaquePointer? {
        guard isConnected else { throw lost() }
        let text = sql.text(for: dialect)
        let parameters = try Parameters(sql)
        let name = try prepared[text] ?? prepare(text, parameters.types)
        return try parameters.with { values, lengths, formats in
            try checked(PQexecPrepared(connection, name, parameters.count, values, lengths, formats, 0))
        }
    }

    private func prepare(_ text: String, _ types: [Oid]) throws -> String {
        if prepared.count >= Self.mostPrepared { try forget() }
        let name = "s\(prepared.count)"
        try PQclear(checked(PQprepare(connection, name, text, Int32(types.count), types)))
        prepared[text] = name
        return name
    }

    /// Plain commands of this room's own, several at once in one trip.
    private func command(_ text: StaticString) throws {
        guard isConnected else { throw lost() }
        try PQclear(checked(text.withUTF8Buffer { PQexec(connection, String(decoding: $0, as: UTF8.self)) }))
    }

    /// Hands the result on, or clears it and throws what it says.
    private func checked(_ result: OpaquePointer?) throws -> OpaquePointer? {
        let status = PQresultStatus(result)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK { return result }
        defer { PQclear(result) }
        guard isConnected else { throw lost() }
        throw PostgresFailure(result).failure(isReader: isReader, words: redacted)
    }

    private func lost() -> EngineFailure {
        let words = connection == nil ? "not connected" : redacted(String(cString: PQerrorMessage(connection)))
        return EngineFailure(.unavailable(words), .lost)
    }

    // MARK: Transactions

    func begin(_ purpose: Purpose) throws {
        switch purpose {
        case .reading: try command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        case .writing: try beginWriting()
        case .migrating:
            // 5 minutes for another process that is migrating; the lock ends with the transaction and is the schema's own.
            try command(
                """
                BEGIN; SET LOCAL lock_timeout = '300s';
                SELECT pg_advisory_xact_lock(hashtextextended('heard.schema_migrations.' || current_schema(), 0))
                """
            )
        }
    }

    /// The lock comes first and the snapshot after the wait for it: what the transaction reads is then what the one before it left.
    private func beginWriting() throws {
        guard let table = serialisingOn, try headExists(table) else { return try command("BEGIN ISOLATION LEVEL SERIALIZABLE") }
        do {
            try PQclear(checked(PQexec(connection, "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE \(table) IN EXCLUSIVE MODE")))
        } catch {
            isHeadKnown = false
            throw error
        }
    }

    /// Before the first migrations there is nothing to lock.
    private func headExists(_ table: StaticString) throws -> Bool {
        guard !isHeadKnown else { return true }
        try rows(dialect.hasTable(table.description)) { row in
            isHeadKnown = try row.next()
            return false
        }
        return isHeadKnown
    }

    func commit() throws {
        guard isConnected else { throw lost() }
        let result = try checked(PQexec(connection, "COMMIT"))
        defer { PQclear(result) }
        // PostgreSQL answers a COMMIT of a spoilt transaction with a friendly ROLLBACK.
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else { throw EngineFailure(.statement(code: "25P02", "nothing was saved")) }
    }

    func rollback() {
        guard isConnected else { return }
        do { try command("ROLLBACK") } catch { close() }
    }

    func savepoint() throws { try command("SAVEPOINT body") }
    func releaseSavepoint() throws { try command("RELEASE body") }
    func rollBackToSavepoint() throws { try command("ROLLBACK TO body") }

    // MARK: Housekeeping

    func scrub(_ tables: [StaticString]) throws {
        for table in tables { try PQclear(checked(PQexec(connection, "VACUUM \(table)"))) }
    }

    func forgetStatements() { if isConnected { try? forget() } }

    private func forget() throws {
        prepared = [:]
        try command("DEALLOCATE ALL")
    }

    /// On another connection, as PostgreSQL has it.
    func interrupt() { cancel.withLockedValue { $0?.use() } }

    func close() {
        cancel.withLockedValue { $0 = nil }
        PQfinish(connection)
        connection = nil
        prepared = [:]
    }
}

/// The key that lets another thread stop the statement under way.
///
/// `@unchecked Sendable`: the pointer is constant and `PQcancel` is safe from any thread; it is freed only when nobody holds the key.
private final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer?

    init(_ connection: OpaquePointer?) { pointer = PQgetCancel(connection) }

    deinit { PQfreeCancel(pointer) }

    func use() {
        var words = [CChar](repeating: 0, count: 256)
        PQcancel(pointer, &words, Int32(words.count))
    }
}
