import Kernel
import Services
import Store

/// Something somebody is worried about: that a child or an adult may not be safe. It goes to the safeguarding lead and to nobody else.
struct Worry: Sendable {
    let id: WorryID
    /// nil where the person did not know which service it belongs to.
    let service: ServiceID?
    let words: String
    /// Whom it is about, if that was said.
    let about: String
    /// The page of ours they came from; "" where they came from none.
    let page: String
    /// How to reach the person who is worried, if they want to be reached.
    let contact: String
    let at: Moment
    let due: Moment
    let seenAt: Moment?
    let endedAt: Moment?
    let outcome: String
    let version: Int

    var place: Place { Place(service: service) }

    static let columns: SQL = """
        worries.id, worries.service, worries.words, worries.about, worries.page, worries.contact, worries.at, worries.due, worries.seen_at,
        worries.ended_at, worries.outcome, worries.version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        words = try row.next()
        about = try row.next()
        page = try row.next()
        contact = try row.next()
        at = try row.next()
        due = try row.next()
        seenAt = try row.next()
        endedAt = try row.next()
        outcome = try row.next()
        version = try row.next()
    }
}

/// What was done about a worry: never changed, only added to.
struct WorryNote: Sendable {
    enum Kind: String, Column, Sendable { case seen, did, ended, opened }

    let kind: Kind
    let at: Moment
    let by: String?
    let words: String

    init(_ row: inout Row) throws {
        kind = try row.next()
        at = try row.next()
        by = try row.next()
        words = try row.next()
    }
}

/// Who may know of a worry. Administrators and facilitators are not among them: for them there is no such thing.
enum WorryPolicy {
    static func read(_ worry: Worry, by actor: Actor, _ leads: Leads) throws {
        guard mayRead(worry.service, by: actor, leads) else { throw Refusal.notFound }
    }

    /// The leads of that service and of the organisation; where there are none, every lead, so that it is always somebody's.
    static func mayRead(_ service: ServiceID?, by actor: Actor, _ leads: Leads) -> Bool {
        guard let service, leads.has(service) else { return actor.carriesAnywhere(.safeguarding) }
        return actor.carries(.safeguarding, at: Place(service: service))
    }

    static func list(by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard actor.carriesAnywhere(.safeguarding) else { throw Refusal.notFound }
    }

    /// The same rule for lists, in SQL. A test asks both.
    static func readable(by actor: Actor, _ leads: Leads) -> SQL {
        guard let someone = actor.person, actor.carriesAnywhere(.safeguarding) else { return "1 = 0" }
        if someone.grants.contains(Grant(.safeguarding, .organisation)) { return "1 = 1" }
        let services = someone.grants.compactMap { grant -> ServiceID? in
            if case .service(let service) = grant.reach, grant.duty == .safeguarding { service } else { nil }
        }
        let own: SQL = "worries.service IS NULL OR worries.service IN \(list: services.sorted())"
        return leads.ofOrganisation ? "(\(own))" : "(\(own) OR worries.service NOT IN \(list: leads.services.sorted()))"
    }
}

/// Who there is to read worries.
struct Leads: Sendable {
    /// Somebody is lead for the whole organisation.
    var ofOrganisation = false
    /// The services with a lead of their own.
    var services: Set<ServiceID> = []
    /// Somebody is lead, of whatever.
    var isSomebody = false

    func has(_ service: ServiceID) -> Bool { ofOrganisation || services.contains(service) }

    init(ofOrganisation: Bool = false, services: Set<ServiceID> = [], isSomebody: Bool = false) {
        self.ofOrganisation = ofOrganisation
        self.services = services
        self.isSomebody = isSomebody
    }

    /// Of people whose account is open.
    init(_ tx: Transaction) throws {
        let reaches = try tx.all(
            """
            SELECT duties.reach, duties.reach_id FROM duties JOIN people ON people.id = duties.person
            WHERE duties.duty = \(Duty.safeguarding) AND people.closed_at IS NULL
            """
        ) { row in (kind: try row.next(String.self), id: try row.next(String.self)) }
        isSomebody = !reaches.isEmpty
        ofOrganisation = reaches.contains { $0.kind == "organisation" }
        services = Set(reaches.compactMap { $0.kind == "service" ? ServiceID($0.id) : nil })
    }
}
