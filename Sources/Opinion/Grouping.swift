/// Finds groups in the way the mode asks for, and says for every row which it is in.
struct Grouping {
    let labels: [Int?]
    let count: Int
    let silhouettes: [(groups: Int, silhouette: Double)]
    let baseClusters: Int?
    private let stable: (tree: PointTree, groups: StableGroups)?

    init(_ matrix: OpinionMatrix, _ points: [SIMD2<Double>], _ mode: OpinionMap.Mode, _ perspectives: Perspectives?, given: [UInt64: Int]?)
    {
        if let given {
            self.init(given: matrix.people.map { given[$0] })
        } else if mode == .compat {
            self.init(compat: matrix, points)
        } else {
            self.init(stable: matrix, points, perspectives)
        }
    }

    func stability() -> Double? { stable.flatMap { Stability.score($0.tree, $0.groups) } }

    private init(given labels: [Int?]) {
        self.labels = labels
        count = (labels.compactMap { $0 }.max() ?? -1) + 1
        (silhouettes, baseClusters, stable) = ([], nil, nil)
    }

    private init(compat matrix: OpinionMatrix, _ points: [SIMD2<Double>]) {
        let rows = CountedPeople.rows(of: matrix, withTies: false)
        let groups = CompatGroups(rows.map { points[$0] })
        labels = Self.labels(matrix, rows, groups.labels)
        (count, silhouettes, baseClusters, stable) = (groups.count, groups.silhouettes, groups.baseClusters, nil)
    }

    private init(stable matrix: OpinionMatrix, _ points: [SIMD2<Double>], _ perspectives: Perspectives?) {
        let rows = CountedPeople.rows(of: matrix, withTies: true)
        let weights = perspectives?.weights(of: rows.map { matrix.people[$0] })
        let tree = PointTree(rows.map { points[$0] }, weights: weights)
        let groups = StableGroups(tree)
        labels = Self.labels(matrix, tree.order.map { rows[$0] }, groups.labels)
        (count, silhouettes, baseClusters, stable) = (groups.count, groups.silhouettes, nil, (tree, groups))
    }

    private static func labels(_ matrix: OpinionMatrix, _ rows: [Int], _ labels: [Int]) -> [Int?] {
        var byRow = [Int?](repeating: nil, count: matrix.people.count)
        for (row, label) in zip(rows, labels) { byRow[row] = label }
        return byRow
    }
}
