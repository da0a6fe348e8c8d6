import Dispatch
import Foundation
import Kernel
import Logging

/// Where everything people said is kept. Reads see one moment, writes are saved as a whole or not at all, on SQLite and PostgreSQL alike.
public final class Database: Sendable {
    public let dialect: Dialect
    /// For logs: without its password.
    public let address: DatabaseAddress
    private let writer: Writer
    private let readers: Readers
    private let questions = Coalesced<any Sendable>()
    private let temporaryFile: String?

    /// Opens the database, creating the file where there is none.
    ///
    /// - Parameters:
    ///   - serialisingOn: On PostgreSQL, the table every writing transaction locks first, so that the writers of several processes come one after
    ///     the other; left out while there is no such table yet. SQLite has one writer by nature.
    ///   - readers: How many read at the same time; by default one a core, at least 4, at most 8.
    /// - Throws: `StoreError.unavailable` where it cannot be reached.
    public static func open(
        _ address: DatabaseAddress,
        serialisingOn: StaticString? = nil,
        readers: Int = min(8, max(4, ProcessInfo.processInfo.activeProcessorCount)),
        logger: Logger
    ) throws -> Database {
        do { return try Database(address, serialisingOn, readers, logger) } catch let failure as EngineFailure { throw failure.error }
    }

    private init(_ address: DatabaseAddress, _ head: StaticString?, _ count: Int, _ logger: Logger) throws {
        self.address = address
        dialect = address.isSQLite ? .sqlite : .postgres
        temporaryFile = address.place == .temporary ? NSTemporaryDirectory() + "heard-\(UUID().uuidString).sqlite" : nil
        let opening = Self.opening(address, head, temporaryFile)
        // 256 bodies share a wait for the disk; on PostgreSQL 60, because a snapshot holds the numbers of 64 savepoints and looks more up.
        writer = try Writer(most: address.isSQLite ? 256 : 60, logger: logger) { try opening(false) }
        readers = Readers(count: count) { try opening(true) }
    }

    private static func opening(
        _ address: DatabaseAddress,
        _ head: StaticString?,
        _ temporaryFile: String?
    ) -> @Sendable (_ isReader: Bool) throws -> any Connection {
        switch address.place {
        case .file(let path): { try SQLiteConnection(path: path, isReader: $0) }
        case .temporary: { try SQLiteConnection(path: temporaryFile ?? "", isReader: $0) }
        case .server(let text, let secrets): { try PostgresConnection(address: text, secrets: secrets, isReader: $0, serialisingOn: head) }
        }
    }

    /// Everything `body` reads belongs to one moment. It only reads, and may be run a second time when the connection breaks.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await readers.read(body)
    }

    /// Everything `body` writes is saved before this answers, or nothing is: when it throws, only what it wrote itself is undone.
    ///
    /// It does only database work, because it may be run again. Who is cancelled while waiting for their turn writes nothing; once it began,
    /// the answer tells how it ended.
    public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await writer.write(body)
    }

    /// A read that many ask at once, such as "has anything changed?": those who wait share one run, and no run began before its callers came.
    /// Callers with the same key must ask the same question; without a key nothing is shared.
    public func fresh<T: Sendable>(_ key: String?, _ question: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        guard let key else { return try await read(question) }
        let shared = try await questions.ask(key) { [readers] in try await readers.read { try question($0) as any Sendable } }
        guard let answer = shared as? T else { throw StoreError.statement(code: "fresh", "two different questions share the key \(key)") }
        return answer
    }

    /// Throws `StoreError.unavailable` where the database does not answer.
    public func ping() async throws { try await read { _ = try $0.count("SELECT 1") } }

    /// Brings the schema up to date, each migration in a transaction of its own, safe when two processes do it at once.
    /// Throws `StoreError.schema(.unknown(…))` where the database has had migrations that `migrations` does not hold.
    public func migrate(_ migrations: [Migration], at now: Moment = .now()) async throws {
        try await writer.alone { connection in
            while try migrations.applyNext(on: connection, at: now) {}
            connection.forgetStatements()
        }
    }

    /// How the schema compares with `migrations`, without changing anything.
    public func pending(_ migrations: [Migration]) async throws -> SchemaState {
        try await read { tx in
            let isThere = try tx.count(tx.dialect.hasTable("schema_migrations")) > 0
            return try migrations.state(after: isThere ? tx.values("SELECT name FROM schema_migrations ORDER BY applied_at, name") : [])
        }
    }

    /// Makes withdrawn words leave what SQLite keeps beside its tables: the write-ahead log and the older parts of full-text indexes.
    /// The tables' own pages are overwritten at once (`secure_delete`). Throws `StoreError.busy` where a long read is in the way.
    ///
    /// On PostgreSQL it runs VACUUM on `tables`, so that old rows are taken out and their space is used again; without tables it does nothing.
    /// It cannot promise more: freed space is not overwritten, and the server's log and its archives are in other hands. Who needs more there
    /// runs `VACUUM FULL` and keeps archives short, on an encrypted disk.
    public func scrub(_ tables: [StaticString] = []) async throws { try await writer.alone { try $0.scrub(tables) } }

    /// Takes no more, saves what waits and closes. After `seconds` it stops what is still under way, so that it always ends.
    public func close(within seconds: Double = 10) async {
        await withCheckedContinuation { done in
            // A thread of its own: waiting here would hold up a thread that serves pages.
            Thread.detachNewThread { [self] in
                writer.close(within: seconds)
                readers.close(within: seconds)
                for suffix in ["", "-wal", "-shm"] {
                    if let temporaryFile { try? FileManager.default.removeItem(atPath: temporaryFile + suffix) }
                }
                done.resume()
            }
        }
    }
}
