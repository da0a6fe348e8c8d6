import EqualVoice
import Testing

struct DecisionPropertyTests {
    static let seeds = 1...60

    @Test(arguments: seeds) func `Whatever the options are called, the same ones win`(seed: Int) {
        let election = Election(seed)
        var dice = Dice(seed)
        let names = Array(0..<election.options).shuffled(using: &dice)
        let expected = election.winners.mapValues { Set($0.map { Set($0.map { names[$0] }) }) }
        #expect(election.renamed(names).winners == expected)
    }

    @Test(arguments: seeds) func `In whatever order people vote, nothing changes`(seed: Int) {
        let election = Election(seed)
        var dice = Dice(seed)
        #expect(election.reordered(Array(election.rankings.indices).shuffled(using: &dice)).winners == election.winners)
    }

    @Test(arguments: seeds) func `Parity is one person, one vote with everyone copied until perspectives are equal`(seed: Int) {
        let election = Election(seed)
        let sizes = (0..<election.perspectives).map { place in election.rankings.count(where: { $0.perspective == place }) }
        let common = WholeNumber.leastCommonMultiple(sizes).int!
        let copied = election.reordered(Array(election.rankings.indices)) { common / sizes[$0] }
        #expect(copied.ranked(.schulze).person == election.ranked(.schulze).parity)
        #expect(copied.ranked(.rankedPairs).person == election.ranked(.rankedPairs).parity)
        #expect(copied.graded().person == election.graded().parity)
        for utility in EqualShares.Utility.allCases { #expect(copied.budgeted(utility).person == election.budgeted(utility).parity) }
    }

    @Test(arguments: seeds) func `A winner that somebody ranks higher still wins`(seed: Int) {
        let election = Election(seed)
        for method in RankedChoice.Method.allCases {
            for weighing in Weighing.allCases {
                guard let winner = election.ranked(method)[weighing].outcome.winners.first else { continue }
                for voter in election.rankings.indices {
                    var raised = election
                    let others = election.rankings[voter].ballot.map { $0.filter { $0 != winner } }
                    raised.rankings[voter] = Cast([[winner]] + others, from: election.rankings[voter].perspective)
                    #expect(raised.ranked(method)[weighing].outcome.winners.contains(winner))
                }
            }
        }
    }

    @Test(arguments: seeds) func `A winner that somebody grades higher still wins`(seed: Int) {
        let election = Election(seed)
        for weighing in Weighing.allCases {
            let winner = election.graded()[weighing].outcome.winners[0]
            for voter in election.grades.indices {
                var raised = election
                let grade = min(5, (election.grades[voter].ballot[winner] ?? 0) + 1)
                raised.grades[voter] = Cast(
                    election.grades[voter].ballot.merging([winner: grade]) { $1 },
                    from: election.grades[voter].perspective
                )
                #expect(raised.graded()[weighing].outcome.winners.contains(winner))
            }
        }
    }

    @Test(arguments: seeds) func `Whoever beats every other wins by every ranked method`(seed: Int) {
        let election = Election(seed)
        for weighing in Weighing.allCases {
            let rows = election.ranked(.schulze)[weighing].margins.rows
            let best = rows.indices.first { a in rows.indices.allSatisfy { a == $0 || rows[a][$0] > .zero } }
            guard let best else { continue }
            for method in RankedChoice.Method.allCases { #expect(election.ranked(method)[weighing].outcome.winners == [best]) }
        }
    }

    @Test(arguments: seeds) func `Taking middle grades away one by one gives the same order`(seed: Int) {
        let election = Election(seed)
        let outcome = election.graded().person.outcome
        let values = (0..<election.options).map { option in Self.removed(election.grades.map { $0.ballot[option] ?? 0 }) }
        let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$1].lexicographicallyPrecedes(values[$0]) }
        #expect(outcome.order == order)
        #expect(outcome.winners == values.indices.filter { values[$0] == values[order[0]] })
    }

    /// The definition itself: the lower median, again and again.
    static func removed(_ grades: [Int]) -> [Int] {
        var (left, removed) = (grades.sorted(), [Int]())
        while !left.isEmpty { removed.append(left.remove(at: (left.count - 1) / 2)) }
        return removed
    }

    @Test(arguments: seeds) func `A budget is never overspent, and nothing that its supporters could pay is left`(seed: Int) {
        let election = Election(seed)
        for utility in EqualShares.Utility.allCases {
            for list in election.budgeted(utility).person.winners { #expect(list.reduce(0) { $0 + election.costs[$1] } <= 70) }
        }
    }
}
