/// Where everybody stands on the map, and every statement.
public struct Projection: Sendable {
    /// By row: y = √(m / max(1, seen)) · Σ over answers of (v − μ)·V. The root makes up for statements not seen.
    public let people: [SIMD2<Double>]
    /// By column: √m · (1 − μ)·V, where somebody would stand who agreed with this statement and said nothing else.
    public let statements: [SIMD2<Double>]
    /// By column: how far out that is.
    public let extremities: [Double]

    /// m counts all statements; those kept out are 0 for everybody and count as seen by everybody.
    init(_ votes: CentredVotes, _ axes: PrincipalAxes) {
        let total = Double(votes.means.count)
        statements = votes.means.indices.map { column in
            guard votes.isKept[column] else { return .zero }
            return total.squareRoot() * (1 - votes.means[column]) * SIMD2(axes.first[column], axes.second[column])
        }
        extremities = statements.map { ($0 * $0).sum().squareRoot() }
        people = Self.places(votes, axes)
    }

    /// One look-up and one addition of a pair of numbers an answer, as in `CentredSweep`.
    private static func places(_ votes: CentredVotes, _ axes: PrincipalAxes) -> [SIMD2<Double>] {
        let values = votes.cellValues()
        let shares = values.indices.map { values[$0] * SIMD2(axes.first[$0 >> 2], axes.second[$0 >> 2]) }
        let seen = seen(votes)
        let total = Double(votes.means.count)
        return votes.matrix.withRows { starts, cells in
            shares.withUnsafeBufferPointer { shares in
                seen.indices.map { row in
                    var sum = SIMD2<Double>.zero
                    for place in starts[row]..<starts[row + 1] { sum += shares[Int(cells[place])] }
                    return sum * (total / Double(max(1, seen[row]))).squareRoot()
                }
            }
        }
    }

    private static func seen(_ votes: CentredVotes) -> [Int] {
        let out = votes.isKept.count - votes.liveColumns
        let rows = votes.matrix.people.indices
        guard out > 0 else { return rows.map { votes.matrix.answered(row: $0) } }
        return votes.matrix.withRows { starts, cells in
            votes.isKept.withUnsafeBufferPointer { isKept in
                rows.map { row in out + cells[starts[row]..<starts[row + 1]].count { isKept[Int($0 >> 2)] } }
            }
        }
    }
}
