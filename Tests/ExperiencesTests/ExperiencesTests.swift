import Directory
import HTTPTypes
import HouseSupport
import Kernel
import PathSupport
import Projects
import Store
import TestSupport
import Testing
import Trail
import Voices

@testable import Experiences

extension TestHouse {
    func entry(_ name: String = "The club") async throws -> EntryID {
        try await does(.otherParent) { deed, tx in
            var draft = EntryDraft()
            draft.name = name
            return try AddEntry.run(draft, by: deed, tx)
        }
    }

    /// Somebody says it on the page for it; the voice that it made.
    func say(_ words: String, about entry: EntryID, as who: Character, in project: String, consent: String = "public") async throws
        -> VoiceID
    {
        let answer = try await browser(who).post(
            "/barnet-camhs/projects/\(project)/voices",
            ["words": words, "perspective": "young-people", "consent": consent, "reply-by": "receipt", "about": entry.text]
        )
        #expect(answer.status == 303, "\(answer.text)")
        return try await db.read { tx in try tx.value("SELECT id FROM voices WHERE words = \(words)") } ?? ID(at: now, chance: .system)
    }
}

@Suite struct WhatItWasLike {
    @Test(arguments: Engine.all) func `A stranger's words are shown once a person has read them, and gone when they are taken back`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let entry = try await house.entry()
            let voice = try await house.say("They let me just listen", about: entry, as: .stranger, in: "open-door")
            let pages = ["/directory/entries/\(entry)", "/directory/entries/\(entry)/words"]
            func isShown(json: Bool) async throws -> [Bool] {
                var shown: [Bool] = []
                for page in pages { shown.append(try await house.browser(.stranger).get(page, json: json).text.contains("just listen")) }
                return shown
            }
            #expect(try await isShown(json: false) == [false, false])
            try await house.does(.facilitator) { deed, tx in try HearVoice.run(voice, answer: "Thank you", by: deed, tx) }
            #expect(try await isShown(json: false) == [true, true])
            #expect(try await isShown(json: true) == [true, true])
            let page = try await house.browser(.stranger).get(pages[0]).text
            #expect(page.lowercased().contains("young person, march 2026"))
            #expect(!(try await house.browser(.stranger).get("/oruk/services").text.contains("just listen")))
            #expect(!(try await house.browser(.stranger).get("/directory/list.csv").text.contains("just listen")))
            let holder = Deed(by: .holder(of: voice), at: house.now)
            try await house.db.write { tx in try WithdrawVoice.run(voice, .speaker, by: holder, tx) }
            #expect(try await isShown(json: false) == [false, false])
            #expect(try await isShown(json: true) == [false, false])
        }
    }

    @Test(arguments: Engine.all) func `Only what is for everybody is shown, and what is held back is not`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let entry = try await house.entry()
            let quiet = try await house.say("Only for the project", about: entry, as: .youngPerson, in: "stepped-model", consent: "project")
            let held = try await house.say("A name is in it", about: entry, as: .youngPerson, in: "stepped-model")
            try await house.does(.facilitator) { deed, tx in
                try HearVoice.run(quiet, answer: "Thank you", by: deed, tx)
                try HoldVoice.run(held, because: .names, words: "", by: deed, tx)
                try HearVoice.run(held, answer: "Thank you", by: deed, tx)
            }
            for who in [Character.stranger, .facilitator, .otherParent] {
                let page = try await house.browser(who).get("/directory/entries/\(entry)").text
                #expect(!page.contains("Only for the project") && !page.contains("A name is in it"))
            }
            // Where it is read and answered, it says what it is about.
            #expect(try await house.browser(.facilitator).get("/voices/\(quiet)").text.contains("The club"))
        }
    }

    @Test(arguments: Engine.all) func `In a closed project with few people nobody is told whose point of view it was`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let entry = try await house.entry()
            let voice = try await house.say("I was the only one", about: entry, as: .youngPerson, in: "stepped-model")
            try await house.does(.facilitator) { deed, tx in try HearVoice.run(voice, answer: "Thank you", by: deed, tx) }
            let page = try await house.browser(.stranger).get("/directory/entries/\(entry)").text
            #expect(page.contains("I was the only one") && page.contains("Somebody who used it, March 2026"))
            #expect(!page.lowercased().contains("young person,"))
        }
    }

    @Test(arguments: Engine.all) func `Words go along when two places become one`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (first, second) = (try await house.entry("The club"), try await house.entry("The same club"))
            let voice = try await house.say("It was warm", about: second, as: .stranger, in: "open-door")
            try await house.does(.facilitator) { deed, tx in try HearVoice.run(voice, answer: "Thank you", by: deed, tx) }
            try await house.does(.otherParent) { deed, tx in try MergeEntries.run(second, into: first, by: deed, tx) }
            #expect(try await house.browser(.stranger).get("/directory/entries/\(first)").text.contains("It was warm"))
        }
    }

    @Test(arguments: Engine.all) func `Which place it was about is forgotten with the voice, and the trail never knew`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let entry = try await house.entry()
            let voice = try await house.say("It was warm", about: entry, as: .youngPerson, in: "stepped-model")
            try await house.does(.youngPerson) { deed, tx in try WithdrawVoice.run(voice, .speaker, by: deed, tx) }
            let left = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voice_subjects") }
            let places = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM trail WHERE what LIKE 'voice.%' AND facts LIKE \("%\(entry)%")")
            }
            let named = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail WHERE what = 'voice.subject-named'") }
            #expect(left == 0 && places == 0 && named == 1)
        }
    }

    @Test(arguments: Engine.all) func `The page for it offers the projects in which one may speak, and writing down to scribes`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let entry = try await house.entry()
            func ways(_ who: Character) async throws -> [[String: Any]] {
                try await house.browser(who).get("/directory/entries/\(entry)/said", json: true).json()["ways"] as? [[String: Any]] ?? []
            }
            #expect(try await ways(.stranger).count == 1)
            #expect(try await ways(.youngPerson).count == 2)
            #expect(try await ways(.stranger).allSatisfy { $0["phone"] == nil })
            #expect(try await ways(.scribe).contains { $0["phone"] != nil })
            let phone = try await house.browser(.scribe).get("/barnet-camhs/projects/open-door/voices/phone?about=\(entry)").text
            #expect(phone.contains("What was it like at The club?"))
            let said = try await house.browser(.scribe).post(
                "/barnet-camhs/projects/open-door/voices/phone",
                [
                    "words": "On the phone", "kind": "experience", "perspective": "young-people", "consent": "public",
                    "reply-by": "receipt", "read-back": "yes",
                    "about": entry.text,
                ]
            )
            #expect(said.status == 303, "\(said.text)")
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voice_subjects WHERE subject = \(entry)") } == 1)
            // What is no entry is let go, and the words stay.
            _ = try await house.say("About nothing", about: ID(at: house.now, chance: .system), as: .stranger, in: "open-door")
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voice_subjects") } == 1)
        }
    }
}
