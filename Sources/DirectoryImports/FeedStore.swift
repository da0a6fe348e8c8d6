import Directory
import Kernel
import Store

/// A feed that somebody looks after: when it is taken, and how that went.
public struct KeptFeed: Sendable {
    public enum State: String, Sendable, Codable, Column {
        case idle
        /// It is taken as soon as the machine gets to it.
        case waiting
        case taking
    }

    public let id: ImportID
    public let name: String
    /// nil for one that came as a file.
    public let address: String?
    public let licence: String
    public let note: String
    public let state: State
    public let isStopping: Bool
    public let nextAt: Moment?
    public let beganAt: Moment?
    public let endedAt: Moment?
    /// Of the last time, or of now where it is being taken.
    public let count: TakeFeed.Count
    public let faults: Int
    /// Parts that were left out of what came in.
    public let notes: Int
    /// Why it was not read to its end.
    public let problem: String?

    public static let fileScheme = "file:"

    static let columns: SQL = """
        directory_feeds.source, directory_sources.name, directory_sources.address, directory_sources.licence, directory_sources.note,
        directory_feeds.state, directory_feeds.is_stopping, directory_feeds.next_at, directory_feeds.began_at, directory_feeds.ended_at,
        directory_feeds.added, directory_feeds.changed, directory_feeds.same, directory_feeds.held, directory_feeds.faults,
        directory_feeds.notes, directory_feeds.problem
        """
    static let tables: SQL = "directory_feeds JOIN directory_sources ON directory_sources.id = directory_feeds.source"

    init(_ row: inout Row) throws {
        id = try row.next()
        name = try row.next()
        let place: String? = try row.next()
        address = place.flatMap { $0.hasPrefix(Self.fileScheme) ? nil : $0 }
        licence = try row.next()
        note = try row.next()
        state = try row.next()
        isStopping = try row.next()
        nextAt = try row.next()
        beganAt = try row.next()
        endedAt = try row.next()
        count = TakeFeed.Count(new: try row.next(), changed: try row.next(), same: try row.next(), held: try row.next())
        faults = try row.next()
        notes = try row.next()
        problem = try row.next()
    }

    public static func all(_ tx: Transaction) throws -> [KeptFeed] {
        try tx.all("SELECT \(columns) FROM \(tables) ORDER BY directory_sources.made_at, directory_sources.id") { try KeptFeed(&$0) }
    }

    /// Throws `.notFound` where nobody looks after one of this id.
    public static func find(_ id: ImportID, _ tx: Transaction) throws -> KeptFeed {
        let found = try tx.first("SELECT \(columns) FROM \(tables) WHERE directory_feeds.source = \(id)") { try KeptFeed(&$0) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// What was no service the last time, or had to be left out of one, at most 100.
    static func faults(of id: ImportID, _ tx: Transaction) throws -> [FeedFault] {
        try tx.all("SELECT page, place, name, sentence, is_note FROM directory_feed_faults WHERE source = \(id) ORDER BY number LIMIT 100")
        {
            row in
            FeedFault(page: try row.next(), place: try row.next(), name: try row.next(), sentence: try row.next(), isNote: try row.next())
        }
    }

    /// How many of its entries everybody sees.
    static func shown(of id: ImportID, _ tx: Transaction) throws -> Int {
        try tx.count("SELECT COUNT(*) FROM directory_entries WHERE source = \(id) AND state = 'shown'")
    }
}
