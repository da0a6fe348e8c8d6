import Discussion
import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing
import Voices

@testable import Replies

@Suite struct Replying {
    @Test(arguments: Engine.all) func `Facilitators and publishers answer, once something is decided`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            await #expect(throws: Refusal.self) {
                try await house.does(.facilitator) { deed, tx in try WriteReply.run(to: theme, words: "W", by: deed, tx) }
            }
            try await house.decided(theme)
            let allowed = try await house.allowed { deed, tx in try WriteReply.run(to: theme, words: "W", by: deed, tx) }
            #expect(allowed == [.facilitator, .publisher])
        }
    }

    @Test(arguments: Engine.all) func `An answer is shown before it goes out, and nothing goes before that`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            _ = try await house.said(replyBy: .phone, in: theme)
            _ = try await house.said(in: theme)
            try await house.decided(theme)
            let browser = house.browser(.publisher)
            let check = try await browser.post(house.path(theme, "/replies"), ["words": "You said <b>. We rang."])
            #expect(check.status == 200)
            #expect(check.text.contains("Check your answer before it goes to 2 people"))
            #expect(check.text.contains("You said &lt;b&gt;. We rang."))
            #expect(check.text.contains("2 of them have not been answered by a person yet."))
            #expect(try await house.db.read { tx in try ReplyStore.of(theme, tx).isEmpty })
            let change = try await browser.post(house.path(theme, "/replies"), ["words": "You said. We rang.", "step": "change"])
            #expect(change.text.contains("<textarea") && change.text.contains("You said. We rang."))
            #expect(try await browser.post(house.path(theme, "/replies"), ["words": "You said. We rang.", "step": "send"]).status == 303)
            #expect(try await browser.post(house.path(theme, "/replies"), ["words": " ", "step": "send"]).status == 422)
            #expect(try await house.db.read { tx in try ReplyStore.of(theme, tx).count } == 1)
        }
    }

    @Test(arguments: Engine.all) func `Whoever asked to be told is put on the call-back list, once, and nobody else`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let (phone, letter) = (try await house.said(replyBy: .phone, in: theme), try await house.said(replyBy: .letter, in: theme))
            _ = try await house.said(replyBy: .receipt, in: theme)
            _ = try await house.said(replyBy: .phone)
            let gone = try await house.said(replyBy: .phone, in: theme)
            try await house.does(.facilitator) { deed, tx in try WithdrawVoice.run(gone, .forSpeaker(.phone), by: deed, tx) }
            try await house.decided(theme)
            #expect(
                try await house.db.read { tx in try ReplyStore.audience(of: theme, tx) }
                    == Audience(byWay: ["phone": 1, "letter": 1, "receipt": 1])
            )
            try await house.does(.facilitator) { deed, tx in try WriteReply.run(to: theme, words: "W", by: deed, tx) }
            let told = try await house.db.read { tx in try tx.values("SELECT voice FROM tellings WHERE news = 'reply'", as: VoiceID.self) }
            #expect(Set(told) == [phone, letter] && told.count == 2)
        }
    }

    @Test(arguments: Engine.all) func `An answer settles what was owed, and the next change makes another one owed`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            #expect(try await house.theme(theme).replyDue != nil)
            try await house.does(.facilitator) { deed, tx in try WriteReply.run(to: theme, words: "W", by: deed, tx) }
            let replied = try await house.theme(theme)
            #expect(replied.replyDue == nil && replied.repliedAt == house.now)
            try await house.decided(theme)
            #expect(try await house.theme(theme).replyDue != nil)
        }
    }

    @Test func `Five thousand people are answered at once`() async throws {
        try await Engine.all[0].withHouse { house in
            let theme = try await house.theme()
            let first = try await house.said(replyBy: .phone, in: theme)
            try await house.db.write { tx in
                for number in 0..<5_000 {
                    let id = VoiceID(at: Moment(milliseconds: Int64(number)), chance: .system)
                    try tx.run(
                        """
                        INSERT INTO voices (id, service, project, group_id, theme, perspective, kind, channel, read_back, consent, consent_at, words, digest,
                            version, reply_by, said_at, recorded_at, hear_due, discuss_due, decide_due)
                        SELECT \(id), service, project, group_id, theme, perspective, kind, channel, read_back, consent, consent_at, words, digest,
                            version, reply_by, said_at, recorded_at, hear_due, discuss_due, decide_due FROM voices WHERE id = \(first)
                        """
                    )
                }
            }
            try await house.decided(theme)
            let clock = ContinuousClock()
            let took = try await clock.measure {
                _ = try await house.does(.facilitator) { deed, tx in try WriteReply.run(to: theme, words: "W", by: deed, tx) }
            }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM tellings") } == 5_001)
            // 2 s: one statement takes some tens of milliseconds even in a debug build; one a voice would take many times that.
            #expect(took < .seconds(2))
        }
    }
}
