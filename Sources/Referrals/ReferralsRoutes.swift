import Directory
import HTML
import Kernel
import Services
import Shortlists
import Store
import Web
import Words

public enum ReferralsRoutes {
    public static func add(to site: Site) {
        addReferring(to: site)
        addReading(to: site)
        addFamily(to: site, "/family/:code")
        addFamily(to: site, "/family/kept/:list")
        addKeeping(to: site)
        addFigures(to: site)
    }

    /// What stands on the page of a list.
    public static let besideLists = BesideLists(
        forPlace: { list, entry, actor, tx in
            guard try ReferralPolicy.mayRefer(from: list, of: StaffServices.of(actor, tx), by: actor) else { return nil }
            return Link(W.referTo, to: .path("/lists", list.id, "places", entry, "referral"))
        },
        forList: { list, actor, tx in
            let services = try StaffServices.of(actor, tx)
            return try ReferralStore.of(list.id, tx).filter { (try? ReferralPolicy.read($0, of: services, by: actor)) != nil }.map { one in
                let record = try ReferralRecord(one, at: one.madeAt, tx)
                return Link(one.record == nil ? W.recordGone : W.referralTitle(who: record.who, place: record.place), to: one.url)
            }
        },
        forPerson: { actor, tx in
            guard let person = actor.personID else { return [] }
            let kept = try tx.all(
                """
                SELECT family_pages.list, shortlists.title FROM family_pages JOIN shortlists ON shortlists.id = family_pages.list
                WHERE family_pages.person = \(person) ORDER BY family_pages.made_at DESC, family_pages.list
                """
            ) { row in
                let list: ShortlistID = try row.next()
                return Link(W.familyLink(title: try row.next()), to: .path("/family/kept", list))
            }
            return kept + (try StaffServices.of(actor, tx).isEmpty ? [] : [Link(W.referralsHeading, to: .path("/referrals"))])
        }
    )

    public static func forEditors(_ entry: EntryID) -> [Link] {
        [Link(W.figuresHeading, to: .path("/directory/entries", entry, "helped"))]
    }

    private static func addReferring(to site: Site) {
        let path = "/lists/:list/places/:entry/referral"
        let show: Site.Show = { visit, tx in try ReferPage(visit, tx) }
        site.page(path, show)
        site.post(path, again: show) { visit, tx in
            // Before anything is said about what was typed: whoever may not is told nothing.
            _ = try ReferPage(visit, tx)
            var form = visit.form
            let draft = try ReferPage.read(&form, at: visit.at, zone: visit.site.dates.zone)
            let made = try Refer.run(visit.id("entry"), from: visit.id("list"), draft, by: visit.deed, tx)
            let own = SafeURL.path("/referrals", made.id).adding("done", "made")
            return .see(made.code.map { .path("/family", $0, query: ["made": "yes"]) } ?? own)
        }
    }

    private static func addReading(to site: Site) {
        site.page("/referrals") { visit, tx in try ReferralsPage(visit, tx) }
        let one = "/referrals/:referral"
        let show: Site.Show = { visit, tx in try ReferralPage(visit, tx) }
        site.page(one, show)
        site.post(one + "/coming", again: show) { visit, tx in
            let id = try readable(visit, tx).id
            var form = visit.form
            let said = try ReferralQuestions.readCame(&form)
            try SayWhatCame.run(said.state, words: said.words, of: id, by: visit.deed, tx)
            return .see(SafeURL.path("/referrals", id).adding("done", "came"))
        }
        site.post(one + "/helping", again: show) { visit, tx in
            let id = try readable(visit, tx).id
            var form = visit.form
            let said = try ReferralQuestions.readHelped(&form)
            try SayWhetherItHelped.run(said.helped, words: said.words, of: id, by: visit.deed, tx)
            return .see(SafeURL.path("/referrals", id).adding("done", "helped"))
        }
        site.post(one + "/seeing") { visit, tx in
            let id = try readable(visit, tx).id
            try SeeNews.run(id, by: visit.deed, tx)
            return .see(SafeURL.path("/referrals", id))
        }
        site.post(one + "/withdrawal", again: show) { visit, tx in
            let id = try readable(visit, tx).id
            guard visit.form["sure"] == "yes" else { throw Problems("sure", W.takeBackTick) }
            try WithdrawReferral.run(id, by: visit.deed, tx)
            return .see(SafeURL.path("/referrals", id).adding("done", "withdrawn"))
        }
        site.post(one + "/links") { visit, tx in
            let code = try NewFamilyLink.run(for: readable(visit, tx), by: visit.deed, tx)
            return .see(.path("/family", code, query: ["made": "yes"]))
        }
    }

    private static func readable(_ visit: Visit, _ tx: Transaction) throws -> Referral {
        try ReferralStore.find(visit.id("referral"), for: visit.actor, tx)
    }

    /// The same page by its link and in an account.
    private static func addFamily(to site: Site, _ base: String) {
        let show: Site.Show = { visit, tx in try FamilyPage(visit, tx) }
        let one = base + "/referrals/:referral"
        site.page(base, show)
        site.post(one + "/coming", again: show) { visit, tx in
            let door = try FamilyDoor(visit, tx)
            let referral = try door.referral(visit, tx)
            var form = visit.form
            let said = try ReferralQuestions.readCame(&form, suffix: "-\(referral.id)")
            try SayWhatCame.run(said.state, words: said.words, of: referral, isFamily: true, by: door.deed, tx)
            return .see(door.base.adding("done", "came"))
        }
        site.post(one + "/helping", again: show) { visit, tx in
            let door = try FamilyDoor(visit, tx)
            let referral = try door.referral(visit, tx)
            var form = visit.form
            let said = try ReferralQuestions.readHelped(&form, suffix: "-\(referral.id)")
            try SayWhetherItHelped.run(said.helped, words: said.words, of: referral, isFamily: true, by: door.deed, tx)
            return .see(door.base.adding("done", "helped"))
        }
        site.post(one + "/withdrawal", again: show) { visit, tx in
            let door = try FamilyDoor(visit, tx)
            let referral = try door.referral(visit, tx)
            let sure = "sure-\(referral.id)"
            guard visit.form[sure] == "yes" else { throw Problems(sure, W.takeBackTick) }
            try WithdrawReferral.run(referral, isFamily: true, by: door.deed, tx)
            return .see(door.base.adding("done", "withdrawn"))
        }
    }

    private static func addKeeping(to site: Site) {
        site.page("/family/:code/slip") { visit, tx in try FamilySlipPage(visit, tx) }
        site.post("/family/:code/keeping") { visit, tx in
            let door = try FamilyDoor(visit, tx)
            try KeepFamilyPage.run(door, by: visit.deed, tx)
            return .see(SafeURL.path("/family/kept", door.list.id).adding("done", "kept"))
        }
        site.post("/family/kept/:list/end") { visit, tx in
            try LetGoFamilyPage.run(visit.id("list"), by: visit.deed, tx)
            return .see(.path("/lists"))
        }
    }

    private static func addFigures(to site: Site) {
        site.page("/directory/entries/:entry/helped") { visit, tx in try HelpedPage(visit, tx) }
        let show: Site.Show = { visit, tx in try AskDaysPage(visit, tx) }
        site.page("/:service/settings/referrals", show)
        site.post("/:service/settings/referrals", again: show) { visit, tx in
            let here = try ServiceVisit(visit, tx)
            try ServicePolicy.change(here.service, by: visit.actor)
            var form = visit.form
            let days = form.number("days", in: ChangeAskDays.range, empty: W.daysWrong, wrong: W.daysWrong)
            try form.check()
            if let days { try ChangeAskDays.run(days, of: here.service, by: visit.deed, tx) }
            return .see(SafeURL.path("/", here.service.slug, "settings", "referrals").adding("done", "saved"))
        }
    }
}
