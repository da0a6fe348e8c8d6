/// A conversation while it goes on: an answer that comes in is in its statement's figures at once, and the map follows when it is asked for.
public struct LiveOpinion: Sendable {
    /// Agrees, disagrees and passes of a statement, each person counted once.
    public struct Figures: Sendable, Equatable {
        public let agrees: Int
        public let disagrees: Int
        public let passes: Int

        /// (agrees + 1) / (answers + 2)
        public var agreeShare: Double { GroupFigures.share(agrees, agrees + disagrees + passes) }
    }

    private var people = IDIndex()
    private var statements = IDIndex()
    /// By person's number: cells whose columns are numbers of `statements`, in the order in which they were answered.
    private var rows: [[UInt32]] = []
    private var times: [[Int64]] = []
    /// At `4 · column + answer + 1`.
    private var counts: [Int] = []
    private var latest: OpinionMap?

    public init() {}

    /// How many answers count, changed ones once.
    public private(set) var answerCount = 0

    /// Takes an answer in, or a changed one; an older one than is known (by `at`) is passed over. The figures cost the same however many people
    /// answered before; finding out whether this person answered before costs a look through their own answers.
    public mutating func add(person: UInt64, statement: UInt64, _ answer: Answer, at: Int64 = 0) {
        let (row, column) = (number(person: person), number(statement: statement))
        let cell = Cell(column: column, answer).raw
        if let place = rows[row].firstIndex(where: { $0 >> 2 == cell >> 2 }) {
            guard at >= times[row][place] else { return }
            counts[Int(rows[row][place])] -= 1
            (rows[row][place], times[row][place]) = (cell, at)
        } else {
            rows[row].append(cell)
            times[row].append(at)
            answerCount += 1
        }
        counts[Int(cell)] += 1
    }

    /// nil for a statement nobody has answered.
    public func figures(statement: UInt64) -> Figures? {
        guard let column = statements.number(of: statement) else { return nil }
        return Figures(agrees: counts[4 * column + 2], disagrees: counts[4 * column], passes: counts[4 * column + 1])
    }

    /// The map of now. It starts from the axes of the map before, which are nearly right after a few answers more: most of the sweeps are saved,
    /// and the result is that of a computation from nothing to ten digits and in every count. Groups are looked for afresh, because where they
    /// start may not depend on what was.
    public mutating func map(
        moderation: Moderation = .none,
        mode: OpinionMap.Mode = .stable,
        perspectives: Perspectives = Perspectives(),
        withStability: Bool = false
    ) -> (matrix: OpinionMatrix, map: OpinionMap) {
        let matrix = matrix()
        let map = OpinionMap(
            matrix,
            moderation: moderation,
            mode: mode,
            perspectives: perspectives,
            near: latest,
            withStability: withStability
        )
        latest = map
        return (matrix, map)
    }

    /// People and statements by id, as `OpinionMatrix(log, order: .id)` has them.
    public func matrix() -> OpinionMatrix {
        let order = rows.indices.sorted { people.ids[$0] < people.ids[$1] }
        let columns = statements.ids.indices.sorted { statements.ids[$0] < statements.ids[$1] }
        var rank = [UInt32](repeating: 0, count: columns.count)
        for (place, column) in columns.enumerated() { rank[column] = UInt32(place) }
        var (starts, cells) = ([0], [UInt32]())
        cells.reserveCapacity(answerCount)
        for row in order {
            cells += rows[row].map { rank[Int($0 >> 2)] << 2 | $0 & 3 }.sorted()
            starts.append(cells.count)
        }
        return OpinionMatrix(
            people: order.map { people.ids[$0] },
            statements: columns.map { statements.ids[$0] },
            starts: starts,
            cells: cells
        )
    }

    private mutating func number(person: UInt64) -> Int {
        let row = people.number(adding: person)
        if row == rows.count {
            rows.append([])
            times.append([])
        }
        return row
    }

    private mutating func number(statement: UInt64) -> Int {
        let column = statements.number(adding: statement)
        if 4 * column == counts.count { counts += [0, 0, 0, 0] }
        return column
    }
}
