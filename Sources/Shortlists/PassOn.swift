import Kernel
import Store
import Trail

/// What opens a list for whoever has it, without an account, for reading only.
public struct ListLink: Sendable {
    public let id: ListLinkID
    public let madeAt: Moment
    public let endsAt: Moment

    /// Those that still open a list, newest first.
    static func open(_ list: ShortlistID, at now: Moment, _ tx: Transaction) throws -> [ListLink] {
        try tx.all(
            """
            SELECT id, made_at, ends_at FROM list_links WHERE list = \(list) AND ended_at IS NULL AND ends_at > \(now)
            ORDER BY made_at DESC, id DESC
            """
        ) { row in ListLink(id: try row.next(), madeAt: try row.next(), endsAt: try row.next()) }
    }

    /// The list that a code opens, and until when. Throws `.deadLink` where it opens none any more: which it was is not told.
    static func list(of code: String, at now: Moment, _ tx: Transaction) throws -> (list: Shortlist, until: Moment) {
        let found = try tx.first(
            """
            SELECT list, ends_at FROM list_links
            WHERE digest = \(ListCode.digest(code, for: .link)) AND ended_at IS NULL AND ends_at > \(now)
            """
        ) { row in (list: try row.next() as ShortlistID, until: try row.next() as Moment) }
        guard let found else {
            throw Refusal.deadLink(DeadLink(heading: W.deadHeading, because: W.dead, label: W.toDirectory, path: "/directory"))
        }
        return (try ListStore.find(found.list, tx), found.until)
    }
}

/// Makes a link to a list, to be handed over in whatever way.
public enum PassOn {
    public static let days = [7, 30, 90]

    /// - Returns: the secret part of the link. Nothing else keeps it.
    public static func run(_ id: ShortlistID, days: Int, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws -> String {
        let list = try ListStore.find(id, for: holder, tx)
        return try link(to: list, days: days, by: deed, tx)
    }

    static func link(to list: Shortlist, days: Int, by deed: Deed, _ tx: Transaction) throws -> String {
        guard try !ListStore.places(of: list.id, tx).isEmpty else { throw Refusal.notAllowed(because: W.nothingToPass) }
        let (id, code): (ListLinkID, String) = (deed.newID(), ListCode.make(deed.chance))
        try tx.run(
            """
            INSERT INTO list_links (id, list, digest, made_at, ends_at)
            VALUES (\(id), \(list.id), \(ListCode.digest(code, for: .link)), \(deed.at), \(deed.at.adding(days: days)))
            """
        )
        // Passed on is out of hand: what somebody who works with families puts on a list next is for others, and must not turn up here.
        if list.service != nil { try tx.run("UPDATE shortlists SET in_hand_at = NULL WHERE id = \(list.id)") }
        try Trail.record("list.passed-on", TrailSubject("list", list.id), at: list.place, facts: ["link": id.text], by: deed, in: tx)
        return code
    }
}

/// Ends a link before its day.
public enum EndLink {
    public static func run(_ link: ListLinkID, of id: ShortlistID, as holder: ListHolder, by deed: Deed, _ tx: Transaction) throws {
        let list = try ListStore.find(id, for: holder, tx)
        let ended = try tx.run("UPDATE list_links SET ended_at = \(deed.at) WHERE id = \(link) AND list = \(id) AND ended_at IS NULL")
        guard ended > 0 else { return }
        try Trail.record("list.link-ended", TrailSubject("list", id), at: list.place, facts: ["link": link.text], by: deed, in: tx)
    }
}
