import Directory
import Jobs
import Kernel
import OpenReferral
import Store
import Trail

/// Names a feed that is looked after from now on, and has it taken as soon as the machine gets to it.
public enum AddFeed {
    public static func run(_ feed: TakeFeed.Feed, by deed: Deed, _ tx: Transaction) throws -> ImportID {
        try DirectoryPolicy.edit(by: deed.actor)
        let id = try keep(feed, by: deed, tx)
        try AskFeed.run(id, by: deed, tx)
        return id
    }

    /// One that came as a file: what it holds is taken at once, and it is not asked for again.
    static func run(_ feed: TakeFeed.Feed, holding file: FeedFile, by deed: Deed, _ tx: Transaction) throws -> ImportID {
        try DirectoryPolicy.edit(by: deed.actor)
        let id = try keep(feed, by: deed, tx)
        let services = file.services
        var count = TakeFeed.Count()
        for start in stride(from: 0, to: services.count, by: TakeFeed.batch) {
            let some = Array(services[start..<min(start + TakeFeed.batch, services.count)])
            count = count + (try FeedEntry.take(some, id, deed, tx))
        }
        try FeedProgress(id: id).save(count, deed.at, tx)
        try FeedProgress(id: id).save(file.faults, tx)
        try tx.run("UPDATE directory_feeds SET began_at = \(deed.at), ended_at = \(deed.at) WHERE source = \(id)")
        return id
    }

    private static func keep(_ feed: TakeFeed.Feed, by deed: Deed, _ tx: Transaction) throws -> ImportID {
        let id = try TakeFeed.source(feed, by: deed, tx).id
        try tx.run("INSERT INTO directory_feeds (source, state) VALUES (\(id), 'idle') ON CONFLICT (source) DO NOTHING")
        return id
    }
}

/// Has a feed taken now.
public enum AskFeed {
    public static func run(_ id: ImportID, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        guard try KeptFeed.find(id, tx).address != nil else { throw Refusal.notAllowed(because: W.feedIsFile) }
        try tx.run("UPDATE directory_feeds SET state = 'waiting', is_stopping = 0 WHERE source = \(id) AND state = 'idle'")
        try Jobs.enqueue(TakeFeeds.job, due: deed.at, by: deed, tx)
        try Trail.record("directory.feed-asked", TrailSubject("import", id), at: .organisation, by: deed, in: tx)
    }
}

/// Stops a feed that is being taken, or is about to be. What came in stays.
public enum StopFeed {
    public static func run(_ id: ImportID, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        _ = try KeptFeed.find(id, tx)
        try tx.run("UPDATE directory_feeds SET is_stopping = 1 WHERE source = \(id) AND state = 'taking'")
        try tx.run("UPDATE directory_feeds SET state = 'idle' WHERE source = \(id) AND state = 'waiting'")
        try Trail.record("directory.feed-stopped", TrailSubject("import", id), at: .organisation, by: deed, in: tx)
    }
}

/// Says whether a feed is taken every night by itself.
public enum SetNights {
    public static func run(_ id: ImportID, isOn: Bool, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        guard try KeptFeed.find(id, tx).address != nil else { throw Refusal.notAllowed(because: W.feedIsFile) }
        try tx.run("UPDATE directory_feeds SET next_at = \(isOn ? next(after: deed.at, id) : nil) WHERE source = \(id)")
        let facts = ["nights": isOn ? "yes" : "no"]
        try Trail.record("directory.feed-nights", TrailSubject("import", id), at: .organisation, facts: facts, by: deed, in: tx)
    }

    /// Between two and four at night (UTC), each feed at a minute of its own, so that not everybody is asked at once.
    static func next(after now: Moment, _ id: ImportID) -> Moment {
        let day: Int64 = 86_400_000
        let minute = id.text.utf8.reduce(0) { ($0 * 31 + Int64($1)) % 120 }
        let tonight = now.milliseconds / day * day + (120 + minute) * 60_000
        return Moment(milliseconds: tonight > now.milliseconds ? tonight : tonight + day)
    }
}

/// Looks after a feed no longer. Its entries stay, as true as they are now, or are taken out, as somebody decides.
public enum RemoveFeed {
    public enum Entries: String, Sendable, CaseIterable { case stay, out }

    public static func run(_ id: ImportID, _ entries: Entries, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        guard try KeptFeed.find(id, tx).state == .idle else { throw Refusal.notAllowed(because: W.feedStopFirst) }
        try tx.run("DELETE FROM directory_feed_faults WHERE source = \(id)")
        try tx.run("DELETE FROM directory_feeds WHERE source = \(id)")
        if entries == .out {
            let ids = try tx.values(
                "SELECT id FROM directory_entries WHERE source = \(id) AND state IN ('shown', 'held') ORDER BY number",
                as: EntryID.self
            )
            for entry in ids { try WithdrawEntry.run(entry, why: W.feedRemoved, by: deed, tx) }
        }
        let facts = ["entries": entries.rawValue]
        try Trail.record("directory.feed-removed", TrailSubject("import", id), at: .organisation, facts: facts, by: deed, in: tx)
    }
}

/// How far the taking of a feed has come, in its row.
struct FeedProgress: Sendable {
    // What is wrong with a hundred is wrong with all.
    private static let mostFaults = 100

    let id: ImportID

    func save(_ count: TakeFeed.Count, _ now: Moment, _ tx: Transaction) throws {
        try tx.run(
            """
            UPDATE directory_feeds SET added = \(count.new), changed = \(count.changed), same = \(count.same), held = \(count.held),
                beat_at = \(now) WHERE source = \(id)
            """
        )
    }

    func save(_ faults: [FeedFault], _ tx: Transaction) throws {
        let before = try tx.count("SELECT faults + notes FROM directory_feeds WHERE source = \(id)")
        for (place, fault) in faults.enumerated() where before + place < Self.mostFaults {
            try tx.run(
                """
                INSERT INTO directory_feed_faults (source, number, page, place, name, sentence, is_note)
                VALUES (\(id), \(before + place), \(fault.page), \(fault.place), \(fault.name), \(fault.sentence), \(fault.isNote))
                """
            )
        }
        let notes = faults.count(where: \.isNote)
        try tx.run(
            "UPDATE directory_feeds SET faults = faults + \(faults.count - notes), notes = notes + \(notes) WHERE source = \(id)"
        )
    }

    func isStopping(_ tx: Transaction) throws -> Bool {
        try tx.count("SELECT COUNT(*) FROM directory_feeds WHERE source = \(id) AND is_stopping = 0") == 0
    }
}

/// The job that takes every feed that is due, one after the other. Several processes may run it: each feed is taken by one of them.
public struct TakeFeeds: Sendable {
    public static let job = "take-feeds"
    // Ten minutes: the slowest page that is waited for takes three tries of a minute.
    static let silentMinutes = 10

    let db: Database
    let read: @Sendable (_ address: String) -> FeedReader
    let clock: @Sendable () -> Moment

    public init(
        _ db: Database,
        clock: @escaping @Sendable () -> Moment = { .now() },
        read: @escaping @Sendable (_ address: String) -> FeedReader
    ) {
        (self.db, self.clock, self.read) = (db, clock, read)
    }

    public func run() async throws {
        while !Task.isCancelled, let feed = try await claim() { try await take(feed) }
    }

    /// Asked for, due tonight, or left by a process that is gone.
    private func claim() async throws -> KeptFeed? {
        let now = clock()
        let silent = now.adding(minutes: -Self.silentMinutes)
        return try await db.write { tx in
            let id: ImportID? = try tx.value(
                """
                SELECT source FROM directory_feeds WHERE state = 'waiting' OR (state = 'idle' AND next_at <= \(now))
                    OR (state = 'taking' AND beat_at < \(silent))
                ORDER BY COALESCE(began_at, 0), source LIMIT 1\(tx.dialect.skipLocked)
                """
            )
            guard let id else { return nil }
            try tx.run(
                """
                UPDATE directory_feeds SET state = 'taking', is_stopping = 0, began_at = \(now), beat_at = \(now), added = 0, changed = 0, same = 0,
                    held = 0, faults = 0, notes = 0, problem = NULL, next_at = CASE WHEN next_at IS NULL THEN NULL ELSE \(SetNights.next(after: now, id)) END
                WHERE source = \(id)
                """
            )
            try tx.run("DELETE FROM directory_feed_faults WHERE source = \(id)")
            return try KeptFeed.find(id, tx)
        }
    }

    private func take(_ feed: KeptFeed) async throws {
        let (db, clock, progress) = (db, clock, FeedProgress(id: feed.id))
        var problem: String?
        do {
            let address = feed.address ?? ""
            let take = TakeFeed(
                .init(name: feed.name, address: address),
                into: db,
                clock: clock,
                tell: { count in
                    let mustStop = try await db.write { tx in
                        try progress.save(count, clock(), tx)
                        return try progress.isStopping(tx)
                    }
                    if mustStop { throw FeedProblem.stopped }
                },
                faults: { faults in _ = try await db.write { tx in try progress.save(faults, tx) } }
            )
            _ = try await take.run(read(address))
        } catch let why as FeedProblem { problem = why.description } catch is CancellationError {
            throw CancellationError()
        } catch {
            // Whatever it was about one feed, it does not keep the others waiting, and somebody reads that it happened.
            problem = W.feedBroke
        }
        let (ended, why) = (clock(), problem)
        _ = try await db.write { tx in
            try tx.run(
                "UPDATE directory_feeds SET state = 'idle', is_stopping = 0, ended_at = \(ended), problem = \(why) WHERE source = \(feed.id)"
            )
        }
    }
}
