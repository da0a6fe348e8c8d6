/// People's places on the map, sorted so that neighbours stand together, in boxes within boxes.
///
/// k-means asks again and again which centre is nearest to each of n places. Whole boxes can be answered at once: where one centre is nearest
/// to all of a box, the box's weight and sum are all that is needed (Kanungo et al., An Efficient k-Means Clustering Algorithm, 2002). The
/// answers are those of the plain method; at 100,000 people and 100 centres a step takes a hundredth of the time.
struct PointTree {
    struct Box {
        var low: SIMD2<Double>
        var high: SIMD2<Double>
        /// Weight and weighted sum of the places in it.
        var weight: Double
        var sum: SIMD2<Double>
        let range: Range<Int>
        /// The second half's box; the first half's is the next one. 0 for a box that is not halved.
        var right: Int
    }

    // 16: with 8 the boxes cost more than the places they save, by a tenth of the whole.
    private static let leafSize = 16

    /// `order[i]` is the place, in the array handed in, of what stands at i here.
    let order: [Int]
    let points: [SIMD2<Double>]
    private(set) var weights: [Double]
    private(set) var boxes: [Box] = []
    /// The boxes that are not halved and have weight: middle, weight, weighted sum.
    private(set) var leaves: [(middle: SIMD2<Double>, weight: Double, sum: SIMD2<Double>)] = []

    /// - Parameter weights: one for each point; nil where each weighs 1.
    init(_ points: [SIMD2<Double>], weights: [Double]? = nil) {
        let (order, squares) = ZOrder.sorted(points)
        self.order = order
        self.points = order.map { points[$0] }
        self.weights = order.map { weights?[$0] ?? 1 }
        boxes.reserveCapacity(points.count / 2 + 1)
        if !points.isEmpty { _ = build(0..<points.count, squares) }
        weigh()
    }

    /// The same places with other weights, in the tree's own order; 0 takes a place out.
    func reweighed(_ weights: [Double]) -> PointTree {
        var tree = self
        tree.weights = weights
        tree.weigh()
        return tree
    }

    private mutating func build(_ range: Range<Int>, _ squares: [UInt32]) -> Int {
        let place = boxes.count
        boxes.append(Box(low: .zero, high: .zero, weight: 0, sum: .zero, range: range, right: 0))
        guard range.count > Self.leafSize else {
            (boxes[place].low, boxes[place].high) = extent(range)
            return place
        }
        let middle = Self.middle(range, squares)
        let left = build(range.lowerBound..<middle, squares)
        let right = build(middle..<range.upperBound, squares)
        boxes[place].right = right
        boxes[place].low = pointwiseMin(boxes[left].low, boxes[right].low)
        boxes[place].high = pointwiseMax(boxes[left].high, boxes[right].high)
        return place
    }

    /// Where the highest bit in which the squares of this range differ turns from 0 to 1: a straight cut through the plane.
    private static func middle(_ range: Range<Int>, _ squares: [UInt32]) -> Int {
        let differing = squares[range.lowerBound] ^ squares[range.upperBound - 1]
        guard differing != 0 else { return (range.lowerBound + range.upperBound) / 2 }
        let bit = UInt32(1) << (31 - UInt32(differing.leadingZeroBitCount))
        var (low, high) = (range.lowerBound, range.upperBound - 1)
        while low + 1 < high {
            let middle = (low + high) / 2
            if squares[middle] & bit == 0 { low = middle } else { high = middle }
        }
        return high
    }

    private func extent(_ range: Range<Int>) -> (SIMD2<Double>, SIMD2<Double>) {
        var (low, high) = (points[range.lowerBound], points[range.lowerBound])
        for place in range {
            low = pointwiseMin(low, points[place])
            high = pointwiseMax(high, points[place])
        }
        return (low, high)
    }

    /// Backwards, so that halves are weighed before the whole: they come after it.
    private mutating func weigh() {
        for place in boxes.indices.reversed() {
            var (weight, sum) = (0.0, SIMD2<Double>.zero)
            if boxes[place].right > 0 {
                let (left, right) = (boxes[place + 1], boxes[boxes[place].right])
                (weight, sum) = (left.weight + right.weight, left.sum + right.sum)
            } else {
                for point in boxes[place].range {
                    weight += weights[point]
                    sum += weights[point] * points[point]
                }
            }
            (boxes[place].weight, boxes[place].sum) = (weight, sum)
        }
        leaves = boxes.lazy.filter { $0.right == 0 && $0.weight > 0 }.map { ($0.sum / $0.weight, $0.weight, $0.sum) }
    }
}
