/// One option's grades in a row from the worst to the best, each as long as its weight.
///
/// Taking the middle away again and again reads the row from the middle outwards. Weights can be huge, so it is read in stretches in which
/// nothing changes, at most one per grade on either side.
struct Judged {
    /// Where each grade ends: the weight of it and all below it.
    private let ends: [WholeNumber]

    init(_ histogram: [WholeNumber]) {
        ends = histogram.reduce(into: []) { $0.append(($0.last ?? .zero) + $1) }
    }

    private var total: WholeNumber { ends.last ?? .zero }

    /// The lower middle: place ⌊(T − 1)/2⌋, counted from 0.
    private var middle: WholeNumber { (total - .one).divided(by: WholeNumber(2)) }

    var median: Int? { total.isZero ? nil : grade(at: middle) }

    /// The two grades at this distance below and above the middle, in the order in which they are taken away.
    ///
    /// An even total has two in the middle, m and m+1, taken away as m, m+1; m−1, m+2; … An odd one: m; m−1, m+1; m−2, m+2; …
    private func grades(_ distance: WholeNumber) -> [Int] {
        let isEven = total.divided(by: WholeNumber(2)) * WholeNumber(2) == total
        let upper = isEven ? middle + .one : middle
        return [grade(at: middle - distance), grade(at: upper + distance)].compactMap(\.self)
    }

    private func grade(at place: WholeNumber) -> Int? { place.isNegative ? nil : ends.firstIndex { place < $0 } }

    /// Whether this option comes before `other`. Both have the same total.
    func isAbove(_ other: Judged, _ tieBreak: MajorityJudgment.TieBreak) -> Bool {
        switch tieBreak {
        case .removal: isAboveByRemoval(other)
        case .gauge: gauge > other.gauge
        }
    }

    /// The middle grade, then the weight of those above it, or, where no fewer are below, minus the weight of those.
    private var gauge: (Int, WholeNumber) {
        guard let median = grade(at: middle) else { return (0, .zero) }
        let (above, below) = (total - ends[median], median > 0 ? ends[median - 1] : .zero)
        return (median, above > below ? above : -below)
    }

    /// At the first distance where they differ, the better grade wins.
    private func isAboveByRemoval(_ other: Judged) -> Bool {
        for distance in Set(turns + other.turns).sorted() {
            let (mine, theirs) = (grades(distance), other.grades(distance))
            if mine != theirs { return theirs.lexicographicallyPrecedes(mine) }
        }
        return false
    }

    /// The distances from the middle at which some neighbour is the first of its grade.
    private var turns: [WholeNumber] {
        let below = ends.map { middle - $0 + .one }
        let above = ends.flatMap { [$0 - middle, $0 - middle - .one] }
        return [.zero] + (below + above).filter { $0 > .zero && $0 <= middle + .one }
    }
}
