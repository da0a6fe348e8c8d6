/// The two directions in which people differ most: the leading eigenvectors of SᵀWS, by the Lanczos method.
///
/// Each step costs one sweep over the answers and adds one vector of m numbers to an orthonormal basis in which the operator is tridiagonal;
/// the basis is kept orthogonal against all of itself, so no false copies arise (Parlett, The Symmetric Eigenvalue Problem, ch. 13).
/// It stops when the angle to the true eigenvectors is below 1e-11, judged by residual over gap.
struct Lanczos {
    /// How often the answers were swept so far.
    private(set) var sweeps = 0
    private let votes: CentredVotes
    private var sweep: CentredSweep
    private var covariance: Covariance?
    private let isKept: [Bool]
    private let dimension: Int
    private let answers: Int
    private let trace: Double
    private var basis: [[Double]] = []
    private var small = Tridiagonal()
    private var chance = SplitMix(seed: 0x6865_6172_6421)

    // More steps than this are restarted from the best so far; the longest basis is 300 vectors.
    private static let mostSteps = 300
    private static let mostRestarts = 20
    // Conversations with groups take 10 to 25 sweeps.
    private static let sweepsBeforeCovariance = 24

    init(_ votes: CentredVotes) {
        self.votes = votes
        sweep = CentredSweep(votes)
        dimension = votes.liveColumns
        trace = votes.trace()
        isKept = votes.isKept
        answers = votes.matrix.answerCount
    }

    /// At most two eigenpairs, eigenvalues falling; fewer where people differ in fewer directions.
    /// - Parameter near: what is likely to be close to the answer, such as the axes before an answer came in. It saves sweeps and changes nothing.
    mutating func leading(near: [[Double]]) -> [(value: Double, vector: [Double])] {
        guard dimension > 0, trace > 0 else { return [] }
        var start = self.start(near)
        var pairs: [(value: Double, vector: [Double])] = []
        for _ in 0...Self.mostRestarts {
            let isDone = extend(from: start)
            pairs = ritzPairs()
            if isDone { break }
            start = sum(pairs.map(\.vector))
        }
        return pairs.filter { $0.value > 1e-13 * trace }
    }

    private mutating func start(_ near: [[Double]]) -> [Double] {
        // A grain of chance beside what is near: an axis that was not there before must be found too.
        let grain = near.isEmpty ? 1 : 1e-6
        return sum(near + [randomVector().map { $0 * grain }])
    }

    /// Random in all live columns: no eigenvector is orthogonal to it but by incredible chance.
    private mutating func randomVector() -> [Double] {
        var vector = [Double](repeating: 0, count: isKept.count)
        for column in isKept.indices where isKept[column] { vector[column] = chance.unit() - 0.5 }
        return vector.unit
    }

    private func sum(_ vectors: [[Double]]) -> [Double] {
        vectors.reduce(into: [Double](repeating: 0, count: isKept.count)) { sum, vector in
            for column in sum.indices where isKept[column] { sum[column] += vector[column] }
        }
    }

    /// How many steps from one look to the next: looking costs as much for each basis vector as a step does for 600 answers, and most looks
    /// are in vain. Where steps are dear every one is followed by a look, where they are cheap the basis grows by a quarter at most.
    private var lookEvery: Int { min(max(1, 1_800 * basis.count / max(answers, 1)), max(2, basis.count / 4)) }

    /// Hardly any conversation is settled after so few steps that it would pay to look earlier where a look costs more than a step.
    private var firstLook: Int { answers < 600 * 12 ? 12 : 6 }

    /// Builds the basis until the leading pairs are settled (true) or it has become too long (false).
    private mutating func extend(from start: [Double]) -> Bool {
        basis = [start.unit]
        small = Tridiagonal()
        var nextLook = firstLook
        var isNew = false
        while true {
            var next = image(of: basis[basis.count - 1])
            small.diagonal.append(dot(next, basis[basis.count - 1]))
            subtract(small.diagonal[basis.count - 1], basis[basis.count - 1], from: &next)
            if basis.count > 1 { subtract(small.beside[basis.count - 2], basis[basis.count - 2], from: &next) }
            orthogonalise(&next)
            var length = dot(next, next).squareRoot()
            if basis.count >= dimension { return true }
            // An invariant subspace: what is left is rounding. Go on from somewhere new, so that repeated eigenvalues are found too.
            if length <= 1e-14 * trace {
                // A random newcomer that leads nowhere: the operator is a multiple of 1 on all that is left, there is nothing more to find.
                if isNew { return true }
                length = 0
                next = randomVector()
                for _ in 0..<2 { orthogonalise(&next) }
            }
            isNew = length == 0
            if basis.count >= nextLook {
                if length > 0, isSettled(length) { return true }
                nextLook += lookEvery
            }
            if basis.count >= Self.mostSteps { return false }
            small.beside.append(length)
            basis.append(next.unit)
        }
    }

    /// SᵀWS·x, by a sweep over the answers or, once that has gone on for long and it pays, over pairs of statements.
    private mutating func image(of x: [Double]) -> [Double] {
        if sweeps == Self.sweepsBeforeCovariance, covariance == nil, Covariance.pays(votes) { covariance = Covariance(votes) }
        if let covariance { return covariance.apply(x) }
        sweeps += 1
        return sweep.apply(x)
    }

    /// Takes every direction of the basis out of `vector`.
    private func orthogonalise(_ vector: inout [Double]) {
        for known in basis { subtract(dot(vector, known), known, from: &vector) }
    }

    /// Residual of a Ritz pair = next length × last entry of its small eigenvector; angle ≈ residual / gap to the neighbours.
    private func isSettled(_ length: Double) -> Bool {
        // While looking, nine digits do, and one for the third, of which only the gap is wanted: vectors come out exact all the same.
        let values = small.largest(halvings: [30, 30, 10])
        let mixes = small.eigenvectors(Array(values.prefix(2)))
        for place in mixes.indices {
            let residual = length * abs(mixes[place].last ?? 0)
            let gaps = [
                place > 0 ? values[place - 1] - values[place] : .infinity,
                values[place] - (place + 1 < values.count ? values[place + 1] : 0),
            ]
            let gap = gaps.min() ?? 0
            // 1e-15 of the largest eigenvalue is all that rounding leaves to be had.
            guard residual <= max(1e-11 * gap, 1e-15 * values[0]) else { return false }
        }
        return true
    }

    private func ritzPairs() -> [(value: Double, vector: [Double])] {
        let values = small.largest(halvings: [55, 55])
        return zip(values, small.eigenvectors(values)).map { value, mix in
            var vector = [Double](repeating: 0, count: isKept.count)
            for (known, share) in zip(basis, mix) {
                for column in vector.indices { vector[column] += share * known[column] }
            }
            return (value, vector.unit)
        }
    }
}
