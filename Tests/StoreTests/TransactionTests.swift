import Foundation
import Kernel
import NIOConcurrencyHelpers
import Store
import TestSupport
import Testing

private struct NoThanks: Error, Equatable {}

private func count(_ db: Database) async throws -> Int { try await db.read { try $0.count("SELECT COUNT(*) FROM people") } }

@Test(arguments: Engine.all) func `A broken rule says which one, alike on both engines`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.write { tx in
            try addPerson("1", tx)
            try tx.run("INSERT INTO voices (id, person, place, number) VALUES ('v', '1', 7, 8)")
        }
        func broken(_ sql: SQL) async throws -> Constraint {
            let error = await #expect(throws: StoreError.self) { try await db.write { try $0.run(sql) } }
            guard case .constraint(let constraint) = error else { throw error ?? .closed }
            return constraint
        }
        let twice = try await broken("INSERT INTO voices (id, place, number) VALUES ('w', 7, 8)")
        #expect(twice.kind == .unique && twice.table == "voices" && twice.columns == ["place", "number"])
        #expect(StoreError.constraint(twice).isDuplicate(in: "voices", "place", "number"))
        #expect(!StoreError.constraint(twice).isDuplicate(in: "voices", "id"))
        let key = try await broken("INSERT INTO people (id, name) VALUES ('1', 'x')")
        #expect(key.kind == .unique && key.table == "people" && key.columns == ["id"])
        let empty = try await broken("INSERT INTO people (id) VALUES ('2')")
        #expect(empty.kind == .notNull && empty.table == "people" && empty.columns == ["name"])
        try await #expect(broken("INSERT INTO people (id, name, age) VALUES ('2', 'x', -1)").kind == .check)
        try await #expect(broken("INSERT INTO voices (id, person, place, number) VALUES ('w', 'nobody', 1, 1)").kind == .foreignKey)
        try await #expect(broken("DELETE FROM people").kind == .foreignKey)
    }
}

@Test(arguments: Engine.all) func `Who throws undoes only what they wrote themselves`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        let failed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        try await db.write { tx in
                            try addPerson("\(number)", tx)
                            if number % 3 == 0 { throw NoThanks() }
                            if number % 7 == 0 { try addPerson("\(number)", tx) }
                        }
                        return false
                    } catch is NoThanks { return true } catch let error as StoreError where error.isDuplicate(in: "people") { return true }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failed == (0..<200).filter { $0 % 3 == 0 || $0 % 7 == 0 }.count)
        try await #expect(count(db) == 200 - failed)
    }
}

@Test(arguments: Engine.all) func `A refused statement spoils its body even when the body goes on, unless it was only tried`(engine: Engine)
    async throws
{
    try await engine.withDatabase(schema) { db in
        try await db.write { try addPerson("1", $0) }
        let error = await #expect(throws: StoreError.self) {
            try await db.write { tx in
                try addPerson("2", tx)
                try? addPerson("1", tx)
            }
        }
        #expect(error?.isDuplicate(in: "people", "id") == true)
        try await #expect(count(db) == 1)
        try await db.write { tx in
            try? tx.attempt {
                try addPerson("3", tx)
                try addPerson("1", tx)
            }
            try? tx.attempt {
                try addPerson("4", tx)
                throw NoThanks()
            }
            try tx.attempt { try addPerson("5", tx) }
        }
        try await #expect(db.read { try $0.values("SELECT id FROM people ORDER BY id") } == ["1", "5"])
    }
}

@Test(arguments: Engine.all) func `Many at once are all confirmed, and all that was confirmed is there for whoever opens the file next`(
    engine: Engine
) async throws {
    try await engine.withAddress { address in
        let db = try Engine.open(address)
        try await db.migrate(schema)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    try await db.write { tx in
                        try addPerson("\(number)", tx)
                        try tx.run("UPDATE trail_head SET seq = seq + 1")
                    }
                }
            }
            try await group.waitForAll()
        }
        await db.close()
        let again = try Engine.open(address)
        try await #expect(count(again) == 2_000)
        try await #expect(again.read { try $0.count("SELECT seq FROM trail_head") } == 2_000)
        await again.close()
    }
}

@Test(arguments: Engine.all) func `Writers of two processes take turns and lose nothing`(engine: Engine) async throws {
    try await engine.withAddress { address in
        let processes = try [Engine.open(address), Engine.open(address)]
        try await processes[0].migrate(schema)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<400 {
                group.addTask {
                    try await processes[number % 2].write { tx in
                        let seq = try tx.count("SELECT seq FROM trail_head WHERE id = 1")
                        try tx.run("UPDATE trail_head SET seq = \(seq + 1) WHERE id = 1")
                    }
                }
            }
            try await group.waitForAll()
        }
        try await #expect(processes[1].read { try $0.count("SELECT seq FROM trail_head") } == 400)
        for process in processes { await process.close() }
    }
}

@Test(arguments: Engine.all) func `A read sees one moment, whatever is saved meanwhile`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        let hasLooked = DispatchSemaphore(value: 0)
        let hasSaved = DispatchSemaphore(value: 0)
        async let seen = db.read { tx in
            let before = try tx.count("SELECT COUNT(*) FROM people")
            hasLooked.signal()
            hasSaved.wait()
            return try [before, tx.count("SELECT COUNT(*) FROM people")]
        }
        await withCheckedContinuation { done in
            DispatchQueue.global().async {
                hasLooked.wait()
                done.resume()
            }
        }
        try await db.write { try addPerson("1", $0) }
        hasSaved.signal()
        try await #expect(seen == [0, 0])
        try await #expect(count(db) == 1)
    }
}

@Test(arguments: Engine.all) func `A read cannot write`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        let error = await #expect(throws: StoreError.self) { try await db.read { try addPerson("1", $0) } }
        guard case .statement(_, "a read cannot write") = error else { throw error ?? .closed }
        try await #expect(count(db) == 0)
    }
}

@Test(arguments: Engine.all) func `A rule that is checked when saving fails only who broke it`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        let results = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let person = number == 20 ? "nobody" : nil
                    return (try? await db.write { try $0.run("INSERT INTO later (id, person) VALUES (\("\(number)"), \(person))") }) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(results == 39)
        try await #expect(db.read { try $0.count("SELECT COUNT(*) FROM later") } == 39)
    }
}

@Test(arguments: Engine.all) func `Who stops waiting before their turn writes nothing`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        let mayGoOn = DispatchSemaphore(value: 0)
        let hasBegun = NIOLockedValueBox(false)
        let slow = Task {
            try await db.write { _ in
                hasBegun.withLockedValue { $0 = true }
                mayGoOn.wait()
            }
        }
        while !hasBegun.withLockedValue({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        let waiting = Task { try await db.write { try addPerson("1", $0) } }
        try await Task.sleep(for: .milliseconds(20))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        slow.cancel()
        mayGoOn.signal()
        try await slow.value
        try await #expect(count(db) == 0)
    }
}

@Test(arguments: Engine.all) func `Outside its body a transaction is of no use`(engine: Engine) async throws {
    final class Thief: @unchecked Sendable { var tx: Transaction? }
    try await engine.withDatabase(schema) { db in
        let thief = Thief()
        try await db.write { thief.tx = $0 }
        #expect(throws: StoreError.closed) { try thief.tx?.run("DELETE FROM people") }
    }
}
