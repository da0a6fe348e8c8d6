import Crypto
import Kernel
import Store

/// The record of everything that happened: append-only, each entry holding the digest of the one before.
///
/// An entry is written in the transaction of what it records, so neither can exist without the other. It never holds what
/// people said, nor names, addresses or secrets: only who (an id), what, about which thing, where, when, and plain facts.
public enum Trail {
    /// Adds an entry to the chain.
    ///
    /// - Parameters:
    ///   - what: past tense, such as `voice.said`.
    ///   - subject: what it is about.
    ///   - place: the service and project whose pages it may change; the page cache follows this.
    ///   - facts: small facts such as `["channel": "phone"]`; never words that people said.
    /// - Returns: the entry's number, larger than that of every entry before it.
    @discardableResult
    public static func record(
        _ what: String,
        _ subject: TrailSubject,
        at place: Place,
        facts: [String: String] = [:],
        by deed: Deed,
        in tx: Transaction
    ) throws -> Int {
        let head = try tx.first("SELECT seq, hash FROM trail_head WHERE id = 1") { row in
            TrailHead(seq: try row.next(), hash: try row.next())
        }
        let before = head ?? .beginning
        let entry = TrailEntry(
            seq: before.seq + 1,
            at: deed.at,
            actor: deed.actor.trailName,
            what: what,
            subject: subject,
            service: place.service,
            project: place.project,
            facts: TrailFacts.text(facts),
            before: before.hash
        )
        try tx.run(
            """
            INSERT INTO trail (seq, at, actor, what, subject_kind, subject, service, project, facts, before, hash)
            VALUES (\(entry.seq), \(entry.at), \(entry.actor), \(entry.what), \(entry.subject.kind), \(entry.subject.id),
                    \(entry.service), \(entry.project), \(entry.facts), \(entry.before), \(entry.hash))
            """
        )
        if head == nil {
            try tx.run("INSERT INTO trail_head (id, seq, hash) VALUES (1, \(entry.seq), \(entry.hash))")
        } else {
            try tx.run("UPDATE trail_head SET seq = \(entry.seq), hash = \(entry.hash) WHERE id = 1")
        }
        return entry.seq
    }

    /// The number of the newest entry; 0 while nothing has happened. It moves with every change anybody made.
    public static func newest(in tx: Transaction) throws -> Int {
        try tx.value("SELECT seq FROM trail_head WHERE id = 1") ?? 0
    }

    /// What changed since entry `seq`: the places whose pages may look different now.
    public static func places(since seq: Int, in tx: Transaction) throws -> [Place] {
        try tx.all("SELECT DISTINCT service, project FROM trail WHERE seq > \(seq)") { row in
            Place(service: try row.next(), project: try row.next())
        }
    }
}

/// What an entry is about: the kind of thing and its id.
public struct TrailSubject: Sendable, Hashable, Codable {
    public let kind: String
    public let id: String

    public init<S>(_ kind: String, _ id: ID<S>) {
        self.kind = kind
        self.id = id.text
    }

    /// For the few things that have no id of their own, such as the organisation.
    public init(_ kind: String) {
        self.kind = kind
        id = ""
    }
}

struct TrailHead {
    let seq: Int
    let hash: String

    /// 64 zeros: what the first entry names as the one before it.
    static let beginning = TrailHead(seq: 0, hash: String(repeating: "0", count: 64))
}
