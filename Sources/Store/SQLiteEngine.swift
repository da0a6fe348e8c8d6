import Foundation
import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers

/// One SQLite connection. GRDB opens and keeps it; rows are read straight from `sqlite3_column_*` out of statements prepared once.
///
/// `@unchecked Sendable`: everything but `interrupt()` runs inside `exclusively`, on GRDB's serial queue, by the one thread that holds the
/// connection; `interrupt()` touches only `queue`, which is constant and itself Sendable, while a locked box says that it is open.
final class SQLiteConnection: Connection, @unchecked Sendable {
    let dialect = Dialect.sqlite
    private let queue: DatabaseQueue
    private let handle: OpaquePointer
    private let isReader: Bool
    private let isOpen = NIOLockedValueBox(true)
    private var prepared: [String: OpaquePointer] = [:]

    /// More texts than the whole application has; lists of different lengths could otherwise pile up without end.
    private static let mostPrepared = 400

    init(path: String, isReader: Bool) throws {
        self.isReader = isReader
        do {
            Self.createPrivately(path)
            queue = try DatabaseQueue(path: path, configuration: Self.configuration())
            handle = try queue.inDatabase { database in
                try Self.prepare(database, isReader: isReader)
                return try database.sqliteConnection.orThrow()
            }
        } catch let error as DatabaseError {
            throw SQLiteFailure.failure(code: error.extendedResultCode.rawValue, message: error.message ?? "", isReader: false)
        }
    }

    /// Readable by its owner only: it holds what people said in confidence. SQLite gives its side files the same rights.
    ///
    /// O_EXCL, so that a file that is there is not opened: closing any descriptor of a file drops all POSIX locks this process holds on it, and
    /// the next program to leave the database would take itself for the last, and delete the log that we go on writing to.
    private static func createPrivately(_ path: String) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        // Transactions end where they begin, in the code of this room; GRDB would trap rather than throw.
        configuration.allowsUnsafeTransactions = true
        return configuration
    }

    /// After opening: GRDB sets `synchronous` to NORMAL while it turns WAL on.
    private static func prepare(_ database: GRDB.Database, isReader: Bool) throws {
        // LIKE heeds case, as on PostgreSQL; `secure_delete` overwrites what is deleted, so that withdrawn words leave the file.
        try database.execute(
            sql: """
                PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA case_sensitive_like = ON;
                PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;
                """
        )
        database.add(function: fold)
        for (pragma, wanted) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)] {
            guard try Int.fetchOne(database, sql: "PRAGMA \(pragma)") == wanted else {
                throw EngineFailure(.unavailable("SQLite did not accept PRAGMA \(pragma)"), .lost)
            }
        }
        if isReader { try database.execute(sql: "PRAGMA query_only = ON") }
        // GRDB watches what statements touch, for observers we do not have: 2 µs and some bytes for every statement prepared.
        sqlite3_set_authorizer(database.sqliteConnection, nil, nil)
        sqlite3_commit_hook(database.sqliteConnection, nil, nil)
        sqlite3_rollback_hook(database.sqliteConnection, nil, nil)
    }

    /// SQLite's own `lower` knows only A to Z.
    private static let fold = DatabaseFunction("fold", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0])?.lowercased()
    }

    func exclusively<T>(_ work: () throws -> T) throws -> T { try queue.inDatabase { _ in try work() } }

    // MARK: Statements

    func rows(_ sql: SQL, _ each: (inout Row) throws -> Bool) throws {
        try withStatement(sql) { statement in
            while try step(statement) {
                var row = Row(.sqlite(SQLiteRow(statement)))
                guard try each(&row) else { return }
            }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try withStatement(sql) { statement in
            let before = sqlite3_total_changes64(handle)
            while try step(statement) {}
            // `changes` keeps its number over statements that change nothing, such as CREATE TABLE.
            return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
        }
    }

    func define(_ sql: SQL) throws {
        let statement = try prepare(sql.text(for: dialect).replacing("BIGINT", with: "INTEGER"))
        defer { sqlite3_finalize(statement) }
        try bind(sql, to: statement)
        while try step(statement) {}
    }

    /// Takes the statement out of the cache while it is in use, so that the same question may be asked again inside its own answer.
    private func withStatement<T>(_ sql: SQL, _ use: (OpaquePointer) throws -> T) throws -> T {
        let text = sql.text(for: dialect)
        let statement = try prepared.removeValue(forKey: text) ?? prepare(text)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
            putBack(statement, text)
        }
        try bind(sql, to: statement)
        return try use(statement)
    }

    private func putBack(_ statement: OpaquePointer, _ text: String) {
        if prepared.count >= Self.mostPrepared { forgetStatements() }
        if let other = prepared.updateValue(statement, forKey: text) { sqlite3_finalize(other) }
    }

    private func prepare(_ text: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let isAlone = try text.withCString { start in
            var tail: UnsafePointer<CChar>?
            guard sqlite3_prepare_v3(handle, start, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail) == SQLITE_OK else {
                throw failure()
            }
            return tail.map { String(cString: $0).allSatisfy { $0.isWhitespace || $0 == ";" } } ?? true
        }
        guard let statement, isAlone else {
            sqlite3_finalize(statement)
            throw EngineFailure(.statement(code: "1", "exactly one statement at a time"))
        }
        return statement
    }

    private func bind(_ sql: SQL, to statement: OpaquePointer) throws {
        var place: Int32 = 0
        for case .bind(let value, _) in sql.pieces {
            place += 1
            guard try bind(value, to: statement, at: place) == SQLITE_OK else { throw failure() }
        }
        guard sqlite3_bind_parameter_count(statement) == place else {
            throw EngineFailure(.statement(code: "1", "a placeholder of its own in the text"))
        }
    }

    private func bind(_ value: Value, to statement: OpaquePointer, at place: Int32) throws -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .real(let number):
            guard number.isFinite else { throw EngineFailure(.invalid("a number that is not finite")) }
            return sqlite3_bind_double(statement, place, number)
        case .text(var text):
            return try text.withUTF8 { bytes in
                guard !bytes.contains(0) else { throw EngineFailure(.invalid("text with a NUL character")) }
                return bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(statement, place, $0.baseAddress ?? Self.empty, UInt64($0.count), Self.copied, UInt8(SQLITE_UTF8))
                }
            }
        case .bytes(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, place, 0) }
            return bytes.withUnsafeBytes { sqlite3_bind_blob64(statement, place, $0.baseAddress, UInt64($0.count), Self.copied) }
        }
    }

    /// An empty string may have no address, and SQLite takes a null pointer for NULL.
    private static nonisolated(unsafe) let empty: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()

    /// `SQLITE_TRANSIENT`: SQLite makes its own copy.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// True for a row, false at the end.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw failure()
        }
    }

    private func failure() -> EngineFailure {
        SQLiteFailure.failure(code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), isReader: isReader)
    }

    // MARK: Transactions

    func begin(_ purpose: Purpose) throws {
        switch purpose {
        case .reading: _ = try run("BEGIN")
        case .writing: _ = try run("BEGIN IMMEDIATE")
        case .migrating: try beginMigrating()
        }
    }

    /// Another process may be in the middle of a long migration: 60 times the busy timeout of 5 s.
    private func beginMigrating() throws {
        for attempt in 1...60 {
            do {
                _ = try run("BEGIN IMMEDIATE")
                return
            } catch let failure as EngineFailure where failure.error == .busy && attempt < 60 {
                continue
            }
        }
    }

    func commit() throws { _ = try run("COMMIT") }

    func rollback() {
        // Some errors, such as a full disk, have rolled back already.
        if sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
    }

    func savepoint() throws { _ = try run("SAVEPOINT body") }
    func releaseSavepoint() throws { _ = try run("RELEASE body") }
    func rollBackToSavepoint() throws { _ = try run("ROLLBACK TO body") }

    // MARK: Housekeeping

    func scrub(_: [StaticString]) throws {
        // A full-text index keeps deleted words in its older segments until they are merged into one.
        var indexes: [String] = []
        try rows("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name") { row in
            try indexes.append(row.next())
            return true
        }
        for index in indexes {
            let name = "\"" + index.replacing("\"", with: "\"\"") + "\""
            guard sqlite3_exec(handle, "INSERT INTO \(name)(\(name)) VALUES ('optimize')", nil, nil, nil) == SQLITE_OK else {
                throw failure()
            }
        }
        var isBusy = false
        try rows("PRAGMA wal_checkpoint(TRUNCATE)") { row in
            isBusy = try row.next()
            return true
        }
        if isBusy { throw EngineFailure(.busy) }
    }

    func forgetStatements() {
        for statement in prepared.values { sqlite3_finalize(statement) }
        prepared = [:]
    }

    func interrupt() { isOpen.withLockedValue { if $0 { queue.interrupt() } } }

    func close() {
        isOpen.withLockedValue { $0 = false }
        forgetStatements()
        try? queue.close()
    }
}

extension Optional {
    fileprivate func orThrow() throws -> Wrapped {
        guard let self else { throw EngineFailure(.unavailable("SQLite has no connection"), .lost) }
        return self
    }
}

/// The row a statement stands on.
struct SQLiteRow {
    let statement: OpaquePointer
    let width: Int32

    init(_ statement: OpaquePointer) {
        self.statement = statement
        // Not `column_count`, which is out of date where the schema changed before the first step.
        width = sqlite3_data_count(statement)
    }

    func name(_ place: Int32) -> String { sqlite3_column_name(statement, place).map { String(cString: $0) } ?? "" }

    func value(_ place: Int32) -> Value {
        switch sqlite3_column_type(statement, place) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, place))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, place))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, place)
            return .text(
                String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place))), as: UTF8.self)
            )
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, place)
            return .bytes([UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))))
        default: return .null
        }
    }
}

/// What SQLite's result codes mean for us.
enum SQLiteFailure {
    static func failure(code: Int32, message: String, isReader: Bool) -> EngineFailure {
        switch code & 0xff {
        case SQLITE_CONSTRAINT: constraint(code, message)
        case SQLITE_FULL: EngineFailure(.full, .fatal)
        case SQLITE_BUSY, SQLITE_LOCKED: EngineFailure(.busy, .fatal)
        case SQLITE_INTERRUPT: EngineFailure(.closed, .fatal)
        case SQLITE_READONLY where isReader: EngineFailure(.statement(code: "\(code)", "a read cannot write"))
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_PERM, SQLITE_PROTOCOL, SQLITE_NOMEM:
            EngineFailure(.unavailable("SQLite \(code): \(message)"), .lost)
        default: EngineFailure(.statement(code: "\(code)", message))
        }
    }

    /// `UNIQUE constraint failed: voices.project, voices.number`
    private static func constraint(_ code: Int32, _ message: String) -> EngineFailure {
        let rest = message.firstRange(of: "failed: ").map { String(message[$0.upperBound...]) } ?? ""
        let names = rest.split(separator: ", ").map { $0.split(separator: ".", maxSplits: 1).map(String.init) }
        let table = names.first.flatMap { $0.count == 2 ? $0[0] : nil }
        let columns = names.compactMap { $0.count == 2 ? $0[1] : nil }
        let broken: Constraint
        switch code >> 8 {
        case 6, 8, 10: broken = Constraint(.unique, table: table, columns: columns)  // PRIMARYKEY, UNIQUE, ROWID
        case 3: broken = Constraint(.foreignKey)
        case 1: broken = Constraint(.check, name: rest)
        case 5: broken = Constraint(.notNull, table: table, columns: columns)
        default: return EngineFailure(.statement(code: "\(code)", message))
        }
        return EngineFailure(.constraint(broken))
    }
}
