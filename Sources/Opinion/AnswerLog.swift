/// Every answer as it came in, in the order in which it was read; people may have changed their minds.
///
/// 16 bytes an answer: 5 million take 80 MB. It is kept in pieces, so that growing never copies what is there.
public struct AnswerLog: Sendable {
    struct Entry: Sendable {
        /// Numbers from `people` and, within the cell, from `statements`.
        let person: UInt32
        let cell: Cell
        let at: Int64
    }

    // 64 Ki entries are 1 MiB: small enough not to waste memory, large enough not to cost time.
    private static var pieceSize: Int { 1 << 16 }

    public private(set) var people = IDIndex()
    public private(set) var statements = IDIndex()
    /// True as long as no answer was older than the one before it: then the last in the log is the last in time.
    private(set) var isInTimeOrder = true
    private(set) var pieces: [[Entry]] = []
    private var latest = Int64.min

    public init() {}

    /// How many answers were read, changed ones included.
    public private(set) var count = 0

    /// - Parameters:
    ///   - person: any id.
    ///   - statement: any id.
    ///   - at: when, in any unit as long as it is the same one throughout. Of several answers of a person to a statement the one with the
    ///     largest `at` counts; of several with the same `at`, the one added last.
    public mutating func add(person: UInt64, statement: UInt64, _ answer: Answer, at: Int64 = 0) {
        let who = people.number(adding: person)
        let cell = Cell(column: statements.number(adding: statement), answer)
        if count.isMultiple(of: Self.pieceSize) { startPiece() }
        pieces[pieces.count - 1].append(Entry(person: UInt32(truncatingIfNeeded: who), cell: cell, at: at))
        if at < latest { isInTimeOrder = false } else { latest = at }
        count += 1
    }

    private mutating func startPiece() {
        pieces.append([])
        pieces[pieces.count - 1].reserveCapacity(Self.pieceSize)
    }

    /// Calls `body` with every entry and its place, in order.
    func forEach(_ body: (Entry, Int) -> Void) {
        var place = 0
        for piece in pieces {
            piece.withUnsafeBufferPointer { entries in
                for entry in entries {
                    body(entry, place)
                    place &+= 1
                }
            }
        }
    }
}
