import Discussion
import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import Decisions

@Suite struct NumbersOfSupport {
    static let cases: [(Support, Bool)] = [
        (Support("p"), true),
        (Support("p", present: 2, agreed: 2), true),
        (Support("p", present: 2, agreed: 1, against: 1), true),
        (Support("p", present: 2, agreed: 2, unsure: 1), false),
        (Support("p", present: 0, against: 1), false),
        (Support("p", agreed: 9), true),
        (Support("p", present: -1), false),
    ]

    @Test(arguments: cases) func `Nobody answers who was not there`(support: Support, isConsistent: Bool) {
        #expect(support.isConsistent == isConsistent)
    }
}

@Suite struct Deciding {
    @Test(arguments: Engine.all) func `Only facilitators record a decision`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let allowed = try await house.allowed { deed, tx in
                try RecordDecision.run(theme, .init(.agreed, words: "Yes", at: deed.at), by: deed, tx)
            }
            #expect(allowed == [.facilitator])
            #expect(try await house.browser(.stranger).get(house.path(theme, "/decisions/new")).status == 404)
            #expect(try await house.browser(.parent).get(house.path(theme, "/decisions/new")).status == 403)
        }
    }

    @Test(arguments: Engine.all) func `A decision stands with its numbers, perspective beside perspective`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let answer = try await house.browser(.facilitator).post(
                house.path(theme, "/decisions"),
                [
                    "outcome": "agreed", "words": "Come back within 6 months", "dissent": "One wanted a year",
                    "present-parents-and-carers": "2",
                    "agreed-parents-and-carers": "2", "present-clinicians": "3",
                ]
            )
            #expect(answer.status == 303)
            let page = try await house.browser(.parent).get(house.path(theme))
            for words in ["Come back within 6 months", "One wanted a year", "not counted"] { #expect(page.text.contains(words)) }
            let newest = try await house.db.read { tx in try DecisionStore.newest(of: theme, tx) }
            #expect(newest?.support == [Support("parents-and-carers", present: 2, agreed: 2), Support("clinicians", present: 3)])
            #expect(try await house.state(theme) == .agreed)
        }
    }

    @Test(arguments: Engine.all) func `A reply is owed by the project's clock, in working days`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            // Tuesday 10 March 2026 and five working days: Tuesday 17 March, until it ends.
            #expect(try await house.theme(theme).replyDue == Moment(iso: "2026-03-17T23:59:59Z"))
        }
    }

    @Test(arguments: Engine.all) func `We can't needs its reasons, and ends the path`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let browser = house.browser(.facilitator)
            let bare = try await browser.post(house.path(theme, "/decisions"), ["outcome": "cannot", "words": "No new building"])
            #expect(bare.status == 422)
            #expect(bare.text.contains("Write down why it can’t be done."))
            #expect(
                try await browser.post(
                    house.path(theme, "/decisions"),
                    ["outcome": "cannot", "words": "No", "reasons": "No money this year"]
                ).status == 303
            )
            #expect(try await house.state(theme) == .cannot)
        }
    }

    @Test(arguments: Engine.all) func `Where there is nothing to decide, thanks end the path and no clock runs on`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let browser = house.browser(.facilitator)
            #expect(try await browser.post(house.path(theme, "/decisions"), ["outcome": "thanks"]).status == 422, "thanks need words")
            let sent = try await browser.post(house.path(theme, "/decisions"), ["outcome": "thanks", "words": "Thank you for saying so."])
            let after = try await browser.get(try #require(sent.location)).text
            #expect(after.contains("The decision is recorded."), "what happened is said")
            let ended = try await house.theme(theme)
            #expect(ended.state == .thanks)
            #expect(ended.replyDue == nil)
            #expect(ended.next(voices: Gathered(), isAsked: false, actionDue: nil) == .nothing)
            let trail: String? = try await house.db.read { tx in
                try tx.value("SELECT facts FROM trail WHERE what = 'theme.decided' ORDER BY seq DESC LIMIT 1")
            }
            #expect(trail?.contains("thanks") == true)
            await #expect(throws: Refusal.self) { _ = try await house.action(on: theme) }
        }
    }

    @Test(arguments: Engine.all) func `The form asks first about those who take part, and once about each number`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let page = try await house.browser(.facilitator).get(house.path(theme, "/decisions/new"))
            let json = try await house.browser(.facilitator).get(house.path(theme, "/decisions/new"), json: true).json()
            let rows = ((json["people"] as? [String: Any])?["rows"] as? [[String: Any]] ?? []).compactMap { $0["label"] as? String }
            #expect(rows.contains("Young people"))
            #expect(!rows.contains("Managers"), "nobody brings that point of view to this project")
            #expect(page.text.contains("Somebody else was there too"))
            #expect(page.text.contains("Where was it decided?"))
            for row in rows { #expect(page.text.contains("\(row), There</label>"), "every field has its label") }
        }
    }

    @Test(arguments: Engine.all) func `Numbers that do not fit come back to their field`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let answer = try await house.browser(.facilitator).post(
                house.path(theme, "/decisions"),
                ["outcome": "agreed", "words": "W", "present-clinicians": "1", "agreed-clinicians": "2"]
            )
            #expect(answer.status == 422)
            #expect(answer.text.contains("Clinicians: more people answered than were there."))
            #expect(
                try await house.browser(.facilitator).post(
                    house.path(theme, "/decisions"),
                    ["outcome": "agreed", "words": "W", "agreed-managers": "-1"]
                )
                .status == 422
            )
            #expect(
                try await house.browser(.facilitator).post(house.path(theme, "/decisions"), ["outcome": "maybe", "words": "W"]).status
                    == 422
            )
        }
    }

    @Test(arguments: Engine.all) func `A second decision replaces none, and the newest counts`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme, .cannot)
            house.clock.turn(days: 30)
            try await house.decided(theme, .partly)
            let outcomes = try await house.db.read { tx in try DecisionStore.of(theme, tx).map(\.outcome) }
            #expect(outcomes == [.cannot, .partly])
            #expect(try await house.state(theme) == .agreed)
        }
    }

    @Test(arguments: Engine.all) func `What is still being done cannot be declared impossible`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            try await house.decided(theme)
            _ = try await house.action(on: theme)
            await #expect(throws: Problems.self) { try await house.decided(theme, .cannot) }
        }
    }
}
