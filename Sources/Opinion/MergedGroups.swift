/// Groups after the small ones have joined their neighbours, the largest first.
struct MergedGroups {
    /// By place in the tree's order.
    let labels: [Int]
    let count: Int

    private struct Group {
        var heads: Int
        var weight: Double
        var sum: SIMD2<Double>
        var centre: SIMD2<Double> { sum / weight }
    }

    /// - Parameter centres: where k-means came to rest.
    init(_ tree: PointTree, _ centres: [SIMD2<Double>]) {
        guard !centres.isEmpty else {
            (labels, count) = ([Int](repeating: 0, count: tree.points.count), tree.points.isEmpty ? 0 : 1)
            return
        }
        let nearest = NearestCentres(tree, centres, .placesWithLabels)
        var heads = [Int](repeating: 0, count: centres.count)
        for (place, label) in nearest.labels.enumerated() where tree.weights[place] > 0 { heads[Int(label)] += 1 }
        let groups = centres.indices.map { Group(heads: heads[$0], weight: nearest.weights[$0], sum: nearest.sums[$0]) }
        let (number, count) = Self.merged(groups)
        self.count = count
        labels = nearest.labels.map { number[Int($0)] }
    }

    /// A group that weighs less than this is too small: max(3, 2 %), the mean weight of a person being 1.
    static func least(of total: Double) -> Double { max(3, total / 50) }

    /// For each group its number after merging.
    private static func merged(_ groups: [Group]) -> (number: [Int], count: Int) {
        var groups = groups
        var into = Array(groups.indices)
        let least = groups.reduce(0) { $0 + $1.weight } / 50
        while true {
            let alive = groups.indices.filter { into[$0] == $0 }
            let small = alive.filter { groups[$0].heads < 3 || groups[$0].weight < least }
            guard alive.count > 1, let smallest = small.min(by: { groups[$0].weight < groups[$1].weight }) else {
                return numbered(alive, groups, into)
            }
            let place = groups[smallest].weight > 0 ? groups[smallest].centre : groups[smallest].sum
            let others = alive.filter { $0 != smallest && groups[$0].weight > 0 }
            let home =
                others.min { squared(groups[$0].centre - place) < squared(groups[$1].centre - place) } ?? alive.first { $0 != smallest }
                ?? 0
            groups[home].heads += groups[smallest].heads
            groups[home].weight += groups[smallest].weight
            groups[home].sum += groups[smallest].sum
            for group in into.indices where into[group] == smallest { into[group] = home }
        }
    }

    /// The heaviest is 0; of equals, the one further right, then further up.
    private static func numbered(_ alive: [Int], _ groups: [Group], _ into: [Int]) -> (number: [Int], count: Int) {
        let order = alive.sorted {
            let (a, b) = (groups[$0], groups[$1])
            return (a.weight, a.sum.x, a.sum.y) > (b.weight, b.sum.x, b.sum.y)
        }
        var number = [Int](repeating: 0, count: groups.count)
        for (place, group) in order.enumerated() { number[group] = place }
        return (into.map { number[$0] }, alive.count)
    }
}
