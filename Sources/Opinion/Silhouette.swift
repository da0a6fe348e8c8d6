/// How much better people fit their own group than the next one, from −1 to 1 (Rousseeuw, 1987).
enum Silhouette {
    /// For each grouping of the same points the mean of s = (b − a) / max(a, b), with a the mean distance to the others of one's group and b
    /// the least mean distance to another; 0 for someone alone in a group, and for a single group.
    ///
    /// Distances are taken once for all groupings: points that are together in every one of them form a class, distances are added up by class,
    /// and each grouping adds up classes.
    /// - Parameters:
    ///   - groupings: for each, a label from 0 for each point.
    ///   - weights: nil where each point weighs 1. They weigh means of distances and of s alike.
    static func means(_ points: [SIMD2<Double>], _ groupings: [[Int]], weights: [Double]? = nil) -> [Double] {
        let classes = SilhouetteClasses(points, groupings, weights)
        let merged = groupings.map { SilhouetteGroups(classes, $0) }
        var sums = [Double](repeating: 0, count: groupings.count)
        let distances = classes.distances()
        for place in classes.x.indices {
            for grouping in merged.indices { sums[grouping] += classes.weights[place] * merged[grouping].score(place, classes, distances) }
        }
        let total = classes.weights.reduce(0, +)
        return sums.map { total > 0 ? $0 / total : 0 }
    }

    /// The place of the largest; of equals the last, which is the one with more groups.
    static func best(_ means: [Double]) -> Int { means.indices.reversed().max { means[$0] < means[$1] } ?? 0 }
}

/// Points class by class, coordinates apart: distances to a class are then a straight run that the processor takes several at a time.
private struct SilhouetteClasses {
    private(set) var x: [Double] = []
    private(set) var y: [Double] = []
    private(set) var weights: [Double] = []
    /// The point, of those handed in, and the class of each place.
    private(set) var points: [Int] = []
    private(set) var classOf: [Int] = []
    private var starts = [0]

    var count: Int { starts.count - 1 }

    /// A point of the class.
    func example(_ number: Int) -> Int { points[starts[number]] }

    init(_ all: [SIMD2<Double>], _ groupings: [[Int]], _ weights: [Double]?) {
        // Labels are at most 100, and groupings four: eight bits each.
        let key = all.indices.map { point in groupings.reduce(UInt64(0)) { $0 << 8 | UInt64($1[point]) } }
        points = all.indices.sorted { key[$0] < key[$1] }
        x = points.map { all[$0].x }
        y = points.map { all[$0].y }
        self.weights = points.map { weights?[$0] ?? 1 }
        for place in points.indices {
            if place > 0, key[points[place]] != key[points[place - 1]] { starts.append(place) }
            classOf.append(starts.count - 1)
        }
        if !points.isEmpty { starts.append(points.count) }
    }

    /// Σ weight · distance from each place to each class, a class after the other.
    ///
    /// A distance is the same both ways, and roots are what takes the time: each pair is measured once. From a place on, its distances to the
    /// others of a class are a straight run, and so are those others' distances to the place's own class.
    func distances() -> [Double] {
        var found = [Double](repeating: 0, count: count * x.count)
        found.withUnsafeMutableBufferPointer { found in
            x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    weights.withUnsafeBufferPointer { weights in
                        for place in x.indices {
                            let back = UnsafeMutableBufferPointer(
                                rebasing: found[(classOf[place] * x.count)..<((classOf[place] + 1) * x.count)]
                            )
                            for number in classOf[place]..<count {
                                let others = max(starts[number], place + 1)..<starts[number + 1]
                                found[number * x.count + place] += Self.measure(x, y, weights, from: place, to: others, back)
                            }
                        }
                    }
                }
            }
        }
        return found
    }

    /// Σ weight · distance from `place` to the others; adds the place's own weight · distance to each of theirs in `back`.
    private static func measure(
        _ x: UnsafeBufferPointer<Double>,
        _ y: UnsafeBufferPointer<Double>,
        _ weights: UnsafeBufferPointer<Double>,
        from place: Int,
        to others: Range<Int>,
        _ back: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        let (left, up, weight) = (x[place], y[place], weights[place])
        var sums = SIMD2<Double>.zero
        var other = others.lowerBound
        while other + 1 < others.upperBound {
            let dx = SIMD2(x[other], x[other + 1]) - left
            let dy = SIMD2(y[other], y[other + 1]) - up
            let distance = (dx * dx + dy * dy).squareRoot()
            sums += SIMD2(weights[other], weights[other + 1]) * distance
            back[other] += weight * distance.x
            back[other + 1] += weight * distance.y
            other += 2
        }
        guard other < others.upperBound else { return sums.sum() }
        let (dx, dy) = (x[other] - left, y[other] - up)
        let distance = (dx * dx + dy * dy).squareRoot()
        back[other] += weight * distance
        return sums.sum() + weights[other] * distance
    }
}

/// One grouping, as groups of classes.
private struct SilhouetteGroups {
    /// By class.
    private let groupOf: [Int]
    /// By group: its classes, its weight and its number of points.
    private var classes: [[Int]]
    private var totals: [Double]
    private var heads: [Int]

    init(_ all: SilhouetteClasses, _ labels: [Int]) {
        groupOf = (0..<all.count).map { labels[all.example($0)] }
        let groups = (groupOf.max() ?? 0) + 1
        classes = [[Int]](repeating: [], count: groups)
        totals = [Double](repeating: 0, count: groups)
        heads = [Int](repeating: 0, count: groups)
        for number in groupOf.indices { classes[groupOf[number]].append(number) }
        for place in all.points.indices {
            totals[groupOf[all.classOf[place]]] += all.weights[place]
            heads[groupOf[all.classOf[place]]] += 1
        }
    }

    /// s of one place.
    /// - Parameter distances: as `SilhouetteClasses.distances` gives them.
    func score(_ place: Int, _ all: SilhouetteClasses, _ distances: [Double]) -> Double {
        let own = groupOf[all.classOf[place]]
        guard heads[own] > 1 else { return 0 }
        let inside = sum(own, place, all, distances) / (totals[own] - all.weights[place])
        var other = Double.infinity
        for group in heads.indices where group != own && heads[group] > 0 {
            other = min(other, sum(group, place, all, distances) / totals[group])
        }
        guard other < .infinity, max(inside, other) > 0 else { return 0 }
        return (other - inside) / max(inside, other)
    }

    private func sum(_ group: Int, _ place: Int, _ all: SilhouetteClasses, _ distances: [Double]) -> Double {
        var sum = 0.0
        for number in classes[group] { sum += distances[number * all.x.count + place] }
        return sum
    }
}
