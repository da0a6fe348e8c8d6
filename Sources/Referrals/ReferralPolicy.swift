import Kernel
import Shortlists
import Store

/// Who may do what with referrals. Pure: the same functions guard pages, forms and JSON.
public enum ReferralPolicy {
    /// Referring: whoever works for the service of the list that they hold.
    static func refer(from list: Shortlist, of staffServices: [ServiceID], by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard mayRefer(from: list, of: staffServices, by: actor) else { throw Refusal.notFound }
    }

    static func mayRefer(from list: Shortlist, of staffServices: [ServiceID], by actor: Actor) -> Bool {
        guard let person = actor.personID, let service = list.service else { return false }
        return list.owner == .person(person) && staffServices.contains(service)
    }

    /// Reading one: who made it, as long as they work there, and who looks after the referrals of the service. It is not there for others.
    static func read(_ referral: Referral, of staffServices: [ServiceID], by actor: Actor) throws {
        guard let person = actor.personID else { throw Refusal.signIn }
        let isMine = referral.by == person && staffServices.contains(referral.service)
        guard isMine || actor.carries(.referrals, at: referral.place) else { throw Refusal.notFound }
    }

    /// The same as SQL over `referrals`.
    public static func readable(of staffServices: [ServiceID], by actor: Actor) -> SQL {
        let grants = (actor.person?.grants ?? []).filter { $0.duty == .referrals }
        if grants.contains(where: { $0.reach == .organisation }) { return "1 = 1" }
        let services = grants.compactMap { grant in if case .service(let id) = grant.reach { id } else { nil } }.sorted()
        return """
            (referrals.service IN \(list: services)
                OR (referrals.by_whom = \(actor.personID) AND referrals.service IN \(list: staffServices)))
            """
    }

    /// Whether somebody has anything to do with referrals: then there is a list of them.
    static func list(of staffServices: [ServiceID], by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard !staffServices.isEmpty || actor.carriesAnywhere(.referrals) else { throw Refusal.notFound }
    }
}

/// Where somebody works with families as one of the staff: what their memberships say today.
public enum StaffServices {
    public static func of(_ actor: Actor, _ tx: Transaction) throws -> [ServiceID] {
        let projects = actor.staffProjects.sorted()
        guard !projects.isEmpty else { return [] }
        return try tx.values("SELECT DISTINCT service FROM projects WHERE id IN \(list: projects) ORDER BY service")
    }
}
