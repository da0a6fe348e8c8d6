import Store
import TestSupport
import Testing

@Test(arguments: Engine.all) func `Two processes that start at once migrate once`(engine: Engine) async throws {
    try await engine.withAddress { address in
        let processes = try (0..<4).map { _ in try Engine.open(address) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for process in processes { group.addTask { try await process.migrate(schema) } }
            try await group.waitForAll()
        }
        try await #expect(processes[3].pending(schema) == .upToDate)
        for process in processes {
            try await process.migrate(schema)
            await process.close()
        }
    }
}

@Test(arguments: Engine.all) func `What is missing and what is unknown is told by name`(engine: Engine) async throws {
    try await engine.withDatabase { db in
        try await #expect(db.pending(schema) == .behind(schema.map(\.name)))
        try await db.migrate([schema[0]])
        try await #expect(db.pending(schema) == .behind([schema[1].name]))
        try await db.migrate(schema)
        try await #expect(db.pending(schema) == .upToDate)
        try await #expect(db.pending([schema[1]]) == .unknown([schema[0].name]))
        await #expect(throws: StoreError.schema(.unknown([schema[0].name]))) { try await db.migrate([schema[1]]) }
    }
}

@Test(arguments: Engine.all) func `A migration that fails leaves nothing of itself behind, and those before it stay`(engine: Engine)
    async throws
{
    try await engine.withDatabase { db in
        let broken = Migration("2026-01-03-1-broken") { d in
            ["CREATE TABLE half (id TEXT)\(d.strict)", "INSERT INTO no_such_table (id) VALUES (1)"]
        }
        await #expect(throws: StoreError.self) { try await db.migrate(schema + [broken]) }
        try await #expect(db.pending(schema) == .upToDate)
        try await db.migrate(schema + [Migration("2026-01-03-1-mended") { d in ["CREATE TABLE half (id TEXT)\(d.strict)"] }])
    }
}

@Test(arguments: Engine.all) func `Readers go on with their prepared questions after the schema changed`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        func width() async throws -> Int {
            try await db.read { tx in
                try addUp(
                    tx.all("SELECT * FROM trail_head") { row in
                        var width = 0
                        while (try? row.next(Int.self)) != nil { width += 1 }
                        return width
                    }
                )
            }
        }
        for _ in 0..<10 { try await #expect(width() == 2) }
        try await db.migrate(
            schema + [Migration("2026-01-04-1-wider") { _ in ["ALTER TABLE trail_head ADD COLUMN more BIGINT NOT NULL DEFAULT 3"] }]
        )
        for _ in 0..<10 { try await #expect(width() == 3) }
    }
}

private func addUp(_ numbers: [Int]) -> Int { numbers.reduce(0, +) }
