/// Groups as pol.is finds them on a cold start: a hundred base clusters first, then groups of those.
///
/// Depends on the order in which people stand in the matrix, because the first hundred distinct places are the first centres.
struct CompatGroups {
    /// For each point.
    let labels: [Int]
    let count: Int
    /// By number of groups tried.
    let silhouettes: [(groups: Int, silhouette: Double)]
    let baseClusters: Int

    private static let base = 100
    private static let baseSteps = 101
    private static let groupSteps = 21

    init(_ points: [SIMD2<Double>]) {
        let base = Self.clusters(points, k: Self.base, mostSteps: Self.baseSteps)
        baseClusters = base.centres.count
        let tried = Self.numbers(of: base.centres.count).map { k in
            Self.clusters(base.centres, weights: base.weights, k: k, mostSteps: Self.groupSteps)
        }
        let means = Silhouette.means(base.centres, tried.map(\.labels))
        let best = Silhouette.best(means)
        silhouettes = Array(zip(Self.numbers(of: base.centres.count), means))
        let groupOf = tried[best].labels
        labels = base.labels.map { groupOf[$0] }
        count = tried[best].centres.count
    }

    /// k = 2 … min(5, 2 + ⌊nBase / 12⌋)
    private static func numbers(of base: Int) -> ClosedRange<Int> { 2...min(5, 2 + base / 12) }

    private static func clusters(_ points: [SIMD2<Double>], weights: [Double]? = nil, k: Int, mostSteps: Int) -> Clusters {
        let tree = PointTree(points, weights: weights)
        let start = firstDistinct(points, k)
        var before = start.sorted(by: leftmost)
        let found = KMeans(tree, from: start, mostSteps: mostSteps) { _, centres in
            let after = centres.sorted(by: leftmost)
            defer { before = after }
            return hardlyMoved(before, after)
        }
        return Clusters(centres: found.centres, weights: found.weights, labels: found.labels(tree))
    }

    private static func firstDistinct(_ points: [SIMD2<Double>], _ k: Int) -> [SIMD2<Double>] {
        var found: [SIMD2<Double>] = []
        var seen: Set<SIMD2<Double>> = []
        for point in points {
            if found.count == k { break }
            if seen.insert(point).inserted { found.append(point) }
        }
        return found
    }

    /// Centres before and after, each sorted by (x, y), are less than 0.01 apart pair by pair.
    private static func hardlyMoved(_ before: [SIMD2<Double>], _ after: [SIMD2<Double>]) -> Bool {
        zip(before, after).allSatisfy { squared($0 - $1).squareRoot() < 0.01 }
    }

    private static func leftmost(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool { a.x < b.x || (a.x == b.x && a.y < b.y) }

    private struct Clusters {
        let centres: [SIMD2<Double>]
        let weights: [Double]
        let labels: [Int]
    }
}
