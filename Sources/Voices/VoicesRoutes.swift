import HTML
import Kernel
import Projects
import Services
import Store
import Web

public enum VoicesRoutes {
    public static func add(to site: Site) {
        online(site)
        writtenDown(site)
        reading(site)
        forSpeaker(site)
    }

    private static func online(_ site: Site) {
        site.page("/:service/projects/:project/say") { visit, tx in try SayPage.make(visit, tx) }
        site.post("/:service/projects/:project/say/check", again: { visit, tx in try SayPage.make(visit, tx) }) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try VoicePolicy.say(in: here.project, by: visit.actor)
            var form = visit.form
            // People choose it; programs that send a voice straight away may leave it out.
            _ = form.choice("kind", Voice.Kind.self, missing: W.kindMissing)
            return .page(CheckPage.make(try VoiceForm(&form, here, channel: .online), here))
        }
        site.post("/:service/projects/:project/say/again") { visit, tx in .page(try SayPage.make(visit, tx)) }
        site.post("/:service/projects/:project/voices", again: { visit, tx in try SayPage.make(visit, tx) }) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            if visit.actor == .stranger { try visit.site.limits.count("say", visit, most: 30, minutes: 60) }
            var form = visit.form
            let said = try VoiceForm(&form, here, channel: .online).say.run(in: here.project, zone: here.service.zone, by: visit.deed, tx)
            return .see(SafeURL.path("/receipts", said.code, query: ["new": "yes"]))
        }
        site.page("/me/voices") { visit, tx in try MyVoicesPage.make(visit, tx) }
    }

    private static func writtenDown(_ site: Site) {
        site.page("/:service/projects/:project/voices/phone") { visit, tx in try PhonePage.make(visit, tx) }
        site.post("/:service/projects/:project/voices/phone", again: { visit, tx in try PhonePage.make(visit, tx) }) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try VoicePolicy.scribe(in: here.place, by: visit.actor)
            var form = visit.form
            if !form.has("read-back") { form.problems.add("read-back", W.readBackMissing) }
            var say = try VoiceForm(&form, here, channel: .phone).say
            say.wasReadBack = true
            let said = try say.run(in: here.project, zone: here.service.zone, by: visit.deed, tx)
            return .see(SafeURL.path("/receipts", said.code, "slip", query: ["new": "phone"]))
        }
        site.page("/:service/projects/:project/voices/paper") { visit, tx in try PaperPage.make(visit, tx) }
        site.post("/:service/projects/:project/voices/paper", again: { visit, tx in try PaperPage.make(visit, tx) }) { visit, tx in
            try TypeInPaper.run(visit, tx)
        }
        site.page("/:service/projects/:project/sessions/:session/capture") { visit, tx in try CapturePage.make(visit, tx) }
        site.post("/:service/projects/:project/sessions/:session/capture", again: { visit, tx in try CapturePage.make(visit, tx) }) {
            visit,
            tx in
            try CaptureVoice.run(visit, tx)
        }
        site.post("/:service/projects/:project/sessions/:session/slips") { visit, tx in .page(try SlipsPage.make(visit, tx)) }
    }

    private static func reading(_ site: Site) {
        site.page("/:service/projects/:project/voices") { visit, tx in try VoicesPage.make(visit, tx) }
        site.page("/voices/:voice") { visit, tx in try VoicePage.make(visit, tx) }
        site.post("/voices/:voice/hearing", again: { visit, tx in try VoicePage.make(visit, tx) }) { visit, tx in
            let id: VoiceID = try visit.id("voice")
            _ = try visit.someone()
            try VoicePolicy.read(try VoiceStore.find(id, tx), by: visit.actor)
            var form = visit.form
            let answer = form.text("answer", limit: HearVoice.limit, empty: W.answerMissing)
            try form.check()
            try HearVoice.run(id, answer: answer, by: visit.deed, tx)
            return .see(SafeURL.path("/voices", id).adding("done", "heard"))
        }
        site.post("/voices/:voice/answers", again: { visit, tx in try VoicePage.make(visit, tx) }) { visit, tx in
            let id: VoiceID = try visit.id("voice")
            _ = try visit.someone()
            try VoicePolicy.read(try VoiceStore.find(id, tx), by: visit.actor)
            var form = visit.form
            let words = form.text("words", limit: FollowUps.limit, empty: W.answerMissing)
            try form.check()
            try FollowUps.answer(id, words, by: visit.deed, tx)
            return .see(SafeURL.path("/voices", id).adding("done", "answered"))
        }
    }

    /// What a scribe does at the word of somebody who rang up.
    private static func forSpeaker(_ site: Site) {
        site.post("/voices/:voice/words", again: { visit, tx in try VoicePage.make(visit, tx) }) { visit, tx in
            let id: VoiceID = try visit.id("voice")
            _ = try visit.someone()
            try VoicePolicy.read(try VoiceStore.find(id, tx), by: visit.actor)
            var form = visit.form
            let words = form.text("new-words", limit: SayVoice.limit, empty: W.wordsEmptyScribe)
            try form.check()
            try ChangeVoice.words(id, to: words, version: Int(form["version"]) ?? 0, .forSpeaker, by: visit.deed, tx)
            return .see(.path("/voices", id))
        }
        site.post("/voices/:voice/consent", again: { visit, tx in try VoicePage.make(visit, tx) }) { visit, tx in
            let id: VoiceID = try visit.id("voice")
            _ = try visit.someone()
            try VoicePolicy.read(try VoiceStore.find(id, tx), by: visit.actor)
            var form = visit.form
            let (consent, name) = VoiceForms.readConsent(&form)
            try form.check()
            if let consent { try ChangeVoice.consent(id, to: consent, name: name, .forSpeaker, by: visit.deed, tx) }
            return .see(.path("/voices", id))
        }
        site.post("/voices/:voice/receipts") { visit, tx in
            let voice = try VoiceStore.find(try visit.id("voice"), tx)
            _ = try visit.someone()
            try VoicePolicy.changeForSpeaker(voice, by: visit.actor)
            return .see(SafeURL.path("/receipts", try IssueReceipt.run(for: voice.id, visit.deed, tx), "slip"))
        }
        let db = site.db
        site.slowPost("/voices/:voice/withdrawal") { visit in
            let id: VoiceID = try visit.id("voice")
            let deed = visit.deed
            _ = try visit.someone()
            try await db.write { tx in
                try VoicePolicy.read(try VoiceStore.find(id, tx), by: deed.actor)
                try WithdrawVoice.run(id, .forSpeaker, by: deed, tx)
            }
            try await db.scrub()
            return .see(.path("/voices", id))
        }
    }
}
