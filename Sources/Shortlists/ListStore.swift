import Kernel
import Store

public enum ListStore {
    /// Throws `.notFound` where there is none.
    public static func find(_ id: ShortlistID, _ tx: Transaction) throws -> Shortlist {
        guard let found = try tx.first("SELECT \(Shortlist.columns) FROM shortlists WHERE id = \(id)", { try Shortlist(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    /// For whoever holds it, and not there for anybody else.
    public static func find(_ id: ShortlistID, for holder: ListHolder, _ tx: Transaction) throws -> Shortlist {
        let list = try find(id, tx)
        try ListPolicy.hold(list, by: holder, of: list.service == nil ? [] : Workplaces.of(holder.actor, tx))
        return list
    }

    /// All that somebody holds, newest first: the policy as SQL.
    static func held(by holder: ListHolder, _ tx: Transaction) throws -> [Shortlist] {
        let workplaces = try Workplaces.of(holder.actor, tx)
        return try tx.all(
            """
            SELECT \(Shortlist.columns) FROM shortlists
            WHERE (owner = \(holder.actor.personID) OR digest = \(holder.digest)) AND (service IS NULL OR service IN \(list: workplaces))
            ORDER BY changed_at DESC, id
            """
        ) { try Shortlist(&$0) }
    }

    // 12 hours: a day at work. What is put on a list tomorrow is for another family, or is put there on purpose.
    private static let hoursInHand = 12

    /// The list on which things are put now; nil where a new one has to be started.
    static func inHand(of holder: ListHolder, at now: Moment, _ tx: Transaction) throws -> Shortlist? {
        guard let person = holder.actor.personID else {
            return try tx.first("SELECT \(Shortlist.columns) FROM shortlists WHERE digest = \(holder.digest)") { try Shortlist(&$0) }
        }
        let workplaces = try Workplaces.of(holder.actor, tx)
        return try tx.first(
            """
            SELECT \(Shortlist.columns) FROM shortlists
            WHERE owner = \(person) AND in_hand_at > \(now.adding(minutes: -60 * hoursInHand))
                AND (service IS NULL OR service IN \(list: workplaces))
            ORDER BY in_hand_at DESC, id DESC LIMIT 1
            """
        ) { try Shortlist(&$0) }
    }

    /// In the order that somebody gave them.
    public static func places(of list: ShortlistID, _ tx: Transaction) throws -> [ListedPlace] {
        try tx.all("SELECT entry, note, added_at, read_at, said FROM shortlist_places WHERE list = \(list) ORDER BY place, entry") { row in
            ListedPlace(
                entry: try row.next(),
                note: try row.next(),
                addedAt: try row.next(),
                readAt: try row.next(),
                said: try row.next()
            )
        }
    }

    /// From now on a family has this list too, on a page of their own.
    public static func giveToFamily(_ list: ShortlistID, _ tx: Transaction) throws {
        try tx.run("UPDATE shortlists SET for_family = \(true), in_hand_at = NULL WHERE id = \(list)")
    }

    static func touch(_ list: ShortlistID, _ deed: Deed, _ tx: Transaction) throws {
        try tx.run("UPDATE shortlists SET changed_at = \(deed.at), version = version + 1 WHERE id = \(list)")
    }
}
