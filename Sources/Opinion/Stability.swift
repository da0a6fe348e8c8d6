/// Would the same groups have come out if only half of the people had answered?
enum Stability {
    static let halves = 20

    /// Mean adjusted Rand index, over 20 seeded half-samples, between the groups found among that half and those found among all: 1 where they
    /// are the same every time, about 0 where they agree no more than chance would.
    ///
    /// Places are not computed again: it is the grouping that is tried, number of groups and merging included, not the axes. nil with fewer
    /// than 4 people.
    static func score(_ tree: PointTree, _ groups: StableGroups) -> Double? {
        let present = tree.weights.indices.filter { tree.weights[$0] > 0 }
        guard present.count >= 4 else { return nil }
        let scores = (0..<halves).map { number in
            let half = half(of: present, seed: UInt64(1_000 + number))
            var weights = [Double](repeating: 0, count: tree.weights.count)
            for place in half { weights[place] = tree.weights[place] }
            let again = StableGroups(tree.reweighed(weights))
            return RandIndex.adjusted(half.map { groups.labels[$0] }, half.map { again.labels[$0] })
        }
        return scores.reduce(0, +) / Double(halves)
    }

    /// Exactly half, each half equally likely (Knuth, TAOCP 2, 3.4.2, algorithm S).
    private static func half(of places: [Int], seed: UInt64) -> [Int] {
        var chance = SplitMix(seed: seed)
        var (wanted, left) = (places.count / 2, places.count)
        return places.filter { _ in
            let isTaken = chance.unit() * Double(left) < Double(wanted)
            wanted -= isTaken ? 1 : 0
            left -= 1
            return isTaken
        }
    }
}

/// How far two groupings of the same people agree.
enum RandIndex {
    /// Hubert and Arabie, 1985: 1 for the same grouping whatever its numbers, 0 expected by chance. Two groupings that put everybody together
    /// are the same.
    static func adjusted(_ a: [Int], _ b: [Int]) -> Double {
        let (rows, columns) = ((a.max() ?? 0) + 1, (b.max() ?? 0) + 1)
        var both = [Int](repeating: 0, count: rows * columns)
        for (a, b) in zip(a, b) { both[a * columns + b] += 1 }
        let inA = (0..<rows).map { row in (0..<columns).reduce(0) { $0 + both[row * columns + $1] } }
        let inB = (0..<columns).map { column in (0..<rows).reduce(0) { $0 + both[$1 * columns + column] } }
        let (together, pairsA, pairsB, pairs) = (self.pairs(both), self.pairs(inA), self.pairs(inB), self.pairs([a.count]))
        let expected = pairs > 0 ? pairsA * pairsB / pairs : 0
        let most = (pairsA + pairsB) / 2
        return most == expected ? 1 : (together - expected) / (most - expected)
    }

    private static func pairs(_ counts: [Int]) -> Double { counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 } }
}
