/// SᵀWS written out, a number for each pair of statements: where people differ in no clear direction, hundreds of steps are needed, and each is
/// then cheaper over pairs of statements than over answers.
///
/// S is not written out for it: each person adds the products of their own answers, Σ n² / 2 additions in all. At 10,000 people and 500
/// statements without any structure this halves the time of the axes; with clear groups it is never come to.
struct Covariance {
    private let size: Int
    private var products: [Double]

    // 2,048 statements are 32 MiB.
    private static let mostStatements = 2_048

    /// Whether building and some sixty steps with it take less time than sixty sweeps; in nanoseconds, measured.
    static func pays(_ votes: CentredVotes) -> Bool {
        let statements = votes.means.count
        guard statements <= mostStatements else { return false }
        let pairs = votes.matrix.people.indices.reduce(0) { sum, row in
            let answered = votes.matrix.answered(row: row)
            return sum + answered * (answered + 1) / 2
        }
        let built = 1.2 * Double(pairs) + 60 * 0.5 * Double(statements * statements)
        return built < 60 * 1.25 * Double(votes.matrix.answerCount)
    }

    init(_ votes: CentredVotes) {
        size = votes.means.count
        products = [Double](repeating: 0, count: size * size)
        add(votes, votes.cellValues())
        mirror()
    }

    func apply(_ x: [Double]) -> [Double] {
        (0..<size).map { row in
            products.withUnsafeBufferPointer { products in
                x.withUnsafeBufferPointer { dot(UnsafeBufferPointer(rebasing: products[row * size..<(row + 1) * size]), $0) }
            }
        }
    }

    /// Cells of a row stand in order of columns, so each pair goes to the upper half.
    private mutating func add(_ votes: CentredVotes, _ values: [Double]) {
        let (size, weights) = (size, votes.weights)
        products.withUnsafeMutableBufferPointer { products in
            values.withUnsafeBufferPointer { values in
                votes.matrix.withRows { starts, cells in
                    for row in 0..<starts.count - 1 {
                        for place in starts[row]..<starts[row + 1] {
                            let start = Int(cells[place] >> 2) &* size
                            let value = values[Int(cells[place])] * (weights?[row] ?? 1)
                            for other in place..<starts[row + 1] {
                                products[start &+ Int(cells[other] >> 2)] += value * values[Int(cells[other])]
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func mirror() {
        for row in 0..<size {
            for column in row + 1..<max(size, row + 1) { products[column * size + row] = products[row * size + column] }
        }
    }
}
