import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing

@testable import Voices

extension TestHouse {
    /// A voice of the young people's group, said as the session was written down.
    func voice(_ consent: Voice.Consent, words: String = "Words of the young people", name: String? = nil) async throws -> VoiceID {
        let deed = deed(.facilitator)
        let (project, young, session) = (cast.project, cast.young, cast.session)
        return try await db.write { tx in
            try SayVoice(
                words: words,
                kind: .idea,
                perspective: "young-people",
                consent: consent,
                channel: .session,
                speakerName: name,
                group: young,
                session: session
            ).run(in: try ProjectStore.find(project, tx), zone: "Europe/London", by: deed, tx).id
        }
    }
}

@Suite struct WhoMayRead {
    /// For each consent: who reads the words. Everybody else is told that there is nothing there.
    static let readers: [(Voice.Consent, Set<Character>)] = [
        (.group, [.facilitator, .moderator, .youngPerson]),
        (.project, [.facilitator, .moderator, .youngPerson, .parent, .otherParent, .clinician]),
        (.publicWithoutName, Set(Character.allCases)),
        (.publicWithName, Set(Character.allCases)),
    ]

    @Test(arguments: readers) func `A voice is read as far as its consent goes, and no further`(
        consent: Voice.Consent,
        readers: Set<Character>
    ) async throws {
        for engine in Engine.all {
            try await engine.withHouse { house in
                let id = try await house.voice(consent)
                for who in Character.allCases {
                    let status = try await house.browser(who).get("/voices/\(id)").status
                    #expect(status == (readers.contains(who) ? 200 : 404), "\(who) reading a voice for \(consent)")
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `A list and the policy agree about every voice and every person`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for consent in Voice.Consent.allCases {
                _ = try await house.voice(consent)
                let withdrawn = try await house.voice(consent)
                let deed = house.deed(.facilitator)
                try await house.db.write { tx in try WithdrawVoice.run(withdrawn, .forSpeaker, by: deed, tx) }
            }
            let (place, cast) = (house.cast.place, house.cast)
            try await house.db.read { tx in
                let all = try tx.all("SELECT \(Voice.columns) FROM voices") { try Voice(&$0) }
                #expect(all.count == 8)
                for who in Character.allCases {
                    let actor = cast.actor(who)
                    let listed = try tx.values(
                        "SELECT id FROM voices WHERE \(VoicePolicy.readable(in: place, by: actor))",
                        as: VoiceID.self
                    )
                    let allowed = all.filter { VoicePolicy.mayRead($0, by: actor) }.map(\.id)
                    #expect(Set(listed) == Set(allowed), "\(who)")
                }
            }
        }
    }

    @Test func `A parent's account never opens what their child said in the young people's room`() async throws {
        try await Engine.sqlite.withHouse { house in
            let id = try await house.voice(.group, words: "Only for us")
            for path in ["/voices/\(id)", "/voices/\(id)/receipt"] {
                for json in [false, true] {
                    let answer = try await house.browser(.parent).get(path, json: json)
                    #expect(answer.status == 404 && !answer.text.contains("Only for us"))
                }
            }
            let listed = try await house.browser(.parent).get(invited + "/voices?group=\(house.cast.young)")
            #expect(listed.status == 200 && !listed.text.contains("Only for us"))
        }
    }

    @Test func `The name is shown only where the speaker chose to be shown by name`() async throws {
        try await Engine.sqlite.withHouse { house in
            let quiet = try await house.voice(.publicWithoutName, name: "Robin")
            let named = try await house.voice(.publicWithName, name: "Sky")
            #expect(try await !house.browser(.stranger).get("/voices/\(quiet)").text.contains("Robin"))
            #expect(try await house.browser(.stranger).get("/voices/\(named)").text.contains("Sky"))
        }
    }
}

@Suite struct TakingBack {
    @Test(arguments: Engine.all) func `A withdrawn voice loses its words in every table, and the trail never had them`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await house.voice(.publicWithName, words: "zebracrossing", name: "pelican")
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in
                try HearVoice.run(id, answer: "I read zebracrossing.", by: deed, tx)
                try ChangeVoice.words(id, to: "zebracrossing again", version: 1, .forSpeaker, by: deed, tx)
                try WithdrawVoice.run(id, .forSpeaker, by: deed, tx)
            }
            try await house.db.scrub()
            let page = try await house.browser(.facilitator).get("/voices/\(id)")
            #expect(page.status == 200 && !page.text.contains("zebracrossing") && !page.text.contains("pelican"))
            #expect(try await house.browser(.stranger).get("/voices/\(id)").status == 404)
            try await house.db.read { tx in
                let dates = try tx.count(
                    "SELECT COUNT(*) FROM voices WHERE id = \(id) AND withdrawn_at IS NOT NULL AND heard_at IS NOT NULL"
                )
                #expect(dates == 1)
                #expect(try tx.count("SELECT COUNT(*) FROM voice_versions WHERE words IS NOT NULL") == 0)
                #expect(try tx.count("SELECT COUNT(*) FROM trail WHERE facts LIKE '%zebra%' OR facts LIKE '%pelican%'") == 0)
                #expect(try tx.count("SELECT COUNT(*) FROM voices WHERE salt IS NOT NULL OR speaker_name IS NOT NULL") == 0)
            }
        }
    }

    @Test(arguments: Engine.all) func `An edit of an older version is shown beside the newer one and overwrites nothing`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await house.voice(.project, words: "First")
            let browser = house.browser(.scribe)
            _ = try await house.browser(.facilitator).post("/voices/\(id)/words", ["new-words": "Second", "version": "1"])
            let late = try await house.browser(.facilitator).post("/voices/\(id)/words", ["new-words": "Third", "version": "1"])
            #expect(late.status == 409 && late.text.contains("Second") && late.text.contains("Third"))
            #expect(try await browser.post("/voices/\(id)/words", ["new-words": "Mine", "version": "2"]).status == 404)
            let words: String? = try await house.db.read { tx in try tx.value("SELECT words FROM voices WHERE id = \(id)") }
            #expect(words == "Second")
        }
    }
}

@Suite struct Hearing {
    @Test(arguments: Engine.all) func `A clinician answers by name, the caller comes on the call-back list, and is ticked off`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            _ = try await house.browser(.scribe).post(
                invited + "/voices/phone",
                [
                    "words": "Ring me.", "perspective": "parents-and-carers", "read-back": "yes", "consent": "project", "reply-by": "phone",
                    "reply-phone": "020 7946 0001",
                ]
            )
            let id: VoiceID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM voices") })
            #expect(try await house.browser(.parent).post("/voices/\(id)/hearing", ["answer": "No."]).status == 403)
            #expect(try await house.browser(.clinician).post("/voices/\(id)/hearing", ["answer": ""]).status == 422)
            #expect(try await house.browser(.clinician).post("/voices/\(id)/hearing", ["answer": "We will ring."]).status == 303)
            #expect(try await house.browser(.clinician).post("/voices/\(id)/hearing", ["answer": "Twice."]).status == 403)
            #expect(try await house.browser(.parent).get("/voices/\(id)").text.contains("We will ring."))
            let list = try await house.browser(.scribe).get("/tellings")
            #expect(list.text.contains("020 7946 0001"))
            #expect(try await house.browser(.clinician).get("/tellings").status == 404)
            let telling: TellingID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM tellings") })
            let noAnswer = try await house.browser(.scribe).post("/tellings/\(telling)/tries", ["outcome": "no-answer"])
            #expect(noAnswer.status == 303)
            #expect(try await house.browser(.scribe).get("/tellings").text.contains("tried once"))
            _ = try await house.browser(.scribe).post("/tellings/\(telling)/tries", ["outcome": "told"])
            #expect(try await !house.browser(.scribe).get("/tellings").text.contains("020 7946 0001"))
        }
    }
}
