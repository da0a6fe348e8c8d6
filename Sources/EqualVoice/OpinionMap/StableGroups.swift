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

    // 3: one evenly spread, two by chance; each costs a fifth of the groups' time.
    private static let starts = 3

    /// Every start is followed roughly, box by box, and the tightest to the end, person by person, until nothing moves at all.
    private static func tightest(_ tree: PointTree, _ k: Int) -> [SIMD2<Double>] {
        let seeds = Seeds(tree)
        let rough = (0..<starts).map { KMeans(tree, from: seeds.centres(k, start: $0), mostSteps: 30, .boxes, isSettled: ==) }
        let best = rough.min { $0.looseness < $1.looseness }?.centres ?? []
        // Lloyd's method always comes to rest; 100 steps in case it takes unreasonably long.
        return KMeans(tree, from: best, mostSteps: 100, isSettled: ==).centres
    }
}

/// Where to begin: draws over people sorted by where they stand, so that it does not matter in which order they came.
private struct Seeds {
    /// The middles of the smallest boxes, and their weights.
    private var points: [SIMD2<Double>] = []
    private var weights: [Double] = []

    init(_ tree: PointTree) {
        for box in tree.boxes where box.right == 0 && box.weight > 0 {
            points.append(box.sum / box.weight)
            weights.append(box.weight)
        }
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
