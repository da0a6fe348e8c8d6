/// Groups that do not depend on the order in which people came: the best of several fixed-seed starts, judged by how tight they are, for
/// each number of groups from 2 to 5; then the number that separates people best.
///
/// Groups of fewer than three people or less than 2 % are merged into the nearest: they would be people, not opinions.
struct StableGroups {
    /// By place in the tree's order. The largest group is 0.
    let labels: [Int]
    let count: Int
    /// By number of groups tried, after merging.
    let silhouettes: [(groups: Int, silhouette: Double)]

    init(_ tree: PointTree) {
        let people = tree.weights.count { $0 > 0 }
        let numbers = 2...min(5, 2 + people / 12)
        let tried = numbers.map { MergedGroups(tree, Self.tightest(tree, $0)) }
        let means = Sample(tree).silhouettes(tried)
        let best = Silhouette.best(means)
        silhouettes = Array(zip(numbers, means))
        (labels, count) = (tried[best].labels, tried[best].count)
    }

    // 5: one evenly spread, four by chance. Of three real conversations, sixty starts find the same groups in two, and in the third a group
    // of five where five starts find one of eight.
    private static let starts = 5

    /// Every start is followed roughly, box by box where there are enough boxes to part, and the best of them to the end, person by person, until
    /// nothing moves at all. The best is one in which every group is large enough to stay, and of those the tightest: the tightest of all
    /// often sets two people with unusual answers apart from everybody else.
    private static func tightest(_ tree: PointTree, _ k: Int) -> [SIMD2<Double>] {
        let seeds = Seeds(tree)
        let detail: NearestCentres.Detail = tree.points.count < 150 ? .places : .boxes
        let rough = (0..<starts).map { KMeans(tree, from: seeds.centres(k, start: $0), mostSteps: 12, detail, isSettled: ==) }
        let least = MergedGroups.least(of: tree.boxes.first?.weight ?? 0)
        let small = rough.map { run in run.weights.count { $0 < least } }
        let best = rough.indices.min { (small[$0], rough[$0].looseness) < (small[$1], rough[$1].looseness) } ?? 0
        // Lloyd's method always comes to rest; 100 steps in case it takes unreasonably long.
        return KMeans(tree, from: rough[best].centres, mostSteps: 100, isSettled: ==).centres
    }
}

/// Where to begin: draws over people sorted by where they stand, so that it does not matter in which order they came.
private struct Seeds {
    /// People, or of many people the middles of the smallest boxes, and their weights.
    private var points: [SIMD2<Double>] = []
    private var weights: [Double] = []

    init(_ tree: PointTree) {
        guard tree.points.count >= 150 else {
            let present = tree.weights.indices.filter { tree.weights[$0] > 0 }
            (points, weights) = (present.map { tree.points[$0] }, present.map { tree.weights[$0] })
            return
        }
        (points, weights) = (tree.leaves.map(\.middle), tree.leaves.map(\.weight))
    }

    /// The first start takes equal shares of the people along the line in which they are sorted, the others draw each centre with a
    /// probability that grows with the squared distance to those already drawn (k-means++: Arthur, Vassilvitskii, 2007).
    func centres(_ k: Int, start: Int) -> [SIMD2<Double>] {
        guard !points.isEmpty else { return [] }
        if start == 0 { return (0..<k).map { points[place(at: (Double($0) + 0.5) / Double(k), of: weights)] } }
        var chance = SplitMix(seed: UInt64(start))
        var found = [points[place(at: chance.unit(), of: weights)]]
        var shares = weights.indices.map { weights[$0] * squared(points[$0] - found[0]) }
        while found.count < k {
            let next = points[place(at: chance.unit(), of: shares)]
            found.append(next)
            for place in shares.indices { shares[place] = min(shares[place], weights[place] * squared(points[place] - next)) }
        }
        return found
    }

    /// Where the running total of `shares` passes this part of the whole.
    private func place(at part: Double, of shares: [Double]) -> Int {
        var left = part * shares.reduce(0, +)
        for place in shares.indices {
            left -= shares[place]
            if left < 0 { return place }
        }
        return shares.count - 1
    }
}

/// Up to 512 people, spread evenly over the map: what all pairs of them say about a grouping, at a bounded cost.
private struct Sample {
    private let places: [Int]
    private let points: [SIMD2<Double>]
    private let weights: [Double]

    init(_ tree: PointTree) {
        let present = tree.weights.indices.filter { tree.weights[$0] > 0 }
        // The tree's order runs through neighbourhoods, so every n-th person is an even spread.
        let step = (present.count + 511) / 512
        places = stride(from: 0, to: present.count, by: max(step, 1)).map { present[$0] }
        points = places.map { tree.points[$0] }
        weights = places.map { tree.weights[$0] }
    }

    func silhouettes(_ groupings: [MergedGroups]) -> [Double] {
        Silhouette.means(points, groupings.map { groups in places.map { groups.labels[$0] } }, weights: weights)
    }
}
