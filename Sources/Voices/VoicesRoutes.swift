import HTML
import Kernel
import Projects
import Services
import Store
import Web

public enum VoicesRoutes {
    /// - Parameter subjects: what voices can be about besides their project's question.
    public static func add(to site: Site, subjects: VoiceSubjects? = nil) {
        online(site, subjects)
        writtenDown(site, subjects)
        reading(site, subjects)
        forSpeaker(site, subjects)
    }

    private static func online(_ site: Site, _ subjects: VoiceSubjects?) {
        let again: Site.Show = { visit, tx in try SayPage.make(visit, subjects, tx) }
        site.page("/:service/projects/:project/say", again)
        site.post("/:service/projects/:project/say/check", again: again) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try VoicePolicy.say(in: here.project, by: visit.actor)
            var form = visit.form
            // People choose it; programs that send a voice straight away may leave it out.
            return .page(CheckPage.make(try VoiceForm(&form, here, channel: .online, kindMissing: W.kindMissing), here))
        }
        site.post("/:service/projects/:project/say/again") { visit, tx in .page(try again(visit, tx)) }
        site.post("/:service/projects/:project/voices", again: again) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            if visit.actor == .stranger { try visit.site.limits.count("say", visit, most: 30, minutes: 60) }
            var form = visit.form
            let said = try VoiceForm(&form, here, channel: .online).say.run(in: here.project, zone: here.service.zone, by: visit.deed, tx)
            try subjects?.link(said.id, visit.form[VoiceSubjects.field], visit.deed, tx)
            // Whoever has an account opens their receipt with it; a code is made when they ask for one.
            let receipt = said.code.map { SafeURL.path("/receipts", $0) } ?? .path("/voices", said.id, "receipt")
            return .see(receipt.adding("new", "yes"))
        }
        site.page("/me/voices") { visit, tx in try MyVoicesPage.make(visit, tx) }
    }

    private static func writtenDown(_ site: Site, _ subjects: VoiceSubjects?) {
        let again: Site.Show = { visit, tx in try PhonePage.make(visit, subjects, tx) }
        site.page("/:service/projects/:project/voices/phone", again)
        site.post("/:service/projects/:project/voices/phone", again: again) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            try VoicePolicy.scribe(in: here.place, by: visit.actor)
            var form = visit.form
            var say = try VoiceForm(&form, here, channel: .phone, kindMissing: W.kindMissing).say
            say.wasReadBack = true
            let said = try say.run(in: here.project, zone: here.service.zone, by: visit.deed, tx)
            try subjects?.link(said.id, visit.form[VoiceSubjects.field], visit.deed, tx)
            guard let code = said.code else { throw Refusal.notFound }
            return .see(SafeURL.path("/receipts", code, "slip", query: ["new": "phone"], fragment: "main"))
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

    private static func reading(_ site: Site, _ subjects: VoiceSubjects?) {
        let again: Site.Show = { visit, tx in try VoicePage.make(visit, subjects, tx) }
        site.page("/:service/projects/:project/voices") { visit, tx in try VoicesPage.make(visit, tx) }
        site.page("/voices/:voice", again)
        site.post("/voices/:voice/hearing", again: again) { visit, tx in
            let id = try toAnswer(visit, tx).id
            var form = visit.form
            let answer = form.text("answer", limit: HearVoice.limit, empty: W.answerMissing)
            try form.check()
            try HearVoice.run(id, answer: answer, by: visit.deed, tx)
            return .see(SafeURL.path("/voices", id).adding("done", "heard"))
        }
        site.post("/voices/:voice/answers", again: again) { visit, tx in
            let id = try toAnswer(visit, tx).id
            var form = visit.form
            let words = form.text("words", limit: FollowUps.limit, empty: W.answerMissing)
            try form.check()
            try FollowUps.answer(id, words, by: visit.deed, tx)
            return .see(SafeURL.path("/voices", id).adding("done", "answered"))
        }
    }

    /// What a scribe does at the word of somebody who rang up. Each says how they were asked.
    private static func forSpeaker(_ site: Site, _ subjects: VoiceSubjects?) {
        let again: Site.Show = { visit, tx in try VoicePage.make(visit, subjects, tx) }
        site.post("/voices/:voice/words", again: again) { visit, tx in
            let voice = try readable(visit, tx)
            try VoicePolicy.changeForSpeaker(voice, by: visit.actor)
            var form = visit.form
            let words = form.text("new-words", limit: SayVoice.limit, empty: W.wordsEmptyScribe)
            let asked = try asked("asked-words", &form)
            try ChangeVoice.words(voice.id, to: words, version: Int(form["version"]) ?? 0, .forSpeaker(asked), by: visit.deed, tx)
            return .see(.path("/voices", voice.id))
        }
        site.post("/voices/:voice/consent", again: again) { visit, tx in
            let voice = try readable(visit, tx)
            try VoicePolicy.changeForSpeaker(voice, by: visit.actor)
            var form = visit.form
            let (consent, name) = VoiceForms.readConsent(&form)
            let asked = try asked("asked-consent", &form)
            if let consent { try ChangeVoice.consent(voice.id, to: consent, name: name, .forSpeaker(asked), by: visit.deed, tx) }
            return .see(.path("/voices", voice.id))
        }
        site.post("/voices/:voice/receipts", again: again) { visit, tx in
            let voice = try readable(visit, tx)
            try VoicePolicy.changeForSpeaker(voice, by: visit.actor)
            var form = visit.form
            if !form.has("sure") { form.problems.add("sure", W.forSpeakerReceiptSureMissing) }
            try form.check()
            return .see(SafeURL.path("/receipts", try IssueReceipt.run(for: voice, by: visit.deed, tx), "slip"))
        }
        let db = site.db
        site.slowPost("/voices/:voice/withdrawal", again: again) { visit in
            let voice = try await db.write { tx in
                let voice = try readable(visit, tx)
                try VoicePolicy.changeForSpeaker(voice, by: visit.actor)
                var form = visit.form
                try WithdrawVoice.run(voice.id, .forSpeaker(try asked("asked-withdrawal", &form)), by: visit.deed, tx)
                return voice.id
            }
            // It is taken back, whatever comes of this: the job tries again until the files are wiped.
            try? await db.scrub()
            return .see(.path("/voices", voice))
        }
        site.post("/voices/:voice/holding", again: again) { visit, tx in
            let voice = try readable(visit, tx)
            try VoicePolicy.holdBack(voice, by: visit.actor)
            var form = visit.form
            let reason: HoldVoice.Reason? = form.choice("because", missing: W.holdMissing)
            let words = form.line("because-words", limit: HoldVoice.limit, empty: reason == .other ? W.holdWordsMissing : nil)
            try form.check()
            if let reason { try HoldVoice.run(voice.id, because: reason, words: words, by: visit.deed, tx) }
            return .see(.path("/voices", voice.id))
        }
        site.post("/voices/:voice/release") { visit, tx in
            let voice = try readable(visit, tx)
            try ReleaseVoice.run(voice.id, by: visit.deed, tx)
            return .see(.path("/voices", voice.id))
        }
    }

    /// The voice that somebody may answer: nothing is said about what they typed before that is clear.
    private static func toAnswer(_ visit: Visit, _ tx: Transaction) throws -> Voice {
        let voice = try readable(visit, tx)
        try VoicePolicy.hear(voice, by: visit.actor, isStaff: try Staff.isStaff(visit.actor, in: voice, tx))
        return voice
    }

    private static func readable(_ visit: Visit, _ tx: Transaction) throws -> Voice {
        let voice = try VoiceStore.find(try visit.id("voice"), tx)
        _ = try visit.someone()
        try VoicePolicy.read(voice, by: visit.actor)
        return voice
    }

    /// How the speaker asked; throws with everything that is wrong with the form so far.
    private static func asked(_ name: String, _ form: inout Form) throws -> ChangeVoice.Asked {
        let asked: ChangeVoice.Asked? = form.choice(name, missing: W.askedMissing)
        try form.check()
        guard let asked else { throw Problems(name, W.askedMissing) }
        return asked
    }
}
