import Directory
import Kernel
import Store
import Trail
import Words

/// Starts a list, which is then in its owner's hand.
public enum StartList {
    public struct Started: Sendable {
        public let list: ShortlistID
        /// What opens it for somebody without an account. Nothing else keeps it.
        public let code: String?
    }

    @discardableResult
    public static func run(title: String = "", by deed: Deed, _ tx: Transaction) throws -> Started {
        let id: ShortlistID = deed.newID()
        let code = deed.actor.person == nil ? ListCode.make(deed.chance) : nil
        let service = try Workplaces.of(deed.actor, tx).first
        let title = title.isEmpty ? (code == nil ? W.titleOfDay(day: Dates.london.day(deed.at)) : W.titleUsual) : title
        try tx.run(
            """
            INSERT INTO shortlists (id, owner, digest, service, title, made_at, changed_at, in_hand_at)
            VALUES (\(id), \(deed.actor.personID), \(code.map { ListCode.digest($0, for: .owner) }), \(service), \(title), \(deed.at), \(deed.at),
                    \(deed.at))
            """
        )
        try Trail.record("list.started", TrailSubject("list", id), at: Place(service: service), by: deed, in: tx)
        return Started(list: id, code: code)
    }
}

/// Puts an entry of the directory on the list that somebody has in hand, or on a new one.
public enum PutOnList {
    public static func run(_ entry: EntryID, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws -> StartList.Started {
        let found = try EntryStore.find(entry, tx)
        try DirectoryPolicy.read(found, by: deed.actor)
        guard found.state == .shown else { throw Refusal.gone(because: W.entryGone) }
        let list = try ListStore.inHand(of: holder, at: deed.at, tx)
        let started = try list.map { StartList.Started(list: $0.id, code: nil) } ?? StartList.run(by: deed, tx)
        try add(entry, to: started.list, by: deed, tx)
        return started
    }

    /// On a list of one's own choice.
    public static func run(_ entry: EntryID, on list: ShortlistID, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws {
        _ = try ListStore.find(list, for: holder, tx)
        try DirectoryPolicy.read(try EntryStore.find(entry, tx), by: deed.actor)
        try add(entry, to: list, by: deed, tx)
    }

    private static func add(_ entry: EntryID, to id: ShortlistID, by deed: Deed, _ tx: Transaction) throws {
        let places = try ListStore.places(of: id, tx)
        guard !places.contains(where: { $0.entry == entry }) else { return }
        guard places.count < Shortlist.most else { throw Refusal.notAllowed(because: W.listFull(most: "\(Shortlist.most)")) }
        try tx.run(
            """
            INSERT INTO shortlist_places (list, entry, place, added_at)
            SELECT \(id), \(entry), COALESCE(MAX(place), 0) + 1, \(deed.at) FROM shortlist_places WHERE list = \(id)
            """
        )
        try ListStore.touch(id, deed, tx)
        try tx.run("UPDATE shortlists SET in_hand_at = \(deed.at) WHERE id = \(id)")
        // Which entry it was says what somebody needs: the trail must not know it for ever.
        try Trail.record("list.filled", TrailSubject("list", id), at: try ListStore.find(id, tx).place, by: deed, in: tx)
    }
}
