/// What somebody answered to a statement. Never shown and never answered are not answers: they leave no trace in the matrix.
public enum Answer: Int8, Sendable, CaseIterable {
    case disagree = -1
    case pass = 0
    case agree = 1
}

/// One answer in the matrix, in four bytes: the statement's column and the answer itself.
///
/// The number is `4 · column + answer + 1`. It is used as a place in tables of four entries a column, so that the sums over a person's
/// answers need no multiplication and no branch: look the cell up, add. There is room for 2³⁰ statements.
struct Cell: Equatable, Sendable {
    let raw: UInt32

    init(raw: UInt32) { self.raw = raw }

    init(column: Int, _ answer: Answer) { raw = UInt32(truncatingIfNeeded: column << 2 | (Int(answer.rawValue) + 1)) }

    var column: Int { Int(raw >> 2) }
    var value: Int { Int(raw & 3) - 1 }
    var answer: Answer { Answer(rawValue: Int8(value)) ?? .pass }
}
