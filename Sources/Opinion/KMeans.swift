/// Groups of people who stand near each other: Lloyd's method.
struct KMeans {
    /// The middle of each group, empty ones left out.
    let centres: [SIMD2<Double>]
    let weights: [Double]
    /// The centres that places were last given to; `centres` are the means of what each was given.
    private let last: [SIMD2<Double>]
    /// Σ weight · distance² to the own centre, less what no grouping changes: smaller is tighter.
    let looseness: Double

    /// - Parameters:
    ///   - start: the first centres.
    ///   - mostSteps: at most so many times are places given to centres.
    ///   - detail: `.boxes` moves whole boxes: roughly right and quick.
    ///   - isSettled: asked after each step with the centres before and after; true ends it.
    init(
        _ tree: PointTree,
        from start: [SIMD2<Double>],
        mostSteps: Int,
        _ detail: NearestCentres.Detail = .places,
        isSettled: ([SIMD2<Double>], [SIMD2<Double>]) -> Bool
    ) {
        var (before, centres, weights) = (start, start, [Double]())
        for _ in 0..<mostSteps where !centres.isEmpty {
            before = centres
            let nearest = NearestCentres(tree, before, detail)
            let full = before.indices.filter { nearest.weights[$0] > 0 }
            centres = full.map { nearest.sums[$0] / nearest.weights[$0] }
            weights = full.map { nearest.weights[$0] }
            if isSettled(before, centres) { break }
        }
        (self.centres, self.weights) = (centres, weights)
        looseness = -zip(centres, weights).reduce(0) { $0 + squared($1.0) * $1.1 }
        last = before
    }

    /// The group of each point, in the order in which they were handed to the tree: as in the last step, so that the centres are their means.
    func labels(_ tree: PointTree) -> [Int] {
        guard !tree.points.isEmpty else { return [] }
        let nearest = NearestCentres(tree, last, .placesWithLabels)
        var number = [Int](repeating: 0, count: last.count)
        for (place, centre) in last.indices.filter({ nearest.weights[$0] > 0 }).enumerated() { number[centre] = place }
        var labels = [Int](repeating: 0, count: tree.points.count)
        for (place, point) in tree.order.enumerated() { labels[point] = number[Int(nearest.labels[place])] }
        return labels
    }
}
