import EqualVoice
import Foundation
import HouseSupport
import Kernel
import Projects

import Store
import TestSupport
import Testing

@testable import Statements
@testable import WhatWeThink

@Suite struct FiguresOutsideAndInside {
    /// A round open to all, answered by so many people of each perspective: how many of them agree.
    static func settle(_ house: TestHouse, _ people: [(String, people: Int, agree: Int)]) async throws -> Round {
        let deed = house.deed(.facilitator)
        let scribe = house.deed(.scribe)
        return try await house.db.write { tx in
            let keys = ["young-people", "parents-and-carers", "clinicians"]
            let draft = RoundDraft(title: "The model", question: "What matters?", perspectives: keys)
            let round = try StartRound.run(draft, in: ProjectStore.find(house.cast.openProject, tx), by: deed, tx)
            try AddStatements.run(["Ring me.", "Paint it."], to: round.id, by: deed, tx)
            try TurnRound.open(round.id, by: deed, tx)
            let open = try RoundStore.find(round.id, tx)
            for (key, count, agree) in people {
                for number in 0..<count {
                    let answers: [Int: Response] = [1: number < agree ? .agree : .disagree]
                    try GiveAnswers.writtenDown(answers, .phone, perspective: key, in: open, by: scribe, tx)
                }
            }
            try TellFigures.run(open, by: Deed(by: .system("test"), at: deed.at), tx)
            return open
        }
    }

    static func path(_ round: Round) -> String { "/barnet-camhs/projects/open-door/rounds/\(round.id)" }

    @Test(arguments: Engine.all) func `Both figures stand side by side, and differ where one group is large`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 10, 10), ("parents-and-carers", 10, 10), ("clinicians", 40, 4)])
            let page = try await house.browser(.stranger).get(Self.path(round)).text
            // (11/12 + 11/12 + 5/42) / 3 and 25/62.
            #expect(page.contains("Each group counts the same: 65% agree"))
            #expect(page.contains("Each person counts the same: 40% agree"))
            #expect(page.contains("Where we see it differently"))
            #expect(page.contains("More than half of these people are from one group: Clinicians."))
        }
    }

    @Test(arguments: Engine.all) func `Outside the room a small group is told with others, on the page and in JSON`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 12, 12), ("parents-and-carers", 2, 0), ("clinicians", 14, 7)])
            for who in [Character.stranger, .outsider] {
                for json in [false, true] {
                    let text = try await house.browser(who).get(Self.path(round), json: json).text
                    #expect(text.contains("Young people and Parents and carers together"))
                    #expect(!text.contains("Each group counts the same: "))
                    #expect(text.contains("We show no number by group here"))
                }
            }
            let facilitator = try await house.browser(.facilitator).get(Self.path(round)).text
            #expect(facilitator.contains("Each group counts the same: "))
        }
    }

    @Test(arguments: Engine.all) func `Of fewer than ten people nothing is told outside`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 4, 4), ("parents-and-carers", 2, 0)])
            let text = try await house.browser(.stranger).get(Self.path(round), json: true).text
            #expect(text.contains("Fewer than 10 people"))
            #expect(!text.contains("%"))
        }
    }

    @Test(arguments: Engine.all) func `What one more person said cannot be worked out by looking before and after`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 12, 6), ("parents-and-carers", 12, 6), ("clinicians", 12, 6)])
            let before = try await house.browser(.stranger).get(Self.path(round), json: true).text
            let deed = house.deed(.scribe)
            try await house.db.write { tx in
                try GiveAnswers.writtenDown([1: .agree], .phone, perspective: "clinicians", in: round, by: deed, tx)
                try TellFigures.run(round, by: Deed(by: .system("test"), at: deed.at), tx)
            }
            #expect(try await house.browser(.stranger).get(Self.path(round), json: true).text == before)
            let inside = try await house.browser(.facilitator).get(Self.path(round)).text
            #expect(inside.contains("37 people have answered"))
        }
    }

    @Test(arguments: Engine.all) func `The job tells what is new, and a slower process tells nothing older after it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 12, 6), ("parents-and-carers", 12, 6), ("clinicians", 12, 6)])
            let (scribe, job, states) = (house.deed(.scribe), Deed(by: .system("test"), at: house.now), RoundStates())
            func answer(_ count: Int) async throws {
                try await house.db.write { tx in
                    for _ in 0..<count {
                        for key in ["young-people", "parents-and-carers", "clinicians"] {
                            try GiveAnswers.writtenDown([1: .agree], .phone, perspective: key, in: round, by: scribe, tx)
                        }
                    }
                }
            }
            func told() async throws -> (String, Int?) {
                let text = try await house.browser(.stranger).get(Self.path(round), json: true).text
                return (text, try await house.db.read { tx in try ToldStore.round(round, tx)?.seq })
            }
            try await answer(12)
            let older = try await house.db.read { tx in try TellFigures.News(round, states, at: job.at, tx) }
            try await answer(12)
            let before = try await told()
            try await TellFigures.all(house.db, states, by: job)
            let after = try await told()
            #expect(after.0 != before.0)
            #expect(after.0.contains("108 people have answered"))
            try await house.db.write { tx in try TellFigures.tell(older, of: round, by: job, tx) }
            #expect(try await told() == after)
        }
    }

    @Test(arguments: Engine.all) func `The room sees an answer at once`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 1, 1)])
            #expect(try await house.browser(.facilitator).get(Self.path(round)).text.contains("1 person has answered"))
            let deed = house.deed(.scribe)
            try await house.db.write { tx in
                _ = try GiveAnswers.writtenDown([1: .agree, 2: .pass], .phone, perspective: "clinicians", in: round, by: deed, tx)
            }
            #expect(try await house.browser(.facilitator).get(Self.path(round)).text.contains("2 people have answered"))
        }
    }

    @Test(arguments: Engine.all) func `What a process remembers is what the database counts, whatever happened in between`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 5, 3), ("clinicians", 3, 1)])
            let states = RoundStates()
            let deed = house.deed(.scribe)
            for step in 0..<12 {
                try await house.db.write { tx in
                    try GiveAnswers.writtenDown(
                        [1: .agree, 2: .disagree],
                        .phone,
                        perspective: "young-people",
                        in: round,
                        by: deed,
                        tx
                    )
                    if step % 3 == 0 {
                        let last = try tx.count("SELECT MAX(number) FROM responders")
                        guard let responder = try ResponderStore.find(last, tx) else { return }
                        try TakeBackAnswers.run(responder, in: round, by: deed, tx)
                    }
                }
                try await house.db.read { tx in
                    let kept = try states.tally(round, tx)
                    #expect(kept == (try Counting.tally(round, tx)))
                    _ = try states.map(of: round, at: deed.at, tx)
                }
            }
        }
    }

    @Test func `What a statement's answers say is decided by the groups, not by the crowd`() {
        func finding(_ shares: [(Int, Int)]) -> Finding {
            let disagrees = shares.reduce(0) { $0 + $1.1 - $1.0 }
            return Finding.of(
                shares.map { .init(agrees: $0.0, people: $0.1) },
                isComplete: shares.allSatisfy { $0.1 > 0 },
                disagrees: (disagrees, of: shares.reduce(0) { $0 + $1.1 })
            )
        }
        #expect(finding([(2, 2), (9, 10)]) == .everybodyAgrees)
        #expect(finding([(0, 2), (1, 10)]) == .everybodyDisagrees)
        #expect(finding([(2, 2), (3, 10)]) == .perspectivesDiffer)
        #expect(finding([(2, 2), (0, 0)]) == .notKnownYet)
        #expect(finding([(5, 10), (5, 10)]) == .mixed)
        #expect(finding([]) == .notKnownYet)
    }

    @Test(arguments: Engine.all) func `A statement taken to the group keeps its figures as they stood, and both are linked`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let round = try await Self.settle(house, [("young-people", 10, 10), ("clinicians", 10, 5)])
            let facilitator = house.browser(.facilitator)
            let id: StatementID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM statements WHERE number = 1") })
            let form = "\(Self.path(round))/statements/\(id)/proposal"
            #expect(try await facilitator.get(form).text.contains("Ring me."))
            let sent = try await facilitator.post(form, ["title": "Ringing people", "public": "yes"])
            let theme = try await facilitator.get(try #require(sent.location)).text
            #expect(theme.contains("As it stood then:"))
            #expect(theme.contains(Self.path(round)))
            let page = try await house.browser(.stranger).get(Self.path(round)).text
            #expect(page.contains("Taken to the group as"))
            #expect(page.contains("Ringing people"))
        }
    }

    @Test func `A picture holds no single person, and a small group is not drawn outside`() throws {
        let house = [Picture.Point(x: 0, y: 0), Picture.Point(x: 2, y: 0), Picture.Point(x: 1, y: 1)]
        let area = Picture.Area(around: house)
        #expect(area.center.x == 1)
        #expect(area.long > area.short)
    }
}
