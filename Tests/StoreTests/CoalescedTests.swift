import NIOConcurrencyHelpers
import Store
import TestSupport
import Testing

@Suite struct CoalescedTests {
    /// A clock that only goes forward, and a question that says at what time it began.
    private struct World {
        let clock = NIOLockedValueBox(0)
        let runs = NIOLockedValueBox(0)
        let coalesced = Coalesced<Int>()

        func tick() -> Int {
            clock.withLockedValue {
                $0 += 1
                return $0
            }
        }

        func ask() async throws -> Int {
            try await coalesced.ask {
                let begun = tick()
                runs.withLockedValue { $0 += 1 }
                try await Task.sleep(for: .milliseconds(2))
                return begun
            }
        }
    }

    @Test func `Sixty-four who ask at once cost two runs, and nobody's answer was asked for before they came`() async throws {
        let world = World()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    let came = world.tick()
                    try await #expect(world.ask() > came)
                }
            }
            try await group.waitForAll()
        }
        // Two where all come while the first run lasts; more on a machine too busy to let them come at once.
        #expect(world.runs.withLockedValue { $0 } <= 32)
    }

    @Test func `Whoever comes while a run is under way waits for the next`() async throws {
        let world = World()
        for _ in 0..<50 {
            async let first = world.ask()
            try await Task.sleep(for: .microseconds(500))
            let came = world.tick()
            async let second = world.ask()
            async let third = world.ask()
            let answers = try await [second, third]
            #expect(answers.allSatisfy { $0 > came })
            _ = try await first
        }
    }

    @Test func `Whoever leaves takes nobody with them, and a failure is for its own run only`() async throws {
        struct Broken: Error {}
        let coalesced = Coalesced<Int>()
        let (hasBegun, mayEnd) = (NIOLockedValueBox(false), NIOLockedValueBox(false))
        let first = Task {
            try await coalesced.ask {
                hasBegun.withLockedValue { $0 = true }
                while !mayEnd.withLockedValue({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
                throw Broken()
            }
        }
        while !hasBegun.withLockedValue({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        let leaving = Task { try await coalesced.ask { 1 } }
        let staying = Task { try await coalesced.ask { 2 } }
        try await Task.sleep(for: .milliseconds(5))
        leaving.cancel()
        first.cancel()
        await #expect(throws: CancellationError.self) { try await leaving.value }
        await #expect(throws: CancellationError.self) { try await first.value }
        mayEnd.withLockedValue { $0 = true }
        try await #expect([1, 2].contains(staying.value))
        try await #expect(coalesced.ask { 3 } == 3)
    }

    @Test(arguments: Engine.all) func `A fresh read sees what was saved before it was asked`(engine: Engine) async throws {
        try await engine.withDatabase(schema) { db in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<20 {
                            let mine = try await db.write { tx in
                                try tx.run("UPDATE trail_head SET seq = seq + 1")
                                return try tx.count("SELECT seq FROM trail_head")
                            }
                            let seen = try await db.fresh("seq") { try $0.count("SELECT seq FROM trail_head") }
                            #expect(seen >= mine)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let nothing: String? = try await db.fresh("nothing") { try $0.value("SELECT name FROM people") }
            #expect(nothing == nil)
        }
    }
}
