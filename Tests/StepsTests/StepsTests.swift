import HouseSupport
import Kernel
import PathSupport
import Pathways
import Services
import Store
import TestSupport
import Testing

@testable import Steps

extension TestHouse {
    func service(_ tx: Transaction) throws -> Service { try ServiceStore.find(slug: "barnet-camhs", tx) }

    func step(_ name: String, wait: String = "", trueOn: Moment? = nil) async throws -> StepID {
        try await does(.publisher) { deed, tx in
            let details = StepDetails(
                name: name,
                offers: "A talk about \(name).",
                forWhom: "You.",
                moving: "Ask.",
                wait: wait,
                waitTrueOn: trueOn
            )
            return try AddStep.run(details, to: service(tx), by: deed, tx)
        }
    }
}

let steps = "/barnet-camhs/pathways/steps"

@Suite struct SteppedModel {
    @Test(arguments: Engine.all) func `The picture and the words hold the same steps in the same order`(engine: Engine) async throws {
        try await engine.withHouse { house in
            #expect(try await house.browser(.stranger).get(steps).status == 404)
            for name in ["A first call", "A group", "Talking & more"] { _ = try await house.step(name) }
            let page = try await house.browser(.stranger).get(steps).text
            #expect(page.contains("Step 1: A first call. Step 2: A group. Step 3: Talking &amp; more."))
            #expect(page.contains(">Talking &amp; more</text>"))
            for (number, name) in [(1, "A first call"), (2, "A group"), (3, "Talking &amp; more")] {
                #expect(page.contains("<h2>Step \(number): \(name)</h2>"))
            }
            #expect(try await house.browser(.stranger).get(pathways).text.contains("3 steps"))
        }
    }

    @Test(arguments: Engine.all) func `How long it takes is told with the day on which it was true, or not at all`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            _ = try await house.step("A first call", wait: "about 6 weeks", trueOn: house.now)
            _ = try await house.step("A group")
            let page = try await house.browser(.stranger).get(steps).text
            #expect(page.contains("about 6 weeks (true on 10 March 2026)"))
            #expect(page.contains("We do not know yet."))
            let answer = try await house.browser(.publisher).post(
                steps,
                ["name": "Third", "offers": "O", "for-whom": "F", "wait": "long"]
            )
            #expect(answer.status == 422)
            #expect(answer.text.contains("Say on which day that was true."))
            #expect(answer.text.contains("value=\"Third\""))
        }
    }

    @Test(arguments: Engine.all) func `Only editors change steps`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.step("A first call")
            let details = StepDetails(name: "N", offers: "O", forWhom: "F", moving: "M")
            let editors: Set<Character> = [.publisher, .facilitator]
            let adders = try await house.allowed { deed, tx in _ = try AddStep.run(details, to: house.service(tx), by: deed, tx) }
            #expect(adders == editors)
            let changers = try await house.allowed { deed, tx in
                let service = try house.service(tx)
                try ChangeStep.run(StepStore.find(id, in: service.id, tx), to: details, version: 1, in: service, by: deed, tx)
            }
            #expect(changers == editors)
            let explainers = try await house.allowed { deed, tx in
                let model = StepModel(intro: "I", comingBack: "", decided: "", disagree: "")
                try SayHowStepsWork.run(model, version: 0, in: house.service(tx), by: deed, tx)
            }
            #expect(explainers == editors)
        }
    }

    @Test(arguments: Engine.all) func `Two people who change one step see both texts, and older words are kept`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let id = try await house.step("A first call")
            func send(_ who: Character, _ offers: String) async throws -> TestAnswer {
                try await house.browser(who).post(
                    "\(steps)/\(id)",
                    ["name": "A first call", "offers": offers, "for-whom": "You.", "moving": "Ask.", "version": "1"]
                )
            }
            #expect(try await send(.publisher, "A long talk.").status == 303)
            let late = try await send(.facilitator, "A short talk.")
            #expect(late.status == 409)
            #expect(late.text.contains("A long talk.") && late.text.contains("A short talk."))
            let kept: String? = try await house.db.read { tx in try tx.value("SELECT words FROM step_versions WHERE version = 1") }
            #expect(try #require(kept).contains("A talk about A first call."))
        }
    }

    @Test(arguments: Engine.all) func `Moving and taking out keeps the numbers whole`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let first = try await house.step("One")
            let second = try await house.step("Two")
            _ = try await house.step("Three")
            #expect(try await house.browser(.publisher).post("\(steps)/\(first)/up").status == 303)
            func names() async throws -> [String] {
                try await house.db.read { tx in try StepStore.all(of: house.service(tx).id, tx).map { "\($0.number) \($0.name)" } }
            }
            #expect(try await names() == ["1 Two", "2 One", "3 Three"])
            #expect(try await house.browser(.publisher).post("\(steps)/\(second)", ["remove": "yes"]).status == 303)
            #expect(try await names() == ["1 One", "2 Three"])
        }
    }
}

private let pathways = "/barnet-camhs/pathways"
