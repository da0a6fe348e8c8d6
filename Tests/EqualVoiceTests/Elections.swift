import EqualVoice

/// A made-up vote of every kind, the same for the same seed.
struct Election {
    var options: Int
    var perspectives: Int
    /// Steps, best first; some options left out, some equal.
    var rankings: [Cast<[[Int]]>]
    var grades: [Cast<[Int: Int]>]
    var approvals: [Cast<Set<Int>>]
    var costs: [Int]

    init(_ seed: Int) {
        var dice = Dice(seed)
        let (options, perspectives) = (dice.roll(2...5), dice.roll(2...4))
        (self.options, self.perspectives) = (options, perspectives)
        let voices = (0..<dice.roll(3...14)).map { _ in dice.roll(0...perspectives - 1) }
        rankings = voices.map { voice in
            let named = Array(0..<options).shuffled(using: &dice).prefix(dice.roll(0...options))
            let tiers = Dictionary(grouping: named) { _ in dice.roll(0...options) }.sorted { $0.key < $1.key }.map(\.value)
            return Cast(tiers, from: voice)
        }
        grades = voices.map { voice in Cast(Dictionary(uniqueKeysWithValues: (0..<options).map { ($0, dice.roll(0...5)) }), from: voice) }
        approvals = voices.map { voice in Cast(Set((0..<options).filter { _ in dice.roll(0...1) == 1 }), from: voice) }
        costs = (0..<options).map { _ in 10 * dice.roll(1...4) }
    }

    /// Everything that wins, by method and weighing, each as a set of options or of lists of options.
    var winners: [String: Set<Set<Int>>] {
        var winners: [String: Set<Set<Int>>] = [:]
        for weighing in Weighing.allCases {
            for method in RankedChoice.Method.allCases {
                winners["\(method) \(weighing)"] = [Set(ranked(method)[weighing].outcome.winners)]
            }
            for tieBreak in MajorityJudgment.TieBreak.allCases {
                winners["\(tieBreak) \(weighing)"] = [Set(graded(tieBreak)[weighing].outcome.winners)]
            }
            for utility in EqualShares.Utility.allCases {
                winners["\(utility) \(weighing)"] = Set(budgeted(utility)[weighing].winners.map(Set.init))
            }
        }
        return winners
    }

    func ranked(_ method: RankedChoice.Method) -> BothTallies<RankedChoice> {
        try! RankedChoice.count(
            poll(rankings.map { Cast(try Ranking(tiers: $0.ballot), from: $0.perspective) }),
            options: options,
            by: method
        )
    }

    func graded(_ tieBreak: MajorityJudgment.TieBreak = .removal) -> BothTallies<MajorityJudgment> {
        try! MajorityJudgment.count(poll(grades), options: options, tieBreak: tieBreak)
    }

    func budgeted(_ utility: EqualShares.Utility) -> BothTallies<EqualShares> {
        try! EqualShares.count(poll(approvals), EqualShares.Budget(costs: costs, total: 70, utility: utility))
    }

    private func poll<Ballot>(_ casts: [Cast<Ballot>]) throws -> Poll<Ballot> { try Poll(casts, perspectives: perspectives) }

    /// The same vote with option `a` called `names[a]`.
    func renamed(_ names: [Int]) -> Election {
        var election = self
        election.rankings = rankings.map { Cast($0.ballot.map { $0.map { names[$0] } }, from: $0.perspective) }
        election.grades = grades.map {
            Cast(Dictionary(uniqueKeysWithValues: $0.ballot.map { (names[$0.key], $0.value) }), from: $0.perspective)
        }
        election.approvals = approvals.map { Cast(Set($0.ballot.map { names[$0] }), from: $0.perspective) }
        for (option, name) in names.enumerated() { election.costs[name] = costs[option] }
        return election
    }

    /// The same ballots in the order given, each as often as `times` says.
    func reordered(_ order: [Int], times: (Int) -> Int = { _ in 1 }) -> Election {
        var election = self
        election.rankings = order.flatMap { Array(repeating: rankings[$0], count: times(rankings[$0].perspective)) }
        election.grades = order.flatMap { Array(repeating: grades[$0], count: times(grades[$0].perspective)) }
        election.approvals = order.flatMap { Array(repeating: approvals[$0], count: times(approvals[$0].perspective)) }
        return election
    }
}
