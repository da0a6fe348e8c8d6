import HTML
import Kernel
import Ratings
import Store
import Voices
import Web

public enum ReceiptsRoutes {
    public static func add(to site: Site) {
        site.page("/receipt") { visit, _ in CodePage(form: visit.form) }
        site.post("/receipt", again: { visit, _ in CodePage(form: visit.form) }) { visit, tx in
            var form = visit.form
            let code = form.line("code", limit: 60, empty: W.codeMissing)
            if form.problems.isEmpty, ReceiptCode.tidy(code).count != ReceiptCode.letters {
                form.problems.add("code", W.codeLength(n: String(ReceiptCode.tidy(code).count)))
            }
            try form.check()
            guard (try? VoiceStore.find(code: code, tx)) != nil else {
                try visit.site.limits.count("receipt", visit, most: 60, minutes: 10)
                throw Problems("code", W.codeWrong)
            }
            return .see(.path("/receipts", ReceiptCode.tidy(code)))
        }
        add("/receipts/:code", to: site)
        add("/voices/:voice/receipt", to: site)
        site.page("/receipts/:code/slip") { visit, tx in try SlipPage.make(visit, tx) }
    }

    /// The receipt and what its holder may do, below one address: by code, or signed in.
    private static func add(_ path: String, to site: Site) {
        let again: Site.Show = { visit, tx in try ReceiptPage.make(visit, tx) }
        site.page(path) { visit, tx in try ReceiptPage.make(visit, tx) }
        site.post(path + "/words", again: again) { visit, tx in
            let door = try ReceiptDoor(visit, tx)
            var form = visit.form
            let words = form.text("words", limit: SayVoice.limit, empty: W.wordsMissing)
            try form.check()
            try ChangeVoice.words(
                door.voice.id,
                to: words,
                version: Int(form["version"]) ?? 0,
                .speaker,
                again: door.base,
                by: door.deed,
                tx
            )
            return .see(door.base.adding("done", "words"))
        }
        site.post(path + "/consent", again: again) { visit, tx in
            let door = try ReceiptDoor(visit, tx)
            var form = visit.form
            let (consent, name) = VoiceForms.readConsent(&form)
            try form.check()
            if let consent { try ChangeVoice.consent(door.voice.id, to: consent, name: name, .speaker, by: door.deed, tx) }
            return .see(door.base.adding("done", "consent"))
        }
        site.post(path + "/telling", again: again) { visit, tx in
            let door = try ReceiptDoor(visit, tx)
            var form = visit.form
            let (way, to, when) = VoiceForms.readReplyBy(&form)
            try form.check()
            try ChangeVoice.telling(door.voice.id, by: way, to: to, when: when, .speaker, by: door.deed, tx)
            return .see(door.base.adding("done", "telling"))
        }
        site.post(path + "/answers", again: again) { visit, tx in
            let door = try ReceiptDoor(visit, tx)
            var form = visit.form
            let words = form.text("answer", limit: FollowUps.limit, empty: W.answerMissing)
            try form.check()
            try FollowUps.answerBack(door.voice.id, words, by: door.deed, tx)
            return .see(door.base.adding("done", "answer"))
        }
        site.post(path + "/rating", again: again) { visit, tx in
            let door = try ReceiptDoor(visit, tx)
            var form = visit.form
            let score = form.number("score", in: 0...10, empty: W.ratingMissing, wrong: W.ratingMissing)
            let words = form.text("rating-words", limit: 500)
            try form.check()
            if let score { try GiveRating.run(score, words: words, about: .voice(door.voice.id), by: door.deed, tx) }
            return .see(door.base.adding("done", "rating"))
        }
        site.post(path + "/codes") { visit, tx in
            let door = try ReceiptDoor(visit, tx)
            try VoicePolicy.change(door.voice, by: door.deed.actor)
            let fresh = SafeURL.path("/receipts", try IssueReceipt.run(for: door.voice, by: door.deed, tx))
            return .see(door.code == nil ? fresh : fresh.adding("done", "code"))
        }
        withdrawal(path, again, site)
    }

    private static func withdrawal(_ path: String, _ again: @escaping Site.Show, _ site: Site) {
        let db = site.db
        site.slowPost(path + "/withdrawal", again: again) { visit in
            guard visit.form.has("sure") else {
                _ = try await db.read { tx in try ReceiptDoor(visit, tx).base }
                throw Problems("sure", W.withdrawSureMissing)
            }
            let base = try await db.write { tx in
                let door = try ReceiptDoor(visit, tx)
                try WithdrawVoice.run(door.voice.id, .speaker, by: door.deed, tx)
                return door.base
            }
            // It is taken back, whatever comes of this: the job tries again until the files are wiped.
            try? await db.scrub()
            return .see(base)
        }
    }
}
