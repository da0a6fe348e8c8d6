import EqualVoice
import Testing

extension VotingFile.Case: CustomTestStringConvertible {
    var testDescription: String { "case \(id)" }

    func poll<Ballot>(_ ballots: [Ballot]) -> Poll<Ballot> {
        try! Poll(zip(ballots, roleOf).map { Cast($0, from: $1) }, perspectives: sizes.count)
    }

    var rankingPoll: Poll<Ranking> { poll(rankings.map { try! Ranking($0) }) }
    var gradesPoll: Poll<MajorityJudgment.Grades> {
        poll(grades.map { Dictionary(uniqueKeysWithValues: $0.enumerated().map { ($0, $1) }) })
    }
    var approvalsPoll: Poll<EqualShares.Approvals> { poll(approvals.map { Set($0) }) }

    subscript(weighing: Weighing) -> VotingFile.Expected { weighing == .person ? expect.person : expect.parity }
}

struct GoldenDecisionTests {
    static let cases = GoldenData.voting.cases

    @Test func `There are 24 cases`() { #expect(Self.cases.count == 24) }

    @Test(arguments: cases, Weighing.allCases) func `Margins are as expected`(it: VotingFile.Case, by weighing: Weighing) throws {
        let margins = try Margins.count(it.rankingPoll, options: it.costs.count)[weighing]
        #expect(margins.rows == it[weighing].margins.map { $0.map { WholeNumber($0) } })
    }

    @Test(arguments: cases, Weighing.allCases) func `Schulze's winners are as expected`(it: VotingFile.Case, by weighing: Weighing) throws {
        #expect(
            try RankedChoice.count(it.rankingPoll, options: it.costs.count, by: .schulze)[weighing].outcome.winners == it[weighing].schulze
        )
    }

    @Test(arguments: cases, Weighing.allCases) func `Winners of ranked pairs are as expected`(it: VotingFile.Case, by weighing: Weighing)
        throws
    {
        let choice = try RankedChoice.count(it.rankingPoll, options: it.costs.count, by: .rankedPairs)[weighing]
        #expect(choice.outcome.winners == it[weighing].rankedPairs)
        #expect(choice.isEveryTieFollowed)
    }

    @Test(arguments: cases, Weighing.allCases) func `Winners by grades are as expected`(it: VotingFile.Case, by weighing: Weighing) throws {
        let judgment = try MajorityJudgment.count(it.gradesPoll, options: it.costs.count, tieBreak: .gauge)
        #expect(judgment[weighing].outcome.winners == it[weighing].majorityJudgement)
    }

    /// The expected values stop at the gauge, which leaves a tie in cases 18 and 19 (person): 3 3 2 4 … against 3 3 2 3 …, by hand.
    @Test(arguments: cases, Weighing.allCases) func `Taking middle grades away parts what the gauge leaves tied`(
        it: VotingFile.Case,
        by weighing: Weighing
    ) throws {
        let winners = try MajorityJudgment.count(it.gradesPoll, options: it.costs.count)[weighing].outcome.winners
        let byHand = weighing == .person ? [18: [1], 19: [2]][it.id] : nil
        #expect(winners == byHand ?? it[weighing].majorityJudgement)
    }

    @Test(arguments: cases, EqualShares.Utility.allCases)
    func `A budget is spent as expected, ties and all`(it: VotingFile.Case, _ utility: EqualShares.Utility) throws {
        let budget = try EqualShares.Budget(costs: it.costs, total: it.budget, utility: utility)
        let shares = try EqualShares.count(it.approvalsPoll, budget)
        for weighing in Weighing.allCases {
            #expect(shares[weighing].winners == (utility == .cardinal ? it[weighing].pbMesCard : it[weighing].pbMesCost))
            #expect(shares[weighing].winners.contains(shares[weighing].chosen))
        }
    }

    @Test(arguments: cases) func `The share that approves is the unsmoothed score`(it: VotingFile.Case) throws {
        for option in it.costs.indices {
            let parity = try it.poll(it.approvals.map { $0.contains(option) ? StatementAnswer.agree : .disagree }).parity(invited: it.sizes)
            #expect(parity.census?.low.description == it.expect.parity.approvalShare[option])
            let agrees = parity.perspectives.reduce(0) { $0 + $1.agrees }
            #expect(Fraction(agrees, it.roleOf.count).description == it.expect.person.approvalShare[option])
        }
    }
}
