import EqualVoice
import Testing

struct DecisionEdgeTests {
    static func poll<Ballot>(_ ballots: [Ballot], perspectives: Int = 1) throws -> Poll<Ballot> {
        try Poll(ballots.map { Cast($0, from: 0) }, perspectives: perspectives)
    }

    @Test func `Where nobody voted nothing wins`() throws {
        let empty: Poll<Ranking> = try Self.poll([])
        for method in RankedChoice.Method.allCases {
            #expect(try RankedChoice.count(empty, options: 3, by: method).parity.outcome == Outcome.nothing(3))
        }
        #expect(try MajorityJudgment.count(Self.poll([]), options: 3).person.outcome == Outcome.nothing(3))
        let budget = try EqualShares.Budget(costs: [1], total: 5, utility: .cost)
        #expect(try EqualShares.count(Self.poll([]), budget).person.chosen == [])
    }

    @Test func `One voter decides`() throws {
        let poll = try Self.poll([Ranking([2, 0, 1])], perspectives: 3)
        for method in RankedChoice.Method.allCases {
            #expect(try RankedChoice.count(poll, options: 3, by: method).parity.outcome.order == [2, 0, 1])
        }
        #expect(try MajorityJudgment.count(Self.poll([[1: 2]]), options: 2).parity.outcome.winners == [1])
        #expect(poll.unheard == [1, 2])
    }

    @Test func `Empty ballots leave everything tied, oldest first`() throws {
        let poll = try Self.poll([Ranking([]), Ranking([])])
        for method in RankedChoice.Method.allCases {
            let outcome = try RankedChoice.count(poll, options: 3, by: method).person.outcome
            #expect(outcome.winners == [0, 1, 2] && outcome.order == [0, 1, 2])
        }
    }

    @Test func `An empty ballot is an answer: it halves what the other of its perspective weighs`() throws {
        let casts = try [Cast(Ranking([0, 1]), from: 0), Cast(Ranking([]), from: 0), Cast(Ranking([1, 0]), from: 1)]
        let margins = try Margins.count(Poll(casts, perspectives: 2), options: 2).parity
        #expect(margins.rows == [[WholeNumber(0), WholeNumber(-1)], [WholeNumber(1), WholeNumber(0)]])
    }

    @Test func `What is left out of a ranking comes last, and equals are equal`() throws {
        let margins = try Margins.count(Self.poll([Ranking(tiers: [[1], [0, 3]])]), options: 5).person
        let rows = margins.rows.map { $0.map { $0.int ?? 99 } }
        #expect(rows == [[0, -1, 1, 0, 1], [1, 0, 1, 1, 1], [-1, -1, 0, -1, 0], [0, -1, 1, 0, 1], [-1, -1, 0, -1, 0]])
    }

    @Test func `What cannot be counted is refused`() throws {
        #expect(throws: BallotProblem.optionTwice(1)) { try Ranking([1, 0, 1]) }
        #expect(throws: BallotProblem.unknownOption(7)) { try Margins.count(Self.poll([Ranking([7])]), options: 3) }
        #expect(throws: BallotProblem.unknownOption(-1)) { try Margins.count(Self.poll([Ranking([-1])]), options: 3) }
        #expect(throws: BallotProblem.noOptions) { try Margins.count(Self.poll([]), options: 0) }
        #expect(throws: BallotProblem.grade(6, option: 0)) { try MajorityJudgment.count(Self.poll([[0: 6]]), options: 1) }
        #expect(throws: BallotProblem.unknownOption(4)) { try MajorityJudgment.count(Self.poll([[4: 1]]), options: 1) }
        #expect(throws: BallotProblem.unknownPerspective(ballot: 0)) { try Poll([Cast(1, from: 2)], perspectives: 2) }
        #expect(throws: BallotProblem.cost(option: 1)) { try EqualShares.Budget(costs: [1, 0], total: 1, utility: .cost) }
        #expect(throws: BallotProblem.budget) { try EqualShares.Budget(costs: [1], total: -1, utility: .cost) }
        let budget = try EqualShares.Budget(costs: [1], total: 1, utility: .cost)
        #expect(throws: BallotProblem.unknownOption(1)) { try EqualShares.count(Self.poll([[1]]), budget) }
    }

    @Test func `What somebody leaves ungraded gets 0 from them, and a ballot without grades nothing`() throws {
        let judgment = try MajorityJudgment.count(Self.poll([[0: 5], [:], [1: 1]]), options: 2).person
        #expect(judgment.histograms[0].map(\.int) == [1, 0, 0, 0, 0, 1])
        #expect(judgment.medians == [0, 0])
    }

    @Test func `A circle with clear victories is broken at the weakest`() throws {
        // 0 beats 1 by 3, 1 beats 2 by 5, 2 beats 0 by 1.
        let ballots = [[0, 1, 2]].repeated(4) + [[1, 2, 0]].repeated(2) + [[2, 0, 1]].repeated(3)
        let poll = try Self.poll(ballots.map { try Ranking($0) })
        #expect(try Margins.count(poll, options: 3).person.rows[0] == [WholeNumber(0), WholeNumber(5), WholeNumber(-1)])
        for method in RankedChoice.Method.allCases {
            #expect(try RankedChoice.count(poll, options: 3, by: method).person.outcome.winners == [0])
        }
    }

    @Test func `A circle of equal victories is won by all in it`() throws {
        let poll = try Self.poll([[0, 1, 2], [1, 2, 0], [2, 0, 1]].map { try Ranking($0) })
        for method in RankedChoice.Method.allCases {
            let choice = try RankedChoice.count(poll, options: 3, by: method).person
            #expect(choice.outcome.winners == [0, 1, 2] && choice.isEveryTieFollowed)
            #expect(choice.outcome.order.first == 0)
        }
    }

    @Test func `Thirty options that one voter ranks are quick to lock`() throws {
        let choice = try RankedChoice.count(Self.poll([Ranking(Array((0..<30).reversed()))]), options: 30, by: .rankedPairs).person
        #expect(choice.outcome.order == Array((0..<30).reversed()) && choice.isEveryTieFollowed)
    }

    @Test func `Too many ties to follow are broken oldest first, and said so`() throws {
        // Eleven options in a circle of equal victories: 2^11 ways to lock some of them.
        let ballots = (0..<11).map { start in (0..<11).map { (start + $0) % 11 } }
        let choice = try RankedChoice.count(Self.poll(ballots.map { try Ranking($0) }), options: 11, by: .rankedPairs).person
        #expect(!choice.isEveryTieFollowed)
        #expect(choice.outcome.winners == [0])
    }

    @Test func `Perspectives too large for an Int are weighed exactly`() throws {
        let sizes = [1_009, 1_013, 1_019, 1_021, 1_031, 1_033, 1_039, 1_049]
        let casts = try sizes.enumerated().flatMap { place, size in
            try Array(repeating: Cast(Ranking([place % 2, 1 - place % 2]), from: place), count: size)
        }
        let both = try RankedChoice.count(Poll(casts, perspectives: sizes.count), options: 2, by: .schulze)
        #expect(both.parity.outcome.winners == [0, 1])
        #expect(both.person.outcome.winners == [1])
    }

    @Test func `Ten tenths pay for one, which they would not with rounded numbers`() throws {
        let budget = try EqualShares.Budget(costs: [1], total: 1, utility: .cardinal)
        #expect(try EqualShares.count(Self.poll(Array(repeating: [0], count: 10)), budget).person.winners == [[0]])
    }

    @Test func `Whoever wants two things has paid for one`() throws {
        // Each owns 10/3. Either project leaves the voter who wants both with 5/6, too little for the other.
        let budget = try EqualShares.Budget(costs: [5, 5], total: 10, utility: .cardinal)
        let shares = try EqualShares.count(Self.poll([[0, 1], [0], [1]] as [Set<Int>]), budget).person
        #expect(shares.winners == [[0], [1]])
        #expect(shares.chosen == [0])
    }
}

extension Outcome {
    static func nothing(_ options: Int) -> Outcome? {
        try? RankedChoice.count(Poll([], perspectives: 1), options: options, by: .schulze).person.outcome
    }
}

extension Array {
    func repeated(_ times: Int) -> [Element] { (0..<times).flatMap { _ in self } }
}
