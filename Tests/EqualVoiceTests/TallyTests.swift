import EqualVoice
import Foundation
import Testing

struct TallyTests {
    static let examples = ["ranked-pairs", "majority-judgment", "equal-shares", "agree-disagree-pass", "consent"]

    static func file(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/examples/\(name).json").standardized
    }

    static func example(_ name: String) throws -> DecisionExport {
        try JSONDecoder().decode(DecisionExport.self, from: Data(contentsOf: file("tally-" + name)))
    }

    /// The example with one thing changed.
    static func problems(_ name: String, _ change: (inout DecisionExport) -> Void) throws -> [String] {
        var export = try example(name)
        change(&export)
        let problems = #expect(throws: TallyProblems.self) { try Tally.recount(export) }
        return problems?.list.map { $0.place.isEmpty ? $0.sentence : "\($0.place): \($0.sentence)" } ?? []
    }

    @Test(arguments: examples) func `An example comes to its result, to the letter`(name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let result = try encoder.encode(Tally.recount(Self.example(name)))
        #expect(
            String(decoding: result, as: UTF8.self) + "\n"
                == (try String(contentsOf: Self.file("tally-" + name + ".result"), encoding: .utf8))
        )
        #expect(try JSONDecoder().decode(TallyResult.self, from: result) == Tally.recount(Self.example(name)))
    }

    @Test(arguments: examples.dropLast()) func `An example is what it claims`(name: String) throws {
        #expect(try Tally.recount(Self.example(name)).agreesWithClaims == true)
    }

    @Test func `A recount shows both tallies and where they differ`() throws {
        let result = try Tally.recount(Self.example("ranked-pairs"))
        #expect(result.person.winners == ["phone-line"] && result.parity.winners == ["one-letter"] && result.differ)
        #expect(result.parity.weights == ["young-people": WholeNumber(5), "parents-and-carers": WholeNumber(1)])
        let support = result.perspectives[0].support?[2]
        #expect(support?.option == "one-letter" && support?.people == 2 && support?.of == 2)
    }

    @Test func `A claim that is not so is named`() throws {
        var export = try Self.example("ranked-pairs")
        export.claims?.parity?.winners = ["phone-line"]
        export.claims?.person?.margins?[0][1] = WholeNumber(2)
        let result = try Tally.recount(export)
        #expect(result.agreesWithClaims == false)
        #expect(
            result.disagreements == [
                "One person, one vote: the margins are not those of the export.",
                "Every perspective the same: the export says “phone-line” won, the recount “one-letter”.",
            ]
        )
    }

    @Test func `Without claims there is nothing to agree with`() throws {
        #expect(try Tally.recount(Self.example("consent")).agreesWithClaims == nil)
    }

    @Test func `Consent waits while an old version was answered, and is asked one proposal at a time`() throws {
        let result = try Tally.recount(Self.example("consent"))
        #expect(result.consent?.state == .adopted && result.person.winners == ["phone-first"])
        var older = try Self.example("consent")
        older.ballots[0].consent?.version = 1
        #expect(try Tally.recount(older).consent?.waitingFor == ["young-people"])
        #expect(
            try Self.problems("consent") { $0.options = [] } == [
                "options: There is nothing to decide on.", "options: Consent is asked for one proposal at a time.",
            ]
        )
        #expect(
            try Self.problems("consent") { $0.ballots[1].consent?.reason = " " } == [
                "ballots[1].consent.reason: An objection needs a reason."
            ]
        )
    }

    @Test func `Nobody voted, and somebody was not heard, are said`() throws {
        var export = try Self.example("ranked-pairs")
        export.claims = nil
        export.ballots.removeAll { $0.perspective == "young-people" }
        #expect(try Tally.recount(export).notes == ["Not every perspective was heard: Young people."])
        #expect(try Tally.recount(export).notYetHeard == ["young-people"])
        export.ballots = []
        let result = try Tally.recount(export)
        #expect(result.notes == ["Nobody voted."] && result.person.winners == [])
    }

    @Test func `A statement is ranked by parity only once everyone has answered it`() throws {
        var export = try Self.example("agree-disagree-pass")
        for place in export.ballots.indices where export.ballots[place].perspective == "young-people" {
            export.ballots[place].answers?["told-in-time"] = nil
        }
        let result = try Tally.recount(export)
        #expect(result.parity.winners == ["easy-to-reach"])
        #expect(result.parity.scores?["told-in-time"]?.exact == (Fraction(1, 2) + Fraction(4, 12)) / Fraction(2))
    }

    @Test func `All that is wrong with a document is said at once, and where`() throws {
        let problems = try Self.problems("ranked-pairs") { export in
            export.format = "x"
            export.ballots[0].perspective = "bystanders"
            export.ballots[1].voter = "v1"
            export.ballots[2].ranking = ["open-late", ["nowhere", "open-late"]]
            export.ballots[3].grades = ["open-late": 1]
            export.options[1].id = "open-late"
            export.perspectives[1].invited = 3
        }
        #expect(
            problems.prefix(6) == [
                "format: This should be “heard-decision-export-1”.",
                "options[1].id: The option “open-late” is here twice.",
                "perspectives[1].invited: More people answered from “parents-and-carers” than the 3 invited.",
                "ballots[1].voter: The voter “v1” is here twice.",
                "ballots[0].perspective: There is no perspective “bystanders”.",
                "ballots[3].grades: A decision by ranked-pairs is read from “ranking”.",
            ]
        )
        #expect(problems.contains("ballots[2].ranking[1]: There is no option “nowhere”."))
        #expect(problems.contains("ballots[2].ranking[1]: The option “open-late” is here twice."))
    }

    @Test func `Nobody can be invited less than not at all`() throws {
        #expect(
            try Self.problems("agree-disagree-pass") { $0.perspectives[0].invited = -1 } == [
                "perspectives[0].invited: This should be 0 or more, and at most 1,000,000,000."
            ]
        )
    }

    @Test func `A budget needs its figures, and a grade its scale`() throws {
        let problems = try Self.problems("equal-shares") { ($0.budget, $0.utility, $0.options[0].cost) = (-1, nil, 0) }
        #expect(problems.map { $0.prefix { $0 != ":" } } == ["utility", "budget", "options[0].cost"])
        #expect(
            try Self.problems("majority-judgment") { $0.ballots[0].grades?["open-late"] = 6 } == [
                "ballots[0].grades.open-late: A grade is 0, 1, 2, 3, 4 or 5, not 6."
            ]
        )
    }

    @Test(arguments: [
        (#"{"#, "This is not JSON."),
        (#"{"format": "heard-decision-export-1"}"#, "“id” is missing."),
        (#"{"format":"f","id":"i","title":"t","method":"dots"}"#, "method: This value is not one that is known here."),
        (#"{"format":"f","id":"i","title":"t","method":"consent","options":[{"id":1}]}"#, "options[0].id: This should be text in quotes."),
    ])
    func `What cannot be read is explained`(text: String, words: String) {
        let error = #expect(throws: DecodingError.self) { try JSONDecoder().decode(DecisionExport.self, from: Data(text.utf8)) }
        #expect(error.flatMap { TallyProblems(reading: $0) }?.description == words)
    }

    @Test(arguments: GoldenData.voting.cases, DecisionExport.Method.allCases.filter { $0 != .consent && $0 != .agreeDisagreePass })
    func `Every expected case recounts as claimed`(it: VotingFile.Case, _ method: DecisionExport.Method) throws {
        let result = try Tally.recount(it.export(method))
        #expect(result.agreesWithClaims == true, "\(result.disagreements)")
    }
}

extension VotingFile.Case {
    /// The case as a document, options and perspectives named by their places.
    func export(_ method: DecisionExport.Method) -> DecisionExport {
        let ballots = roleOf.enumerated().map { voter, role in
            var ballot = ExportedBallot(voter: "\(voter)", perspective: "\(role)")
            switch method {
            case .majorityJudgment: ballot.grades = Dictionary(uniqueKeysWithValues: grades[voter].enumerated().map { ("\($0)", $1) })
            case .equalShares: ballot.approvals = approvals[voter].map(String.init)
            default: ballot.ranking = rankings[voter].map { ExportedBallot.Tier(["\($0)"]) }
            }
            return ballot
        }
        var export = DecisionExport(
            id: "\(id)",
            title: "",
            method: method,
            options: costs.enumerated().map { .init(id: "\($0)", words: "", cost: $1) },
            perspectives: sizes.indices.map { .init(id: "\($0)", words: "") },
            ballots: ballots
        )
        (export.budget, export.utility, export.tieBreak) = (budget, .cardinal, .gauge)
        export.claims = TallyClaims(person: claim(expect.person, method), parity: claim(expect.parity, method))
        return export
    }

    private func claim(_ expected: VotingFile.Expected, _ method: DecisionExport.Method) -> TallyClaims.Claim {
        switch method {
        case .majorityJudgment: .init(winners: expected.majorityJudgement.map(String.init))
        case .equalShares: .init(alternatives: expected.pbMesCard.map { $0.map(String.init) })
        case .schulze: .init(winners: expected.schulze.map(String.init), margins: expected.margins.map { $0.map { WholeNumber($0) } })
        default: .init(winners: expected.rankedPairs.map(String.init), margins: expected.margins.map { $0.map { WholeNumber($0) } })
        }
    }
}
