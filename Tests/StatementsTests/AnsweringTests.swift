import HTTPTypes
import HouseSupport
import Kernel
import Statements
import Store
import TestSupport
import Testing

@Suite struct Answering {
    @Test(arguments: Engine.all) func `A young person answers, changes an answer, and comes back to where they were`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let young = house.browser(.youngPerson)
            let first = try await young.get(round.path + "/answering")
            #expect(first.status == 200)
            #expect(first.text.contains("0 of 3"))
            let answers = round.path + "/answering/answers"
            let sent = try await young.post(answers, ["statement": round.statements[0].text, "answer": "agree"])
            #expect(sent.status == 303)
            #expect(try await young.get(sent.location ?? "").text.contains("1 of 3"))
            _ = try await young.post(answers, ["statement": round.statements[0].text, "answer": "disagree"])
            #expect(try await round.answered(house) == [-1])
            #expect(try await young.get(round.path + "/answering/mine").text.contains("Disagree"))
        }
    }

    @Test(arguments: Engine.all) func `The same answer twice, or from two windows, is one answer`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let parent = house.browser(.parent)
            for _ in 0..<3 {
                _ = try await parent.post(round.path + "/answering/answers", ["statement": round.statements[1].text, "answer": "pass"])
            }
            #expect(try await round.answered(house) == [0])
            let entries = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail WHERE what = 'round.answered'") }
            #expect(entries == 1)
        }
    }

    @Test(arguments: Engine.all) func `A stranger gets a link of their own where everybody may answer`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house, isPublic: true)
            let link = try await round.join(house, "parents-and-carers")
            #expect(link.hasPrefix("/answering/"))
            let stranger = house.browser(.stranger)
            let page = try await stranger.get(link)
            #expect(page.headers[.cacheControl] == "private, no-store")
            #expect(page.text.contains("parent or carer"))
            let sent = try await stranger.post(link + "/answers", ["statement": round.statements[2].text, "answer": "agree"])
            #expect(sent.status == 303)
            let code = String(link.dropFirst("/answering/".count))
            let kept = try await house.db.read { tx in try tx.values("SELECT digest FROM answering_links", as: String.self) }
            #expect(kept.count == 1 && !kept[0].contains(code))
        }
    }

    @Test func `A stranger cannot answer where only the people of the project may`() async throws {
        try await Engine.sqlite.withHouse { house in
            let round = try await TestRound.open(in: house)
            let answer = try await house.browser(.stranger).post(round.path + "/joining", ["perspective": "young-people"])
            #expect(answer.status == 404)
            #expect(try await round.answered(house).isEmpty)
        }
    }

    @Test(arguments: Engine.all) func `Whoever takes their answers back counts nowhere any more`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house, isPublic: true)
            let link = try await round.join(house, "young-people")
            let stranger = house.browser(.stranger)
            _ = try await stranger.post(link + "/answers", ["statement": round.statements[0].text, "answer": "agree"])
            #expect(try await stranger.post(link + "/withdrawal").status == 422)
            #expect(try await stranger.post(link + "/withdrawal", ["sure": "yes"]).status == 303)
            #expect(try await round.answered(house) == [nil])
            #expect(try await stranger.get(link + "/mine").text.contains("You have not answered anything"))
        }
    }

    @Test(arguments: Engine.all) func `Taking back works after closing, and answering does not`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house)
            let young = house.browser(.youngPerson)
            _ = try await young.post(round.path + "/answering/answers", ["statement": round.statements[0].text, "answer": "agree"])
            #expect(try await house.browser(.facilitator).post(round.path + "/closing").status == 303)
            let late = try await young.post(
                round.path + "/answering/answers",
                ["statement": round.statements[0].text, "answer": "disagree"]
            )
            #expect(late.status == 403)
            #expect(late.text.contains("closed"))
            #expect(try await round.answered(house) == [1])
            #expect(try await young.post(round.path + "/answering/withdrawal", ["sure": "yes"]).status == 303)
            #expect(try await round.answered(house) == [nil])
        }
    }

    @Test func `What is no statement of this round, or no answer, changes nothing`() async throws {
        try await Engine.sqlite.withHouse { house in
            let round = try await TestRound.open(in: house)
            let other = try await TestRound.open(in: house, isPublic: true)
            let young = house.browser(.youngPerson)
            let path = round.path + "/answering/answers"
            #expect(try await young.post(path, ["statement": other.statements[0].text, "answer": "agree"]).status == 404)
            #expect(try await young.post(path, ["statement": "'; DROP TABLE responses; --", "answer": "agree"]).status == 422)
            #expect(try await young.post(path, ["statement": round.statements[0].text, "answer": "2"]).status == 422)
            #expect(try await young.post(path).status == 422)
            #expect(try await round.answered(house).isEmpty)
        }
    }

    @Test(arguments: Engine.all) func `Nobody changes whose point of view they bring`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await TestRound.open(in: house, isPublic: true)
            let outsider = house.browser(.outsider)
            #expect(try await outsider.get(round.path + "/answering").text.contains("Whose point of view"))
            #expect(try await outsider.post(round.path + "/joining", ["perspective": "nobody"]).status == 422)
            _ = try await outsider.post(round.path + "/joining", ["perspective": "young-people"])
            _ = try await outsider.post(round.path + "/joining", ["perspective": "clinicians"])
            let kept = try await house.db.read { tx in try tx.values("SELECT perspective FROM responders", as: String.self) }
            #expect(kept == ["young-people"])
        }
    }

    @Test func `Hostile words stay words`() async throws {
        try await Engine.sqlite.withHouse { house in
            let round = try await TestRound.open(in: house, isHeld: false)
            let young = house.browser(.youngPerson)
            let words = "<script>alert(1)</script> \u{202e}“quotes” & 'more'"
            #expect(try await young.post(round.path + "/answering/statements", ["words": words]).status == 303)
            let page = try await young.get(round.path + "/answering/mine")
            #expect(!page.text.contains("<script>alert"))
            #expect(!page.text.contains("\u{202e}"))
            let long = String(repeating: "a", count: 201)
            #expect(try await young.post(round.path + "/answering/statements", ["words": long]).status == 422)
            #expect(try await young.post(round.path + "/answering/statements", ["words": " \n "]).status == 422)
        }
    }

    @Test func `The next statement is drawn by weight, and the same one again until it is answered`() {
        let chance = Chance { _ in [UInt8](repeating: 0x80, count: 8) }
        #expect(NextStatement.draw(["a", "b", "c"], weights: [1, 1, 2], chance) == "c")
        #expect(NextStatement.draw(["a", "b"], weights: [3, 1], chance) == "a")
        #expect(NextStatement.draw([String](), weights: [], chance) == nil)
        #expect(NextStatement.draw(["a", "b"], weights: [0, 0], chance) == "a")
    }
}
