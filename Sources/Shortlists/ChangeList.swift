import Kernel
import Store
import Trail

/// Changes a list: its title, why each place is on it, and their order.
public enum ChangeList {
    public enum Move: String, Sendable { case up, down, off }

    /// - Parameters:
    ///   - notes: by entry; those that are left out stay as they are.
    ///   - move: what becomes of one of the places.
    public static func run(
        _ id: ShortlistID,
        title: String,
        service: ServiceID? = nil,
        notes: [EntryID: String],
        move: (Move, EntryID)? = nil,
        as holder: ListHolder,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let list = try ListStore.find(id, for: holder, tx)
        try tx.run("UPDATE shortlists SET title = \(title) WHERE id = \(id)")
        if let service, service != list.service {
            // A family's page and its referrals stay where they were asked for.
            guard !list.isForFamily else { throw Refusal.notAllowed(because: W.familyHasIt) }
            try ListPolicy.work(at: service, of: Workplaces.of(deed.actor, tx), by: deed.actor)
            try tx.run("UPDATE shortlists SET service = \(service) WHERE id = \(id)")
        }
        for (entry, note) in notes.sorted(by: { $0.key < $1.key }) {
            try tx.run("UPDATE shortlist_places SET note = \(note) WHERE list = \(id) AND entry = \(entry)")
        }
        if let (way, entry) = move { try take(entry, way, id, tx) }
        try ListStore.touch(id, deed, tx)
        try Trail.record("list.changed", TrailSubject("list", id), at: list.place, by: deed, in: tx)
    }

    private static func take(_ entry: EntryID, _ way: Move, _ id: ShortlistID, _ tx: Transaction) throws {
        if way == .off {
            try tx.run("DELETE FROM shortlist_places WHERE list = \(id) AND entry = \(entry)")
            return
        }
        var order = try ListStore.places(of: id, tx).map(\.entry)
        guard let place = order.firstIndex(of: entry) else { throw Refusal.notFound }
        let other = way == .up ? place - 1 : place + 1
        guard order.indices.contains(other) else { return }
        order.swapAt(place, other)
        for (place, entry) in order.enumerated() {
            try tx.run("UPDATE shortlist_places SET place = \(place + 1) WHERE list = \(id) AND entry = \(entry)")
        }
    }
}

/// Takes a list in hand again: what is put on a list from now on goes there.
public enum TakeInHand {
    public static func run(_ id: ShortlistID, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws {
        let list = try ListStore.find(id, for: holder, tx)
        // One at a time, or two of the same moment would be left to chance.
        try tx.run("UPDATE shortlists SET in_hand_at = NULL WHERE owner = \(deed.actor.personID)")
        try tx.run("UPDATE shortlists SET in_hand_at = \(deed.at) WHERE id = \(id)")
        try Trail.record("list.taken-in-hand", TrailSubject("list", id), at: list.place, by: deed, in: tx)
    }
}

/// Takes a list that a browser carried into the account of whoever signed in there.
public enum KeepList {
    public static func run(_ id: ShortlistID, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws {
        let list = try ListStore.find(id, for: holder, tx)
        let me = try deed.someone().id
        guard case .code = list.owner else { return }
        let service = try Workplaces.of(deed.actor, tx).first
        try tx.run("UPDATE shortlists SET owner = \(me), digest = NULL, service = \(service), in_hand_at = \(deed.at) WHERE id = \(id)")
        try Trail.record("list.kept", TrailSubject("list", id), at: Place(service: service), by: deed, in: tx)
    }
}

/// Throws a list away, with its links and whatever was still to be sent of it. Nothing of it is left.
public enum ThrowAway {
    public static func run(_ id: ShortlistID, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws {
        let list = try ListStore.find(id, for: holder, tx)
        guard !list.isForFamily else { throw Refusal.notAllowed(because: W.familyHasIt) }
        try tx.run("DELETE FROM shortlists WHERE id = \(id)")
        try Trail.record("list.thrown-away", TrailSubject("list", id), at: list.place, by: deed, in: tx)
    }
}

/// Throws away what nobody wants any more.
public enum SweepLists {
    // 90 days: a course of sessions, or the wait for one. Whoever has no account cannot be asked.
    static let days = 90

    /// Lists without an account that nobody changed for 90 days, those of accounts that were closed, and links a month after their end.
    public static func run(at now: Moment, _ tx: Transaction) throws {
        try tx.run("DELETE FROM shortlists WHERE digest IS NOT NULL AND changed_at < \(now.adding(days: -days))")
        try tx.run(
            "DELETE FROM shortlists WHERE for_family = \(false) AND owner IN (SELECT id FROM people WHERE closed_at IS NOT NULL)"
        )
        try tx.run("DELETE FROM list_links WHERE ends_at < \(now.adding(days: -30)) OR ended_at < \(now.adding(days: -30))")
    }
}
