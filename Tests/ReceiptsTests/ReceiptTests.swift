import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing
import Voices

private let open = "/barnet-camhs/projects/open-door"

extension TestHouse {
    /// Says something as a stranger and gives back the receipt's address.
    fileprivate func receipt(_ words: String = "Please ring us.", consent: String = "public") async throws -> String {
        let said = try await browser(.stranger).post(
            open + "/voices",
            ["words": words, "perspective": "parents-and-carers", "consent": consent]
        )
        return try #require(said.location?.split(separator: "?").first.map { String($0) })
    }

    fileprivate func voice() async throws -> VoiceID {
        try #require(try await db.read { tx in try tx.value("SELECT id FROM voices ORDER BY recorded_at DESC, id DESC") })
    }
}

@Suite struct TheReceipt {
    @Test(arguments: Engine.all) func `It shows each step with who, when and why, and what is overdue`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let receipt = try await house.receipt()
            let id = try await house.voice()
            #expect(try await house.browser(.stranger).get(receipt).text.contains("17 March 2026"))
            house.clock.turn(days: 10)
            #expect(try await house.browser(.stranger).get(receipt).text.contains("We are late with “Heard”"))
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in try HearVoice.run(id, answer: "We will look at ringing.", by: deed, tx) }
            let page = try await house.browser(.stranger).get(receipt)
            #expect(
                page.text.contains("We will look at ringing.") && page.text.contains("Facilitator") && page.text.contains("20 March 2026")
            )
            let json = try await house.browser(.stranger).get(receipt, json: true).json()
            #expect((json["path"] as? [String: Any])?["steps"] is [[String: Any]])
        }
    }

    @Test(arguments: Engine.all) func `Where there was nothing to decide, the path ends with thanks`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let receipt = try await house.receipt("I like it here.")
            let (id, at, cast) = (try await house.voice(), house.now, house.cast)
            let (theme, talk, decision): (ThemeID, DiscussionID, DecisionID) = (
                ID(at: at, chance: .system), ID(at: at, chance: .system), ID(at: at, chance: .system)
            )
            try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO themes (id, service, project, title, said, public, state, made_at, discussed_at, decided_at, moved_at)
                    VALUES (\(theme), \(cast.service), \(cast.openProject), 'Praise', '', 1, 'thanks', \(at), \(at), \(at), \(at))
                    """
                )
                try tx.run("INSERT INTO discussions (id, theme, at, notes, next) VALUES (\(talk), \(theme), \(at), 'We were glad.', '')")
                try tx.run(
                    """
                    INSERT INTO decisions (id, theme, at, outcome, words, reasons, dissent)
                    VALUES (\(decision), \(theme), \(at), 'thanks', 'Thank you all.', '', '')
                    """
                )
                try tx.run("UPDATE voices SET theme = \(theme), heard_at = \(at), heard_answer = 'Thank you.' WHERE id = \(id)")
            }
            let json = try await house.browser(.stranger).get(receipt, json: true).json()
            let steps = (json["path"] as? [String: Any])?["steps"] as? [[String: Any]] ?? []
            #expect(steps.last?["words"] as? String == "Thank you all.")
            #expect(steps.allSatisfy { $0["state"] as? String == "done" })
        }
    }

    @Test(arguments: Engine.all) func `Its holder changes words, consent and how to be told, writes back and rates`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let receipt = try await house.receipt()
            let id = try await house.voice()
            let browser = house.browser(.stranger)
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in try HearVoice.run(id, answer: "Thank you.", by: deed, tx) }
            #expect(try await browser.post(receipt + "/words", ["words": "Ring us, please.", "version": "1"]).status == 303)
            #expect(try await browser.post(receipt + "/consent", ["consent": "public-named", "name": "Ash"]).status == 303)
            #expect(try await browser.post(receipt + "/telling", ["reply-by": "text", "reply-text": "07700 900123"]).status == 303)
            #expect(try await browser.post(receipt + "/answers", ["answer": "One more thing."]).status == 303)
            #expect(try await browser.post(receipt + "/rating", ["score": "9", "rating-words": "You rang."]).status == 303)
            let page = try await browser.get(receipt)
            for words in ["Ring us, please.", "07700 900123", "One more thing.", "You said 9 out of 10"] {
                #expect(page.text.contains(words))
            }
            try await house.db.write { tx in try ReleaseVoice.run(id, by: deed, tx) }
            #expect(try await browser.get("/voices/\(id)").text.contains("Ash"))
        }
    }

    @Test(arguments: [
        ("words", "words", ""), ("consent", "consent", ""), ("consent", "consent", "public-named"), ("telling", "reply-by", "phone"),
        ("answers", "answer", ""),
        ("rating", "score", "11"), ("rating", "score", "ten"), ("withdrawal", "sure", ""),
    ])
    func `What is wrong is said on the receipt, and nothing changes`(path: String, field: String, value: String) async throws {
        try await Engine.sqlite.withHouse { house in
            let receipt = try await house.receipt()
            let before = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") }
            let answer = try await house.browser(.stranger).post(receipt + "/" + path, [field: value, "version": "1"])
            #expect(answer.status == 422 && answer.text.contains("Please look again"))
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") } == before)
        }
    }

    @Test(arguments: Engine.all) func `A code opens what became of a voice, not the inside of its project`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let receipt = try await house.receipt()
            let (id, theme, now, cast) = (try await house.voice(), ID<Subject.Theme>(at: house.now, chance: .system), house.now, house.cast)
            let (talk, decision): (DiscussionID, DecisionID) = (ID(at: now, chance: .system), ID(at: now, chance: .system))
            try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO themes (id, service, project, title, said, public, state, made_at, moved_at)
                    VALUES (\(theme), \(cast.service), \(cast.openProject), 'Quiet title', '', 0, 'open', \(now), \(now))
                    """
                )
                try tx.run("UPDATE voices SET theme = \(theme) WHERE id = \(id)")
                try tx.run(
                    """
                    INSERT INTO discussions (id, theme, at, by_whom, notes, next, released)
                    VALUES (\(talk), \(theme), \(now), \(cast.person(.parent)), 'Inside notes', '', 1)
                    """
                )
                try tx.run(
                    """
                    INSERT INTO decisions (id, theme, at, outcome, words, reasons, dissent)
                    VALUES (\(decision), \(theme), \(now), 'agreed', 'We ring first.', '', 'Inside dissent')
                    """
                )
            }
            let outside = try await house.browser(.stranger).get(receipt).text
            for hidden in ["Quiet title", "Inside notes", "Inside dissent", "1 voice", "Parent"] {
                #expect(!outside.contains(hidden), "\(hidden)")
            }
            #expect(outside.contains("We ring first.") && outside.contains("10 March 2026"))
            let inside = try await house.browser(.facilitator).get(receipt).text
            #expect(inside.contains("Quiet title") && inside.contains("Inside notes"))
            _ = try await house.db.write { tx in try tx.run("UPDATE themes SET public = 1 WHERE id = \(theme)") }
            #expect(try await house.browser(.stranger).get(receipt).text.contains("Quiet title"))
        }
    }

    @Test(arguments: Engine.all) func `Where a form led is kept so that the database alone opens no receipt`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let form: KeyValuePairs = [
                "words": "Once.", "perspective": "young-people", "consent": "public", "submission": "abcdefghijklmnopqrstuvwx1",
            ]
            let first = try await house.browser(.stranger).post(open + "/voices", form).location
            #expect(try await house.browser(.stranger).post(open + "/voices", form).location == first)
            let kept = try await house.db.read { tx in try tx.values("SELECT location FROM submissions", as: String.self) }
            let code = try #require(first?.split(separator: "?")[0].split(separator: "/").last)
            #expect(kept.count == 1 && kept.allSatisfy { !$0.contains("receipts") && !$0.contains(code) })
        }
    }

    @Test(arguments: Engine.all) func `Taken back, its words are gone from the receipt, the pages and the database's text`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let receipt = try await house.receipt("xylophonequartz", consent: "public")
            let id = try await house.voice()
            #expect(try await house.browser(.stranger).post(receipt + "/withdrawal", ["sure": "yes"]).status == 303)
            for who in Character.allCases {
                for path in [
                    receipt, "/voices/\(id)", open, "/barnet-camhs", "/barnet-camhs/you-said-we-did", "/barnet-camhs/changes.atom",
                ] {
                    for json in [false, true] {
                        #expect(try await !house.browser(who).get(path, json: json).text.contains("xylophonequartz"), "\(path) as \(who)")
                    }
                }
            }
            #expect(try await house.browser(.stranger).get(receipt).text.contains("Taken back"))
            #expect(try await house.browser(.stranger).post(receipt + "/words", ["words": "Again.", "version": "2"]).status == 410)
        }
    }

    @Test(arguments: Engine.all) func `A new link makes the old one stop working`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let receipt = try await house.receipt()
            let browser = house.browser(.stranger)
            let new = try #require(try await browser.post(receipt + "/codes").location)
            #expect(try await browser.get(receipt).status == 404)
            #expect(try await browser.get(new).status == 200)
            #expect(try await browser.get(new + "/slip").text.contains("<svg"))
        }
    }

    @Test func `Guessing codes is slowed down`() async throws {
        try await Engine.sqlite.withHouse { house in
            let browser = house.browser(.stranger)
            var statuses: [Int] = []
            for guess in 0..<62 { statuses.append(try await browser.get("/receipts/guess\(guess)").status) }
            #expect(statuses.prefix(60).allSatisfy { $0 == 404 })
            #expect(statuses.last == 429)
        }
    }

    @Test func `A code is read however it was typed`() async throws {
        try await Engine.sqlite.withHouse { house in
            let receipt = try await house.receipt()
            let code = receipt.split(separator: "/").last.map { String($0) } ?? ""
            let browser = house.browser(.stranger)
            let typed = code.uppercased().replacing("-", with: " ").replacing("0", with: "O").replacing("1", with: "l")
            let found = try await browser.post("/receipt", ["code": typed])
            #expect(found.status == 303)
            #expect(try await browser.get(try #require(found.location)).status == 200)
            #expect(try await browser.post("/receipt", ["code": "aaaa-bbbb"]).status == 422)
        }
    }

    @Test func `Another person's account does not open a receipt by the voice's id`() async throws {
        try await Engine.sqlite.withHouse { house in
            let said = try await house.browser(.youngPerson).post(
                "/barnet-camhs/projects/stepped-model/voices",
                ["words": "Mine.", "consent": "group"]
            )
            #expect(said.status == 303)
            let id = try await house.voice()
            for who in Character.allCases {
                let status = try await house.browser(who).get("/voices/\(id)/receipt").status
                #expect(status == (who == .youngPerson ? 200 : 404), "\(who)")
            }
        }
    }
}
