import Kernel
import Store

/// What went back to the people who said it: "You said, we did", or "We can't, because…".
public struct Reply: Sendable, Encodable {
    public let id: ReplyID
    public let theme: ThemeID
    public let words: String
    public let at: Moment
    /// The display name of whoever wrote it.
    public let by: String?

    static let columns: SQL =
        "replies.id, replies.theme, replies.words, replies.at, (SELECT name FROM people WHERE people.id = replies.by_whom)"

    init(_ row: inout Row) throws {
        id = try row.next()
        theme = try row.next()
        words = try row.next()
        at = try row.next()
        by = try row.next()
    }
}

/// How many people a reply reaches, and in which ways they asked to be told.
public struct Audience: Sendable, Encodable, Equatable {
    /// By `phone`, `letter`, … and `receipt`, for those who look for themselves.
    public let byWay: [String: Int]

    public var total: Int { byWay.values.reduce(0, +) }
    /// Those whom somebody has to tell.
    public var toTell: Int { total - (byWay["receipt"] ?? 0) }
}

/// Who may write to everybody in a theme. Reading follows the theme.
public enum ReplyPolicy {
    public static func write(in place: Place, by actor: Actor) throws {
        guard mayWrite(in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyFacilitators) }
    }

    public static func mayWrite(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, .publisher, at: place) }
}

public enum ReplyStore {
    /// Every reply to a theme, the oldest first.
    public static func of(_ theme: ThemeID, _ tx: Transaction) throws -> [Reply] {
        try tx.all("SELECT \(Reply.columns) FROM replies WHERE replies.theme = \(theme) ORDER BY replies.at, replies.id") { try Reply(&$0) }
    }

    /// How many in a theme have no answer of their own yet.
    static func unheard(in theme: ThemeID, _ tx: Transaction) throws -> Int {
        try tx.count("SELECT COUNT(*) FROM voices WHERE theme = \(theme) AND withdrawn_at IS NULL AND heard_at IS NULL")
    }

    public static func audience(of theme: ThemeID, _ tx: Transaction) throws -> Audience {
        let rows = try tx.all(
            "SELECT reply_by, COUNT(*) FROM voices WHERE theme = \(theme) AND withdrawn_at IS NULL GROUP BY reply_by"
        ) { row in (try row.next() as String, try row.next() as Int) }
        return Audience(byWay: Dictionary(uniqueKeysWithValues: rows))
    }
}
