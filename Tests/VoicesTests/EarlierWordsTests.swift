import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@testable import Voices

@Suite struct EarlierWordsTests {
    /// For each consent of now: who reads what it said before, where that had gone as far as everyone in the project. Never the public.
    static let readers: [(Voice.Consent, Set<Character>)] = [
        (.group, [.facilitator, .moderator, .youngPerson]),
        (.project, [.facilitator, .moderator, .youngPerson, .parent, .otherParent, .clinician]),
        (.publicWithoutName, [.facilitator, .moderator, .youngPerson, .parent, .otherParent, .clinician]),
        (.publicWithName, [.facilitator, .moderator, .youngPerson, .parent, .otherParent, .clinician]),
    ]

    @Test(arguments: readers) func `Earlier words go no further than the consent of now, and never to the public`(
        consent: Voice.Consent,
        readers: Set<Character>
    ) async throws {
        for engine in Engine.all {
            try await engine.withHouse { house in
                let id = try await house.voice(.publicWithoutName, words: "What it said first")
                try await house.reword(id, to: "What it says now")
                try await house.set(consent, of: id)
                for who in Character.allCases where readers.contains(who) || consent.isPublic {
                    for json in [false, true] {
                        let page = try await house.browser(who).get("/voices/\(id)", json: json)
                        #expect(page.status == 200 && page.text.contains("What it says now"), "\(who)")
                        #expect(page.text.contains("What it said first") == readers.contains(who), "\(who) with \(consent)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `Words for a group stay in it, however far the new ones may go`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.voice(.group, words: "Said among us")
            try await house.reword(id, to: "Said to all")
            try await house.set(.publicWithoutName, of: id)
            for (who, sees) in [(Character.youngPerson, true), (.facilitator, true), (.parent, false), (.stranger, false)] {
                let page = try await house.browser(who).get("/voices/\(id)")
                #expect(page.text.contains("Said to all") && page.text.contains("Said among us") == sees, "\(who)")
            }
        }
    }

    @Test(arguments: Engine.all) func `What was held back, or nobody had read, is shown to no member once it is changed`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let facilitator = house.deed(.facilitator)
            for speaker in [Character.youngPerson, .stranger] {
                let id = try await house.voice(.publicWithoutName, words: "Dr Example shouted", isRead: false)
                let code = try await house.db.write { tx in
                    let person = speaker == .stranger ? nil : house.cast.person(speaker)
                    try tx.run("UPDATE voices SET channel = 'online', scribe = NULL, speaker = \(person) WHERE id = \(id)")
                    if person != nil { try HoldVoice.run(id, because: .names, words: "", by: facilitator, tx) }
                    return try IssueReceipt.run(for: try VoiceStore.find(id, tx), by: facilitator, tx)
                }
                let sent = try await house.browser(.stranger).post(
                    "/receipts/\(code)/words",
                    ["words": "Somebody shouted", "version": "1"]
                )
                #expect(sent.status == 303)
                try await house.db.write { tx in try ReleaseVoice.run(id, by: facilitator, tx) }
                #expect(try await house.browser(.parent).get("/voices/\(id)").text.contains("Somebody shouted"))
                #expect(try await house.browser(.parent).get("/voices/\(id)").text.contains("Dr Example") == false)
                #expect(try await house.browser(.facilitator).get("/voices/\(id)").text.contains("Dr Example"))
            }
        }
    }

    @Test(arguments: Engine.all) func `It says when they were changed and by whom, on the voice and on the receipt`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await house.voice(.project, words: "The first words")
            try await house.reword(id, to: "The second words")
            house.clock.turn(days: 2)
            let deed = house.deed(.facilitator)
            let code = try await house.db.write { tx in try IssueReceipt.run(for: try VoiceStore.find(id, tx), by: deed, tx) }
            _ = try await house.browser(.stranger).post("/receipts/\(code)/words", ["words": "The third words", "version": "2"])
            let receipt = try await house.browser(.stranger).get("/receipts/\(code)", json: true).json()
            let earlier = try #require(receipt["earlier"] as? [[String: String]])
            #expect(earlier.map { $0["words"] } == ["The second words", "The first words"])
            #expect(earlier.map { $0["until"] } == ["12 March 2026", "10 March 2026"])
            #expect(earlier[0]["changedBy"] == W.changedByLink)
            #expect(earlier[1]["changedBy"] == W.changedForSpeakerBy(name: "Facilitator"))
            let page = try await house.browser(.stranger).get("/receipts/\(code)")
            for words in [W.earlierHeading, "The first words", "The second words", "12 March 2026"] { #expect(page.text.contains(words)) }
            let member = try await house.browser(.parent).get("/voices/\(id)", json: true).json()
            let seen = try #require(member["earlier"] as? [[String: String]])
            #expect(seen[1]["changedBy"] == W.changedForSpeaker, "who wrote it down is not for members")
        }
    }

    @Test(arguments: Engine.all) func `Once it is taken back, no words of any version are anywhere`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.voice(.publicWithoutName, words: "The first words")
            try await house.reword(id, to: "The second words")
            let deed = house.deed(.facilitator)
            let code = try await house.db.write { tx in
                let code = try IssueReceipt.run(for: try VoiceStore.find(id, tx), by: deed, tx)
                try WithdrawVoice.run(id, .forSpeaker(.phone), by: deed, tx)
                return code
            }
            for path in ["/voices/\(id)", "/receipts/\(code)"] {
                for json in [false, true] {
                    let page = try await house.browser(.facilitator).get(path, json: json)
                    #expect(page.status == 200 && !page.text.contains("first words") && !page.text.contains("second words"), "\(path)")
                }
            }
            let left = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM voice_versions WHERE words IS NOT NULL")
                    + tx.count("SELECT COUNT(*) FROM voices WHERE words IS NOT NULL")
            }
            #expect(left == 0)
        }
    }
}

extension TestHouse {
    fileprivate func reword(_ id: VoiceID, to words: String) async throws {
        let deed = deed(.facilitator)
        try await db.write { tx in
            try ChangeVoice.words(id, to: words, version: 1, .forSpeaker(.phone), by: deed, tx)
            try ReleaseVoice.run(id, by: deed, tx)
        }
    }

    fileprivate func set(_ consent: Voice.Consent, of id: VoiceID) async throws {
        let deed = deed(.facilitator)
        try await db.write { tx in try ChangeVoice.consent(id, to: consent, name: nil, .forSpeaker(.phone), by: deed, tx) }
    }
}
