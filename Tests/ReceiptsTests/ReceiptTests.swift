import Foundation
import HouseSupport
import Kernel
import Projects
import QR
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
                try tx.run(
                    "INSERT INTO discussions (id, theme, at, notes, next, released) VALUES (\(talk), \(theme), \(at), 'We were glad.', '', 1)"
                )
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

    @Test(arguments: Engine.all) func `What happened in its theme before it was said is not told as what came of it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let receipt = try await house.receipt()
            let (id, before, cast) = (try await house.voice(), house.now.adding(days: -30), house.cast)
            let (theme, talk, decision): (ThemeID, DiscussionID, DecisionID) = (
                ID(at: before, chance: .system), ID(at: before, chance: .system), ID(at: before, chance: .system)
            )
            try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO themes (id, service, project, title, said, public, state, made_at, discussed_at, decided_at, moved_at)
                    VALUES (\(theme), \(cast.service), \(cast.openProject), 'Ringing', '', 1, 'agreed', \(before), \(before), \(before), \(before))
                    """
                )
                try tx.run(
                    "INSERT INTO discussions (id, theme, at, notes, next, released) VALUES (\(talk), \(theme), \(before), '', '', 1)"
                )
                try tx.run(
                    """
                    INSERT INTO decisions (id, theme, at, outcome, words, reasons, dissent)
                    VALUES (\(decision), \(theme), \(before), 'agreed', 'We ring.', '', '')
                    """
                )
                try tx.run("UPDATE voices SET theme = \(theme) WHERE id = \(id)")
            }
            let page = try await house.browser(.stranger).get(receipt).text
            #expect(page.contains("Received is done. Next: Heard, by"))
            #expect(page.contains("This was already talked about before you wrote."))
            #expect(page.contains("This was already decided before you wrote."))
        }
    }

    @Test func `Half a code is told how long a code is, and a new link says that the old one is dead`() async throws {
        try await Engine.sqlite.withHouse { house in
            let browser = house.browser(.stranger)
            let half = try await browser.post("/receipt", ["code": "k7m2-9xqp-4hns-r8t"])
            #expect(half.status == 422 && half.text.contains("A code has 28 letters and numbers. Yours has 15."))
            let fresh = try await browser.post(try await house.receipt() + "/codes")
            #expect(try await browser.get(try #require(fresh.location)).text.contains("The old link does not work any more."))
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
            #expect(answer.hiddenProblems.isEmpty)
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
            let new = try #require(try await browser.post(receipt + "/codes").location?.split(separator: "?").first.map { String($0) })
            let dead = try await browser.get(receipt)
            #expect(dead.status == 404 && dead.text.contains("This code does not work") && dead.text.contains("href=\"/receipt\""))
            #expect(try await browser.get(receipt, json: true).text.contains("This code does not work"))
            #expect(try await browser.get(new).status == 200)
            // The square fills its drawing: as many units as it has modules, with the four light ones all around.
            let side = try #require(QRCode("https://heard.example" + new)).side
            #expect(try await browser.get(new + "/slip").text.contains("<svg viewBox=\"0 0 \(side) \(side)\""))
        }
    }

    @Test(arguments: Engine.all) func `Told is done only when somebody was told, and no reply is lost`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (cast, now) = (house.cast, house.now)
            let said = try await house.browser(.stranger).post(
                open + "/voices",
                [
                    "words": "Ring.", "perspective": "parents-and-carers", "consent": "public", "reply-by": "phone",
                    "reply-phone": "020 7946 0001",
                ]
            )
            let receipt = try #require(said.location?.split(separator: "?").first.map { String($0) })
            let voice = try await house.voice()
            let theme: ThemeID = ID(at: now, chance: .system)
            try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO themes (id, service, project, title, said, public, state, made_at, moved_at)
                    VALUES (\(theme), \(cast.service), \(cast.openProject), 'Calls', '', 0, 'open', \(now), \(now))
                    """
                )
                try tx.run("UPDATE voices SET theme = \(theme) WHERE id = \(voice)")
                for (number, words) in ["First answer.", "Second answer."].enumerated() {
                    let (reply, telling): (ReplyID, TellingID) = (ID(at: now, chance: .system), ID(at: now, chance: .system))
                    try tx.run(
                        """
                        INSERT INTO replies (id, theme, at, by_whom, words) VALUES (\(reply), \(theme), \(now.adding(minutes: number)),
                            \(cast.person(.facilitator)), \(words))
                        """
                    )
                    try tx.run(
                        """
                        INSERT INTO tellings (id, voice, project, news, reply, channel, due, made_at)
                        VALUES (\(telling), \(voice), \(cast.openProject), 'reply', \(reply), 'phone', \(now.adding(days: 3)), \(now))
                        """
                    )
                }
            }
            let browser = house.browser(.stranger)
            let waiting = try await browser.get(receipt).text
            #expect(waiting.contains("First answer.") && waiting.contains("Second answer.") && waiting.contains("On its way"))
            // One call tells both.
            let list = try await house.browser(.scribe).get("/tellings").text
            #expect(list.components(separatedBy: "020 7946 0001").count == 2, "one card, with its number once")
            let first: TellingID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM tellings ORDER BY due, id") })
            let page = try await house.browser(.scribe).get("/tellings/\(first)").text
            #expect(page.contains("First answer.") && page.contains("Second answer."))
            #expect(try await house.browser(.scribe).get("/desk").text.contains("Ring somebody, parent or carer"))
            let both: [TellingID] = try await house.db.read { tx in try tx.values("SELECT id FROM tellings ORDER BY id") }
            let tried = try await house.browser(.scribe).post(
                "/tellings/\(first)/tries",
                ["telling": both[0].text, "telling": both[1].text, "outcome": "no-answer", "note": "Again after four."]
            )
            #expect(try await house.browser(.scribe).get(try #require(tried.location)).text.contains("They stay on the list"))
            let again = try await house.browser(.scribe).get("/tellings/\(first)").text
            #expect(again.contains("No answer") && again.contains("Again after four.") && again.contains("Scribe"))
            _ = try await house.browser(.scribe).post(
                "/tellings/\(first)/tries",
                ["telling": both[0].text, "telling": both[1].text, "outcome": "told"]
            )
            let told = try await browser.get(receipt).text
            #expect(told.contains("A person told you on 10 March 2026.") && !told.contains("On its way"))
            #expect(try await !house.browser(.scribe).get("/tellings").text.contains("020 7946 0001"))
        }
    }

    @Test func `Whoever holds a receipt may write back and rate from the first day`() async throws {
        try await Engine.sqlite.withHouse { house in
            let page = try await house.browser(.stranger).get(try await house.receipt()).text
            #expect(page.contains("name=\"answer\"") && page.contains("name=\"score\""))
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
