import Kernel
import Shortlists
import Store

enum ReferralStore {
    static func find(_ id: ReferralID, _ tx: Transaction) throws -> Referral {
        let found = try tx.first("SELECT \(Referral.columns) FROM referrals WHERE id = \(id)") { try Referral(&$0) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// For those of the service who may read it, and not there for anybody else.
    static func find(_ id: ReferralID, for actor: Actor, _ tx: Transaction) throws -> Referral {
        let referral = try find(id, tx)
        try ReferralPolicy.read(referral, of: StaffServices.of(actor, tx), by: actor)
        return referral
    }

    static func of(_ list: ShortlistID, _ tx: Transaction) throws -> [Referral] {
        try tx.all("SELECT \(Referral.columns) FROM referrals WHERE list = \(list) ORDER BY made_at, id") { try Referral(&$0) }
    }

    static func readable(by actor: Actor, limit: Int, _ tx: Transaction) throws -> [Referral] {
        let services = try StaffServices.of(actor, tx)
        try ReferralPolicy.list(of: services, by: actor)
        return try tx.all(
            """
            SELECT \(Referral.columns) FROM referrals WHERE \(ReferralPolicy.readable(of: services, by: actor))
            ORDER BY made_at DESC, id LIMIT \(limit)
            """
        ) { try Referral(&$0) }
    }

    /// After how many days somebody is asked whether it helped.
    static func askDays(_ service: ServiceID, _ tx: Transaction) throws -> Int {
        try tx.value("SELECT ask_days FROM referral_settings WHERE service = \(service)") ?? Referral.usualDays
    }
}

/// What happened to a referral, each with its day: never words.
struct ReferralStep: Sendable {
    enum What: String, Column, Sendable {
        case made
        case asked
        case helped
        case hasPlace = "has-place"
        case waiting
        case couldNot = "could-not"
        case notWanted = "not-wanted"
    }

    let at: Moment
    let what: What
    let isFamily: Bool

    static func all(of referral: ReferralID, _ tx: Transaction) throws -> [ReferralStep] {
        try tx.all("SELECT at, what, family FROM referral_steps WHERE referral = \(referral) ORDER BY at, id") { row in
            ReferralStep(at: try row.next(), what: try row.next(), isFamily: try row.next())
        }
    }

    static func add(_ what: What, isFamily: Bool = false, to referral: ReferralID, by deed: Deed, _ tx: Transaction) throws {
        let id: ReferralID = deed.newID()
        try tx.run(
            """
            INSERT INTO referral_steps (id, referral, at, what, family) VALUES (\(id), \(referral), \(deed.at), \(what), \(isFamily))
            """
        )
    }
}
