import Testing

@testable import Opinion

@Suite struct ClusterTests {
    @Test(arguments: [1, 7, 40, 300, 1000], [1, 2, 5, 30])
    func `The nearest centre found through boxes is the nearest of all`(places: Int, centres: Int) {
        let points = scattered(places, seed: 1)
        let middles = scattered(centres, seed: 2)
        let tree = PointTree(points)
        let found = NearestCentres(tree, middles, .placesWithLabels)
        for (place, label) in found.labels.enumerated() { #expect(Int(label) == nearest(tree.points[place], middles)) }
        for centre in middles.indices {
            let own = tree.points.indices.filter { nearest(tree.points[$0], middles) == centre }
            #expect(found.weights[centre] == Double(own.count))
            let sum = own.reduce(SIMD2<Double>.zero) { $0 + tree.points[$1] }
            #expect(squared(found.sums[centre] - sum) < 1e-18)
        }
    }

    @Test func `Of two centres that are equally near, the later is taken`() {
        let tree = PointTree([SIMD2(0, 0), SIMD2(0, 1), SIMD2(0, -3)])
        #expect(NearestCentres(tree, [SIMD2(-1, 0), SIMD2(1, 0)], .placesWithLabels).labels == [1, 1, 1])
    }

    @Test func `Many people on one spot are one place however deep the tree`() {
        let points = [SIMD2<Double>](repeating: SIMD2(2, 3), count: 5000) + [SIMD2(9, 9)]
        let tree = PointTree(points)
        let found = NearestCentres(tree, [SIMD2(2, 3), SIMD2(9, 9)], .placesWithLabels)
        #expect(found.weights == [5000, 1])
    }

    @Test func `The line of places holds everybody once, neighbours together`() {
        let points = scattered(3000, seed: 3)
        let order = ZOrder.sorted(points).order
        #expect(order.sorted() == Array(0..<3000))
        let along = zip(order, order.dropFirst()).reduce(0) { $0 + squared(points[$1.0] - points[$1.1]).squareRoot() }
        let anyhow = zip(points, points.dropFirst()).reduce(0) { $0 + squared($1.0 - $1.1).squareRoot() }
        #expect(along < anyhow / 10)
    }

    @Test(arguments: [2, 3, 9, 60])
    func `Silhouettes are those of the definition`(count: Int) {
        let points = scattered(count, seed: 4)
        let groupings = [2, 3, 4].map { k in points.indices.map { $0 % k % count } }
        let weights = points.indices.map { Double($0 % 3 + 1) }
        let found = Silhouette.means(points, groupings, weights: weights)
        for (grouping, mean) in zip(groupings, found) { #expect(abs(mean - silhouette(points, grouping, weights)) < 1e-12) }
    }

    @Test func `The adjusted Rand index is 1 for the same grouping, and known for others`() {
        #expect(RandIndex.adjusted([0, 0, 1, 1, 2], [2, 2, 0, 0, 1]) == 1)
        #expect(RandIndex.adjusted([0, 0, 0], [0, 0, 0]) == 1)
        // Worked out by hand: pairs together 1, in a 2, in b 2, of 6: (1 − 2/3) / (2 − 2/3).
        #expect(abs(RandIndex.adjusted([0, 0, 1, 1], [0, 0, 1, 2]) - 4.0 / 7) < 1e-15)
    }

    @Test func `Small groups join their neighbours and the largest comes first`() {
        let cloud = { (x: Double, count: Int) in (0..<count).map { SIMD2(x + Double($0 % 5) / 10, Double($0 % 7) / 10) } }
        let points = cloud(0, 30) + cloud(10, 60) + cloud(10.8, 2)
        let groups = MergedGroups(PointTree(points), [SIMD2(0, 0), SIMD2(10, 0), SIMD2(11.2, 0)])
        #expect(groups.count == 2)
        #expect(groups.labels.count { $0 == 0 } == 62)
    }

    @Test func `Groups that are far apart are found, and found again in every half`() {
        var dice = SeededDice(11)
        let points = (0..<90).map {
            SIMD2(Double($0 % 3) * 8 + Double.random(in: 0...1, using: &dice), Double.random(in: 0...1, using: &dice))
        }
        let tree = PointTree(points)
        let groups = StableGroups(tree)
        #expect(groups.count == 3)
        for (place, number) in tree.order.enumerated() {
            #expect(groups.labels[place] == groups.labels[tree.order.firstIndex(of: number % 3)!])
        }
        #expect(Stability.score(tree, groups) == 1)
    }

    @Test func `In a shapeless cloud the stability score is low`() throws {
        let tree = PointTree(scattered(200, seed: 12))
        #expect(try #require(Stability.score(tree, StableGroups(tree))) < 0.8)
    }

    @Test func `A group's area is centred on it, and as long and as turned as its people are spread`() {
        // Along the diagonal with standard deviation 2, across it with 1.
        let (along, across) = (SIMD2(0.5, 0.5).squareRoot(), SIMD2(0.5, 0.5).squareRoot() * SIMD2(-1, 1))
        let points = [2, -2].flatMap { a in [1, -1].map { b in SIMD2(5, 7) + Double(a) * along + Double(b) * across } }
        let area = GroupArea(points)
        #expect(squared(area.centre - SIMD2(5, 7)) < 1e-24)
        #expect(abs(squared(area.halfAxes.0) - 4 * 3.22) < 1e-12)
        #expect(abs(squared(area.halfAxes.1) - 1 * 3.22) < 1e-12)
        #expect(abs(abs((area.halfAxes.0 * along).sum()) - 2 * 3.22.squareRoot()) < 1e-12)
        #expect(area.outline(12).allSatisfy { squared($0 - area.centre) <= 4 * 3.22 + 1e-9 })
    }

    private func scattered(_ count: Int, seed: UInt64) -> [SIMD2<Double>] {
        var dice = SeededDice(seed)
        return (0..<count).map { _ in SIMD2(.random(in: -3...3, using: &dice), .random(in: -3...3, using: &dice)) }
    }

    private func nearest(_ point: SIMD2<Double>, _ centres: [SIMD2<Double>]) -> Int {
        centres.indices.reduce(0) { squared(point - centres[$1]) <= squared(point - centres[$0]) ? $1 : $0 }
    }

    private func silhouette(_ points: [SIMD2<Double>], _ labels: [Int], _ weights: [Double]) -> Double {
        var (sum, total) = (0.0, 0.0)
        for i in points.indices {
            var means: [Int: (Double, Double)] = [:]
            for j in points.indices where j != i {
                let (distance, weight) = means[labels[j], default: (0, 0)]
                means[labels[j]] = (distance + weights[j] * squared(points[i] - points[j]).squareRoot(), weight + weights[j])
            }
            total += weights[i]
            guard let own = means[labels[i]], let other = means.filter({ $0.key != labels[i] }).map({ $0.value.0 / $0.value.1 }).min()
            else { continue }
            sum += weights[i] * (other - own.0 / own.1) / max(other, own.0 / own.1)
        }
        return sum / total
    }
}
