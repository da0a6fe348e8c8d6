import App
import Foundation
import Kernel
import Store
import TestSupport
import Testing

@Suite struct DemoFileTests {
    /// A file with nobody but an administrator in it, which is right as it stands.
    static let right = """
        today: 2026-03-10
        organisation: { name: A trust, about: About it, by: ines, at: 2026-01-05 09:00 }
        people:
          - key: ines
            name: Ines
            demo: Administrator
            duties: [administrator, facilitator, safeguarding]
        service:
          name: A service
          slug: a-service
          summary: What it does
          about: More of it
          zone: Europe/London
          by: ines
          at: 2026-01-05 09:30
        projects:
          - slug: first
            title: The first
            question: What now?
            about: About it
            phase: design
            state: open
            open: true
            by: ines
            at: 2026-01-06 09:30
            facilitator: ines
            scribe: ines
            voices:
              - from: young-people
                kind: idea
                online: 2026-02-03 10:30
                may: public
                said: Something
        """

    @Test func `A small file is loaded as well`() async throws { try await load(Self.right) }

    /// What is wrong, what to replace, and what must be said of it.
    static let wrongs: [(String, String, String)] = [
        ("    open: true\n", "", "line 17: 'open' is missing."),
        ("    state: open\n", "    state: ajar\n", "line 22: "),
        ("scribe: ines", "scriber: ines", "line 27: Nothing is known of 'scriber' here."),
        ("today: 2026-03-10", "today: tomorrow", "line 1: 'tomorrow' is not a day such as 2026-03-10"),
        ("online: 2026-02-03 10:30", "online: 2026-02-31 10:30", "line 31: '2026-02-31 10:30' is not a day and a time"),
        ("online: 2026-02-03 10:30", "online: 2026-03-10 10:30", "line 29: This happens on the day from which the story is told"),
        ("        online: 2026-02-03 10:30\n", "", "line 29: A voice came in a session, online, by phone or on paper"),
        ("online: 2026-02-03 10:30", "kind: idea", "wrong.yaml"),
        ("may: public", "may: public\n        by: nobody", "line 29: There is no person 'nobody'."),
        ("online: 2026-02-03 10:30", "session: never", "line 29: There is no session 'never'."),
        ("young-people", "people-on-the-moon", "line 29: There is no perspective 'people-on-the-moon'."),
        ("slug: a-service", "slug: sign-in", "line 9: slug: "),
        ("  - key: ines", " - key: [ines", "wrong.yaml"),
    ]

    @Test(arguments: wrongs) func `Whoever wrote a wrong file is told which line it is`(right: String, wrong: String, words: String)
        async throws
    {
        let text = Self.right.replacingOccurrences(of: right, with: wrong)
        try #require(text != Self.right)
        let problem = await #expect(throws: DemoProblem.self) { try await load(text) }
        #expect(problem?.description.contains(words) ?? false, "\(problem.map(\.description) ?? "nothing was said")")
    }

    @Test func `Of a story that breaks off in the middle nothing is kept`() async throws {
        let text = Self.right.replacingOccurrences(of: "may: public", with: "may: public\n        by: nobody")
        try await Engine.sqlite.withDatabase(House.migrations) { db in
            await #expect(throws: DemoProblem.self) {
                try await LoadDemo.run(DemoFile(name: "wrong.yaml", text: text), at: .now(), into: db)
            }
            let left = try await db.read { tx in
                try tx.count("SELECT COUNT(*) FROM people") + tx.count("SELECT COUNT(*) FROM trail")
                    + tx.count("SELECT COUNT(*) FROM installation")
            }
            #expect(left == 0)
        }
    }

    private func load(_ text: String) async throws {
        let file = try DemoFile(name: "wrong.yaml", text: text)
        try await Engine.sqlite.withDatabase(House.migrations) { db in _ = try await LoadDemo.run(file, at: .now(), into: db) }
    }
}
