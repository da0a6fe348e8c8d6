import HTML
import Kernel
import Services
import Store
import Trail
import Web

/// A link that lets somebody in: to a group, to work here, or back in with a new password.
public struct Invitation: Sendable {
    public enum Kind: String, Column, Sendable {
        /// The first administrator of an empty installation.
        case first
        case staff
        case group
        /// A new password for somebody who lost theirs.
        case password
    }

    public enum State: Sendable, Equatable { case open, used, ended, revoked }

    public let id: InvitationID
    public let kind: Kind
    public let email: String?
    public let name: String?
    public let person: PersonID?
    public let duty: Duty?
    public let reach: Grant.Reach?
    public let group: GroupID?
    public let perspective: String?
    /// How many may use it, and how many still can.
    public let uses: Int
    public let usesLeft: Int
    public let madeAt: Moment
    public let endsAt: Moment
    public let revokedAt: Moment?
    /// As the trail names them.
    let madeBy: String?

    static let columns: SQL = """
        id, kind, email, name, person, duty, reach, reach_id, group_id, perspective, uses, uses_left, made_at, ends_at, revoked_at, made_by
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        kind = try row.next()
        email = try row.next()
        name = try row.next()
        person = try row.next()
        duty = try row.next()
        let (reachKind, reachID) = (try row.next() as String?, try row.next() as String?)
        reach = reachKind.flatMap { Grant.Reach($0, id: reachID ?? "") }
        group = try row.next()
        perspective = try row.next()
        uses = try row.next()
        usesLeft = try row.next()
        madeAt = try row.next()
        endsAt = try row.next()
        revokedAt = try row.next()
        madeBy = try row.next()
    }

    public func state(at now: Moment) -> State {
        if revokedAt != nil { return .revoked }
        if usesLeft < 1 { return .used }
        return endsAt > now ? .open : .ended
    }

    /// The link, for showing or printing it again to those who may invite. Worked out anew each time: it is stored nowhere.
    public func link(_ tx: Transaction) throws -> SafeURL {
        guard let installation = try Installation.find(tx) else { throw Refusal.notFound }
        return Self.link(id, installation)
    }

    static func link(_ id: InvitationID, _ installation: Installation) -> SafeURL { .path("/join", token(id, installation)) }

    /// 24 letters and digits, 120 bits: short enough to be typed from paper where there is no camera.
    static func token(_ id: InvitationID, _ installation: Installation) -> String {
        CodeLetters.text(of: installation.code("invitation", id.text).prefix(24))
    }

    /// Throws `.gone` with what to do about it, where the link opens nothing any more.
    func orGone(at now: Moment) throws {
        switch state(at: now) {
        case .open: return
        case .used: throw Refusal.gone(because: kind == .group ? W.groupLinkUsed : W.linkUsed)
        case .ended: throw Refusal.gone(because: W.linkEnded)
        case .revoked: throw Refusal.gone(because: W.linkRevoked)
        }
    }
}

public enum InvitationStore {
    /// A group's invitations, newest first, used and ended ones too.
    public static func list(_ group: GroupID, _ tx: Transaction) throws -> [Invitation] {
        try tx.all("SELECT \(Invitation.columns) FROM invitations WHERE group_id = \(group) ORDER BY made_at DESC, id DESC") {
            try Invitation(&$0)
        }
    }

    public static func find(_ id: InvitationID, _ tx: Transaction) throws -> Invitation {
        guard let found = try tx.first("SELECT \(Invitation.columns) FROM invitations WHERE id = \(id)", { try Invitation(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    /// The invitation behind a link; what nobody made is not found.
    static func find(token: String, _ tx: Transaction) throws -> Invitation {
        let digest = SignInCookie.digest(CodeLetters.read(String(token.prefix(100))))
        guard let found = try tx.first("SELECT \(Invitation.columns) FROM invitations WHERE digest = \(digest)", { try Invitation(&$0) })
        else {
            throw Refusal.notFound
        }
        return found
    }

    /// The same for the link of a page, with words for whoever holds a dead one.
    static func find(link visit: Visit, _ tx: Transaction) throws -> Invitation {
        do { return try find(token: visit.part("token"), tx) } catch Refusal.notFound {
            throw Refusal.deadLink(DeadLink(heading: W.inviteDeadHeading, because: W.inviteDead))
        }
    }

    /// Staff invitations and links for a new password that can still be used.
    static func openForStaff(at now: Moment, _ tx: Transaction) throws -> [Invitation] {
        try tx.all(
            """
            SELECT \(Invitation.columns) FROM invitations
            WHERE kind IN ('staff', 'password') AND uses_left > 0 AND revoked_at IS NULL AND ends_at > \(now) ORDER BY made_at DESC, id DESC
            """
        ) { try Invitation(&$0) }
    }

    /// Takes one use; throws `.gone` where somebody else took the last one meanwhile.
    static func use(_ invitation: Invitation, _ tx: Transaction) throws {
        guard try tx.run("UPDATE invitations SET uses_left = uses_left - 1 WHERE id = \(invitation.id) AND uses_left > 0") == 1 else {
            throw Refusal.gone(because: invitation.kind == .group ? W.groupLinkUsed : W.linkUsed)
        }
    }

    struct New {
        var kind: Invitation.Kind
        var email: String?
        var name: String?
        var person: PersonID?
        var grant: Grant?
        var group: GroupID?
        var perspective: String?
        var uses = 1
        var days: Int
    }

    static func add(_ new: New, by deed: Deed, _ tx: Transaction) throws -> Invitation {
        let installation = try Installation.settled(deed.chance, tx)
        let id: InvitationID = deed.newID()
        let digest = SignInCookie.digest(Invitation.token(id, installation))
        try tx.run(
            """
            INSERT INTO invitations (id, digest, kind, email, name, person, duty, reach, reach_id, group_id, perspective,
                uses, uses_left, made_by, made_at, ends_at)
            VALUES (\(id), \(digest), \(new.kind), \(new.email), \(new.name), \(new.person), \(new.grant?.duty), \(new.grant?.reach.kind),
                \(new.grant?.reach.id), \(new.group), \(new.perspective), \(new.uses), \(new.uses), \(deed.actor.trailName), \(deed.at),
                \(deed.at.adding(days: new.days)))
            """
        )
        return try find(id, tx)
    }
}

/// Makes the link and QR code that let people into a group.
public enum InviteToGroup {
    /// 500: more than any group that can talk with each other.
    public static let mostUses = 500
    public static let longestDays = 180

    /// - Parameters:
    ///   - perspective: whose point of view those who use it bring: a key of the service's perspectives.
    ///   - uses: how many people may use it, 1 to 500.
    ///   - days: how long it works, 1 to 180.
    /// - Returns: the invitation, and its link on this site (`.absolute(on: visit.site.base)` for paper and QR codes).
    public static func run(
        group: GroupID,
        project: ProjectID,
        perspective: String,
        uses: Int,
        days: Int,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> (Invitation, link: SafeURL) {
        let facts = try GroupFacts.find(group, tx)
        guard facts.project == project else { throw Refusal.notFound }
        try PeoplePolicy.invite(to: facts.place, by: deed.actor)
        try facts.orGone()
        var problems = Problems()
        if facts.perspectives[perspective] == nil { problems.add("perspective", W.choosePerspective) }
        if let own = facts.ownPerspective, own != perspective {
            problems.add("perspective", W.groupHasPerspective(label: facts.perspectives.label(own)))
        }
        if !(1...mostUses).contains(uses) { problems.add("uses", W.usesRange(most: String(mostUses))) }
        if !(1...longestDays).contains(days) { problems.add("days", W.daysRange(most: String(longestDays))) }
        try problems.orContinue()
        let invitation = try InvitationStore.add(
            .init(kind: .group, group: group, perspective: perspective, uses: uses, days: days),
            by: deed,
            tx
        )
        try Trail.record(
            "invitation.made",
            TrailSubject("invitation", invitation.id),
            at: facts.place,
            facts: ["kind": "group", "perspective": perspective, "uses": "\(uses)"],
            by: deed,
            in: tx
        )
        return (invitation, try invitation.link(tx))
    }
}

/// Makes a link stop working at once. Who came in by it stays.
public enum RevokeInvitation {
    public static func run(_ id: InvitationID, by deed: Deed, _ tx: Transaction) throws {
        let invitation = try InvitationStore.find(id, tx)
        var place = Place.organisation
        if let group = invitation.group {
            place = try GroupFacts.find(group, tx).place
            try PeoplePolicy.invite(to: place, by: deed.actor)
        } else {
            try PeoplePolicy.manageStaff(by: deed.actor)
        }
        guard try tx.run("UPDATE invitations SET revoked_at = \(deed.at) WHERE id = \(id) AND revoked_at IS NULL") == 1 else { return }
        try Trail.record("invitation.revoked", TrailSubject("invitation", id), at: place, by: deed, in: tx)
    }
}

/// Makes every link of a group stop working, as when somebody was taken out of it: the link they came by would let them in again.
public enum RevokeInvitations {
    /// - Returns: how many could still be used.
    @discardableResult
    public static func run(to group: GroupID, by deed: Deed, _ tx: Transaction) throws -> Int {
        let open = try InvitationStore.list(group, tx).filter { $0.state(at: deed.at) == .open }
        for invitation in open { try RevokeInvitation.run(invitation.id, by: deed, tx) }
        return open.count
    }
}

/// Makes the link by which somebody comes to work here.
enum InviteStaff {
    static let days = 14

    static func run(email: String, name: String, _ grant: Grant, by deed: Deed, _ tx: Transaction) throws -> Invitation {
        try PeoplePolicy.manageStaff(by: deed.actor)
        try DutyReach.check(grant.duty, grant.reach)
        guard let place = try Reaches(tx).place(grant.reach) else { throw Problems("reach", W.chooseReach) }
        if try PeopleStore.withEmail(email, tx) != nil { throw Problems("email", W.emailHasAccount) }
        let invitation = try InvitationStore.add(.init(kind: .staff, email: email, name: name, grant: grant, days: days), by: deed, tx)
        let facts = ["kind": "staff", "duty": grant.duty.rawValue, "reach": grant.reach.kind]
        try Trail.record("invitation.made", TrailSubject("invitation", invitation.id), at: place, facts: facts, by: deed, in: tx)
        return invitation
    }
}

/// Makes the link by which somebody who lost their password sets a new one. It is handed over by whoever knows them.
enum InviteBack {
    static let days = 2

    static func run(_ person: PersonID, by deed: Deed, _ tx: Transaction) throws -> Invitation {
        try PeoplePolicy.manageStaff(by: deed.actor)
        guard try PeopleStore.find(person, tx).email != nil else { throw Refusal.notFound }
        try tx.run("UPDATE invitations SET revoked_at = \(deed.at) WHERE person = \(person) AND uses_left > 0 AND revoked_at IS NULL")
        let invitation = try InvitationStore.add(.init(kind: .password, person: person, days: days), by: deed, tx)
        try Trail.record(
            "invitation.made",
            TrailSubject("person", person),
            at: .organisation,
            facts: ["kind": "password"],
            by: deed,
            in: tx
        )
        return invitation
    }
}

/// The one-time link by which an installation without an administrator gets its first.
public enum FirstAdministrator {
    static let days = 7

    /// What `heard serve` prints. The same link until it is used or a week has passed; nil once there is an administrator.
    ///
    /// - Parameter site: the address that people reach this installation at.
    public static func offer(on site: SafeURL, by deed: Deed, _ tx: Transaction) throws -> SafeURL? {
        guard try PeopleStore.administrators(tx).isEmpty else { return nil }
        let open = try tx.first(
            """
            SELECT \(Invitation.columns) FROM invitations
            WHERE kind = 'first' AND uses_left > 0 AND revoked_at IS NULL AND ends_at > \(deed.at) ORDER BY made_at DESC, id DESC
            """
        ) { try Invitation(&$0) }
        if let open { return try open.link(tx).absolute(on: site) }
        let made = try InvitationStore.add(.init(kind: .first, grant: Grant(.administrator, .organisation), days: days), by: deed, tx)
        try Trail.record(
            "invitation.made",
            TrailSubject("invitation", made.id),
            at: .organisation,
            facts: ["kind": "first"],
            by: deed,
            in: tx
        )
        return try made.link(tx).absolute(on: site)
    }
}
