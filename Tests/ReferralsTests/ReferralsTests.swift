import App
import Directory
import Foundation
import HouseSupport
import Kernel
import PathSupport
import Shortlists
import Store
import TestSupport
import Testing
import Trail

@testable import Referrals

@Suite struct ReferringWithConsent {
    struct Made {
        let list: ShortlistID
        let entry: EntryID
        let referral: ReferralID
        let code: String
        var family: String { "/family/\(code)" }
        var own: String { "/family/\(code)/referrals/\(referral)" }
    }

    static func entry(_ name: String = "Music club", in house: TestHouse) async throws -> EntryID {
        try await house.does(.otherParent) { deed, tx in
            var draft = EntryDraft()
            (draft.name, draft.phone) = (name, "0161 496 0000")
            return try AddEntry.run(draft, by: deed, tx)
        }
    }

    static func refer(_ entry: EntryID? = nil, way: Referral.Way = .page, in house: TestHouse) async throws -> Made {
        let made: EntryID
        if let entry { made = entry } else { made = try await Self.entry(in: house) }
        return try await house.does(.clinician) { deed, tx in
            let list = try StartList.run(title: "A list", by: deed, tx).list
            try PutOnList.run(made, on: list, as: ListHolder(deed.actor), by: deed, tx)
            let draft = ReferralDraft(
                who: "secretname",
                why: "secretreason",
                consent: .init(by: .youngPerson, how: .phone, at: deed.at),
                way: way,
                contact: way == .page ? nil : "07700 900123"
            )
            let referred = try Refer.run(made, from: list, draft, by: deed, tx)
            return Made(list: list, entry: made, referral: referred.id, code: referred.code ?? "")
        }
    }

    static func typed(without missing: String = "", first: String = "family") -> KeyValuePairs<String, String> {
        func value(_ name: String, _ value: String) -> String { name == missing ? "" : value }
        return [
            "who": value("who", "Kim"), "why": value("why", "You like music."), "consent-by": value("consent-by", "both"),
            "consent-how": value("consent-how", "in-person"), "consent-day": value("consent-day", "9"), "consent-month": "3",
            "consent-year": "2026", "told": value("told", "yes"), "first": value("first", first), "way": "page",
        ]
    }

    @Test(arguments: Engine.all) func `Without a whole consent there is no referral, and what was typed stays`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let club = try await Self.entry(in: house)
            let list = try await house.does(.clinician) { deed, tx in try PutOnList.run(club, as: ListHolder(deed.actor), by: deed, tx).list
            }
            let path = "/lists/\(list)/places/\(club)/referral"
            for missing in ["consent-by", "consent-how", "told", "consent-day", "first", "who", "why"] {
                let refused = try await house.browser(.clinician).post(path, Self.typed(without: missing))
                #expect(refused.status == 422 && refused.hiddenProblems.isEmpty, "\(missing)")
                #expect(missing == "why" || refused.text.contains("You like music."))
            }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM referrals") } == 0)
            let made = try await house.browser(.clinician).post(path, Self.typed())
            #expect(made.status == 303 && made.location?.hasPrefix("/family/") == true)
            let page = try await house.browser(.stranger).get(made.location ?? "")
            for words in ["Clinician, Barnet CAMHS", "Kim", "You like music.", "face to face", "9 March 2026", "Music club"] {
                #expect(page.text.localizedCaseInsensitiveContains(words), "\(words)")
            }
        }
    }

    @Test(arguments: Engine.all) func `The table itself takes no referral without consent, and none of its words once it is taken back`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let made = try await Self.refer(in: house)
            for change: SQL in ["consent_by = NULL", "withdrawn_at = 1", "who = NULL"] {
                await #expect(throws: (any Error).self) {
                    try await house.db.write { tx in try tx.run("UPDATE referrals SET \(change) WHERE id = \(made.referral)") }
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `Only staff who hold the list refer from it`(engine: Engine) async throws {
        try await engine.withHouse(hasEveryKind: true) { house in
            let club = try await Self.entry(in: house)
            for who in Character.everyKind where ![.stranger, .halfSignedIn, .closed].contains(who) {
                let list = try await house.does(who) { deed, tx in try PutOnList.run(club, as: ListHolder(deed.actor), by: deed, tx).list }
                let sent = try await house.browser(who).post("/lists/\(list)/places/\(club)/referral", Self.typed())
                #expect((sent.status == 303) == [.clinician, .manager, .peerStaff].contains(who), "\(who) \(sent.status)")
            }
            let made = try await Self.refer(in: house)
            let other = try await house.browser(.manager).post("/lists/\(made.list)/places/\(made.entry)/referral", Self.typed())
            #expect(other.status == 404, "a colleague's list is not theirs")
        }
    }

    @Test(arguments: Engine.all) func `Only who referred, who looks after referrals and the family read it`(engine: Engine) async throws {
        try await engine.withHouse(hasEveryKind: true) { house in
            let made = try await Self.refer(way: .phone, in: house)
            _ = try await house.db.write { tx in try AskLater.run(by: Deed(by: .system("jobs"), at: house.now.adding(days: 29)), tx) }
            for who in Character.everyKind {
                let browser = house.browser(who)
                let readers: Set<Character> = [.clinician, .referralKeeper]
                for path in ["/referrals/\(made.referral)", "/referrals", "/desk"] {
                    for json in [false, true] {
                        let page = try await browser.get(path, json: json)
                        #expect(page.text.contains("secretname") == readers.contains(who), "\(path) as \(who)")
                    }
                }
                #expect((try await browser.get("/referrals/\(made.referral)").status == 200) == readers.contains(who), "\(who)")
            }
        }
    }

    @Test(arguments: Engine.all) func `Whoever has left the service reads nothing of what they referred`(engine: Engine) async throws {
        try await engine.withHouse(hasEveryKind: true) { house in
            let made = try await Self.refer(in: house)
            _ = try await house.db.write { tx in try tx.run("DELETE FROM members WHERE person = \(house.cast.person(.clinician))") }
            #expect(try await house.browser(.clinician).get("/referrals/\(made.referral)").status == 404)
            #expect(try await house.browser(.clinician).get("/referrals").status == 404)
            #expect(try await house.browser(.referralKeeper).get("/referrals/\(made.referral)").status == 200)
            #expect(try await house.browser(.stranger).get(made.family).status == 200)
        }
    }

    @Test(arguments: Engine.all) func `The page says who gets in touch with the place, and not that it was asked`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let club = try await Self.entry(in: house)
            for (first, words) in [("family", "You get in touch with the place."), ("staff", "gets in touch with the place for you.")] {
                let list = try await house.does(.clinician) { deed, tx in
                    let list = try StartList.run(title: "A list", by: deed, tx).list
                    try PutOnList.run(club, on: list, as: ListHolder(deed.actor), by: deed, tx)
                    return list
                }
                let path = "/lists/\(list)/places/\(club)/referral"
                let made = try await house.browser(.clinician).post(path, Self.typed(first: first))
                #expect(made.status == 303)
                let page = try await house.browser(.stranger).get(try #require(made.location)).text
                #expect(page.contains(words), "\(first)")
                #expect(!page.contains("was asked"), "\(first)")
            }
        }
    }

    @Test(arguments: Engine.all) func `A family says what came of it, is asked later, answers, and who referred hears of it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let made = try await Self.refer(in: house)
            let (family, clinician) = (house.browser(.stranger), house.browser(.clinician))
            let empty = try await family.post(made.own + "/coming", ["referral": made.referral.text, "came-\(made.referral)": "We went"])
            #expect(empty.status == 422 && empty.text.contains("We went") && empty.hiddenProblems.isEmpty)
            #expect(
                try await family.post(
                    made.own + "/coming",
                    ["state-\(made.referral)": "has-place", "came-\(made.referral)": "Monday first"]
                ).status == 303
            )
            #expect(try await clinician.get("/referrals/\(made.referral)").text.contains("Monday first"))
            #expect(try await clinician.get("/desk").text.contains("New from a family"))
            _ = try await clinician.post("/referrals/\(made.referral)/seeing")
            #expect(try await !clinician.get("/desk").text.contains("New from a family"))

            func ask() async throws -> Int {
                let now = house.now
                return try await house.db.write { tx in try AskLater.run(by: Deed(by: .system("jobs"), at: now), tx) }
            }
            house.clock.turn(days: 27)
            #expect(try await ask() == 0)
            #expect(try await !family.get(made.family).text.contains("helping"))
            house.clock.turn(days: 1)
            #expect(try await ask() == 1)
            #expect(try await ask() == 0, "once")
            #expect(try await family.get(made.family).text.contains(made.own + "/helping"))
            let answer = try await family.post(
                made.own + "/helping",
                ["helped-\(made.referral)": "bit", "helped-words-\(made.referral)": "Too loud"]
            )
            #expect(answer.status == 303)
            #expect(try await family.get(made.family).text.contains("Too loud"))
            #expect(try await clinician.get("/referrals/\(made.referral)").text.contains("Too loud"))
            #expect(try await clinician.get("/desk").text.contains("New from a family"))
            #expect(try await !house.browser(.stranger).get("/directory/entries/\(made.entry)").text.contains("Too loud"))
        }
    }

    @Test(arguments: Engine.all) func `Where the family wants to hear from a person, the desk says whom to ask`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let (made, quiet) = (try await Self.refer(way: .phone, in: house), try await Self.refer(in: house))
            try await house.does(.clinician) { deed, tx in try SayWhatCame.run(.couldNot, words: "", of: quiet.referral, by: deed, tx) }
            house.clock.turn(days: 29)
            let now = house.now
            #expect(
                try await house.db.write { tx in try AskLater.run(by: Deed(by: .system("jobs"), at: now), tx) } == 1,
                "not who could not go"
            )
            let clinician = house.browser(.clinician)
            #expect(try await clinician.get("/desk").text.contains("To ask whether it helped"))
            let page = try await clinician.get("/referrals/\(made.referral)").text
            #expect(page.contains("By phone, 07700 900123"))
            _ = try await clinician.post("/referrals/\(made.referral)/helping", ["helped": "yes", "helped-words": ""])
            #expect(try await !clinician.get("/desk").text.contains("To ask whether it helped"))
        }
    }

    @Test(arguments: Engine.all) func `Taken back, its words are nowhere, and only that there was one stays`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let made = try await Self.refer(way: .text, in: house)
            let family = house.browser(.stranger)
            _ = try await family.post(made.own + "/coming", ["state-\(made.referral)": "waiting", "came-\(made.referral)": "secretcame"])
            _ = try await family.post(
                made.own + "/helping",
                ["helped-\(made.referral)": "no", "helped-words-\(made.referral)": "secrethelp"]
            )
            #expect(try await family.post(made.own + "/withdrawal").status == 422, "not by one press")
            #expect(try await family.post(made.own + "/withdrawal", ["sure-\(made.referral)": "yes"]).status == 303)
            let words = ["secretname", "secretreason", "secretcame", "secrethelp", "07700 900123"]
            for (who, path) in [
                (Character.stranger, made.family), (.clinician, "/referrals/\(made.referral)"), (.clinician, "/referrals"),
                (.clinician, "/desk"),
                (.clinician, "/lists/\(made.list)"),
            ] {
                for json in [false, true] {
                    let page = try await house.browser(who).get(path, json: json)
                    #expect(page.status == 200)
                    for word in words { #expect(!page.text.contains(word), "\(word) is on \(path)") }
                }
            }
            for word in words {
                let like = "%\(word)%"
                let left = try await house.db.read { tx in
                    try tx.count(
                        """
                        SELECT (SELECT COUNT(*) FROM referrals WHERE COALESCE(who, '') || COALESCE(why, '') || COALESCE(contact, '')
                                    || COALESCE(came_words, '') || COALESCE(helped_words, '') LIKE \(like) OR entry IS NOT NULL)
                            + (SELECT COUNT(*) FROM referral_steps) + (SELECT COUNT(*) FROM trail WHERE facts LIKE \(like))
                            + (SELECT COUNT(*) FROM shortlists WHERE title LIKE \(like))
                            + (SELECT COUNT(*) FROM shortlist_places WHERE note || said LIKE \(like))
                            + (SELECT COUNT(*) FROM jobs WHERE payload LIKE \(like))
                        """
                    )
                }
                #expect(left == 0, "\(word)")
            }
            let (kept, scrub, helped) = try await house.db.read { tx in
                (
                    try tx.count("SELECT COUNT(*) FROM trail WHERE what = 'referral.withdrawn'"),
                    try tx.count("SELECT COUNT(*) FROM jobs WHERE kind = \(WithdrawReferral.scrub)"),
                    try VerifyTrail.run(in: tx).isWhole
                )
            }
            #expect(kept == 1 && scrub == 1 && helped)
            #expect(try await house.browser(.clinician).get("/desk").text.contains("A yes was taken back"))
            #expect(try await family.post(made.own + "/coming", ["state-\(made.referral)": "waiting"]).status == 410)
        }
    }

    @Test(arguments: Engine.all) func `A new link ends the older one, and nobody's link opens another family's`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let (made, other) = (try await Self.refer(in: house), try await Self.refer(in: house))
            let stranger = house.browser(.stranger)
            let strange = "/family/\(made.code)/referrals/\(other.referral)"
            #expect(try await stranger.post(strange + "/withdrawal", ["sure-\(other.referral)": "yes"]).status == 404)
            #expect(try await stranger.post(strange + "/coming", ["state-\(other.referral)": "waiting"]).status == 404)
            let renewed = try await house.browser(.clinician).post("/referrals/\(made.referral)/links")
            #expect(try await stranger.get(made.family).status == 404)
            #expect(try await stranger.get(renewed.location ?? "").status == 200)
            // Who takes it into their account by a link that went astray has it there only until the next one.
            let astray = (renewed.location ?? "").replacing(/\?.*/, with: "")
            #expect(try await house.browser(.outsider).post(astray + "/keeping").status == 303)
            _ = try await house.browser(.clinician).post("/referrals/\(made.referral)/links")
            #expect(try await house.browser(.outsider).get("/family/kept/\(made.list)").status == 404)
            #expect(try await stranger.get("/passed/\(other.code)").status == 404)
            #expect(try await stranger.get("/family/\(other.code.uppercased())").status == 200)
        }
    }

    @Test(arguments: Engine.all) func `A family keeps its page in its account, and no second account takes it`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let made = try await Self.refer(in: house)
            let kept = try await house.browser(.parent).post(made.family + "/keeping")
            #expect(kept.location?.hasPrefix("/family/kept/\(made.list)") == true)
            #expect(try await house.browser(.parent).get("/lists").text.contains("/family/kept/\(made.list)"))
            #expect(try await house.browser(.outsider).post(made.family + "/keeping").status == 403)
            for who in Character.allCases where who != .stranger {
                #expect((try await house.browser(who).get("/family/kept/\(made.list)").status == 200) == (who == .parent), "\(who)")
            }
            let own = "/family/kept/\(made.list)/referrals/\(made.referral)"
            #expect(try await house.browser(.parent).post(own + "/coming", ["state-\(made.referral)": "waiting"]).status == 303)
            #expect(try await house.browser(.otherParent).post(own + "/withdrawal", ["sure-\(made.referral)": "yes"]).status == 404)
            #expect(try await house.browser(.clinician).post("/lists/\(made.list)/end").status == 403, "the family's page stays")
            #expect(try await house.browser(.otherParent).post("/family/kept/\(made.list)/end").status == 404)
            #expect(try await house.browser(.parent).post("/family/kept/\(made.list)/end").status == 303)
            #expect(try await house.browser(.parent).get("/family/kept/\(made.list)").status == 404)
            #expect(try await house.browser(.stranger).get(made.family).status == 200)
        }
    }

    @Test(arguments: Engine.all) func `Editors are told numbers only once five people have answered`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let club = try await Self.entry(in: house)
            let path = "/directory/entries/\(club)/helped"
            for number in 1...5 {
                let made = try await Self.refer(club, in: house)
                let answer: Referral.Helped = number < 4 ? .yes : .no
                try await house.does(.clinician) { deed, tx in
                    try SayWhetherItHelped.run(answer, words: "", of: made.referral, by: deed, tx)
                }
                let page = try await house.browser(.otherParent).get(path)
                #expect(page.text.contains("Fewer than 5 people") == (number < 5), "\(number)")
            }
            #expect(try await house.browser(.clinician).get(path).status == 403)
            #expect(try await !house.browser(.stranger).get("/directory/entries/\(club)").text.contains("/helped"))
        }
    }

    @Test(arguments: Engine.all) func `A service says after how many days it asks`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let path = "/barnet-camhs/settings/referrals"
            let browser = house.browser(.administrator)
            for wrong in ["", "0", "181", "soon"] { #expect(try await browser.post(path, ["days": wrong]).status == 422) }
            #expect(try await browser.post(path, ["days": "14"]).status == 303)
            let made = try await Self.refer(in: house)
            let due: Moment? = try await house.db.read { tx in try tx.value("SELECT ask_due FROM referrals WHERE id = \(made.referral)") }
            #expect(due == house.now.adding(days: 14))
        }
    }

    @Test(arguments: Engine.all) func `After a year and a month nothing of it is left`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await Self.refer(in: house)
            for (days, left) in [(399, 1), (2, 0)] {
                house.clock.turn(days: days)
                let now = house.now
                try await house.db.write { tx in try SweepReferrals.run(at: now, tx) }
                #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM referrals") } == left)
                #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM family_pages") } == left)
            }
        }
    }
}
