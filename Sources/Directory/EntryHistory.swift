import Kernel
import OpenReferral
import Store
import Trail

/// What an entry was, and what was done to it.
public struct EntryVersion: Sendable {
    public let version: Int
    public let state: Entry.State
    public let service: ORUK.Service
    public let provider: ProviderID?
    public let isSecret: Bool
    /// What ended this version, such as `changed`.
    public let what: String
    public let why: String
    public let at: Moment
    /// Who did it, if they have a name.
    public let by: String?

    public static func all(of entry: EntryID, _ tx: Transaction) throws -> [EntryVersion] {
        try tx.all(
            """
            SELECT version, state, document, provider, secret, what, why, at,
                   COALESCE(by_name, (SELECT name FROM people WHERE people.id = directory_versions.by_whom))
            FROM directory_versions WHERE entry = \(entry) ORDER BY version DESC
            """
        ) { row in
            EntryVersion(
                version: try row.next(),
                state: try row.next(),
                service: try ORUK.read(ORUK.Service.self, Array((try row.next() as String).utf8)),
                provider: try row.next(),
                isSecret: try row.next(),
                what: try row.next(),
                why: try row.next(),
                at: try row.next(),
                by: try row.next()
            )
        }
    }
}

/// Makes an entry what it was before. What it is now becomes part of its history, so that this can be undone as well.
public enum UndoChange {
    public static func run(_ id: EntryID, to version: Int, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        var entry = try EntryStore.find(id, tx)
        guard let old = try EntryVersion.all(of: id, tx).first(where: { $0.version == version }) else { throw Refusal.notFound }
        // Two that became one stay one: their places stand in the other by now.
        guard entry.state != .merged, old.state != .merged else { throw Refusal.notAllowed(because: W.mergedStays) }
        entry.state = old.state
        // What was secret then is so again: its address was kept nowhere.
        entry.isSecret = entry.isSecret || old.isSecret
        entry.service = entry.isSecret ? old.service.withoutAddress : old.service
        entry.provider = old.provider
        try EntryStore.update(&entry, what: "undone", why: "", by: deed, tx)
        try Trail.record("entry.undone", TrailSubject("entry", id), at: .organisation, facts: ["to": "\(version)"], by: deed, in: tx)
    }
}
