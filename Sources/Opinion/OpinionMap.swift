/// What many people think about many statements, as a picture: who stands near whom, which groups there are, and what tells them apart.
public struct OpinionMap: Sendable {
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// As pol.is computes it on a cold start; depends on the order in which people came.
        case compat
        /// The same whatever the order of people and statements.
        case stable
        /// As `stable`, with each perspective weighing the same, however many people speak from it.
        case parity
    }

    /// The parts of the work, in order, for whoever wants to time them.
    public enum Stage: String, Sendable, CaseIterable { case pca, clusters, statistics, stability }

    public let mode: Mode
    /// The id of each row and of each column of what follows.
    public let people: [UInt64]
    public let statements: [UInt64]
    public let axes: PrincipalAxes
    public let projection: Projection
    /// By row; nil for people who answered too little to be in a group.
    public let labels: [Int?]
    public let groupCount: Int
    /// Mean silhouette by number of groups tried.
    public let silhouettes: [(groups: Int, silhouette: Double)]
    /// How many base clusters `compat` used.
    public let baseClusters: Int?
    /// From about 0 to 1; nil in `compat` mode, with very few people, or if it was not asked for.
    public let stability: Double?
    public let figures: OpinionFigures

    /// Computes the map. Pure: the same matrix gives the same map, bit for bit.
    ///
    /// - Parameters:
    ///   - matrix: with `RowOrder.statement` for `compat` to equal pol.is, `RowOrder.id` otherwise.
    ///   - perspectives: needed in `parity` mode; with none there everybody weighs the same.
    ///   - givenGroups: a group's number by person, where groups are known from elsewhere; none are looked for then.
    ///   - near: a map of a moment ago, which saves time and changes nothing.
    ///   - withStability: twenty groupings more; leave it out where only the map is wanted.
    ///   - onStage: called at the end of each stage.
    public init(
        _ matrix: OpinionMatrix,
        moderation: Moderation = .none,
        mode: Mode = .stable,
        perspectives: Perspectives = Perspectives(),
        givenGroups: [UInt64: Int]? = nil,
        near: OpinionMap? = nil,
        withStability: Bool = true,
        onStage: (Stage) -> Void = { _ in }
    ) {
        self.mode = mode
        (people, statements) = (matrix.people, matrix.statements)
        let isWeighted = mode == .parity && !perspectives.isEmpty
        let votes = CentredVotes(
            matrix,
            isKept: moderation.isKept(matrix),
            weights: isWeighted ? perspectives.weights(of: matrix.people) : nil
        )
        axes = PrincipalAxes(votes, near: near.map { $0.axes(for: matrix.statements) } ?? [])
        projection = Projection(votes, axes)
        onStage(.pca)
        let grouping = Grouping(matrix, projection.people, mode, isWeighted ? perspectives : nil, given: givenGroups)
        (labels, groupCount) = (grouping.labels, grouping.count)
        (silhouettes, baseClusters) = (grouping.silhouettes, grouping.baseClusters)
        onStage(.clusters)
        figures = OpinionFigures(
            matrix,
            labels: labels,
            groups: groupCount,
            extremities: projection.extremities,
            moderation: moderation
        )
        onStage(.statistics)
        stability = withStability ? grouping.stability() : nil
        onStage(.stability)
    }

    /// The axes with their columns as in another matrix; 0 for statements that are new there.
    private func axes(for statements: [UInt64]) -> [[Double]] {
        if statements == self.statements { return [axes.first, axes.second] }
        let column = Dictionary(uniqueKeysWithValues: zip(self.statements, self.statements.indices))
        return [axes.first, axes.second].map { axis in statements.map { column[$0].map { axis[$0] } ?? 0 } }
    }
}
