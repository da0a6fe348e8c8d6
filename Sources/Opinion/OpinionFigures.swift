import Foundation

/// What people said, by statement: each group's figures, where everybody agrees, where groups differ, and what to ask next.
public struct OpinionFigures: Sendable {
    /// The votes of everybody, in a group or not.
    public let everyone: GroupCounts
    /// The votes of each group.
    public let votes: [GroupCounts]
    public let groups: [GroupFigures]
    /// By group, at most five each.
    public let representative: [[RepresentativeStatement]]
    /// Columns that most of everybody surely agree with, and disagree with: at most five each, strongest first.
    public let consensusAgree: [Int]
    public let consensusDisagree: [Int]
    /// Π over groups of the share who agree, and who disagree: large only where it is large in every group.
    public let groupAwareAgree: [Double]
    public let groupAwareDisagree: [Double]
    /// Largest less smallest share of a group who agree.
    public let divisiveness: [Double]
    /// Columns, those where groups differ most first; statements kept out are left out.
    public let divisive: [Int]
    /// In proportion to these a statement is drawn to be shown next.
    public let priorities: [Double]

    /// - Parameters:
    ///   - labels: by row, a group's number; nil for people in no group.
    ///   - extremities: by column, from the projection.
    public init(_ matrix: OpinionMatrix, labels: [Int?], groups count: Int, extremities: [Double], moderation: Moderation) {
        let isKept = moderation.isKept(matrix)
        let votes = matrix.counts(labels, groups: count)
        let everyone = GroupCounts(people: matrix.people.count, cells: matrix.cellCounts()[...])
        let grouped = votes.reduce(GroupCounts(columns: matrix.statements.count), +)
        let pictured = grouped.moderated(isKept)
        let groups = votes.map { $0.moderated(isKept) }.map { GroupFigures($0, rest: pictured - $0) }
        (self.everyone, self.votes, self.groups) = (everyone, votes, groups)
        representative = groups.map { Representative.statements(of: $0, isKept: isKept) }
        consensusAgree = Self.consensus(everyone.agrees, everyone.answered, isKept)
        consensusDisagree = Self.consensus(everyone.disagrees, everyone.answered, isKept)
        let columns = isKept.indices
        let shares = { (column: Int) in votes.map { GroupFigures.share($0.agrees[column], $0.answered[column]) } }
        groupAwareAgree = columns.map { shares($0).reduce(1, *) }
        groupAwareDisagree = columns.map { column in
            votes.map { GroupFigures.share($0.disagrees[column], $0.answered[column]) }.reduce(1, *)
        }
        let spread = columns.map { (shares($0).max() ?? 0) - (shares($0).min() ?? 0) }
        divisiveness = spread
        divisive = columns.filter { isKept[$0] }.sorted { spread[$0] > spread[$1] }
        let isMeta = moderation.isMeta(matrix)
        priorities = columns.map {
            isMeta[$0] ? 49 : Self.priority(grouped.agrees[$0], grouped.disagrees[$0], grouped.answered[$0], extremity: extremities[$0])
        }
    }

    private static func consensus(_ counts: [Int], _ answered: [Int], _ isKept: [Bool]) -> [Int] {
        let share = { GroupFigures.share(counts[$0], answered[$0]) }
        let test = { GroupFigures.test(counts[$0], answered[$0]) }
        let sure = isKept.indices.filter { isKept[$0] && share($0) > 0.5 && test($0) > Representative.z }
        return Array(sure.sorted { share($0) * test($0) > share($1) * test($1) }.prefix(5))
    }

    /// ((1 − (P+1)/(S+2)) · (E+1) · (A+1)/(S+2) · (1 + 8·2^(−S/5)))²: few passes, far out, liked, and new.
    private static func priority(_ agrees: Int, _ disagrees: Int, _ answered: Int, extremity: Double) -> Double {
        let passes = answered - agrees - disagrees
        let isTold = 1 - GroupFigures.share(passes, answered)
        let isNew = 1 + 8 * exp2(-Double(answered) / 5)
        let root = isTold * (extremity + 1) * GroupFigures.share(agrees, answered) * isNew
        return root * root
    }
}
