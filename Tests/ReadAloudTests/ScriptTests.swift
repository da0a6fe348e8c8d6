import HouseSupport
import PathSupport
import Pathways
import Store
import TestSupport
import Testing

@testable import ReadAloud

@Suite struct WhatIsRead {
    @Test(arguments: [
        ("Ring 020 8702 4500 now.", "Ring 0 2 0, 8 7 0 2, 4 5 0 0 now."), ("Ring 999.", "Ring 9 9 9."),
        ("Text SHOUT to 85258", "Text SHOUT to 8 5 2 5 8"),
        ("Ring 116 123.", "Ring 1 1 6, 1 2 3."), ("About 120 people in 2026", "About 120 people in 2026"),
    ]) func `Numbers to ring are read digit by digit, and other numbers as numbers`(_ written: String, _ read: String) {
        #expect(Script.numbersToRing(in: written) == read)
    }

    @Test func `Nothing that people wrote gives the voice an order`() {
        #expect(Script.escaped("<break time=\"9h\"/> & [[x]] \u{1}5s") == "&lt;break time=\"9h\"/&gt; &amp;   x    5s")
    }

    @Test(arguments: Engine.all) func `A page is read with its headings, its lists and no word twice`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let word = try await house.draft("Referral", "Somebody asks us to help you.", LeafletDetails(kind: .word))
            try await house.published(word)
            let text = try await house.draft(
                "What happens at triage",
                "A nurse reads every referral.\n\n## What to bring\n\n- a friend\n- a pen"
            )
            let ssml = Script(of: text).ssml
            #expect(ssml.contains("<p>What happens at triage.</p>"))
            #expect(ssml.contains("<p>What to bring.</p><break time=\"500ms\"/><p>a friend.</p><p>a pen.</p>"))
            #expect(ssml.split(separator: "referral").count == 2)
        }
    }
}
