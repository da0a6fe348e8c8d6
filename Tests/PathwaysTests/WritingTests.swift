import HTTPTypes
import HouseSupport
import Kernel
import PathSupport
import Readability
import Store
import TestSupport
import Testing

@testable import Pathways

@Suite struct Writing {
    @Test(arguments: Engine.all) func `A draft is for the people of the service, and everybody reads what is published`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let text = try await house.draft()
            for who in [Character.stranger, .outsider, .owner] {
                #expect(try await house.browser(who).get(triage).status == 404)
                #expect(try await house.browser(who).get(triage + "/work").status == 404)
                #expect(try await house.browser(who).get("\(triage)/texts/\(text.id)").status != 200)
                #expect(try await !house.browser(who).get(pathways).text.contains("What happens at triage"))
            }
            #expect(try await house.browser(.youngPerson).get("\(triage)/texts/\(text.id)").status == 200)
            #expect(try await house.browser(.parent).get(pathways).text.contains("What happens at triage"))
            try await house.published(text)
            let page = try await house.browser(.stranger).get(triage)
            #expect(page.status == 200)
            #expect(page.text.contains("<h2>What happens next</h2>"))
            #expect(try await house.browser(.stranger).get(pathways).text.contains("What happens at triage"))
        }
    }

    @Test(arguments: Engine.all) func `Whoever wrote a text cannot be the one who checks it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let checkers = try await house.allowed { deed, tx in
                try CheckText.run(TextStore.find(text.id, tx), edition: 1, in: house.service(tx), by: deed, tx)
            }
            #expect(checkers == [.publisher, .clinician])
        }
    }

    @Test(arguments: Engine.all) func `Editors publish, and only what was checked as it stands`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            await #expect(throws: Refusal.self) {
                try await house.does(.publisher) { deed, tx in
                    let now = try TextStore.find(text.id, tx)
                    try PublishText.run(now, edition: 1, of: LeafletStore.find(now.leaflet, tx), in: house.service(tx), by: deed, tx)
                }
            }
            try await house.checked(text)
            let publishers = try await house.allowed { deed, tx in
                let now = try TextStore.find(text.id, tx)
                try PublishText.run(now, edition: 1, of: LeafletStore.find(now.leaflet, tx), in: house.service(tx), by: deed, tx)
            }
            #expect(publishers == [.publisher, .facilitator])
            let mended = try await house.browser(.parent).post(
                "\(triage)/texts/\(text.id)",
                ["title": "Triage", "summary": "S", "body": "You can ring.", "edition": "1"]
            )
            #expect(mended.status == 303)
            #expect(try await house.fresh(text).state == .draft)
        }
    }

    @Test(arguments: Engine.all) func `A page for families that is too hard is published only with a reason, which everybody reads`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft("What happens at triage", TestHouse.hardWords)
            #expect(try #require(text.age).years > 11)
            let error = await #expect(throws: Problems.self) { try await house.published(text) }
            #expect(error?["reason"] != nil)
            #expect(try await house.fresh(text).state == .checked)
            let page = try await house.browser(.publisher).post("\(triage)/texts/\(text.id)/publication", ["edition": "1", "reason": ""])
            #expect(page.status == 422)
            #expect(
                try await house.browser(.publisher).post(
                    "\(triage)/texts/\(text.id)/publication",
                    ["edition": "1", "reason": "The law asks for these very words.", "looked": "yes"]
                ).status == 303
            )
            #expect(try await house.browser(.stranger).get(triage).text.contains("The law asks for these very words."))
        }
    }

    @Test(arguments: Engine.all) func `A page for professionals may be hard`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft("For staff", TestHouse.hardWords, LeafletDetails(kind: .policy, isForFamilies: false))
            try await house.published(text)
            #expect(try await house.fresh(text).state == .published)
        }
    }

    @Test(arguments: Engine.all) func `Two people who mend the same draft see both texts and lose neither`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            func send(_ who: Character, _ body: String) async throws -> TestAnswer {
                try await house.browser(who).post(
                    "\(triage)/texts/\(text.id)",
                    ["title": text.title, "summary": text.summary, "body": body, "edition": "1"]
                )
            }
            #expect(try await send(.youngPerson, "Young words here.").status == 303)
            let late = try await send(.parent, "A parent’s words here.")
            #expect(late.status == 409)
            #expect(late.text.contains("Young words here."))
            #expect(late.text.contains("A parent’s words here."))
            #expect(try await house.fresh(text).body == "Young words here.")
        }
    }

    @Test(arguments: Engine.all) func `A second draft of the same page is shown beside the first`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let late = try await house.browser(.parent).post(
                "\(triage)/texts",
                ["form": "plain", "asked": "plain", "title": "T", "summary": "S", "body": "Mine.", "changed": "All."]
            )
            #expect(late.status == 409)
            #expect(late.text.contains("Mine."))
            #expect(late.text.contains("/texts/\(text.id)/edit"))
        }
    }

    @Test(arguments: Engine.all) func `A new version says what changed, and the one before stays as a version`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let first = try await house.draft()
            try await house.published(first)
            await #expect(throws: Problems.self) {
                _ = try await house.written(TextDraft(title: "Triage", summary: "S", body: "You can ring."), of: first)
            }
            let second = try await house.written(
                TextDraft(title: "Triage", summary: "S", body: "You can ring.", changed: "It says that you can ring."),
                of: first
            )
            #expect(second.number == 2)
            #expect(try await house.browser(.stranger).get(triage).text.contains("What happens next"))
            try await house.published(second)
            #expect(try await house.fresh(first).state == .replaced)
            #expect(try await house.browser(.stranger).get(triage).text.contains("It says that you can ring."))
            let versions = try await house.browser(.stranger).get("\(triage)/versions").text
            #expect(versions.contains("version 1") && versions.contains("version 2"))
        }
    }

    @Test(arguments: Engine.all) func `A public page is the same bytes until something is published`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let first = try await house.draft()
            try await house.published(first)
            let one = try await house.browser(.stranger).get(triage)
            let tag = try #require(one.headers[.eTag])
            #expect(try await house.browser(.stranger).get(triage, headers: ["If-None-Match": tag]).status == 304)
            let second = try await house.written(TextDraft(title: "Triage", summary: "S", body: "Ring.", changed: "New."), of: first)
            try await house.published(second)
            #expect(try await house.browser(.stranger).get(triage, headers: ["If-None-Match": tag]).status == 200)
        }
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", "tags"), ("[x](javascript:alert(1))", "links"), ("![x](https://tracker.example/x.png)", "Pictures"),
    ]) func `What cannot be shown is said at the field, keeps the words and changes nothing`(_ body: String, _ hint: String) async throws {
        try await Engine.sqlite.withHouse { house in
            let text = try await house.draft()
            let answer = try await house.browser(.youngPerson).post(
                "\(triage)/texts/\(text.id)",
                ["title": "My title", "summary": "S", "body": body, "edition": "1"]
            )
            #expect(answer.status == 422)
            #expect(answer.text.contains(hint))
            #expect(answer.text.contains("My title"))
            #expect(!answer.text.contains("<script>alert"))
            #expect(try await house.fresh(text).edition == 1)
        }
    }

    @Test(arguments: Engine.all) func `Hard sentences are marked for the writer with why`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft("What happens at triage", "Your letter is read. The implementation begins soon.")
            let page = try await house.browser(.youngPerson).get("\(triage)/texts/\(text.id)").text
            #expect(page.contains("<li>A long word: “implementation”.</li>"))
            #expect(page.contains("Long words: “implementation”. Is there a shorter word for each?"))
            #expect(page.contains("“is read”: say who does it."))
            #expect(page.contains("2 sentences are hard"))
        }
    }

    @Test(arguments: Engine.all) func `Whoever publishes is told what is hard in it and has to have looked`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft("What happens at triage", TestHouse.easyWords + "\n\nThe implementation begins soon.")
            try await house.checked(text)
            let (path, publisher) = ("\(triage)/texts/\(text.id)/publication", house.browser(.publisher))
            #expect(try await publisher.get(path).text.contains("A long word: “implementation”."))
            let unread = try await publisher.post(path, ["edition": "1"])
            #expect(unread.status == 422 && unread.text.contains("You can publish it as it is."))
            #expect(try await publisher.post(path, ["edition": "1", "looked": "yes"]).status == 303)
        }
    }

    @Test(arguments: Engine.all) func `A page past its review date says so`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft(
                "What happens at triage",
                TestHouse.easyWords,
                LeafletDetails(kind: .pathway, reviewDue: house.now.adding(days: 10))
            )
            try await house.published(text)
            #expect(try await !house.browser(.stranger).get(triage).text.contains("may be out of date"))
            house.clock.turn(days: 11)
            #expect(try await house.browser(.stranger).get(triage).text.contains("may be out of date"))
        }
    }
}
