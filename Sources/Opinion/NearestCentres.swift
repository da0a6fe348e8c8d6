/// Which centre is nearest to each place, and the weight and sum of each centre's places.
struct NearestCentres {
    enum Detail {
        /// A box that is not halved goes whole to the centre nearest its middle: for the first rounds, a third of the time.
        case boxes
        case places
        case placesWithLabels
    }

    let weights: [Double]
    let sums: [SIMD2<Double>]
    /// By place in the tree's order; empty unless asked for.
    let labels: [Int32]

    /// - Parameter centres: at least one. Of two that are equally near, the later is taken.
    init(_ tree: PointTree, _ centres: [SIMD2<Double>], _ detail: Detail = .places) {
        if detail == .boxes, tree.leaves.count < Self.fewLeaves {
            (weights, sums) = Self.given(tree.leaves, centres)
            labels = []
            return
        }
        var search = Search(centres, places: detail == .placesWithLabels ? tree.points.count : 0)
        if !tree.points.isEmpty { search.run(tree, centres, isCoarse: detail == .boxes) }
        (weights, sums, labels) = (search.weights, search.sums, search.labels)
    }

    // Asking each of so few boxes takes less time than finding out which need not be asked.
    private static let fewLeaves = 256

    private static func given(
        _ leaves: [(middle: SIMD2<Double>, weight: Double, sum: SIMD2<Double>)],
        _ centres: [SIMD2<Double>]
    ) -> (weights: [Double], sums: [SIMD2<Double>]) {
        var weights = [Double](repeating: 0, count: centres.count)
        var sums = [SIMD2<Double>](repeating: .zero, count: centres.count)
        for leaf in leaves {
            var (best, least) = (0, Double.infinity)
            for centre in centres.indices {
                let distance = squared(leaf.middle - centres[centre])
                if distance <= least { (best, least) = (centre, distance) }
            }
            weights[best] += leaf.weight
            sums[best] += leaf.sum
        }
        return (weights, sums)
    }
}

private struct Search {
    var weights: [Double]
    var sums: [SIMD2<Double>]
    var labels: [Int32]
    /// |c|² / 2 of each centre.
    private var halves: [Double]
    /// Lists of centres that may be nearest somewhere in a box, each level's after the one above.
    private var candidates: [Int32]

    // 32 cuts through the plane, then at most as many through places in the same square; the list of the top is one more.
    private static let mostLevels = 72

    init(_ centres: [SIMD2<Double>], places: Int) {
        weights = [Double](repeating: 0, count: centres.count)
        sums = [SIMD2<Double>](repeating: .zero, count: centres.count)
        labels = [Int32](repeating: 0, count: places)
        halves = centres.map { squared($0) / 2 }
        candidates = [Int32](repeating: 0, count: centres.count * Self.mostLevels)
        for centre in centres.indices { candidates[centre] = Int32(centre) }
    }

    /// Opens all the arrays once, so that the walk works on plain memory.
    mutating func run(_ tree: PointTree, _ centres: [SIMD2<Double>], isCoarse: Bool) {
        tree.boxes.withUnsafeBufferPointer { boxes in
            tree.points.withUnsafeBufferPointer { points in
                tree.weights.withUnsafeBufferPointer { weights in
                    centres.withUnsafeBufferPointer { centres in
                        halves.withUnsafeBufferPointer { halves in
                            let given = Given(boxes: boxes, points: points, weights: weights, centres: centres, halves: halves)
                            walk(given, isCoarse: isCoarse)
                        }
                    }
                }
            }
        }
    }

    private mutating func walk(_ given: Given, isCoarse: Bool) {
        candidates.withUnsafeMutableBufferPointer { lists in
            sums.withUnsafeMutableBufferPointer { sums in
                weights.withUnsafeMutableBufferPointer { weights in
                    labels.withUnsafeMutableBufferPointer { labels in
                        let walk = Walk(given: given, isCoarse: isCoarse, lists: lists, weights: weights, sums: sums, labels: labels)
                        walk.visit(0, 0..<given.centres.count)
                    }
                }
            }
        }
    }
}

private struct Given {
    let boxes: UnsafeBufferPointer<PointTree.Box>
    let points: UnsafeBufferPointer<SIMD2<Double>>
    let weights: UnsafeBufferPointer<Double>
    let centres: UnsafeBufferPointer<SIMD2<Double>>
    let halves: UnsafeBufferPointer<Double>
}

private struct Walk {
    let given: Given
    let isCoarse: Bool
    let lists: UnsafeMutableBufferPointer<Int32>
    let weights: UnsafeMutableBufferPointer<Double>
    let sums: UnsafeMutableBufferPointer<SIMD2<Double>>
    let labels: UnsafeMutableBufferPointer<Int32>

    /// `list` holds the centres, ascending, that may be nearest somewhere in the box.
    func visit(_ place: Int, _ list: Range<Int>) {
        let box = given.boxes[place]
        if isCoarse, box.right == 0 {
            if box.weight > 0 { give(box, to: nearest(box.sum / box.weight, list)) }
            return
        }
        let kept = narrowed(list, box)
        if kept.count == 1 {
            give(box, to: Int(lists[kept.lowerBound]))
        } else if box.right == 0 {
            for point in box.range { give(point, to: nearest(given.points[point], kept)) }
        } else {
            visit(place + 1, kept)
            visit(box.right, kept)
        }
    }

    /// Leaves out each centre to which no place of the box is as near as to the centre nearest the box's middle.
    ///
    /// A place p is nearer to the best b than to c where p·(c − b) < (|c|² − |b|²)/2; of all places in the box the corner that lies furthest
    /// towards c comes last.
    private func narrowed(_ list: Range<Int>, _ box: PointTree.Box) -> Range<Int> {
        let middle = nearest((box.low + box.high) / 2, list)
        let (best, half) = (given.centres[middle], given.halves[middle])
        var end = list.upperBound
        for place in list {
            let centre = Int(lists[place])
            let towards = given.centres[centre] - best
            let along = towards.x * (towards.x > 0 ? box.high.x : box.low.x) + towards.y * (towards.y > 0 ? box.high.y : box.low.y)
            // A hair's breadth less, so that rounding leaves nothing out that the plain method would find as near.
            let limit = given.halves[centre] - half - 1e-12 * (given.halves[centre] + half)
            lists[end] = lists[place]
            end += along < limit ? 0 : 1
        }
        return list.upperBound..<end
    }

    @inline(__always)
    private func nearest(_ point: SIMD2<Double>, _ list: Range<Int>) -> Int {
        var (best, least) = (0, Double.infinity)
        for place in list {
            let centre = Int(lists[place])
            let distance = squared(point - given.centres[centre])
            if distance <= least { (best, least) = (centre, distance) }
        }
        return best
    }

    private func give(_ box: PointTree.Box, to centre: Int) {
        weights[centre] += box.weight
        sums[centre] += box.sum
        guard !labels.isEmpty else { return }
        for point in box.range { labels[point] = Int32(truncatingIfNeeded: centre) }
    }

    private func give(_ point: Int, to centre: Int) {
        weights[centre] += given.weights[point]
        sums[centre] += given.weights[point] * given.points[point]
        if !labels.isEmpty { labels[point] = Int32(truncatingIfNeeded: centre) }
    }
}

@inline(__always)
func squared(_ vector: SIMD2<Double>) -> Double { (vector * vector).sum() }
