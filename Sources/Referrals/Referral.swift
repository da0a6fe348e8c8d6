import HTML
import Kernel
import Shortlists
import Store

extension Subject {
    /// That somebody was referred to a place that may help.
    public enum Referral {}
}

public typealias ReferralID = ID<Subject.Referral>

/// That somebody asked a place in the directory to help a young person or their family: who, why, with whose yes, and what came of it.
public struct Referral: Sendable {
    public enum State: String, Column, Sendable, Codable, CaseIterable {
        case asked
        case hasPlace = "has-place"
        case waiting
        case couldNot = "could-not"
        case notWanted = "not-wanted"

        /// Whether there is anything to ask about later.
        var goesOn: Bool { self != .couldNot && self != .notWanted }
    }

    /// Whether it helped, in the words of those who went.
    public enum Helped: String, Column, Sendable, Codable, CaseIterable { case yes, bit, no, never }

    /// How the family wants to hear.
    public enum Way: String, Column, Sendable, Codable, CaseIterable { case page, phone, text, email }

    /// Who gets in touch with the place. Nothing is sent from here.
    public enum FirstCall: String, Column, Sendable, Codable, CaseIterable { case family, staff }

    /// The yes of those whom it is about.
    public struct Consent: Sendable {
        public enum By: String, Column, Sendable, Codable, CaseIterable { case youngPerson = "young-person", parent, both }
        public enum How: String, Column, Sendable, Codable, CaseIterable { case inPerson = "in-person", phone, writing }

        public let by: By
        public let how: How
        public let at: Moment

        public init(by: By, how: How, at: Moment) { (self.by, self.how, self.at) = (by, how, at) }
    }

    /// What is written down, and gone the moment that somebody takes back their yes.
    public struct Record: Sendable {
        public let entry: EntryID
        /// A first name or initials.
        public let who: String
        /// In words that the family reads too.
        public let why: String
        public let consent: Consent
        public let way: Way
        public let contact: String?
        /// nil of what was written down before anybody was asked.
        public let first: FirstCall?
        public let state: State
        public let came: Said?
        public let helped: Helped?
        public let helpedSaid: Said?
    }

    /// What somebody said of it, when, and whether it was the family.
    public struct Said: Sendable {
        public let words: String
        public let at: Moment
        public let isFamily: Bool
    }

    public let id: ReferralID
    public let list: ShortlistID
    public let service: ServiceID
    public let by: PersonID
    public let madeAt: Moment
    /// nil once consent was taken back.
    public let record: Record?
    public let withdrawnAt: Moment?
    /// When the family is asked whether it helped, and when they were.
    public let askDue: Moment
    public let askedAt: Moment?
    /// Since when something waits for the one who referred to read it.
    public let newsAt: Moment?
    public let version: Int

    public var place: Place { Place(service: service) }
    public var url: SafeURL { .path("/referrals", id) }

    /// Four weeks: a first visit to most places, and not yet forgotten.
    public static let usualDays = 28
    public static let longestWho = 40
    public static let longestWhy = 300
    public static let longestWords = 300

    static let columns: SQL = """
        referrals.id, referrals.list, referrals.service, referrals.by_whom, referrals.made_at, referrals.withdrawn_at, referrals.ask_due,
        referrals.asked_at, referrals.news_at, referrals.version, referrals.entry, referrals.who, referrals.why, referrals.consent_by,
        referrals.consent_how, referrals.consent_at, referrals.way, referrals.contact, referrals.state, referrals.came_words,
        referrals.came_at, referrals.came_family, referrals.helped, referrals.helped_words, referrals.helped_at, referrals.helped_family,
        referrals.first_call
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        list = try row.next()
        service = try row.next()
        by = try row.next()
        madeAt = try row.next()
        withdrawnAt = try row.next()
        askDue = try row.next()
        askedAt = try row.next()
        newsAt = try row.next()
        version = try row.next()
        record = try Record(&row)
    }
}

extension Referral.Record {
    init?(_ row: inout Row) throws {
        let (entry, who, why): (EntryID?, String?, String?) = (try row.next(), try row.next(), try row.next())
        let (by, how): (Referral.Consent.By?, Referral.Consent.How?) = (try row.next(), try row.next())
        let (at, way, contact): (Moment?, Referral.Way?, String?) = (try row.next(), try row.next(), try row.next())
        let state: Referral.State? = try row.next()
        let came = try Referral.Said(&row)
        let helped: Referral.Helped? = try row.next()
        let helpedSaid = try Referral.Said(&row)
        first = try row.next()
        guard let entry, let who, let why, let by, let how, let at, let way, let state else { return nil }
        (self.entry, self.who, self.why, self.way, self.contact) = (entry, who, why, way, contact)
        consent = Referral.Consent(by: by, how: how, at: at)
        (self.state, self.came, self.helped, self.helpedSaid) = (state, came, helped, helpedSaid)
    }
}

extension Referral.Said {
    init?(_ row: inout Row) throws {
        let (words, at, isFamily): (String?, Moment?, Bool?) = (try row.next(), try row.next(), try row.next())
        guard let at, let isFamily else { return nil }
        (self.words, self.at, self.isFamily) = (words ?? "", at, isFamily)
    }
}
