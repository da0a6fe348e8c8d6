/// A statement that tells what a group thinks and others do not.
public struct RepresentativeStatement: Sendable, Equatable {
    public enum Direction: String, Sendable, Codable { case agree, disagree }

    public let column: Int
    public let direction: Direction
    /// How many of the group agreed, or disagreed, and how many answered.
    public let count: Int
    public let answered: Int
    /// The group's share, its test, its ratio to the others' and that ratio's test.
    public let share: Double
    public let shareTest: Double
    public let ratio: Double
    public let ratioTest: Double

    fileprivate var weight: Double { ratio * ratioTest * share * shareTest }
}

/// Which statements a group is told by.
enum Representative {
    /// One-sided 90 %.
    static let z = 1.2816
    private static let most = 5

    /// At most five: first the best that the group agrees with, then those that stand out, agrees before disagrees.
    /// - Parameter isKept: by column, false for statements kept out.
    static func statements(of group: GroupFigures, isKept: [Bool]) -> [RepresentativeStatement] {
        let columns = isKept.indices.filter { isKept[$0] }
        let best = bestAgree(group, columns)
        let standing = columns.filter { stands(group, $0) }
        if standing.isEmpty { return [best ?? loudest(group, columns)].compactMap { $0 }.map { figures(group, $0) } }
        let rest = standing.filter { $0 != best }.map { figures(group, $0) }
        // The standard library's sort is stable: of equals the earlier column stays first.
        let chosen = ([best].compactMap { $0 }.map { figures(group, $0) } + rest.sorted { $0.weight > $1.weight }).prefix(most)
        return chosen.filter { $0.direction == .agree } + chosen.filter { $0.direction == .disagree }
    }

    /// More common in the group than elsewhere, and more than half of the group: both surely.
    private static func stands(_ group: GroupFigures, _ column: Int) -> Bool {
        (group.agreeRatioTest[column] > z && group.agreeTest[column] > z)
            || (group.disagreeRatioTest[column] > z && group.disagreeTest[column] > z)
    }

    private static func bestAgree(_ group: GroupFigures, _ columns: [Int]) -> Int? {
        var best: Int?
        for column in columns where group.agrees[column] + group.disagrees[column] > 0 && isBetter(group, column, than: best) {
            best = column
        }
        return best
    }

    private static func isBetter(_ group: GroupFigures, _ column: Int, than best: Int?) -> Bool {
        guard let best else { return group.agreeTest[column] > z || (group.agreeRatio[column] > 1 && group.agreeShare[column] > 0.5) }
        let liking = { group.agreeShare[$0] * group.agreeTest[$0] }
        if group.agreeRatio[best] <= 1 { return liking(column) > liking(best) }
        let standing = { group.agreeRatio[$0] * group.agreeRatioTest[$0] * group.agreeShare[$0] * group.agreeTest[$0] }
        return standing(column) > standing(best)
    }

    /// Where nothing stands out: what differs most from the others, either way.
    private static func loudest(_ group: GroupFigures, _ columns: [Int]) -> Int? {
        var best: (column: Int, test: Double)?
        for column in columns where group.agrees[column] + group.disagrees[column] > 0 {
            let test = max(group.agreeRatioTest[column], group.disagreeRatioTest[column])
            if test > best?.test ?? -.infinity { best = (column, test) }
        }
        return best?.column
    }

    private static func figures(_ group: GroupFigures, _ column: Int) -> RepresentativeStatement {
        let agrees = isAgree(group, column)
        return RepresentativeStatement(
            column: column,
            direction: agrees ? .agree : .disagree,
            count: (agrees ? group.agrees : group.disagrees)[column],
            answered: group.answered[column],
            share: (agrees ? group.agreeShare : group.disagreeShare)[column],
            shareTest: (agrees ? group.agreeTest : group.disagreeTest)[column],
            ratio: (agrees ? group.agreeRatio : group.disagreeRatio)[column],
            ratioTest: (agrees ? group.agreeRatioTest : group.disagreeRatioTest)[column]
        )
    }

    /// The side by which the group differs more from others; never one that nobody in it took, as the ratio alone may say where many passed.
    private static func isAgree(_ group: GroupFigures, _ column: Int) -> Bool {
        if group.agrees[column] == 0 || group.disagrees[column] == 0 { return group.agrees[column] > 0 }
        return group.agreeRatioTest[column] > group.disagreeRatioTest[column]
    }
}
