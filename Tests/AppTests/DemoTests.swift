import App
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Trail
import Voices

@Suite struct DemoTests {
    @Test(arguments: Engine.all) func `Every sentence of the published page is found in the demo`(engine: Engine) async throws {
        try await engine.withDemo { house in
            let addresses = try await Addresses(house)
            for sentence in PageSentence.all {
                for finding in sentence.found {
                    let page = try await house.browser(finding.by).get(addresses.path(of: finding.place))
                    #expect(page.status == 200, "\(sentence.gist): \(finding.place)")
                    for words in finding.words {
                        #expect(page.words.contains(words), "\(sentence.gist): '\(words)' is not on \(finding.place)")
                    }
                }
            }
        }
    }

    @Test func `Whoever is said to have decided in a session was counted in it`() async throws {
        try await Engine.sqlite.withDemo { house in
            let rows = try await house.db.read { tx in
                try tx.all(
                    """
                    SELECT decisions.words, decision_support.perspective, decision_support.present, attendance.people
                    FROM decision_support JOIN decisions ON decisions.id = decision_support.decision
                    LEFT JOIN attendance ON attendance.session = decisions.session AND attendance.perspective = decision_support.perspective
                    WHERE decisions.session IS NOT NULL
                    """
                ) { row in
                    (
                        words: try row.next(String.self), who: try row.next(String.self), said: try row.next(Int?.self),
                        came: try row.next(Int?.self)
                    )
                }
            }
            #expect(!rows.isEmpty)
            for row in rows { #expect(row.said == row.came, "\(row.who): \(row.words)") }
        }
    }

    @Test(arguments: Engine.all) func `Nothing has come further than the page says`(engine: Engine) async throws {
        try await engine.withDemo { house in
            let states = try await house.db.read { tx in
                try tx.all("SELECT title, state FROM themes ORDER BY title") { row in (try row.next(String.self), try row.next(String.self))
                }
            }
            #expect(states.filter { $0.1 == "agreed" }.map(\.0) == ["Coming back by yourself within 6 months"])
            #expect(states.filter { $0.1 == "done" }.map(\.0) == ["A directory of services that can help"])
            #expect(states.filter { $0.1 == "thanks" }.map(\.0) == ["How well we worked together", "The new stepped model"])
            #expect(states.filter { $0.1 == "discussed" }.count == states.count - 4)
            let numbers = try await house.db.read { tx in
                [
                    try tx.count("SELECT COUNT(*) FROM decisions"), try tx.count("SELECT COUNT(*) FROM decisions WHERE outcome = 'cannot'"),
                    try tx.count("SELECT COUNT(*) FROM actions"), try tx.count("SELECT COUNT(*) FROM changes"),
                    try tx.count("SELECT COUNT(*) FROM projects WHERE state = 'planned'"),
                ]
            }
            #expect(numbers == [4, 0, 1, 1, 3])
        }
    }

    @Test(arguments: Engine.all) func `Only who came as a number on the page is counted`(engine: Engine) async throws {
        try await engine.withDemo { house in
            let counted = try await house.db.read { tx in
                try tx.all("SELECT perspective, people FROM attendance WHERE people IS NOT NULL") { row in
                    "\(try row.next(String.self)) \(try row.next(Int.self))"
                }
            }
            #expect(counted == ["parents-and-carers 2", "parents-and-carers 2"])
            let voices = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM attendance WHERE perspective = 'young-people'")
            }
            #expect(voices == 1)
        }
    }

    @Test(arguments: Engine.all) func `The demo's trail is whole and runs forward in time`(engine: Engine) async throws {
        try await engine.withDemo { house in
            let (finding, times) = try await house.db.read { tx in
                (try VerifyTrail.run(in: tx), try tx.values("SELECT at FROM trail ORDER BY seq") as [Moment])
            }
            #expect(finding.isWhole)
            #expect(times == times.sorted())
            #expect(try #require(times.last) <= house.now)
        }
    }

    @Test(arguments: Engine.all) func `The demo's voices are as its trail has them, and two swapped entries are named as out of order`(
        engine: Engine
    )
        async throws
    {
        try await engine.withDemo { house in
            #expect(try await house.db.read { tx in try VerifyVoices.run(in: tx).findings } == [])
            try await house.db.write { tx in
                for (from, to) in [(20, -1), (33, 20), (-1, 33)] { try tx.run("UPDATE trail SET seq = \(to) WHERE seq = \(from)") }
            }
            #expect(try await house.db.read { tx in try VerifyTrail.run(in: tx) } == .outOfOrder(seq: 20))
        }
    }

    /// Winter, summer, the night in which the clocks change, Christmas, and every day of a week.
    static let days = [
        "2026-03-09T00:10:00Z", "2026-03-10T10:00:00Z", "2026-03-11T10:00:00Z", "2026-03-12T23:30:00Z", "2026-03-13T12:00:00Z",
        "2026-03-14T09:00:00Z", "2026-03-15T22:00:00Z", "2026-03-29T01:30:00Z", "2026-04-03T16:30:00Z", "2026-07-15T08:00:00Z",
        "2026-12-28T12:00:00Z", "2027-01-01T00:00:00Z", "2025-11-03T12:00:00Z", "2030-10-31T18:00:00Z",
    ]

    @Test(arguments: days) func `Whenever it is loaded, the past is past and what waits is still to come`(day: String) async throws {
        let now = try #require(Moment(iso: day))
        try await Engine.sqlite.withDemo(at: now) { house in
            let past: [SQL] = [
                "SELECT MAX(said_at) FROM voices", "SELECT MAX(heard_at) FROM voices", "SELECT MAX(moved_at) FROM themes",
                "SELECT MAX(starts_at) FROM sessions", "SELECT MAX(at) FROM decisions", "SELECT MAX(ended_at) FROM actions",
                "SELECT MAX(since) FROM changes", "SELECT MAX(at) FROM replies", "SELECT MAX(at) FROM trail",
                "SELECT MAX(made_at) FROM people",
            ]
            for question in past {
                let latest: Moment? = try await house.db.read { tx in try tx.value(question) }
                #expect(try #require(latest) <= now)
            }
            let newest: Moment? = try await house.db.read { tx in try tx.value("SELECT MAX(at) FROM trail") }
            #expect(try #require(newest) > now.adding(days: -7).adding(minutes: -60), "what happened last is less than a week ago")
            let waits = try await house.db.read { tx in
                [
                    try tx.count("SELECT COUNT(*) FROM voices WHERE heard_at IS NULL AND hear_due < \(now)"),
                    try tx.count("SELECT COUNT(*) FROM voices WHERE heard_at IS NULL AND hear_due >= \(now)"),
                    try tx.count("SELECT COUNT(*) FROM voices WHERE heard_at > hear_due"),
                    try tx.count("SELECT COUNT(*) FROM voices WHERE decide_due < \(now)"),
                    try tx.count("SELECT COUNT(*) FROM themes WHERE reply_due IS NOT NULL"),
                    try tx.count("SELECT COUNT(*) FROM tellings WHERE ended_at IS NULL AND due >= \(now)"),
                    try tx.count("SELECT COUNT(*) FROM tellings WHERE ended_at IS NULL AND due < \(now)"),
                ]
            }
            #expect(waits == [1, 3, 0, 0, 0, 1, 0])
        }
    }

    @Test func `A Tuesday stays a Tuesday, and half past ten stays half past ten`() async throws {
        // In summer, so that the clock on the wall differs from Greenwich.
        let now = try #require(Moment(iso: "2026-07-15T08:00:00Z"))
        try await Engine.sqlite.withDemo(at: now) { house in
            let page = try await house.browser("rosa").get("/barnet-camhs/projects/stepped-model/sessions")
            #expect(page.words.contains("9 June 2026 at 10:30am"))
        }
    }

    @Test(arguments: Engine.all) func `Whoever holds a receipt sees the whole way of what they said`(engine: Engine) async throws {
        try await engine.withDemo { house in
            let code = try #require(house.loaded.receipts["directory-phone"])
            let page = try await house.browser().get("/receipts/\(code)")
            #expect(page.status == 200)
            for words in [
                "That is a fair thing to ask of us", "makes a directory of supporting services", "The Enablement Partnership created it",
            ] {
                #expect(page.words.contains(words), "\(words)")
            }
        }
    }

    @Test func `What young people keep to their room is read by nobody else`() async throws {
        try await Engine.sqlite.withDemo { house in
            let voice: String? = try await house.db.read { tx in
                try tx.value("SELECT id FROM voices WHERE words LIKE 'Would we be helped%'")
            }
            let path = "/voices/\(try #require(voice))"
            for who in ["anjali", "grace", "nadia", "helen", "joel", "ines", "callum", "david", nil] {
                #expect(try await house.browser(who).get(path).status == 404, "\(who ?? "a stranger")")
            }
            for who in ["wren", "young", "rosa", "leah"] { #expect(try await house.browser(who).get(path).status == 200, "\(who)") }
        }
    }
}

extension DemoHouse { fileprivate var now: Moment { clock.now } }

/// Where things are: themes and sessions by their titles.
private struct Addresses {
    private let themes: [String: String]
    private let sessions: [String: String]

    init(_ house: DemoHouse) async throws {
        func ids(_ question: SQL) async throws -> [String: String] {
            let rows = try await house.db.read { tx in
                try tx.all(question) { row in (try row.next(String.self), try row.next(String.self)) }
            }
            return Dictionary(rows) { first, _ in first }
        }
        themes = try await ids("SELECT title, id FROM themes")
        sessions = try await ids("SELECT title, id FROM sessions")
    }

    func path(of place: PageSentence.Place) throws -> String {
        switch place {
        case .page(let path): path
        case .theme(let title): "/barnet-camhs/themes/\(try #require(themes[title]))"
        case .work(let title): "/barnet-camhs/projects/stepped-model/themes/\(try #require(themes[title]))"
        case .session(let title): "/barnet-camhs/projects/stepped-model/sessions/\(try #require(sessions[title]))"
        }
    }
}
