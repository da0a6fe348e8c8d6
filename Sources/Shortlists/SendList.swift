import Kernel
import Projects
import Services
import Store
import Trail

/// A list that a person sends to somebody by text or email: Heard sends nothing by itself.
public struct Sending: Sendable {
    public enum Channel: String, Column, Sendable, Codable, CaseIterable { case text, email }
    public enum Outcome: String, Column, Sendable, Codable, CaseIterable {
        case sent
        case noAnswer = "no-answer"
        case wrongContact = "wrong-contact"
        case ratherNot = "rather-not"
    }

    public let id: SendingID
    public let list: ShortlistID
    public let service: ServiceID
    public let serviceName: String
    public let channel: Channel
    public let who: String
    /// nil once it was sent.
    public let contact: String?
    public let askedBy: PersonID
    public let due: Moment
    public let tries: Int
    public let endedAt: Moment?

    static let columns: SQL = """
        list_sendings.id, list_sendings.list, list_sendings.service, services.name, list_sendings.channel, list_sendings.who,
        list_sendings.contact, list_sendings.asked_by, list_sendings.due, list_sendings.tries, list_sendings.ended_at
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        list = try row.next()
        service = try row.next()
        serviceName = try row.next()
        channel = try row.next()
        who = try row.next()
        contact = try row.next()
        askedBy = try row.next()
        due = try row.next()
        tries = try row.next()
        endedAt = try row.next()
    }
}

enum SendingStore {
    /// For whoever may send it, and not there for anybody else.
    static func find(_ id: SendingID, for actor: Actor, _ tx: Transaction) throws -> Sending {
        let found = try tx.first(
            """
            SELECT \(Sending.columns) FROM list_sendings JOIN services ON services.id = list_sendings.service
            WHERE list_sendings.id = \(id)
            """
        ) { try Sending(&$0) }
        guard let found else { throw Refusal.notFound }
        try ListPolicy.send(at: found.service, by: actor, askedBy: found.askedBy, of: Workplaces.of(actor, tx))
        return found
    }

    /// What is to be sent, the most urgent first: the policy as SQL.
    static func waiting(for actor: Actor, limit: Int, _ tx: Transaction) throws -> [Sending] {
        let own: SQL = "list_sendings.asked_by = \(actor.personID) AND list_sendings.service IN \(list: try Workplaces.of(actor, tx))"
        return try tx.all(
            """
            SELECT \(Sending.columns) FROM list_sendings JOIN services ON services.id = list_sendings.service
            WHERE list_sendings.ended_at IS NULL AND (\(own) OR \(reach(of: actor)))
            ORDER BY list_sendings.due, list_sendings.id LIMIT \(limit)
            """
        ) { try Sending(&$0) }
    }

    private static func reach(of actor: Actor) -> SQL {
        let grants = (actor.person?.grants ?? []).filter { $0.duty == .facilitator || $0.duty == .scribe }
        if grants.contains(where: { $0.reach == .organisation }) { return "1 = 1" }
        let services = grants.compactMap { grant in if case .service(let id) = grant.reach { id } else { nil } }
        return "list_sendings.service IN \(list: services.sorted())"
    }
}

/// How many lists wait to be sent, for whoever may send them.
public enum WaitingSendings {
    public static func count(for actor: Actor, _ tx: Transaction) throws -> Int {
        guard actor.person != nil else { return 0 }
        return try SendingStore.waiting(for: actor, limit: 100, tx).count
    }
}

/// Asks the team to send a list to somebody. A person does it, by the end of the next working day.
public enum SendList {
    @discardableResult
    public static func run(
        _ id: ShortlistID,
        to who: String,
        by channel: Sending.Channel,
        at contact: String,
        as holder: ListHolder,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> SendingID {
        let list = try ListStore.find(id, for: holder, tx)
        try ListPolicy.work(at: list.service, of: Workplaces.of(deed.actor, tx), by: deed.actor)
        guard let service = try list.service.map({ try ServiceStore.find($0, tx) }) else { throw Refusal.notFound }
        guard try !ListStore.places(of: id, tx).isEmpty else { throw Refusal.notAllowed(because: W.nothingToPass) }
        let (sending, due): (SendingID, Moment) = (deed.newID(), Clock(1, .workingDays).due(from: deed.at, zone: service.zone))
        try tx.run(
            """
            INSERT INTO list_sendings (id, list, service, channel, who, contact, asked_by, made_at, due)
            VALUES (\(sending), \(id), \(service.id), \(channel), \(who), \(contact), \(try deed.someone().id), \(deed.at), \(due))
            """
        )
        try tx.run("UPDATE shortlists SET in_hand_at = NULL WHERE id = \(id)")
        try Trail.record("sending.asked", TrailSubject("sending", sending), at: list.place, by: deed, in: tx)
        return sending
    }

    /// Makes the link that goes into the message. One that was made for it before and not sent stays open until its day.
    static func link(for sending: Sending, by deed: Deed, _ tx: Transaction) throws -> String {
        guard sending.endedAt == nil else { throw Refusal.notAllowed(because: W.sentAlready) }
        return try PassOn.link(to: try ListStore.find(sending.list, tx), days: 30, by: deed, tx)
    }

    /// What came of it. How to reach them is forgotten once it is done.
    public static func end(_ id: SendingID, _ outcome: Sending.Outcome, by deed: Deed, _ tx: Transaction) throws {
        let sending = try SendingStore.find(id, for: deed.actor, tx)
        guard sending.endedAt == nil else { throw Refusal.notAllowed(because: W.sentAlready) }
        if outcome == .noAnswer {
            try tx.run("UPDATE list_sendings SET tries = tries + 1 WHERE id = \(id)")
        } else {
            try tx.run(
                """
                UPDATE list_sendings SET tries = tries + 1, outcome = \(outcome), contact = NULL, who = '', ended_at = \(deed.at),
                    ended_by = \(deed.actor.personID) WHERE id = \(id)
                """
            )
        }
        let place = Place(service: sending.service)
        try Trail.record("sending.\(outcome.rawValue)", TrailSubject("sending", id), at: place, by: deed, in: tx)
    }
}
