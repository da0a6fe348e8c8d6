/// The two directions along which answers differ most, and the middle from which they are measured.
public struct PrincipalAxes: Sendable {
    /// μ: the mean answer to each statement, by column; 0 for statements kept out.
    public let center: [Double]
    /// Unit vectors, by column. The sign is fixed so that the entry with the largest |value| is positive; all zeros where people do not
    /// differ in that many directions.
    public let first: [Double]
    public let second: [Double]
    /// The variance along them, times the number (or the weight) of people.
    public let eigenvalues: SIMD2<Double>

    /// First two eigenvectors of SᵀWS, S being the answers less each statement's mean; W are the people's weights.
    /// - Parameter near: axes that are likely to be close, such as those of a moment ago; may be empty.
    init(_ votes: CentredVotes, near: [[Double]]) {
        var solver = Lanczos(votes)
        let pairs = solver.leading(near: near)
        let zero = [Double](repeating: 0, count: votes.means.count)
        center = votes.means
        first = pairs.count > 0 ? Self.signed(pairs[0].vector) : zero
        second = pairs.count > 1 ? Self.signed(pairs[1].vector) : zero
        eigenvalues = SIMD2(pairs.count > 0 ? pairs[0].value : 0, pairs.count > 1 ? pairs[1].value : 0)
    }

    private static func signed(_ vector: [Double]) -> [Double] {
        let largest = vector.max { abs($0) < abs($1) } ?? 0
        return largest < 0 ? vector.map { -$0 } : vector
    }
}
