import HouseSupport
import Kernel
import Projects
import Statements
import Store

/// A round that is open, in the project of the people or in the one that is open to all.
struct TestRound: Sendable {
    let id: RoundID
    let statements: [StatementID]
    let path: String

    static let words = ["Ring me instead of writing.", "Let us come back within 6 months.", "Paint the corridor."]

    static func open(in house: TestHouse, isPublic: Bool = false, isHeld: Bool = true) async throws -> TestRound {
        let deed = house.deed(.facilitator)
        let project = isPublic ? house.cast.openProject : house.cast.project
        return try await house.db.write { tx in
            let draft = RoundDraft(
                title: "The new model",
                question: "What matters most?",
                isHeld: isHeld,
                perspectives: ["young-people", "parents-and-carers", "clinicians"]
            )
            let round = try StartRound.run(draft, in: ProjectStore.find(project, tx), by: deed, tx)
            let statements = try AddStatements.run(words, to: round.id, by: deed, tx)
            try TurnRound.open(round.id, by: deed, tx)
            let slug = isPublic ? "open-door" : "stepped-model"
            return TestRound(id: round.id, statements: statements, path: "/barnet-camhs/projects/\(slug)/rounds/\(round.id)")
        }
    }

    func round(_ house: TestHouse) async throws -> Round { try await house.db.read { tx in try RoundStore.find(id, tx) } }

    /// A stranger begins, and holds this link.
    func join(_ house: TestHouse, _ perspective: String) async throws -> String {
        let browser = house.browser(.stranger)
        browser.from = "198.51.100.\(Int.random(in: 1...250))"
        let answer = try await browser.post(path + "/joining", ["perspective": perspective])
        return (answer.location ?? "").split(separator: "?").first.map { String($0) } ?? ""
    }

    func answered(_ house: TestHouse) async throws -> [Int?] {
        try await house.db.read { tx in try tx.all("SELECT answer FROM responses ORDER BY responder, statement") { try $0.next() } }
    }
}
