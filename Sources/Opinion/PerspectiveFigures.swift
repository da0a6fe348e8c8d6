/// What each perspective said to each statement, and the two figures side by side: each person weighing the same, each perspective weighing the same.
public struct PerspectiveFigures: Sendable {
    public let names: [String]
    /// How many people declared each perspective.
    public let invited: [Int]
    /// The votes of each perspective.
    public let votes: [GroupCounts]
    /// By column: (Σ agrees + 1) / (Σ answers + 2), of people with a perspective.
    public let byPerson: [Double]
    /// By column: the mean over perspectives of (agrees + 1) / (answers + 2); 1/2 for a perspective not yet heard.
    public let byPerspective: [Double]
    /// By column: how many perspectives answered at all.
    public let heard: [Int]

    public init(_ matrix: OpinionMatrix, _ perspectives: Perspectives) {
        (names, invited) = (perspectives.names, perspectives.invited)
        let votes = matrix.counts(matrix.people.map { perspectives.perspective(of: $0) }, groups: perspectives.names.count)
        let all = votes.reduce(GroupCounts(columns: matrix.statements.count), +)
        self.votes = votes
        byPerson = all.answered.indices.map { GroupFigures.share(all.agrees[$0], all.answered[$0]) }
        byPerspective = all.answered.indices.map { column in
            let shares = votes.map { GroupFigures.share($0.agrees[column], $0.answered[column]) }
            return shares.isEmpty ? 0.5 : shares.reduce(0, +) / Double(shares.count)
        }
        heard = all.answered.indices.map { column in votes.count { $0.answered[column] > 0 } }
    }
}
