import Directory
import Kernel
import Referrals
import Shortlists
import Store

// Lists of places for families, and what came of them.
extension DemoStage {
    func make(_ list: DemoStory.List) throws {
        let deed = try deed(list.by)
        let holder = ListHolder(deed.actor)
        let id = try StartList.run(title: list.title, by: deed, tx).list
        lists[list.title] = id
        var notes: [EntryID: String] = [:]
        for place in list.places {
            let entry = try entry(place.name)
            try PutOnList.run(entry, on: id, as: holder, by: deed, tx)
            notes[entry] = place.why
        }
        try ChangeList.run(id, title: list.title, notes: notes, as: holder, by: deed, tx)
        _ = try PassOn.run(id, days: 90, as: holder, by: deed, tx)
    }

    func refer(_ referred: DemoStory.List.Referred, from list: DemoStory.List) throws {
        let consent = Referral.Consent(by: referred.consent, how: referred.how, at: calendar.moment(referred.consented))
        let draft = ReferralDraft(who: referred.who, why: referred.why, consent: consent)
        let made = try Refer.run(entry(referred.to), from: id(list), draft, by: deed(list.by), tx)
        referrals[key(referred, list)] = made.id
        if let code = made.code { families[list.title] = code }
    }

    func came(_ came: DemoStory.List.Came, of referred: DemoStory.List.Referred, in list: DemoStory.List) throws {
        try SayWhatCame.run(came.state, words: came.words ?? "", of: id(referred, list), by: deed(list.by), tx)
    }

    func helped(_ helped: DemoStory.List.Helped, of referred: DemoStory.List.Referred, in list: DemoStory.List) throws {
        try SayWhetherItHelped.run(helped.answer, words: helped.words ?? "", of: id(referred, list), by: deed(list.by), tx)
    }

    func keep(_ kept: DemoStory.List.Kept, _ list: DemoStory.List) throws {
        guard let code = families[list.title] else { throw UnknownKey("page of a family for the list", list.title) }
        try KeepFamilyPage.run(code: code, by: deed(kept.by), tx)
    }

    private func key(_ referred: DemoStory.List.Referred, _ list: DemoStory.List) -> String { "\(list.title): \(referred.to)" }

    private func id(_ list: DemoStory.List) throws -> ShortlistID {
        guard let id = lists[list.title] else { throw UnknownKey("list", list.title) }
        return id
    }

    private func id(_ referred: DemoStory.List.Referred, _ list: DemoStory.List) throws -> ReferralID {
        guard let id = referrals[key(referred, list)] else { throw UnknownKey("referral", key(referred, list)) }
        return id
    }
}
