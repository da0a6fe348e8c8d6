/// Who answered what, each once: one row a person, one column a statement, nothing stored for what was not answered.
///
/// Compressed rows: the cells of row i are `cells[starts[i]..<starts[i + 1]]`, columns ascending. Rows, because every sweep of the map
/// (axes, places, groups) sums over a person's answers; there is no second copy by column, what is wanted by column is counted in a table
/// while sweeping rows.
public struct OpinionMatrix: Sendable {
    /// In which order people stand. It decides nothing but `compat` mode, whose first clusters start from the first people.
    public enum RowOrder: Sendable {
        /// By id, whatever order the answers came in.
        case id
        /// As people first appear when the answers are sorted by (statement id, person id).
        case statement
        /// As people first appear when the answers are sorted by (time, place in the file).
        case time
    }

    /// The id of each row.
    public let people: [UInt64]
    /// The id of each column, ascending.
    public let statements: [UInt64]
    /// One more than there are rows.
    let starts: [Int]
    let cells: [UInt32]

    /// How many answers there are, each person's to each statement counted once.
    public var answerCount: Int { cells.count }

    /// How many statements the person in `row` answered, passes included.
    public func answered(row: Int) -> Int { starts[row + 1] - starts[row] }

    /// The answers of the person in `row`, statements ascending.
    public func answers(row: Int) -> [(column: Int, answer: Answer)] {
        cells[starts[row]..<starts[row + 1]].map {
            let cell = Cell(raw: $0)
            return (cell.column, cell.answer)
        }
    }

    init(people: [UInt64], statements: [UInt64], starts: [Int], cells: [UInt32]) {
        self.people = people
        self.statements = statements
        self.starts = starts
        self.cells = cells
    }

    /// Pointers to the rows for a sweep; they are good only inside `body`.
    func withRows<Result>(_ body: (UnsafeBufferPointer<Int>, UnsafeBufferPointer<UInt32>) -> Result) -> Result {
        starts.withUnsafeBufferPointer { starts in cells.withUnsafeBufferPointer { body(starts, $0) } }
    }

    /// How often each cell occurs: three counts a column, at `4 · column + answer + 1`.
    func cellCounts() -> [Int32] {
        var counts = [Int32](repeating: 0, count: statements.count * 4)
        counts.withUnsafeMutableBufferPointer { counts in
            cells.withUnsafeBufferPointer { for cell in $0 { counts[Int(cell)] &+= 1 } }
        }
        return counts
    }
}
