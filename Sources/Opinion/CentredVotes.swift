/// The matrix of answers with each statement's mean taken off, S, as an operator: never built, only applied.
///
/// S has v − μ where somebody answered and 0 where nobody did (a missing answer stands for the mean), so it is as sparse as the answers.
/// A column that is kept out is 0 throughout.
struct CentredVotes {
    let matrix: OpinionMatrix
    /// μ, by column; 0 where kept out.
    let means: [Double]
    let isKept: [Bool]
    /// A weight for each row, or nil where everybody weighs 1.
    let weights: [Double]?

    init(_ matrix: OpinionMatrix, isKept: [Bool], weights: [Double]?) {
        self.matrix = matrix
        self.isKept = isKept
        self.weights = weights
        means = Self.means(matrix, isKept: isKept, weights: weights)
    }

    /// Columns that can differ at all: the rank of S is at most this.
    var liveColumns: Int { isKept.count { $0 } }

    /// Mean of the answers to each statement, passes as 0. Exact counts where everybody weighs 1.
    private static func means(_ matrix: OpinionMatrix, isKept: [Bool], weights: [Double]?) -> [Double] {
        let masses = weights.map { matrix.cellWeights($0) } ?? matrix.cellCounts().map(Double.init)
        return isKept.indices.map { column in
            let (disagree, pass, agree) = (masses[4 * column], masses[4 * column + 1], masses[4 * column + 2])
            let seen = disagree + pass + agree
            return isKept[column] && seen > 0 ? (agree - disagree) / seen : 0
        }
    }

    /// v − μ for each cell, 0 for columns kept out: what S holds wherever that answer was given.
    func cellValues() -> [Double] {
        var values = [Double](repeating: 0, count: means.count * 4)
        for column in means.indices where isKept[column] {
            for answer in 0...2 { values[4 * column + answer] = Double(answer - 1) - means[column] }
        }
        return values
    }

    /// Σ (v − μ)² w: the sum of all eigenvalues of SᵀWS, the measure of what "as good as zero" means.
    func trace() -> Double {
        let masses = weights.map { matrix.cellWeights($0) } ?? matrix.cellCounts().map(Double.init)
        return zip(masses, cellValues()).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }
}

extension OpinionMatrix {
    /// The weight of the people behind each cell: `cellCounts` where everybody weighs 1.
    func cellWeights(_ weights: [Double]) -> [Double] {
        var masses = [Double](repeating: 0, count: statements.count * 4)
        for row in people.indices {
            for place in starts[row]..<starts[row + 1] { masses[Int(cells[place])] += weights[row] }
        }
        return masses
    }
}
