import Discussion
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing
import Trail

@testable import Statements

@Suite struct RunningARound {
    @Test(arguments: Engine.all) func `A facilitator starts a round, and nobody else sees it before it opens`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let facilitator = house.browser(.facilitator)
            let rounds = "/barnet-camhs/projects/stepped-model/rounds"
            let sent = try await facilitator.post(
                rounds,
                [
                    "title": "The model", "question": "What matters?", "held": "yes", "statements": "Ring us.\nPaint it.",
                    "perspectives": "young-people", "perspectives": "parents-and-carers",
                ]
            )
            let path = try #require(sent.location)
            #expect(try await facilitator.get(path).text.contains("Ring us."))
            #expect(try await house.browser(.parent).get(path).status == 404)
            #expect(try await house.browser(.parent).get(rounds).text.contains("The model") == false)
            _ = try await facilitator.post(path + "/opening")
            #expect(try await house.browser(.parent).get(path).status == 200)
            #expect(try await house.browser(.parent).get("/barnet-camhs/projects/stepped-model").text.contains("The model"))
            #expect(try await house.browser(.stranger).get("/barnet-camhs/projects/stepped-model").text.contains("The model") == false)
        }
    }

    @Test func `What is missing is said, and what was typed is kept`() async throws {
        try await Engine.sqlite.withHouse { house in
            let page = try await house.browser(.facilitator).post(
                "/barnet-camhs/projects/stepped-model/rounds",
                ["title": "", "question": "Kept words", "statements": String(repeating: "x", count: 300), "perspectives": "young-people"]
            )
            #expect(page.status == 422)
            #expect(page.text.contains("Kept words"))
            #expect(page.text.contains("Write a title."))
            #expect(page.text.contains("at least two points of view"))
            #expect(page.text.contains("200 letters at most"))
        }
    }

    @Test(arguments: Engine.all) func `Whom a round asks cannot be changed once it was open`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let before = try await round.round(house)
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in
                let draft = RoundDraft(title: "New", question: "New?", perspectives: ["managers", "clinicians"])
                try EditRound.run(round.id, draft, version: before.version, by: deed, tx)
            }
            let after = try await round.round(house)
            #expect(after.title == "New")
            #expect(after.perspectives == before.perspectives)
        }
    }

    @Test(arguments: Engine.all) func `A round closes by itself after its last day, and opens again`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let ends = house.now.adding(days: 1)
            _ = try await house.db.write { tx in try tx.run("UPDATE rounds SET closes_at = \(ends)") }
            house.clock.turn(days: 2)
            #expect(try await round.round(house).standing(at: house.now) == .closed)
            _ = try await house.browser(.facilitator).post(round.path + "/opening")
            #expect(try await round.round(house).standing(at: house.now) == .open)
        }
    }

    @Test(arguments: Engine.all) func `Lists of rounds and the policy agree about everybody`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let deed = house.deed(.facilitator)
            _ = try await TestRound.open(in: house)
            _ = try await TestRound.open(in: house, isPublic: true)
            try await house.db.write { tx in
                for id in [house.cast.project, house.cast.openProject] {
                    let draft = RoundDraft(title: "Draft", question: "?", perspectives: ["young-people", "clinicians"])
                    try StartRound.run(draft, in: ProjectStore.find(id, tx), by: deed, tx)
                }
            }
            try await house.db.read { tx in
                let all = try tx.all("SELECT \(Round.columns) FROM rounds") { try Round(&$0) }
                #expect(all.count == 4)
                for who in Character.allCases {
                    let actor = house.cast.actor(who)
                    for id in [house.cast.project, house.cast.openProject] {
                        let project = try ProjectStore.find(id, tx)
                        let listed = Set(try RoundStore.all(in: project, for: actor, tx).map(\.id))
                        let allowed = Set(all.filter { $0.project == id && RoundPolicy.mayRead($0, of: project, by: actor) }.map(\.id))
                        #expect(listed == allowed, "\(who)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `The author sees what became of each statement they wrote`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let young = house.browser(.youngPerson)
            for words in ["Art on the walls.", "Ring me, please.", "No letters for me.", "Dr Smith is mean."] {
                #expect(try await young.post(round.path + "/answering/statements", ["words": words]).status == 303)
            }
            #expect(try await house.browser(.parent).get(round.path).text.contains("Art on the walls.") == false)
            #expect(try await house.browser(.moderator).get("/desk").text.contains("Art on the walls."))
            let waiting = try await house.db.read { tx in
                try tx.values("SELECT id FROM statements WHERE state = 'waiting' ORDER BY number", as: StatementID.self)
            }
            let moderator = house.browser(.moderator)
            func act(_ place: Int, _ what: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Int {
                try await moderator.post("\(round.path)/statements/\(waiting[place])/\(what)", fields).status
            }
            #expect(try await act(0, "keeping") == 303)
            #expect(try await act(1, "merging", ["into": round.statements[0].text]) == 303)
            #expect(try await act(2, "rewording", ["words": "I do not want letters."]) == 303)
            #expect(try await act(3, "rejection") == 422)
            #expect(try await act(3, "rejection", ["reason": "It names somebody."]) == 303)
            #expect(try await act(3, "keeping") == 303)
            #expect(try await act(3, "keeping") == 403)
            #expect(try await act(3, "rejection", ["reason": "It names somebody."]) == 303)
            let mine = try await young.get(round.path + "/answering/mine").text
            #expect(mine.contains("Others are asked about it"))
            #expect(mine.contains("Put together with one that says the same: “Ring me instead of writing.”"))
            #expect(mine.contains("Asked in other words: “I do not want letters.”"))
            #expect(mine.contains("Why: It names somebody."))
        }
    }

    @Test(arguments: Engine.all) func `New words begin without answers, and the old ones keep theirs`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let young = house.browser(.youngPerson)
            _ = try await young.post(round.path + "/answering/answers", ["statement": round.statements[0].text, "answer": "agree"])
            _ = try await house.browser(.moderator).post(
                "\(round.path)/statements/\(round.statements[0])/rewording",
                ["words": "Ring me, and do not write."]
            )
            let late = try await young.post(
                round.path + "/answering/answers",
                ["statement": round.statements[0].text, "answer": "disagree"]
            )
            #expect(late.status == 403)
            #expect(try await round.answered(house) == [1])
            let all = try await house.db.read { tx in try StatementStore.kept(in: round.id, tx) }
            let new = try #require(all.last)
            let page = try await young.get(round.path + "/answering?statement=\(new.id)").text
            #expect(page.contains("You answered this when it said: “Ring me instead of writing.”"))
            #expect(
                try await house.browser(.facilitator).get("\(round.path)/statements/\(new.id)").text.contains("0 people have answered it.")
            )
        }
    }

    @Test(arguments: Engine.all) func `A scribe writes down a call, and never speaks for the caller`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let scribe = house.browser(.scribe)
            let page = try await scribe.get(round.path + "/phone")
            #expect(page.text.contains("Read this out"))
            #expect(try await scribe.post(round.path + "/phone", ["perspective": "parents-and-carers", "answer-1": "agree"]).status == 422)
            let saved = try await scribe.post(
                round.path + "/phone",
                ["agreed": "yes", "perspective": "parents-and-carers", "answer-1": "agree", "answer-3": "pass"]
            )
            let slip = try #require(saved.location)
            #expect(slip.hasSuffix("/slip"))
            #expect(try await round.answered(house) == [1, 0])
            let row = try await house.db.read { tx in
                try tx.first("SELECT channel, person, scribe FROM responders") { row in
                    (try row.next(String.self), try row.next(PersonID?.self), try row.next(PersonID?.self))
                }
            }
            #expect(row?.0 == "phone" && row?.1 == nil && row?.2 == house.cast.person(.scribe))
            let caller = String(slip.dropLast("/slip".count))
            #expect(try await house.browser(.stranger).post(caller + "/withdrawal", ["sure": "yes"]).status == 303)
            #expect(try await round.answered(house) == [nil, nil])
        }
    }

    @Test(arguments: Engine.all) func `Sheets are typed in together, all or none`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let scribe = house.browser(.scribe)
            let wrong = try await scribe.post(
                round.path + "/paper",
                ["perspective-1": "clinicians", "answers-1": "1a 2d", "perspective-2": "clinicians", "answers-2": "1a 9d"]
            )
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("We cannot read “9d”"))
            #expect(try await round.answered(house).isEmpty)
            let right = try await scribe.post(
                round.path + "/paper",
                ["perspective-1": "clinicians", "answers-1": "1a 2d 3P", "perspective-2": "young-people", "answers-2": "2a,3a"]
            )
            #expect(right.status == 303)
            #expect(try await round.answered(house) == [1, -1, 0, 1, 1])
        }
    }

    @Test(arguments: Engine.all) func `What stands at the end of a sheet is a statement, and a slip opens it with the answers`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let scribe = house.browser(.scribe)
            let twice = try await scribe.post(
                round.path + "/paper",
                ["perspective-1": "clinicians", "answers-1": "1a", "another-1": "Paint the corridor."]
            )
            #expect(twice.status == 422)
            #expect(twice.text.contains("href=\"#another-1\""))
            #expect(try await round.answered(house).isEmpty)
            let sent = try await scribe.post(
                round.path + "/paper",
                [
                    "perspective-1": "clinicians", "answers-1": "1a", "another-1": "Ring at teatime.", "perspective-2": "young-people",
                    "another-2": "Only words.",
                ]
            )
            let slips = try #require(sent.location)
            let page = try await scribe.get(slips).text
            #expect(page.contains("2 sheets are saved."))
            #expect(page.contains("Answers of sheet 2"))
            let codes = try #require(slips.split(separator: "=").last).split(separator: ".")
            let stranger = house.browser(.stranger)
            let first = try await stranger.get("/answering/\(codes[0])/mine").text
            #expect(first.contains("Ring at teatime.") && first.contains("Somebody will look at it soon") && first.contains("Agree"))
            #expect(try await stranger.get("/answering/\(codes[1])/mine").text.contains("Only words."))
            #expect(try await round.answered(house) == [1])
            let other = try await TestRound.open(in: house, isPublic: true)
            #expect(try await scribe.get("\(other.path)/paper/slips?codes=\(codes[0])").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `A caller can put it another way`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let scribe = house.browser(.scribe)
            let call: KeyValuePairs = ["agreed": "yes", "perspective": "parents-and-carers", "another": "Ring at teatime."]
            let slip = try #require(try await scribe.post(round.path + "/phone", call).location)
            let mine = slip.replacing("/slip", with: "/mine")
            #expect(try await house.browser(.stranger).get(mine).text.contains("Ring at teatime."))
            let again = try await scribe.post(round.path + "/phone", call)
            #expect(again.status == 422)
            #expect(again.text.contains("href=\"#another\""))
        }
    }

    @Test func `Paper is read as it is typed, and what cannot be read is said`() {
        #expect(PaperAnswers.read("1a 2d,3p", [1, 2, 3]) == .success([1: .agree, 2: .disagree, 3: .pass]))
        #expect(PaperAnswers.read("12A", [12]) == .success([12: .agree]))
        #expect(PaperAnswers.read("1a 1d", [1]) == .failure(.init(part: "1d")))
        #expect(PaperAnswers.read("1x", [1]) == .failure(.init(part: "1x")))
        #expect(PaperAnswers.read("1a 2", [1, 2]) == .failure(.init(part: "2")))
        #expect(PaperAnswers.read("99999999999999999999a", [1]) == .failure(.init(part: "99999999999999999999a")))
    }

    @Test(arguments: Engine.all) func `The trail tells who answered when, and never what`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            _ = try await house.browser(.youngPerson).post(
                round.path + "/answering/answers",
                ["statement": round.statements[0].text, "answer": "disagree"]
            )
            _ = try await house.browser(.youngPerson).post(round.path + "/answering/statements", ["words": "secretwords"])
            let trail = try await house.db.read { tx in
                try tx.values("SELECT what || ' ' || subject || ' ' || facts FROM trail", as: String.self)
            }
            #expect(trail.contains { $0.hasPrefix("round.answered \(round.id)") })
            #expect(
                !trail.contains {
                    $0.contains("disagree") || $0.contains("secretwords")
                        || $0.contains("-1") && $0.hasPrefix("round.answered") && $0.contains("answer\"")
                }
            )
            let finding = try await house.db.read { tx in try VerifyTrail.run(in: tx) }
            #expect(finding.isWhole)
        }
    }

    @Test(arguments: Engine.all) func `A statement follows its theme when themes are put together`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in
                let project = try ProjectStore.find(house.cast.project, tx)
                let one = try StartTheme.run(ThemeDraft(title: "One", said: "", isPublic: false), in: project, by: deed, tx)
                let two = try StartTheme.run(ThemeDraft(title: "Two", said: "", isPublic: false), in: project, by: deed, tx)
                try AddStatements.run(["From one."], from: one.id, to: round.id, by: deed, tx)
                try MergeThemes.run(one.id, into: two.id, by: deed, tx)
                #expect(try StatementThemes.of(theme: two.id, tx).map(\.words) == ["From one."])
            }
        }
    }
}

@Suite struct WhatARoundRestsOn {
    @Test(arguments: Engine.all) func `A perspective that a round asks stays with the service`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let administrator = house.browser(.administrator)
            let perspective = "/barnet-camhs/settings/perspectives/managers"
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in
                let draft = RoundDraft(title: "The model", question: "What matters?", perspectives: ["young-people", "managers"])
                try StartRound.run(draft, in: ProjectStore.find(house.cast.project, tx), by: deed, tx)
            }
            #expect(try await administrator.post(perspective + "/removal").status == 403)
            #expect(try await administrator.post("/barnet-camhs/settings/perspectives/peer-staff/removal").status == 303)
        }
    }
}
