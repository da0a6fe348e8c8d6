import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing

@testable import Voices

extension TestHouse {
    /// A voice of the young people's group, said as the session was written down, and read by whoever runs the project.
    func voice(_ consent: Voice.Consent, words: String = "Words of the young people", name: String? = nil, isRead: Bool = true) async throws
        -> VoiceID
    {
        let deed = deed(.facilitator)
        let (project, young, session) = (cast.project, cast.young, cast.session)
        return try await db.write { tx in
            let said = try SayVoice(
                words: words,
                kind: .idea,
                perspective: "young-people",
                consent: consent,
                channel: .session,
                speakerName: name,
                group: young,
                session: session
            ).run(in: try ProjectStore.find(project, tx), zone: "Europe/London", by: deed, tx)
            if isRead { try ReleaseVoice.run(said.id, by: deed, tx) }
            return said.id
        }
    }
}

extension TestHouse {
    /// Said online for this consent: by the young person and by a stranger, each read, not read, held back and taken back where they can be.
    func sayOnline(_ consent: Voice.Consent) async throws {
        let (cast, facilitator, now) = (cast, deed(.facilitator), now)
        try await db.write { tx in
            for speaker in [cast.person(.youngPerson) as PersonID?, nil] {
                for state in ["waiting", "read", "held"] where speaker != nil || consent != .group {
                    let id: VoiceID = ID(at: now, chance: .system)
                    try tx.run(
                        """
                        INSERT INTO voices (id, service, project, group_id, perspective, kind, channel, speaker, read_back, consent, consent_at,
                            words, digest, salt, version, reply_by, said_at, recorded_at, hear_due, discuss_due, decide_due)
                        VALUES (\(id), \(cast.service), \(cast.project), \(speaker == nil ? nil : cast.young), 'young-people', 'idea', 'online',
                            \(speaker), 0, \(consent), \(now), 'Words', 'd', 's', 1, 'receipt', \(now), \(now), \(now), \(now), \(now))
                        """
                    )
                    if state == "read" { try ReleaseVoice.run(id, by: facilitator, tx) }
                    if state == "held" { try HoldVoice.run(id, because: .names, words: "", by: facilitator, tx) }
                }
            }
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
                try await house.db.write { tx in try WithdrawVoice.run(withdrawn, .forSpeaker(.phone), by: deed, tx) }
                _ = try await house.voice(consent, isRead: false)
                try await house.sayOnline(consent)
            }
            let (place, cast) = (house.cast.place, house.cast)
            try await house.db.read { tx in
                let all = try tx.all("SELECT \(Voice.columns) FROM voices") { try Voice(&$0) }
                #expect(all.count == 33)
                var actors = Character.allCases.map { ("\($0)", cast.actor($0)) }
                // Who wrote something down, said something or answered, and has left since.
                for who in [Character.facilitator, .youngPerson, .scribe] {
                    actors.append(("former \(who)", .person(Someone(id: cast.person(who), name: nil))))
                }
                for (who, actor) in actors {
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

@Suite struct ReadFirst {
    @Test(arguments: Engine.all) func `What a stranger says for everybody is read by a person first, then by anyone`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            let fields: KeyValuePairs = ["words": "Dr Gull is rude.", "perspective": "young-people", "consent": "public", "kind": "idea"]
            #expect(try await stranger.post(open + "/say/check", fields).text.contains("A person reads it first. Then anyone can see it."))
            let receipt = try #require(try await stranger.post(open + "/voices", fields).location)
            let id: VoiceID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM voices") })
            for page in [open, "/voices/\(id)"] {
                #expect(try await !stranger.get(page).text.contains("Dr Gull"), "\(page)")
                #expect(try await !stranger.get(page, json: true).text.contains("Dr Gull"), "\(page)")
            }
            #expect(try await stranger.get(receipt).text.contains("A person reads it first."))
            let facilitator = house.browser(.facilitator)
            #expect(try await facilitator.get("/voices/\(id)").text.contains("Dr Gull"))
            #expect(try await facilitator.post("/voices/\(id)/hearing", ["answer": "Thank you."]).status == 303)
            #expect(try await stranger.get(open).text.contains("Dr Gull"))
            #expect(try await stranger.get("/voices/\(id)").status == 200)
        }
    }

    @Test(arguments: Engine.all) func `A voice is held back with a reason that its speaker sees, and let go again`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            let said = try await stranger.post(open + "/voices", ["words": "Dr Gull.", "perspective": "young-people", "consent": "public"])
            let receipt = try #require(said.location?.split(separator: "?").first.map { String($0) })
            let id: VoiceID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM voices") })
            let facilitator = house.browser(.facilitator)
            #expect(try await facilitator.post("/voices/\(id)/holding", ["because": ""]).status == 422)
            #expect(try await facilitator.post("/voices/\(id)/holding", ["because": "other"]).status == 422)
            let own: KeyValuePairs = ["because": "other", "because-words": "Please leave out the name."]
            #expect(try await facilitator.post("/voices/\(id)/holding", own).status == 303)
            #expect(try await facilitator.post("/voices/\(id)/hearing", ["answer": "Thank you."]).status == 303)
            #expect(try await !stranger.get(open).text.contains("Dr Gull"), "answered, and still held back")
            #expect(try await stranger.get(receipt).text.contains("Please leave out the name."))
            #expect(try await stranger.post(receipt + "/answers", ["answer": "I did."]).status == 303)
            for who in [Character.scribe, .outsider, .clinician] {
                #expect(try await house.browser(who).post("/voices/\(id)/release").status == 404, "\(who)")
            }
            #expect(try await facilitator.post("/voices/\(id)/release").status == 303)
            #expect(try await stranger.get(open).text.contains("Dr Gull"))
            let trail = try await house.db.read { tx in
                try tx.all("SELECT what, facts FROM trail WHERE what IN ('voice.held-back', 'voice.released') ORDER BY seq") { row in
                    "\(try row.next() as String) \(try row.next() as String)"
                }
            }
            #expect(trail == [#"voice.held-back {"because":"other"}"#, "voice.released {}"])
        }
    }

    @Test(arguments: Engine.all) func `New words, and a new name, wait to be read again`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.voice(.publicWithoutName)
            let deed = Deed(by: .holder(of: id), at: house.now)
            #expect(try await house.browser(.stranger).get("/voices/\(id)").status == 200)
            try await house.db.write { tx in try ChangeVoice.words(id, to: "Other words", version: 1, .speaker, by: deed, tx) }
            #expect(try await house.browser(.stranger).get("/voices/\(id)").status == 404)
            #expect(try await house.browser(.facilitator).get(invited + "/voices?show=unheard").text.contains("Other words"))
            #expect(try await house.browser(.facilitator).post("/voices/\(id)/release").status == 303)
            #expect(try await house.browser(.stranger).get("/voices/\(id)").status == 200)
            try await house.db.write { tx in try ChangeVoice.consent(id, to: .publicWithName, name: "Dr Gull", .speaker, by: deed, tx) }
            #expect(try await house.browser(.stranger).get("/voices/\(id)").status == 404)
        }
    }

    @Test func `A stranger learns the day of a voice, not its minute, and no way to a theme that is not public`() async throws {
        try await Engine.sqlite.withHouse { house in
            let id = try await house.voice(.publicWithoutName)
            let (theme, cast, now) = (ID<Subject.Theme>(at: house.now, chance: .system), house.cast, house.now)
            try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO themes (id, service, project, title, said, public, state, made_at, moved_at)
                    VALUES (\(theme), \(cast.service), \(cast.project), 'Quiet', '', 0, 'open', \(now), \(now))
                    """
                )
                try tx.run("UPDATE voices SET theme = \(theme) WHERE id = \(id)")
            }
            let page = try await house.browser(.stranger).get("/voices/\(id)").text
            #expect(page.contains("10 March 2026") && !page.contains("10:00") && !page.contains("10am") && !page.contains("\(theme)"))
            #expect(try await house.browser(.parent).get("/voices/\(id)").text.contains("\(theme)"))
        }
    }
}

@Suite struct InSomebodysPlace {
    @Test(arguments: Engine.all) func `Nobody acts in the place of somebody who spoke online`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.browser(.youngPerson).post(invited + "/voices", ["words": "Mine.", "consent": "group"])
            _ = try await house.browser(.stranger).post(
                open + "/voices",
                ["words": "M.", "perspective": "young-people", "consent": "project"]
            )
            let ids = try await house.db.read { tx in try tx.values("SELECT id FROM voices", as: VoiceID.self) }
            #expect(ids.count == 2)
            let before = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") }
            for id in ids {
                #expect(try await !house.browser(.facilitator).get("/voices/\(id)").text.contains("/voices/\(id)/receipts"))
                for path in ["receipts", "words", "consent", "withdrawal"] {
                    let answer = try await house.browser(.facilitator).post(
                        "/voices/\(id)/\(path)",
                        [
                            "sure": "yes", "asked-words": "phone", "asked-consent": "phone", "asked-withdrawal": "phone", "new-words": "x",
                            "version": "1", "consent": "public",
                        ]
                    )
                    #expect(answer.status == 403, "\(path)")
                }
            }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") } == before)
        }
    }

    @Test(arguments: Engine.all) func `What is changed at a speaker's word says how they asked, and a new receipt is in the trail`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let id = try await house.voice(.project)
            let browser = house.browser(.facilitator)
            #expect(try await browser.post("/voices/\(id)/consent", ["consent": "public"]).status == 422)
            #expect(try await browser.post("/voices/\(id)/receipts").status == 422)
            #expect(try await browser.post("/voices/\(id)/consent", ["consent": "public", "asked-consent": "phone"]).status == 303)
            let first = try #require(try await browser.post("/voices/\(id)/receipts", ["sure": "yes"]).location)
            #expect(try await browser.post("/voices/\(id)/receipts", ["sure": "yes"]).status == 303)
            #expect(try await house.browser(.stranger).get(first).status == 404)
            #expect(try await browser.post("/voices/\(id)/withdrawal", [:]).status == 422)
            #expect(try await browser.post("/voices/\(id)/withdrawal", ["asked-withdrawal": "in-person"]).status == 303)
            let trail = try await house.db.read { tx in
                try tx.all(
                    "SELECT what, facts FROM trail WHERE subject = \(id.text) AND what NOT IN ('voice.said', 'voice.released') ORDER BY seq"
                ) {
                    "\(try $0.next() as String) \(try $0.next() as String)"
                }
            }
            #expect(
                trail == [
                    #"voice.consent-changed {"asked":"phone","from":"project","to":"public"}"#,
                    #"receipt.issued {"by":"staff","issue":"1"}"#,
                    #"receipt.revoked {"by":"staff","issue":"1"}"#, #"receipt.issued {"by":"staff","issue":"2"}"#,
                    #"voice.withdrawn {"asked":"in-person"}"#,
                ]
            )
        }
    }

    @Test(arguments: Engine.all) func `What is written with a slip that staff made is not passed off as the speaker's own act`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let id = try await house.voice(.project)
            let deed = house.deed(.facilitator)
            let slip = try await house.db.write { tx in
                try HearVoice.run(id, answer: "Yes.", by: deed, tx)
                return try IssueReceipt.run(for: VoiceStore.find(id, tx), by: deed, tx)
            }
            let holder = house.browser(.stranger)
            #expect(try await holder.post("/receipts/\(slip)/answers", ["answer": "I like it"]).status == 303)
            #expect(try await holder.post("/receipts/\(slip)/rating", ["score": "10"]).status == 303)
            #expect(try await house.browser(.facilitator).get("/voices/\(id)").text.contains("Written with the slip we handed out"))
            let kept = try await house.db.read { tx in
                (
                    try tx.values("SELECT channel FROM ratings", as: String.self),
                    try tx.values("SELECT facts FROM trail WHERE what = 'voice.answered-back'", as: String.self)
                )
            }
            #expect(kept.0 == ["session"] && kept.1 == [#"{"receipt":"1","receipt-by":"staff"}"#])
        }
    }
}

@Suite struct TheRecord {
    @Test(arguments: Engine.all) func `Words, consent or a withdrawal changed behind the trail's back are named with their voice`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let (words, consent, digest, back, gone) = (
                try await house.voice(.project), try await house.voice(.project), try await house.voice(.project),
                try await house.voice(.project), try await house.voice(.project)
            )
            let deed = Deed(by: .holder(of: words), at: house.now)
            try await house.db.write { tx in try ChangeVoice.words(words, to: "New", version: 1, .speaker, by: deed, tx) }
            let whole = try await house.db.read { tx in try VerifyVoices.run(in: tx) }
            #expect(whole.voices == 5 && whole.findings.isEmpty)
            try await house.db.write { tx in
                try tx.run("UPDATE voices SET words = 'Forged' WHERE id = \(words)")
                try tx.run("UPDATE voices SET consent = 'public' WHERE id = \(consent)")
                try tx.run("UPDATE voices SET digest = 'other' WHERE id = \(digest)")
                try tx.run("UPDATE voices SET withdrawn_at = 1 WHERE id = \(back)")
                try tx.run("DELETE FROM voice_versions WHERE voice = \(gone)")
                try tx.run("DELETE FROM voices WHERE id = \(gone)")
            }
            let found = try await house.db.read { tx in try VerifyVoices.run(in: tx).findings }
            let differences = Dictionary(found.map { ($0.voice, $0.difference) }) { first, _ in first }
            #expect(
                differences == [
                    words.text: .words, consent.text: .consent, digest.text: .digest, back.text: .withdrawn, gone.text: .missing,
                ]
            )
            #expect(found.allSatisfy { $0.seq != nil })
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
                try ChangeVoice.words(id, to: "zebracrossing again", version: 1, .forSpeaker(.inPerson), by: deed, tx)
                try WithdrawVoice.run(id, .forSpeaker(.inPerson), by: deed, tx)
            }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM jobs WHERE kind = 'scrub'") } == 1)
            try await house.db.scrub(WithdrawVoice.tables)
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
            _ = try await house.browser(.facilitator).post(
                "/voices/\(id)/words",
                ["new-words": "Second", "version": "1", "asked-words": "phone"]
            )
            let late = try await house.browser(.facilitator).post(
                "/voices/\(id)/words",
                ["new-words": "Third", "version": "1", "asked-words": "phone"]
            )
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
                    "words": "Ring me.", "kind": "idea", "perspective": "parents-and-carers", "read-back": "yes", "consent": "project",
                    "reply-by": "phone",
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
            let json = try await house.browser(.facilitator).get("/tellings", json: true).text
            #expect(!json.contains("Ring me.") && !json.contains("We will ring."), "the list says whom to ring, not what was said")
            let telling: TellingID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM tellings") })
            #expect(try await house.browser(.scribe).get("/tellings/\(telling)").text.contains("Ring me."), "they wrote it down")
            let (group, facilitator) = (house.cast.young, house.cast.person(.facilitator))
            try await house.db.write { tx in
                _ = try tx.run("UPDATE voices SET consent = 'group', group_id = \(group), scribe = \(facilitator)")
            }
            for json in [false, true] {
                let call = try await house.browser(.scribe).get("/tellings/\(telling)", json: json).text
                #expect(
                    call.contains("We will ring.") && !call.contains("Ring me."),
                    "what to tell, and no words of a room they are not in"
                )
            }
            let noAnswer = try await house.browser(.scribe).post("/tellings/\(telling)/tries", ["outcome": "no-answer"])
            #expect(noAnswer.status == 303)
            #expect(try await house.browser(.scribe).get("/tellings").text.contains("tried once"))
            _ = try await house.browser(.scribe).post("/tellings/\(telling)/tries", ["outcome": "told"])
            #expect(try await !house.browser(.scribe).get("/tellings").text.contains("020 7946 0001"))
        }
    }
}
