/// What one group said to each statement, by column, and how that differs from all others. Counts are of people; passes are in `answered`.
///
/// Statements kept out of the picture count here as they do there, as passed by everybody in the group; `OpinionFigures.votes` has the
/// votes they got.
public struct GroupFigures: Sendable {
    public let people: Int
    public let agrees: [Int]
    public let disagrees: [Int]
    public let answered: [Int]
    /// (na + 1) / (ns + 2), and the same of disagrees: how likely a member is to agree, to disagree.
    public let agreeShare: [Double]
    public let disagreeShare: [Double]
    /// How surely that is above one half: 2√(ns + 1)·((na + 1)/(ns + 1) − 1/2), a standard normal deviate.
    public let agreeTest: [Double]
    public let disagreeTest: [Double]
    /// The share over that of all other groups together.
    public let agreeRatio: [Double]
    public let disagreeRatio: [Double]
    /// How surely that is above 1: the two-proportion z test with 1 added to all four counts.
    public let agreeRatioTest: [Double]
    public let disagreeRatioTest: [Double]

    init(_ own: GroupCounts, rest: GroupCounts) {
        people = own.people
        (agrees, disagrees, answered) = (own.agrees, own.disagrees, own.answered)
        let columns = own.answered.indices
        agreeShare = columns.map { Self.share(own.agrees[$0], own.answered[$0]) }
        disagreeShare = columns.map { Self.share(own.disagrees[$0], own.answered[$0]) }
        agreeTest = columns.map { Self.test(own.agrees[$0], own.answered[$0]) }
        disagreeTest = columns.map { Self.test(own.disagrees[$0], own.answered[$0]) }
        agreeRatio = columns.map { Self.share(own.agrees[$0], own.answered[$0]) / Self.share(rest.agrees[$0], rest.answered[$0]) }
        disagreeRatio = columns.map { Self.share(own.disagrees[$0], own.answered[$0]) / Self.share(rest.disagrees[$0], rest.answered[$0]) }
        agreeRatioTest = columns.map { Self.test((own.agrees[$0], own.answered[$0]), (rest.agrees[$0], rest.answered[$0])) }
        disagreeRatioTest = columns.map { Self.test((own.disagrees[$0], own.answered[$0]), (rest.disagrees[$0], rest.answered[$0])) }
    }

    static func share(_ count: Int, _ answered: Int) -> Double { Double(count + 1) / Double(answered + 2) }

    static func test(_ count: Int, _ answered: Int) -> Double {
        let all = Double(answered + 1)
        return 2 * all.squareRoot() * (Double(count + 1) / all - 0.5)
    }

    private static func test(_ own: (count: Int, answered: Int), _ rest: (count: Int, answered: Int)) -> Double {
        let (inside, all) = (Double(own.count + 1), Double(own.answered + 1))
        let (outside, others) = (Double(rest.count + 1), Double(rest.answered + 1))
        let pooled = (inside + outside) / (all + others)
        if pooled == 1 { return 0 }
        return (inside / all - outside / others) / (pooled * (1 - pooled) * (1 / all + 1 / others)).squareRoot()
    }
}

/// Agrees, disagrees and answers of some people to each statement, by column.
public struct GroupCounts: Sendable {
    public internal(set) var people = 0
    public internal(set) var agrees: [Int]
    public internal(set) var disagrees: [Int]
    /// Passes included.
    public internal(set) var answered: [Int]

    init(columns: Int) {
        agrees = [Int](repeating: 0, count: columns)
        disagrees = agrees
        answered = agrees
    }

    /// - Parameter cells: counts at `4 · column + answer + 1`.
    init(people: Int, cells: ArraySlice<Int32>) {
        self.init(columns: cells.count / 4)
        self.people = people
        for column in answered.indices {
            let place = cells.startIndex + 4 * column
            disagrees[column] = Int(cells[place])
            agrees[column] = Int(cells[place + 2])
            answered[column] = Int(cells[place] + cells[place + 1] + cells[place + 2])
        }
    }

    /// The same with each statement that is kept out passed by everybody.
    func moderated(_ isKept: [Bool]) -> GroupCounts {
        var out = self
        for column in isKept.indices where !isKept[column] {
            (out.agrees[column], out.disagrees[column], out.answered[column]) = (0, 0, people)
        }
        return out
    }

    static func + (a: GroupCounts, b: GroupCounts) -> GroupCounts { a.combined(b, +) }
    static func - (a: GroupCounts, b: GroupCounts) -> GroupCounts { a.combined(b, -) }

    private func combined(_ other: GroupCounts, _ join: (Int, Int) -> Int) -> GroupCounts {
        var out = self
        out.people = join(people, other.people)
        for column in answered.indices {
            out.agrees[column] = join(agrees[column], other.agrees[column])
            out.disagrees[column] = join(disagrees[column], other.disagrees[column])
            out.answered[column] = join(answered[column], other.answered[column])
        }
        return out
    }
}

extension OpinionMatrix {
    /// Counts by group, in one sweep over the rows.
    /// - Parameter labels: by row; nil for people in no group, who are left out.
    func counts(_ labels: [Int?], groups: Int) -> [GroupCounts] {
        let width = statements.count * 4
        var table = [Int32](repeating: 0, count: max(groups * width, 1))
        var people = [Int](repeating: 0, count: groups)
        table.withUnsafeMutableBufferPointer { table in
            withRows { starts, cells in
                for (row, label) in labels.enumerated() {
                    guard let label else { continue }
                    people[label] += 1
                    let start = label * width
                    for place in starts[row]..<starts[row + 1] { table[start &+ Int(cells[place])] &+= 1 }
                }
            }
        }
        return (0..<groups).map { GroupCounts(people: people[$0], cells: table[$0 * width..<($0 + 1) * width]) }
    }
}
