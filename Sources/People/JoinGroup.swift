import HTML
import Kernel
import Services
import Store
import Trail

/// Somebody comes into a group by its link.
public enum JoinGroup {
    /// Puts somebody who is known into a group: the demo's way, and the last step of every other.
    ///
    /// Joining twice changes nothing. Throws `Refusal.notAllowed` where they bring another perspective to this project already.
    public static func add(_ person: PersonID, to group: GroupID, perspective: String, by deed: Deed, _ tx: Transaction) throws {
        let facts = try GroupFacts.find(group, tx)
        try facts.orGone()
        guard facts.perspectives[perspective] != nil, facts.ownPerspective.map({ $0 == perspective }) ?? true else {
            throw Refusal.notFound
        }
        try PeoplePolicy.join(
            with: perspective,
            earlier: earlierPerspective(of: person, in: facts.project, tx),
            label: { facts.perspectives.label($0) }
        )
        let joined = try tx.run(
            """
            INSERT INTO members (person, group_id, project, perspective, joined_at)
            VALUES (\(person), \(group), \(facts.project), \(perspective), \(deed.at))
            ON CONFLICT (person, group_id) DO UPDATE SET left_at = NULL, left_by = NULL, left_why = NULL WHERE members.left_at IS NOT NULL
            """
        )
        guard joined > 0 else { return }
        try Trail.record(
            "group.joined",
            TrailSubject("person", person),
            at: facts.place,
            facts: ["group": group.text, "perspective": perspective],
            by: deed,
            in: tx
        )
    }

    /// Somebody signed in uses the link.
    static func run(_ invitation: Invitation, as someone: Someone, by deed: Deed, _ tx: Transaction) throws {
        guard let group = invitation.group, let perspective = invitation.perspective else { throw Refusal.notFound }
        if someone.memberships.contains(where: { $0.group == group }) { return }
        try invitation.orGone(at: deed.at)
        let facts = try GroupFacts.find(group, tx)
        try PeoplePolicy.use(
            invitation,
            to: facts.place,
            isStaff: facts.perspectives[perspective]?.isStaff ?? false,
            by: deed.actor
        )
        try orTakenOut(someone.id, of: group, since: invitation.madeAt, tx)
        try add(someone.id, to: group, perspective: perspective, by: deed, tx)
        try InvitationStore.use(invitation, tx)
    }

    /// Whoever was taken out comes back by an invitation made afterwards, not by the one they still have.
    private static func orTakenOut(_ person: PersonID, of group: GroupID, since made: Moment, _ tx: Transaction) throws {
        let isOut = try tx.count(
            """
            SELECT COUNT(*) FROM members
            WHERE person = \(person) AND group_id = \(group) AND left_at >= \(made) AND left_why IS NOT NULL
            """
        )
        guard isOut == 0 else { throw Refusal.notAllowed(because: W.takenOut) }
    }

    /// What a newcomer brings: perhaps a name, and the digest of the key they will come back with.
    struct Newcomer: Sendable {
        let name: String?
        let keyDigest: String
        /// Which filling-in of the form this is, so that pressing twice makes one person.
        let form: String
    }

    /// A newcomer uses the link. Returns the new person; for the same form sent again within ten minutes, the one it made.
    static func run(_ invitation: Invitation, newcomer: Newcomer, by deed: Deed, _ tx: Transaction) throws -> PersonID {
        guard let group = invitation.group, let perspective = invitation.perspective else { throw Refusal.notFound }
        if let made = try earlier(newcomer.form, tx) {
            guard made.keyDigest == newcomer.keyDigest, made.at > deed.at.adding(minutes: -10) else {
                throw Refusal.gone(because: W.formUsed)
            }
            // Who went back to give another name, or none after all, is taken at their last word.
            try tx.run("UPDATE people SET name = \(newcomer.name) WHERE id = \(made.id)")
            return made.id
        }
        try invitation.orGone(at: deed.at)
        let id: PersonID = deed.newID()
        try tx.run(
            """
            INSERT INTO people (id, name, key_digest, form_digest, made_at)
            VALUES (\(id), \(newcomer.name), \(newcomer.keyDigest), \(newcomer.form), \(deed.at))
            """
        )
        let own = Deed(by: .person(Someone(id: id, name: newcomer.name)), at: deed.at, chance: deed.chance)
        try add(id, to: group, perspective: perspective, by: own, tx)
        try InvitationStore.use(invitation, tx)
        return id
    }

    /// Those who left bring the same perspective when they come back.
    static func earlierPerspective(of person: PersonID, in project: ProjectID, _ tx: Transaction) throws -> String? {
        try tx.value("SELECT perspective FROM members WHERE person = \(person) AND project = \(project) ORDER BY joined_at")
    }

    static func earlier(_ form: String, _ tx: Transaction) throws -> (id: PersonID, keyDigest: String?, at: Moment)? {
        try tx.first("SELECT id, key_digest, made_at FROM people WHERE form_digest = \(form) AND closed_at IS NULL") { row in
            (id: try row.next(), keyDigest: try row.next(), at: try row.next())
        }
    }
}

/// Somebody comes to work here by their link, or comes back in with a new password.
enum JoinStaff {
    /// - Parameter email: asked of the first administrator only; everybody else's is in the invitation.
    static func run(_ invitation: Invitation, email: String?, name: String, password: String, by deed: Deed, _ tx: Transaction) throws
        -> PersonID
    {
        try invitation.orGone(at: deed.at)
        guard let grant = invitation.duty.flatMap({ duty in invitation.reach.map { Grant(duty, $0) } }),
            let email = invitation.email ?? email
        else {
            throw Refusal.notFound
        }
        if invitation.kind == .first, try !PeopleStore.administrators(tx).isEmpty { throw Refusal.gone(because: W.linkUsed) }
        if try PeopleStore.withEmail(email, tx) != nil { throw Problems("email", W.emailHasAccountSignIn) }
        try InvitationStore.use(invitation, tx)
        let id: PersonID = deed.newID()
        try tx.run("INSERT INTO people (id, name, email, password, made_at) VALUES (\(id), \(name), \(email), \(password), \(deed.at))")
        try tx.run(
            """
            INSERT INTO duties (person, duty, reach, reach_id, given_by, given_at)
            SELECT \(id), duty, reach, reach_id, made_by, \(deed.at) FROM invitations WHERE id = \(invitation.id)
            """
        )
        let own = Deed(by: .person(Someone(id: id, name: name)), at: deed.at, chance: deed.chance)
        let place = try Reaches(tx).place(grant.reach) ?? .organisation
        try Trail.record("person.joined", TrailSubject("person", id), at: place, facts: ["duty": grant.duty.rawValue], by: own, in: tx)
        return id
    }

    /// The new password; every browser signed in with the old one is signed out. A second step stays as it was.
    static func back(_ invitation: Invitation, password: String, by deed: Deed, _ tx: Transaction) throws -> PersonID {
        try invitation.orGone(at: deed.at)
        guard let person = invitation.person, try PeopleStore.isOpen(person, tx) else { throw Refusal.gone(because: W.linkEnded) }
        try InvitationStore.use(invitation, tx)
        try SignIns.endAll(of: person, tx)
        try tx.run("UPDATE people SET password = \(password), version = version + 1 WHERE id = \(person)")
        let own = Deed(by: .person(try PeopleStore.someone(person, tx)), at: deed.at, chance: deed.chance)
        try Trail.record("password.changed", TrailSubject("person", person), at: .organisation, facts: ["by": "link"], by: own, in: tx)
        return person
    }
}
