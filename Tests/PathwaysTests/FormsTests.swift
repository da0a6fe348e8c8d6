import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import Discussion
@testable import Pathways

@Suite struct OtherForms {
    @Test(arguments: Engine.all) func `A translation reads from its own side and says when it has fallen behind`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let first = try await house.draft()
            let arabic = TextDraft(title: "ماذا يحدث", summary: "كيف", body: "يمكنك الاتصال بنا.", language: "ar")
            await #expect(throws: Refusal.self) { _ = try await house.written(arabic, of: first) }
            try await house.published(first)
            let translation = try await house.written(arabic, of: first)
            #expect(translation.age == nil)
            #expect(translation.follows == 1)
            try await house.published(translation)
            let page = try await house.browser(.stranger).get(triage + "?language=ar").text
            #expect(page.contains("lang=\"ar\" dir=\"rtl\""))
            #expect(!page.contains("has changed since"))
            let second = try await house.written(TextDraft(title: "T", summary: "S", body: "Ring us.", changed: "Ring any day."), of: first)
            try await house.published(second)
            let behind = try await house.browser(.stranger).get(triage + "?language=ar").text
            #expect(behind.contains("has changed since"))
            #expect(behind.contains("Ring any day."))
            // For those who read the translation, in its own language and from its own side.
            #expect(
                behind.contains("lang=\"ar\" dir=\"rtl\" class=\"warning-text\"")
                    || behind.contains("class=\"warning-text\" lang=\"ar\" dir=\"rtl\"")
            )
            #expect(behind.contains("تغيّرت الصفحة الإنجليزية"))
        }
    }

    @Test(arguments: Engine.all) func `Every form of a page says which number to ring and where to say that something is wrong`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            _ = try await house.db.write { tx in try tx.run("UPDATE services SET phone = '020 7946 0123'") }
            let first = try await house.draft()
            try await house.published(first)
            let welsh = try await house.written(
                TextDraft(title: "Brysbennu", summary: "S", body: "Ffoniwch ni.", language: "cy"),
                of: first
            )
            try await house.published(welsh)
            let easy = try await house.written(
                TextDraft(title: "Triage", summary: "S", body: "phone: You can ring us.", form: .easy),
                of: first
            )
            try await house.signed(easy, by: .parent)
            try await house.published(easy)
            for form in ["", "?language=cy", "?form=easy", "?print=large"] {
                let page = try await house.browser(.stranger).get(triage + form).text
                #expect(page.contains("href=\"tel:02079460123\""), "\(form)")
                #expect(page.contains("Something here is wrong or hard to understand"), "\(form)")
                #expect(page.contains("/say?words=On%20the%20page"), "\(form)")
            }
        }
    }

    @Test(arguments: Engine.all) func `Easy read has one idea a line and needs somebody who lives it to sign it off`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let first = try await house.draft()
            try await house.published(first)
            let crowded = TextDraft(title: "Triage", summary: "S", body: "phone: You can ring us. We will listen.", form: .easy)
            await #expect(throws: Problems.self) { _ = try await house.written(crowded, of: first) }
            let good = TextDraft(title: "Triage", summary: "S", body: "phone: You can ring us.\ntalk: We will listen.", form: .easy)
            let easy = try await house.written(good, of: first)
            await #expect(throws: Refusal.self) { try await house.published(easy) }
            try await house.signed(easy, by: .parent)
            try await house.does(.publisher) { deed, tx in
                try PublishText.run(
                    TextStore.find(easy.id, tx),
                    edition: 1,
                    of: LeafletStore.find(easy.leaflet, tx),
                    in: house.service(tx),
                    by: deed,
                    tx
                )
            }
            let page = try await house.browser(.stranger).get(triage + "?form=easy").text
            #expect(page.contains("<title id=") && page.contains("A phone"))
            #expect(page.contains("<p>You can ring us.</p>"))
        }
    }

    @Test(arguments: Engine.all) func `Words of the glossary are linked where they first stand`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let word = try await house.draft("Referral", "Somebody asks us to help you.", LeafletDetails(kind: .word, also: "referrals"))
            try await house.published(word)
            let text = try await house.draft("What happens at triage", "A nurse reads all referrals every day.")
            try await house.published(text)
            let page = try await house.browser(.stranger).get(triage).text
            #expect(page.contains("<a href=\"/barnet-camhs/pathways/words#word-referral\">referrals</a>"))
            #expect(try await house.browser(.stranger).get(pathways + "/words").text.contains("id=\"word-referral\""))
        }
    }

    @Test(arguments: Engine.all) func `The themes that asked for it are shown as far as whoever looks may know them`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let open = try await house.theme("Plain words")
            let closed = try await house.theme("Not for everybody", isPublic: false)
            let text = try await house.draft(
                "What happens at triage",
                TestHouse.easyWords,
                LeafletDetails(kind: .pathway, themes: [open, closed])
            )
            try await house.published(text)
            let stranger = try await house.browser(.stranger).get(triage).text
            #expect(stranger.contains("Plain words"))
            #expect(!stranger.contains("Not for everybody"))
            #expect(try await house.browser(.parent).get(triage).text.contains("Not for everybody"))
            try await house.does(.facilitator) { deed, tx in try MergeThemes.run(open, into: closed, by: deed, tx) }
            #expect(try await house.db.read { tx in try LeafletThemes.of(text.leaflet, tx).map(\.id) } == [closed])
        }
    }
}
