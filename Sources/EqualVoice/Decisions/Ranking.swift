/// Somebody's options in order: best first, equals together, those left out last of all and equal.
public struct Ranking: Sendable, Hashable {
    /// Each a step down from the one before; within one, the options are equal.
    public let tiers: [[Int]]

    /// - Throws: `BallotProblem.optionTwice` where an option stands in two places.
    public init(tiers: [[Int]]) throws {
        var seen = Set<Int>()
        for option in tiers.joined() where !seen.insert(option).inserted { throw BallotProblem.optionTwice(option) }
        self.tiers = tiers.filter { !$0.isEmpty }
    }

    public init(_ order: [Int]) throws { try self.init(tiers: order.map { [$0] }) }

    /// For each of `options`, on which step it stands.
    func steps(of options: Int) -> [Int] {
        var steps = [Int](repeating: tiers.count, count: options)
        for (step, tier) in tiers.enumerated() { for option in tier { steps[option] = step } }
        return steps
    }
}

/// Who prefers what to what: M(a, b) = Σ w·([a ≻ b] − [b ≻ a]) over all voters, in the weights of `Poll.weights`.
public struct Margins: Sendable, Hashable, Codable {
    /// By row and column; M(b, a) = −M(a, b).
    public let rows: [[WholeNumber]]

    public var options: Int { rows.count }

    subscript(a: Int, b: Int) -> WholeNumber { rows[a][b] }

    /// - Throws: `BallotProblem.noOptions`, or `unknownOption` where a ranking names one that is not among the first `options`.
    public static func count(_ poll: Poll<Ranking>, options: Int) throws -> BothTallies<Margins> {
        guard options > 0 else { throw BallotProblem.noOptions }
        let counts = try poll.perspectives.map { try preferences($0, options) }
        return BothTallies { weighing in Margins(counts, poll.weights(weighing), options) }
    }

    private init(_ counts: [[Int]], _ weights: [WholeNumber], _ options: Int) {
        rows = (0..<options).map { a in
            (0..<options).map { b in
                zip(counts, weights).reduce(WholeNumber.zero) { sum, side in
                    sum + WholeNumber(side.0[a * options + b] - side.0[b * options + a]) * side.1
                }
            }
        }
    }

    /// How many of one perspective prefer row to column.
    private static func preferences(_ rankings: [Ranking], _ options: Int) throws -> [Int] {
        var counts = [Int](repeating: 0, count: options * options)
        for ranking in rankings {
            if let wrong = ranking.tiers.joined().first(where: { !(0..<options).contains($0) }) { throw BallotProblem.unknownOption(wrong) }
            let steps = ranking.steps(of: options)
            for a in 0..<options { for b in 0..<options where steps[a] < steps[b] { counts[a * options + b] += 1 } }
        }
        return counts
    }
}

/// What a decision by ranking or by grades comes to.
public struct Outcome: Sendable, Hashable {
    /// All winners, oldest first; more than one only where the tie is exact, none where nobody voted.
    public let winners: [Int]
    /// All options in one order, best first; where the method leaves a tie, oldest first.
    public let order: [Int]
}

extension Outcome {
    /// From a relation without circles: whoever nobody beats wins; the order takes them away and asks again.
    init(options: Int, winners: [Int]? = nil, beats: (Int, Int) -> Bool) {
        var (left, order) = (Array(0..<options), [Int]())
        while let next = left.first(where: { option in !left.contains { beats($0, option) } }) {
            order.append(next)
            left.removeAll { $0 == next }
        }
        self.winners = winners ?? (0..<options).filter { option in !(0..<options).contains { beats($0, option) } }
        self.order = order
    }

    /// Nobody voted: nothing wins.
    static func none(of options: Int) -> Outcome { Outcome(winners: [], order: Array(0..<options)) }
}
