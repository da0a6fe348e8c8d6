import HouseSupport
import Kernel
import PathSupport
import Pathways
import Readers
import Services
import Store
import TestSupport
import Testing

@testable import Desk

@Suite struct LeafletsOnTheDesk {
    private func onDesk(_ job: DeskLeaflets.Job, in house: TestHouse) async throws -> Set<Character> {
        var found: Set<Character> = []
        for who in Character.allCases where who != .stranger {
            let actor = house.cast.actor(who)
            let rows = try await house.db.read { tx in try DeskLeaflets(actor, tx).rows(job, at: house.now, tx) }
            if !rows.isEmpty { found.insert(who) }
        }
        return found
    }

    private func allowed(_ house: TestHouse, _ rule: @Sendable (ServicePeople, Actor) -> Bool) async throws -> Set<Character> {
        let people = try await house.db.read { tx in try ServicePeople(of: ServiceStore.find(house.cast.service, tx), tx) }
        return Set(Character.allCases.filter { $0 != .stranger && rule(people, house.cast.actor($0)) })
    }

    @Test(arguments: Engine.all) func `A draft waits for exactly those who may check it, and then for those who may publish it`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let checkers = try await allowed(house) { LeafletPolicy.mayCheck(text, in: $0, by: $1) }
            #expect(checkers.contains(.clinician) && !checkers.contains(.facilitator) && !checkers.contains(.parent))
            #expect(try await onDesk(.check, in: house) == checkers)
            #expect(try await house.browser(.clinician).get("/desk").text.contains("What happens at triage"))
            try await house.checked(text)
            #expect(try await onDesk(.check, in: house).isEmpty)
            let editors = try await allowed(house) { $0.isEditor($1) }
            #expect(try await onDesk(.publish, in: house) == editors)
        }
    }

    @Test(arguments: Engine.all) func `A comment waits for editors until it is answered`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let comment = try await house.does(.youngPerson) { deed, tx in
                try CommentOnText.run("Too long", on: text, paragraph: 1, in: house.service(tx), by: deed, tx)
            }
            #expect(try await onDesk(.comments, in: house) == allowed(house) { $0.isEditor($1) })
            #expect(try await !house.browser(.publisher).get("/desk").text.contains("Too long"))
            try await house.does(.publisher) { deed, tx in
                try AnswerComment.run(comment, answer: "We cut it.", on: text, in: house.service(tx), by: deed, tx)
            }
            #expect(try await onDesk(.comments, in: house).isEmpty)
        }
    }

    @Test(arguments: Engine.all) func `A text waits for the people who are asked to read it, and again when its words change`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            try await house.does(.publisher) { deed, tx in
                try AskRoom.run(text, house.cast.parents, words: "", in: house.service(tx), by: deed, tx)
            }
            #expect(try await onDesk(.read, in: house) == [.parent, .otherParent])
            let desk = try await house.browser(.parent).get("/desk").text
            #expect(desk.contains("Your group is asked to read this") && desk.contains("Do this next"))
            try await house.does(.parent) { deed, tx in try SayClear.run(text, edition: 1, in: house.service(tx), by: deed, tx) }
            #expect(try await onDesk(.read, in: house) == [.otherParent])
            try await house.does(.facilitator) { deed, tx in
                let draft = TextDraft(title: text.title, summary: text.summary, body: "Ring us at any time.")
                let leaflet = try LeafletStore.find(text.leaflet, tx)
                try WriteText.edit(text, to: draft, edition: 1, of: leaflet, in: house.service(tx), by: deed, tx)
            }
            #expect(try await onDesk(.read, in: house) == [.parent, .otherParent])
        }
    }

    @Test(arguments: Engine.all) func `What is to be looked at again, and what is behind, waits for editors`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft(
                "What happens at triage",
                TestHouse.easyWords,
                LeafletDetails(kind: .pathway, reviewDue: house.now.adding(days: 40))
            )
            try await house.published(text)
            let welsh = try await house.written(TextDraft(title: "Brysbennu", summary: "S", body: "Ffoniwch ni.", language: "cy"), of: text)
            try await house.published(welsh)
            #expect(try await onDesk(.review, in: house).isEmpty)
            #expect(try await onDesk(.behind, in: house).isEmpty)
            let mended = try await house.written(TextDraft(title: "T", summary: "S", body: "Ring us.", changed: "Ring any day."), of: text)
            try await house.published(mended)
            house.clock.turn(days: 11)
            let editors = try await allowed(house) { $0.isEditor($1) }
            #expect(try await onDesk(.behind, in: house) == editors)
            #expect(try await onDesk(.review, in: house) == editors)
        }
    }
}
