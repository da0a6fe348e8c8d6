import Decisions
import Discussion
import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import Actions

@Suite struct Doing {
    @Test(arguments: Engine.all) func `Nothing is done before something is agreed`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            await #expect(throws: Refusal.self) { _ = try await house.action(on: theme) }
            try await house.decided(theme, .cannot)
            await #expect(throws: Refusal.self) { _ = try await house.action(on: theme) }
        }
    }

    @Test(arguments: Engine.all) func `A theme is done when every action has ended and something has changed`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let (action, other) = (try await house.action(on: theme), try await house.action(on: theme))
            #expect(try await house.state(theme) == .doing)
            try await house.does(.owner) { deed, tx in try FinishAction.run(action, Evidence("It is on the intranet"), by: deed, tx) }
            try await house.does(.facilitator) { deed, tx in try RecordChange.run(on: theme, words: "We ring", since: deed.at, by: deed, tx)
            }
            #expect(try await house.state(theme) == .doing)
            try await house.does(.facilitator) { deed, tx in try DropAction.run(other, reason: "The first was enough", by: deed, tx) }
            #expect(try await house.state(theme) == .done)
            #expect(try await house.theme(theme).changedAt == house.now)
        }
    }

    @Test(arguments: Engine.all) func `Owners end their own actions, facilitators all, others none`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let action = try await house.action(on: theme)
            let enders: Set<Character> = [.facilitator, .owner]
            let finish = try await house.allowed { deed, tx in try FinishAction.run(action, Evidence("E"), by: deed, tx) }
            let drop = try await house.allowed { deed, tx in try DropAction.run(action, reason: "R", by: deed, tx) }
            let move = try await house.allowed { deed, tx in try MoveDate.run(action, to: deed.at, reason: "R", by: deed, tx) }
            let change = try await house.allowed { deed, tx in
                try RecordChange.run(on: theme, words: "W", since: deed.at, from: action, by: deed, tx)
            }
            for allowed in [finish, drop, move, change] { #expect(allowed == enders) }
            let bare = try await house.allowed { deed, tx in try RecordChange.run(on: theme, words: "W", since: deed.at, by: deed, tx) }
            #expect(bare == [.facilitator])
        }
    }

    @Test(arguments: Engine.all) func `An owner who has left keeps nothing of their action`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let action = try await house.action(on: theme)
            let owner = house.cast.person(.owner)
            #expect(try await house.browser(.owner).get("/actions/\(action)").status == 200)
            _ = try await house.db.write { tx in try tx.run("DELETE FROM duties WHERE person = \(owner)") }
            #expect(try await house.browser(.owner).get("/actions/\(action)").status == 404)
            #expect(try await house.browser(.owner).post("/actions/\(action)/completion", ["evidence": "E"]).status != 303)
        }
    }

    @Test(arguments: Engine.all) func `An action is seen by whoever sees its theme`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let action = try await house.action(on: theme)
            for who in Character.allCases {
                let isIn = ![.stranger, .outsider, .administrator, .safeguarding].contains(who)
                #expect(try await house.browser(who).get("/actions/\(action)").status == (isIn ? 200 : 404), "\(who)")
            }
            house.clock.turn(days: 8)
            #expect(try await house.browser(.parent).get("/actions/\(action)").text.contains("Overdue"))
        }
    }

    @Test(arguments: Engine.all) func `An action is done only with what shows it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let action = try await house.action(on: theme)
            let browser = house.browser(.owner)
            #expect(try await browser.post("/actions/\(action)/completion", ["evidence": ""]).status == 422)
            let script = try await browser.post("/actions/\(action)/completion", ["evidence": "E", "evidence-url": "javascript:alert(1)"])
            #expect(script.status == 422)
            let done = try await browser.post("/actions/\(action)/completion", ["evidence": "E", "evidence-url": "https://example.org/d"])
            #expect(done.status == 303)
            #expect(try await browser.get("/actions/\(action)").text.contains("href=\"https://example.org/d\""))
            #expect(try await browser.post("/actions/\(action)/dropping", ["reason": "R"]).status == 403)
        }
    }

    @Test(arguments: Engine.all) func `A day is moved only with a reason, which stays to be read`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let action = try await house.action(on: theme)
            let browser = house.browser(.owner)
            let bare = try await browser.post("/actions/\(action)/date", ["due-day": "1", "due-month": "4", "due-year": "2026"])
            #expect(bare.status == 422)
            let nonsense = try await browser.post(
                "/actions/\(action)/date",
                ["due-day": "31", "due-month": "2", "due-year": "2026", "reason": "R"]
            )
            #expect(nonsense.status == 422)
            let moved = try await browser.post(
                "/actions/\(action)/date",
                ["due-day": "1", "due-month": "4", "due-year": "2026", "reason": "The printer broke"]
            )
            #expect(moved.status == 303)
            let page = try await house.browser(.parent).get("/actions/\(action)").text
            #expect(page.contains("The printer broke") && page.contains("1 April 2026"))
        }
    }

    @Test(arguments: Engine.all) func `An owner rewords an action but does not push it to somebody else`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let action = try await house.action(on: theme)
            let owner = house.cast.person(.owner)
            try await house.does(.owner) { deed, tx in
                try EditAction.run(action, ActionDraft(what: "Better words", owner: .person(owner)), version: 1, by: deed, tx)
            }
            await #expect(throws: Refusal.self) {
                try await house.does(.owner) { deed, tx in
                    try EditAction.run(action, ActionDraft(what: "W", owner: .named("Somebody")), version: 2, by: deed, tx)
                }
            }
            await #expect(throws: Refusal.self) {
                try await house.does(.owner) { deed, tx in
                    try EditAction.run(action, ActionDraft(what: "W", owner: .person(owner)), version: 1, by: deed, tx)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `Publishers edit a change's wording, and a stale edit overwrites nothing`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let change = try await house.does(.facilitator) { deed, tx in
                try RecordChange.run(on: theme, words: "First", since: deed.at, by: deed, tx)
            }
            let allowed = try await house.allowed { deed, tx in
                try EditChange.run(change, words: "W", evidence: Evidence(""), version: 1, by: deed, tx)
            }
            #expect(allowed == [.facilitator, .publisher])
            let path = house.path(theme, "/changes/\(change)")
            #expect(try await house.browser(.publisher).post(path, ["words": "Second", "version": "1"]).status == 303)
            #expect(try await house.browser(.publisher).post(path, ["words": "Third", "version": "1"]).status == 409)
        }
    }

    @Test(arguments: Engine.all) func `An action for somebody without an account carries their name`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            let browser = house.browser(.facilitator)
            let fields: KeyValuePairs = ["what": "Paint", "due-day": "1", "due-month": "4", "due-year": "2026"]
            #expect(try await browser.post(house.path(theme, "/actions"), fields).status == 422)
            let answer = try await browser.post(
                house.path(theme, "/actions"),
                ["what": "Paint", "owner-name": "Ada Jones", "due-day": "1", "due-month": "4", "due-year": "2026"]
            )
            #expect(answer.status == 303)
            #expect(try await house.db.read { tx in try ActionStore.of(theme, tx).map(\.ownerName) } == ["Ada Jones"])
        }
    }
}
