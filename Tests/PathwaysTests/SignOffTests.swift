import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import Pathways

@Suite struct SigningOff {
    @Test(arguments: Engine.all) func `Sign-offs are counted by perspective, for the words as they were read`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let signers = try await house.allowed { deed, tx in
                try SignOff.run(
                    TextStore.find(text.id, tx),
                    edition: 1,
                    asked: [house.cast.parents, house.cast.young],
                    in: house.service(tx),
                    by: deed,
                    tx
                )
            }
            #expect(signers == [.parent, .otherParent, .youngPerson])
            let ofParents = try await house.allowed { deed, tx in
                try SignOff.run(text, edition: 1, asked: [house.cast.parents], in: house.service(tx), by: deed, tx)
            }
            #expect(ofParents == [.parent, .otherParent])
            for who in signers { try await house.signed(text, by: who) }
            try await house.signed(text, by: .parent)
            try await house.published(text)
            let page = try await house.browser(.stranger).get(triage).text
            #expect(page.contains("Read by 1 young person and 2 parents and carers in March 2026."))
            let mended = try await house.written(TextDraft(title: "T", summary: "S", body: "Ring.", changed: "Short."), of: text)
            try await house.published(mended)
            #expect(try await !house.browser(.stranger).get(triage).text.contains("Read by"))
        }
    }

    @Test(arguments: Engine.all) func `The one who wrote a text cannot sign it off`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let first = try await house.draft()
            try await house.published(first)
            let mended = try await house.written(TextDraft(title: "T", summary: "S", body: "Ring.", changed: "Short."), of: first)
            await #expect(throws: Refusal.self) { try await house.signed(mended, by: .youngPerson) }
            try await house.signed(mended, by: .parent)
        }
    }
}
