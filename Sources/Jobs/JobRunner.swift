import Kernel
import Logging
import Metrics
import ServiceLifecycle
import Store

/// Does what is due. Several may run on one database, in one process or in many: each job is done by one of them.
public struct JobRunner: Service {
    /// Eight tries: 1, 2, 4 … 64 minutes after each other, two hours in all, which outlives a restart of anything we depend on.
    static let mostTries = 8

    private let db: Database
    private let kinds: [String: JobKind]
    private let clock: @Sendable () -> Moment
    private let chance: Chance
    private let logger: Logger

    public init(
        db: Database,
        kinds: [JobKind],
        clock: @escaping @Sendable () -> Moment = { .now() },
        chance: Chance = .system,
        logger: Logger
    ) {
        self.db = db
        self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, $0) })
        self.clock = clock
        self.chance = chance
        self.logger = logger
    }

    /// Looks every five seconds until it is told to stop; a job that was begun is finished first.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await runDue() } catch is CancellationError {} catch {
                    logger.warning(
                        "jobs wait: the database does not answer",
                        metadata: ["kind": "\((error as? StoreError)?.kind ?? "\(type(of: error))")"]
                    )
                }
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    /// Does everything that is due now, one after the other. Answers how many were done or failed.
    @discardableResult public func runDue() async throws -> Int {
        try await keepRepeating()
        var count = try await runAlone()
        while !Task.isCancelled, try await isAnyDue(), let outcome = try await runOne() {
            count += 1
            note(outcome)
        }
        return count
    }

    // MARK: One job

    private struct Outcome: Sendable {
        let kind: String
        /// Nil where it went well.
        let reason: String?
        /// How long it took; nil where it failed.
        var took: Duration?
    }

    /// What a job threw, with the job that threw it: out of the transaction, so that its work is undone, and into the next, which keeps the reason.
    private struct Failed: Error {
        let id: JobID
        let kind: String
        let tries: Int
        let reason: String
    }

    private func runOne() async throws -> Outcome? {
        do {
            return try await db.write { [self] tx in try runNext(tx) }
        } catch let failed as Failed {
            try await db.write { [self] tx in try hold(failed, tx) }
            return Outcome(kind: failed.kind, reason: failed.reason)
        }
    }

    private func runNext(_ tx: Transaction) throws -> Outcome? {
        let now = clock()
        let next = try tx.first(
            """
            SELECT id, kind, payload, tries FROM jobs
            WHERE failed IS NULL AND due <= \(now) AND held_until <= \(now) AND kind IN \(list: inside)
            ORDER BY due, id LIMIT 1\(tx.dialect.skipLocked)
            """
        ) { row in
            (id: try row.next() as JobID, kind: try row.next() as String, payload: try row.next() as String, tries: try row.next() as Int)
        }
        guard let next, let kind = kinds[next.kind] else { return nil }
        let deed = Deed(by: .system("jobs"), at: now, chance: chance)
        let start = ContinuousClock.now
        do {
            try kind.run(next.payload, deed, tx)
        } catch let error as StoreError where error.isPassing { throw error } catch {
            throw Failed(id: next.id, kind: next.kind, tries: next.tries + 1, reason: Self.reason(error))
        }
        try tx.run("DELETE FROM jobs WHERE id = \(next.id)")
        if let minutes = kind.repeats { try Jobs.enqueue(kind.name, due: now.adding(minutes: minutes), by: deed, tx) }
        return Outcome(kind: next.kind, reason: nil, took: .now - start)
    }

    // MARK: Work outside every transaction

    /// Each kind that waits is run once, and then all that had waited for it before is done.
    private func runAlone() async throws -> Int {
        var count = 0
        for kind in kinds.values.sorted(by: { $0.name < $1.name }) {
            guard let run = kind.runAlone else { continue }
            let now = clock()
            let name = kind.name
            let waiting = try await db.read { tx in
                try tx.all("SELECT id, tries FROM jobs WHERE kind = \(name) AND due <= \(now) AND held_until <= \(now)") { row in
                    (id: try row.next() as JobID, tries: try row.next() as Int)
                }
            }
            guard !waiting.isEmpty else { continue }
            count += 1
            do {
                let deed = Deed(by: .system("jobs"), at: now, chance: chance)
                let start = ContinuousClock.now
                try await run(db, deed)
                let took = ContinuousClock.now - start
                try await db.write { tx in
                    try tx.run("DELETE FROM jobs WHERE id IN \(list: waiting.map(\.id))")
                    // Where another process has done the same meanwhile, it is in the table already.
                    guard let minutes = kind.repeats, try tx.count("SELECT COUNT(*) FROM jobs WHERE kind = \(name)") == 0 else { return }
                    try Jobs.enqueue(name, due: now.adding(minutes: minutes), by: deed, tx)
                }
                note(Outcome(kind: name, reason: nil, took: took))
            } catch {
                let reason = Self.reason(error)
                try await db.write { [self] tx in
                    for job in waiting { try hold(Failed(id: job.id, kind: name, tries: job.tries + 1, reason: reason), tx) }
                }
                note(Outcome(kind: name, reason: reason))
            }
        }
        return count
    }

    private func hold(_ failed: Failed, _ tx: Transaction) throws {
        let until = clock().adding(minutes: 1 << min(failed.tries - 1, 10))
        // What repeats is never given up: there would be nothing left to try it again. Nor is what a promise was made about.
        let isKept = kinds[failed.kind].map { $0.repeats != nil || $0.runAlone != nil } ?? false
        let isGivenUp = failed.tries >= Self.mostTries && !isKept
        try tx.run(
            "UPDATE jobs SET tries = \(failed.tries), held_until = \(until), failed = \(isGivenUp ? failed.reason : nil) WHERE id = \(failed.id)"
        )
    }

    /// The kind of error and nothing it holds: its words may be somebody's.
    private static func reason(_ error: any Error) -> String {
        (error as? StoreError).map { "StoreError.\($0.kind)" } ?? "\(type(of: error))"
    }

    private func note(_ outcome: Outcome) {
        Counter(label: "heard_jobs_total", dimensions: [("kind", outcome.kind), ("result", outcome.reason == nil ? "done" : "failed")])
            .increment()
        if let took = outcome.took {
            let (seconds, attoseconds) = took.components
            Timer(label: "heard_job_seconds", dimensions: [("kind", outcome.kind)])
                .recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        }
        if let reason = outcome.reason { logger.warning("a job failed", metadata: ["kind": "\(outcome.kind)", "reason": "\(reason)"]) }
    }

    // MARK: Looking

    /// The kinds that run in a transaction.
    private var inside: [String] { kinds.values.filter { $0.runAlone == nil }.map(\.name).sorted() }

    /// A reader's question: the writer is not woken every five seconds for nothing.
    private func isAnyDue() async throws -> Bool {
        let now = clock()
        let names = inside
        // A runner for work outside every transaction alone.
        guard !names.isEmpty else { return false }
        let due = try await db.read { tx in
            try tx.count(
                "SELECT COUNT(*) FROM jobs WHERE failed IS NULL AND due <= \(now) AND held_until <= \(now) AND kind IN \(list: names)"
            )
        }
        Meter(label: "heard_jobs_due").set(due)
        return due > 0
    }

    private func keepRepeating() async throws {
        let repeating = kinds.values.filter { $0.repeats != nil }
        let names = repeating.map(\.name).sorted()
        let known = try await db.read { tx in try tx.count("SELECT COUNT(DISTINCT kind) FROM jobs WHERE kind IN \(list: names)") }
        guard known < names.count else { return }
        let deed = Deed(by: .system("jobs"), at: clock(), chance: chance)
        try await db.write { tx in for kind in repeating { try Jobs.keep(kind, by: deed, tx) } }
    }
}
