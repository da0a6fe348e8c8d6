import Directory
import EqualVoice
import Foundation
import Kernel
import Services
import Store
import Trail
import Words

/// Asks families whether it helped, once their time has come: on their page, and by a person where they wanted to hear from one.
public enum AskLater {
    public static let kind = "ask-whether-it-helped"

    /// - Returns: how many are to be asked from now on.
    @discardableResult
    public static func run(by deed: Deed, _ tx: Transaction) throws -> Int {
        let due: [ReferralID] = try tx.values(
            """
            SELECT id FROM referrals WHERE asked_at IS NULL AND withdrawn_at IS NULL AND helped IS NULL AND ask_due <= \(deed.at)
                AND state NOT IN ('could-not', 'not-wanted') ORDER BY ask_due, id LIMIT 500
            """
        )
        for id in due {
            let referral = try ReferralStore.find(id, tx)
            try tx.run("UPDATE referrals SET asked_at = \(deed.at), version = version + 1 WHERE id = \(id)")
            try ReferralStep.add(.asked, to: id, by: deed, tx)
            try Trail.record("referral.asked", TrailSubject("referral", id), at: referral.place, by: deed, in: tx)
        }
        return due.count
    }
}

/// After how many days a service asks whether it helped.
public enum ChangeAskDays {
    public static let range = 7...180

    public static func run(_ days: Int, of service: Service, by deed: Deed, _ tx: Transaction) throws {
        try ServicePolicy.change(service, by: deed.actor)
        try tx.run(
            """
            INSERT INTO referral_settings (service, ask_days) VALUES (\(service.id), \(days))
            ON CONFLICT (service) DO UPDATE SET ask_days = excluded.ask_days
            """
        )
        let facts = ["days": "\(days)"]
        try Trail.record("referrals.days-changed", TrailSubject("service", service.id), at: service.place, facts: facts, by: deed, in: tx)
    }
}

/// Nothing stays longer than it is of use.
public enum SweepReferrals {
    // 400 days: a year and the weeks in which somebody may still ask what came of it.
    static let days = 400

    public static func run(at now: Moment, _ tx: Transaction) throws {
        let old = now.adding(days: -days)
        let lists: [String] = try tx.values("SELECT DISTINCT list FROM referrals WHERE made_at < \(old)")
        guard !lists.isEmpty else { return }
        try tx.run("DELETE FROM referrals WHERE made_at < \(old)")
        try tx.run(
            "DELETE FROM family_pages WHERE list IN \(list: lists) AND NOT EXISTS (SELECT 1 FROM referrals WHERE referrals.list = family_pages.list)"
        )
        try tx.run(
            """
            UPDATE shortlists SET for_family = \(false) WHERE id IN \(list: lists)
                AND NOT EXISTS (SELECT 1 FROM family_pages WHERE family_pages.list = shortlists.id)
            """
        )
    }
}

/// How many said that a place helped, for those who look after the directory: never so few that somebody could tell who.
enum HelpedFigures {
    /// Takes the newest counts; `Disclosure` decides what of them is told from now on.
    static func count(_ entry: EntryID, _ tx: Transaction) throws {
        var told = try read(entry, tx) ?? Disclosure(families: [.livedExperience])
        let counts = try tx.all("SELECT helped, COUNT(*) FROM referrals WHERE entry = \(entry) AND helped IS NOT NULL GROUP BY helped") {
            row in (helped: try row.next(Referral.Helped.self), people: try row.next(Int.self))
        }
        let split = Referral.Helped.allCases.map { one in counts.first { $0.helped == one }?.people ?? 0 }
        try told.count([Disclosure.Count(people: split.reduce(0, +), splits: [split])])
        let words = String(decoding: try JSONEncoder().encode(told), as: UTF8.self)
        try tx.run(
            """
            INSERT INTO referral_told (entry, told) VALUES (\(entry), \(words))
            ON CONFLICT (entry) DO UPDATE SET told = excluded.told
            """
        )
    }

    private static func read(_ entry: EntryID, _ tx: Transaction) throws -> Disclosure? {
        let words: String? = try tx.value("SELECT told FROM referral_told WHERE entry = \(entry)")
        return try words.map { try JSONDecoder().decode(Disclosure.self, from: Data($0.utf8)) }
    }

    struct Line: Sendable, Encodable {
        let answer: String
        let people: String
    }

    /// What editors may know; nil where they are too few to be told of.
    static func told(_ entry: EntryID, _ tx: Transaction) throws -> [Line]? {
        guard let table = try read(entry, tx)?.table(for: .organisation), case .rows(let rows) = table, let row = rows.first else {
            return nil
        }
        return zip(Referral.Helped.allCases, row.splits.first ?? []).map { helped, number in
            Line(answer: ReferralWords.helped(helped), people: words(number))
        }
    }

    static var least: Int { Disclosure.Circle.organisation.least }

    private static func words(_ number: Disclosure.Number) -> String {
        switch number {
        case .exactly(let number): "\(number)"
        case .atMost(let number): W.atMost(number: "\(number)")
        case .atLeast(let number): W.atLeast(number: "\(number)")
        case .withheld: W.notTold
        }
    }
}
