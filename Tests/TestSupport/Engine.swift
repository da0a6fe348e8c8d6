import Foundation
import Logging
import Store

/// The engines every test of a store runs on: `@Test(arguments: Engine.all) func …(engine: Engine) async throws { try await engine.withDatabase { db in … } }`.
public enum Engine: String, Sendable, CustomStringConvertible, CaseIterable {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    public var description: String { rawValue }

    /// PostgreSQL where `HEARD_TEST_POSTGRES` has its address (`bin/postgres-for-tests run …` sets it). Where CI asks for both and there is none,
    /// it is in the list all the same, so that its tests fail rather than go missing.
    public static let all: [Engine] = {
        let environment = ProcessInfo.processInfo.environment
        let isWanted = ["HEARD_TEST_POSTGRES", "HEARD_REQUIRE_POSTGRES", "CI"].contains { !(environment[$0] ?? "").isEmpty }
        return isWanted ? [.sqlite, .postgres] : [.sqlite]
    }()

    /// The engines of `all` that are this one: for what only one of them can do.
    public static func only(_ engine: Engine) -> [Engine] { all.filter { $0 == engine } }

    /// A fresh database, gone afterwards.
    @discardableResult public func withDatabase<T: Sendable>(
        _ migrations: [Migration] = [],
        _ body: (Database) async throws -> T
    ) async throws -> T {
        try await withAddress { address in
            let db = try Engine.open(address)
            do {
                try await db.migrate(migrations)
                let result = try await body(db)
                await db.close()
                return result
            } catch {
                await db.close()
                throw error
            }
        }
    }

    /// A place for a database that nobody has opened yet: for tests that open it twice, as two processes would.
    public func withAddress<T: Sendable>(_ body: (DatabaseAddress) async throws -> T) async throws -> T {
        switch self {
        case .sqlite: try await TemporaryFile.with { try await body(.parse("sqlite:\($0)")) }
        case .postgres: try await TestSchema.with { try await body(.parse($0)) }
        }
    }

    /// As the server opens it, with fewer readers: 16 tests at once share the server's connections.
    public static func open(_ address: DatabaseAddress) throws -> Database {
        var logger = Logger(label: "heard.tests")
        logger.logLevel = .critical
        return try Database.open(address, serialisingOn: "trail_head", readers: 3, logger: logger)
    }
}

/// A folder for one database file and what the engine puts beside it.
enum TemporaryFile {
    static func with<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "heard-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "test.sqlite").path)
    }
}
