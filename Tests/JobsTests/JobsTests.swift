import App
import HouseSupport
import Jobs
import Kernel
import Logging
import NIOConcurrencyHelpers
import Store
import TestSupport
import Testing

struct JobsTests {
    private let now = Moment(milliseconds: 1_773_000_000_000)

    @Test(arguments: Engine.all) func `Two runners on one database do each job once`(engine: Engine) async throws {
        try await engine.withAddress { address in
            let (one, two) = (try Engine.open(address), try Engine.open(address))
            try await one.migrate(House.migrations)
            let done = NIOLockedValueBox<[String]>([])
            let kind = JobKind("note") { payload, deed, tx in
                try tx.run("INSERT INTO submissions (token, location, at) VALUES (\(payload), '', \(deed.at))")
                done.withLockedValue { $0.append(payload) }
            }
            try await enqueue((0..<40).map { "job \($0)" }, on: one)
            async let first = runner(one, kind).runDue()
            async let second = runner(two, kind).runDue()
            #expect(try await first + second == 40)
            #expect(try await one.read { try $0.count("SELECT COUNT(*) FROM submissions") } == 40)
            #expect(try await one.read { try $0.count("SELECT COUNT(*) FROM jobs") } == 0)
            await one.close()
            await two.close()
        }
    }

    @Test(arguments: Engine.all) func `What fails leaves nothing behind, waits longer each time and is kept with its reason`(engine: Engine)
        async throws
    {
        struct TooBad: Error {}
        try await engine.withDatabase(House.migrations) { db in
            let kind = JobKind("note") { payload, deed, tx in
                try tx.run("INSERT INTO submissions (token, location, at) VALUES (\(payload), '', \(deed.at))")
                throw TooBad()
            }
            try await enqueue(["a"], on: db)
            var (time, waits) = (now, [Int]())
            for _ in 0..<8 {
                #expect(try await runner(db, kind, at: time).runDue() == 1)
                #expect(try await runner(db, kind, at: time).runDue() == 0)
                let until = try await db.read { try $0.value("SELECT held_until FROM jobs", as: Moment.self) } ?? time
                waits.append(Int(until.milliseconds - time.milliseconds) / 60_000)
                time = until
            }
            #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128])
            #expect(try await runner(db, kind, at: time).runDue() == 0)
            #expect(try await db.read { try Jobs.failed(in: $0).map(\.reason) } == ["TooBad"])
            #expect(try await db.read { try $0.count("SELECT COUNT(*) FROM submissions") } == 0)
        }
    }

    @Test(arguments: Engine.all) func `Work on the whole database is tried until it succeeds, and once for all that waited`(engine: Engine)
        async throws
    {
        struct Busy: Error {}
        try await engine.withDatabase(House.migrations) { db in
            let runs = NIOLockedValueBox(0)
            let kind = JobKind(
                "note",
                alone: { db, _ in
                    let run = runs.withLockedValue { runs in
                        runs += 1
                        return runs
                    }
                    if run < 12 { throw Busy() }
                    try await db.scrub(["jobs"])
                }
            )
            try await enqueue(["a", "b"], on: db)
            var time = now
            for _ in 0..<12 {
                #expect(try await runner(db, kind, at: time).runDue() == 1)
                time = try await db.read { try $0.value("SELECT held_until FROM jobs ORDER BY held_until DESC", as: Moment.self) } ?? time
            }
            #expect(runs.withLockedValue { $0 } == 12)
            #expect(try await db.read { try $0.count("SELECT COUNT(*) FROM jobs") } == 0)
            #expect(try await db.read { try Jobs.failed(in: $0).isEmpty })
        }
    }

    @Test(arguments: Engine.all) func `Work outside every transaction that repeats is due again once, whoever else did it meanwhile`(
        engine: Engine
    ) async throws {
        try await engine.withDatabase(House.migrations) { db in
            let (inner, time) = (JobKind("count", everyMinutes: 2, alone: { _, _ in }), now)
            // While one process works, another does the same.
            let kind = JobKind("count", everyMinutes: 2, alone: { db, _ in _ = try await runner(db, inner, at: time).runDue() })
            #expect(try await runner(db, kind).runDue() == 1)
            let due = try await db.read { tx in try tx.values("SELECT due FROM jobs", as: Moment.self) }
            #expect(due == [now.adding(minutes: 2)])
            #expect(try await runner(db, inner).runDue() == 0)
        }
    }

    @Test(arguments: Engine.all) func `A job is not done before it is due, nor by a version that does not know it`(engine: Engine)
        async throws
    {
        try await engine.withDatabase(House.migrations) { db in
            try await enqueue(["later"], on: db)
            #expect(try await runner(db, JobKind("note") { _, _, _ in }, at: now.adding(minutes: -1)).runDue() == 0)
            #expect(try await runner(db, JobKind("other") { _, _, _ in }).runDue() == 0)
            #expect(try await runner(db, JobKind("note") { _, _, _ in }).runDue() == 1)
        }
    }

    @Test(arguments: Engine.all) func `The sweep forgets what is over and keeps what is not, and comes back in an hour`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let now = house.now
            let person = house.cast.person(.parent)
            try await house.db.write { tx in
                for (name, ends) in [("over", now), ("on", now.adding(days: 9))] {
                    try tx.run(
                        """
                        INSERT INTO sign_ins (digest, person, csrf, stage, made_at, seen_at, ends_at)
                        VALUES (\(name), \(person), 'c', 'whole', \(now), \(now), \(ends))
                        """
                    )
                }
                try tx.run(
                    "INSERT INTO submissions (token, location, at) VALUES ('old', '/', \(now.adding(days: -1))), ('new', '/', \(now))"
                )
            }
            let runner = JobRunner(db: house.db, kinds: House.jobs().filter { $0.name == "sweep" }, clock: { now }, logger: quiet)
            #expect(try await runner.runDue() == 1)
            let (signIns, submissions, due) = try await house.db.read { tx in
                (
                    try tx.values("SELECT digest FROM sign_ins WHERE digest IN ('over', 'on')", as: String.self),
                    try tx.values("SELECT token FROM submissions", as: String.self), try tx.values("SELECT due FROM jobs", as: Moment.self)
                )
            }
            #expect(signIns == ["on"] && submissions == ["new"] && due == [now.adding(minutes: 60)])
            #expect(try await runner.runDue() == 0)
        }
    }

    private func enqueue(_ payloads: [String], on db: Database) async throws {
        let deed = Deed(by: .system("test"), at: now)
        try await db.write { tx in for payload in payloads { try Jobs.enqueue("note", payload, due: deed.at, by: deed, tx) } }
    }

    private func runner(_ db: Database, _ kind: JobKind, at time: Moment? = nil) -> JobRunner {
        let time = time ?? now
        return JobRunner(db: db, kinds: [kind], clock: { time }, logger: quiet)
    }

    private var quiet: Logger {
        var logger = Logger(label: "heard.tests")
        logger.logLevel = .critical
        return logger
    }
}
