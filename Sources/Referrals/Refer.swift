import Directory
import Jobs
import Kernel
import Shortlists
import Store
import Trail
import Words

/// What somebody writes down when they refer a family to a place.
public struct ReferralDraft: Sendable {
    public let who: String
    public let why: String
    public let consent: Referral.Consent
    public let way: Referral.Way
    public let contact: String?
    public let first: Referral.FirstCall

    public init(
        who: String,
        why: String,
        consent: Referral.Consent,
        way: Referral.Way = .page,
        contact: String? = nil,
        first: Referral.FirstCall = .family
    ) {
        (self.who, self.why, self.consent, self.way, self.contact, self.first) = (who, why, consent, way, contact, first)
    }
}

/// Refers a family to a place on the list that was made for them. Only with consent: there is no draft without one.
public enum Refer {
    public struct Made: Sendable {
        public let id: ReferralID
        /// What opens the family's page, where it is new. Nothing else keeps it.
        public let code: String?
    }

    @discardableResult
    public static func run(_ entry: EntryID, from id: ShortlistID, _ draft: ReferralDraft, by deed: Deed, _ tx: Transaction) throws -> Made
    {
        let list = try ListStore.find(id, for: ListHolder(deed.actor), tx)
        try ReferralPolicy.refer(from: list, of: StaffServices.of(deed.actor, tx), by: deed.actor)
        guard let service = list.service, try ListStore.places(of: id, tx).contains(where: { $0.entry == entry }) else {
            throw Refusal.notFound
        }
        guard try EntryStore.find(entry, tx).state == .shown else { throw Refusal.gone(because: W.entryGone) }
        let code = try page(for: list, at: service, by: deed, tx)
        let referral: ReferralID = deed.newID()
        let due = deed.at.adding(days: try ReferralStore.askDays(service, tx))
        try tx.run(
            """
            INSERT INTO referrals (id, list, service, by_whom, made_at, ask_due, entry, who, why, consent_by, consent_how, consent_at, way,
                contact, first_call, state)
            VALUES (\(referral), \(id), \(service), \(try deed.someone().id), \(deed.at), \(due), \(entry), \(draft.who), \(draft.why),
                \(draft.consent.by), \(draft.consent.how), \(draft.consent.at), \(draft.way), \(draft.contact),
                \(draft.first), 'asked')
            """
        )
        try ReferralStep.add(.made, to: referral, by: deed, tx)
        // Neither to where nor why: the trail keeps for ever that there was one.
        try Trail.record("referral.made", TrailSubject("referral", referral), at: list.place, by: deed, in: tx)
        return Made(id: referral, code: code)
    }

    private static func page(for list: Shortlist, at service: ServiceID, by deed: Deed, _ tx: Transaction) throws -> String? {
        guard try tx.count("SELECT COUNT(*) FROM family_pages WHERE list = \(list.id)") == 0 else { return nil }
        let code = FamilyCode.make(deed.chance)
        try tx.run(
            """
            INSERT INTO family_pages (list, service, digest, made_at)
            VALUES (\(list.id), \(service), \(FamilyCode.digest(code)), \(deed.at))
            """
        )
        try ListStore.giveToFamily(list.id, tx)
        return code
    }
}

/// What came of a referral, said by the family or by those who may read it.
public enum SayWhatCame {
    static func run(_ state: Referral.State, words: String, of referral: Referral, isFamily: Bool, by deed: Deed, _ tx: Transaction) throws
    {
        guard referral.record != nil else { throw Refusal.gone(because: W.takenBack) }
        try tx.run(
            """
            UPDATE referrals SET state = \(state), came_words = \(words), came_at = \(deed.at), came_family = \(isFamily),
                news_at = \(isFamily ? deed.at : referral.newsAt), version = version + 1 WHERE id = \(referral.id)
            """
        )
        if let what = ReferralStep.What(rawValue: state.rawValue), state != .asked {
            try ReferralStep.add(what, isFamily: isFamily, to: referral.id, by: deed, tx)
        }
        try Trail.record(
            "referral.came",
            TrailSubject("referral", referral.id),
            at: referral.place,
            facts: by(isFamily),
            by: deed,
            in: tx
        )
    }

    /// By those of the service who may read it.
    public static func run(_ state: Referral.State, words: String, of id: ReferralID, by deed: Deed, _ tx: Transaction) throws {
        let referral = try ReferralStore.find(id, for: deed.actor, tx)
        try run(state, words: words, of: referral, isFamily: false, by: deed, tx)
    }

    static func by(_ isFamily: Bool) -> [String: String] { ["by": isFamily ? "family" : "staff"] }
}

/// Whether it helped: yes, a bit, no, or never got there, and a line in somebody's own words.
public enum SayWhetherItHelped {
    static func run(_ helped: Referral.Helped, words: String, of referral: Referral, isFamily: Bool, by deed: Deed, _ tx: Transaction)
        throws
    {
        guard let entry = referral.record?.entry else { throw Refusal.gone(because: W.takenBack) }
        try tx.run(
            """
            UPDATE referrals SET helped = \(helped), helped_words = \(words), helped_at = \(deed.at), helped_family = \(isFamily),
                asked_at = COALESCE(asked_at, \(deed.at)), news_at = \(isFamily ? deed.at : referral.newsAt), version = version + 1
            WHERE id = \(referral.id)
            """
        )
        try ReferralStep.add(.helped, isFamily: isFamily, to: referral.id, by: deed, tx)
        try HelpedFigures.count(entry, tx)
        let facts = SayWhatCame.by(isFamily)
        try Trail.record("referral.answered", TrailSubject("referral", referral.id), at: referral.place, facts: facts, by: deed, in: tx)
    }

    /// Told to somebody of the service, who writes it down.
    public static func run(_ helped: Referral.Helped, words: String, of id: ReferralID, by deed: Deed, _ tx: Transaction) throws {
        let referral = try ReferralStore.find(id, for: deed.actor, tx)
        try run(helped, words: words, of: referral, isFamily: false, by: deed, tx)
    }
}

/// Whoever referred has read what the family wrote, or that they took back their yes.
public enum SeeNews {
    public static func run(_ id: ReferralID, by deed: Deed, _ tx: Transaction) throws {
        let referral = try ReferralStore.find(id, for: deed.actor, tx)
        guard referral.newsAt != nil else { return }
        try tx.run("UPDATE referrals SET news_at = NULL WHERE id = \(id)")
        try Trail.record("referral.news-seen", TrailSubject("referral", id), at: referral.place, by: deed, in: tx)
    }
}

/// The yes is taken back: every word of the record is gone in the same transaction. That there was one, when, by whom and when it ended stays.
public enum WithdrawReferral {
    /// The kind of job that wipes the words from where the engine keeps old pages, and the tables that held them.
    public static let scrub = "scrub-referrals"
    public static let tables: [StaticString] = ["referrals", "referral_steps", "referral_told"]

    static func run(_ referral: Referral, isFamily: Bool, by deed: Deed, _ tx: Transaction) throws {
        guard let record = referral.record else { return }
        try tx.run(
            """
            UPDATE referrals SET entry = NULL, who = NULL, why = NULL, consent_by = NULL, consent_how = NULL, consent_at = NULL, way = NULL,
                contact = NULL, first_call = NULL, state = NULL, came_words = NULL, came_at = NULL, came_family = NULL, helped = NULL, helped_words = NULL,
                helped_at = NULL, helped_family = NULL, withdrawn_at = \(deed.at), news_at = \(isFamily ? deed.at : nil),
                version = version + 1
            WHERE id = \(referral.id)
            """
        )
        try tx.run("DELETE FROM referral_steps WHERE referral = \(referral.id)")
        if record.helped != nil { try HelpedFigures.count(record.entry, tx) }
        try Jobs.enqueue(scrub, due: deed.at, by: deed, tx)
        let facts = SayWhatCame.by(isFamily)
        try Trail.record("referral.withdrawn", TrailSubject("referral", referral.id), at: referral.place, facts: facts, by: deed, in: tx)
    }

    /// At the family's word, by somebody of the service.
    public static func run(_ id: ReferralID, by deed: Deed, _ tx: Transaction) throws {
        try run(try ReferralStore.find(id, for: deed.actor, tx), isFamily: false, by: deed, tx)
    }
}
