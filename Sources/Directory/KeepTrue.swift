import Crypto
import HTML
import Kernel
import OpenReferral
import Store
import Trail

/// Who vouches for an entry: somebody of the place itself, reached by a link that needs no account.
public struct EntryOwner: Sendable {
    public let name: String
    public let contact: String
    public let madeAt: Moment

    public static func of(_ entry: EntryID, _ tx: Transaction) throws -> EntryOwner? {
        try tx.first("SELECT name, contact, made_at FROM directory_owners WHERE entry = \(entry)") { row in
            EntryOwner(name: try row.next(), contact: try row.next(), madeAt: try row.next())
        }
    }

    /// The entry that this link opens. Throws `.deadLink` where it opens none.
    public static func entry(for token: String, _ tx: Transaction) throws -> (entry: Entry, name: String) {
        let found = try tx.first("SELECT entry, name FROM directory_owners WHERE digest = \(digest(token))") { row in
            (id: try row.next() as EntryID, name: try row.next() as String)
        }
        let dead = Refusal.deadLink(
            DeadLink(heading: W.deadOwnerHeading, because: W.deadOwner, label: W.directory, path: "/directory")
        )
        guard let found else { throw dead }
        let entry = try EntryStore.find(found.id, tx)
        guard entry.state == .shown || entry.state == .held else { throw dead }
        return (entry, found.name)
    }

    static func digest(_ token: String) -> String { Hex.text(of: SHA256.hash(data: Array("owner:\(token)".utf8))) }
}

/// Names who vouches for an entry, and makes the link by which they do. A link that was made before opens nothing any more.
public enum NameOwner {
    /// - Returns: the secret part of the link. Nothing else keeps it.
    public static func run(_ id: EntryID, name: String, contact: String, by deed: Deed, _ tx: Transaction) throws -> String {
        try DirectoryPolicy.edit(by: deed.actor)
        _ = try EntryStore.find(id, tx)
        let token = deed.chance.token(26)
        try tx.run(
            """
            INSERT INTO directory_owners (entry, name, contact, digest, made_at, made_by)
            VALUES (\(id), \(name), \(contact), \(EntryOwner.digest(token)), \(deed.at), \(deed.actor.personID))
            ON CONFLICT (entry) DO UPDATE SET name = excluded.name, contact = excluded.contact, digest = excluded.digest,
                made_at = excluded.made_at, made_by = excluded.made_by
            """
        )
        try Trail.record("entry.owner-named", TrailSubject("entry", id), at: .organisation, by: deed, in: tx)
        return token
    }
}

/// Says that an entry is true today.
public enum ConfirmEntry {
    /// By an editor.
    public static func run(_ id: EntryID, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        try confirm(try EntryStore.find(id, tx), name: nil, deed, tx)
    }

    /// By its owner, who holds the link.
    public static func run(token: String, by deed: Deed, _ tx: Transaction) throws {
        let (entry, name) = try EntryOwner.entry(for: token, tx)
        try confirm(entry, name: name, deed, tx)
    }

    private static func confirm(_ entry: Entry, name: String?, _ deed: Deed, _ tx: Transaction) throws {
        var entry = entry
        entry.assuredAt = deed.at
        entry.reviewDue = deed.at.adding(days: Entry.reviewDays)
        try EntryStore.update(&entry, what: "confirmed", why: "", name: name, by: deed, tx)
        try Trail.record("entry.confirmed", TrailSubject("entry", entry.id), at: .organisation, facts: by(name), by: deed, in: tx)
    }

    static func by(_ name: String?) -> [String: String] { name == nil ? [:] : ["by": "owner"] }
}

/// An owner mends their entry by the link. Whether it is secret is not theirs to undo: only an editor shows an address.
public enum MendEntry {
    public static func run(token: String, to draft: EntryDraft, version: Int, by deed: Deed, _ tx: Transaction) throws {
        let (entry, name) = try EntryOwner.entry(for: token, tx)
        var draft = draft
        draft.isSecret = entry.isSecret
        try ChangeEntry.checkNewest(entry, draft, version, .path("/directory/confirm", token), tx)
        try ChangeEntry.apply(draft, to: entry, what: "mended", why: "", name: name, by: deed, tx)
    }
}

/// Something that somebody noticed about an entry.
public struct Told: Sendable, Encodable {
    public let id: String
    public let entry: EntryID
    public let name: String
    public let words: String
    public let at: Moment

    private enum CodingKeys: String, CodingKey { case id, entry, name, words }

    /// What nobody has dealt with yet, the oldest first.
    public static func waiting(_ tx: Transaction) throws -> [Told] {
        try tx.all(
            """
            SELECT directory_told.id, directory_told.entry, directory_entries.name, directory_told.words, directory_told.told_at
            FROM directory_told JOIN directory_entries ON directory_entries.id = directory_told.entry
            WHERE directory_told.settled_at IS NULL ORDER BY directory_told.told_at, directory_told.id
            """
        ) { row in
            Told(id: try row.next(), entry: try row.next(), name: try row.next(), words: try row.next(), at: try row.next())
        }
    }
}

/// Anybody says that an entry is no longer right.
public enum TellChange {
    public static let limit = 1_000

    public static func run(_ id: EntryID, words: String, by deed: Deed, _ tx: Transaction) throws {
        let entry = try EntryStore.find(id, tx)
        try DirectoryPolicy.read(entry, by: deed.actor)
        let told: ID<Subject.Entry> = deed.newID()
        try tx.run("INSERT INTO directory_told (id, entry, words, told_at) VALUES (\(told), \(id), \(words), \(deed.at))")
        try Trail.record("entry.told", TrailSubject("entry", id), at: .organisation, by: deed, in: tx)
    }
}

/// An editor has dealt with what somebody noticed.
public enum SettleTold {
    public static func run(_ told: ID<Subject.Entry>, answer: String, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let entry: EntryID? = try tx.value("SELECT entry FROM directory_told WHERE id = \(told) AND settled_at IS NULL")
        guard let entry else { throw Refusal.notFound }
        try tx.run(
            """
            UPDATE directory_told SET settled_at = \(deed.at), settled_by = \(deed.actor.personID), answer = \(answer) WHERE id = \(told)
            """
        )
        try Trail.record("entry.told-settled", TrailSubject("entry", entry), at: .organisation, by: deed, in: tx)
    }
}
