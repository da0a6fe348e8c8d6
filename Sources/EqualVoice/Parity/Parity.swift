/// How far people agree when every perspective weighs the same, whether two parents came or ten clinicians.
///
/// Perspectives, and so R, are fixed before answering opens. A figure is exact (`Fraction`) where the formula is rational, with a `Double`
/// beside it where pages show or sort by it. In the formulas a_r of the n_r who answered from
/// perspective r agree, R is how many perspectives there are, and one yes and one no are added to each (α = 1).
public struct Parity: Sendable, Hashable {
    /// One entry per perspective of the project, those not yet heard included.
    public let perspectives: [PerspectiveAnswers]

    /// - Throws: `ParityProblem.noPerspectives` for an empty list.
    public init(_ perspectives: [PerspectiveAnswers]) throws {
        guard !perspectives.isEmpty else { throw ParityProblem.noPerspectives }
        self.perspectives = perspectives
    }

    /// PoV = (1/R) Σ θ_r, the score shown first.
    public var score: Fraction { shares.reduce(.zero, +) / count }

    public var scoreValue: Double { perspectives.reduce(0) { $0 + $1.shareValue } / Double(perspectives.count) }

    /// G = (Π θ_r)^(1/R), by which statements are ranked: one perspective against it pulls it down. Never shown alone.
    public var consensus: Double {
        let logarithms = perspectives.reduce(0) { $0 + Elementary.logarithm($1.shareValue) }
        return Elementary.exponential(logarithms / Double(perspectives.count))
    }

    /// G^R = Π θ_r, for comparing exactly what has as many perspectives.
    public var consensusProduct: Fraction { shares.reduce(.one, *) }

    /// min_r θ_r: the perspective that agrees least.
    public var least: Fraction { shares.reduce(.one, min) }

    /// max_r θ_r − min_r θ_r: how far apart the perspectives are.
    public var spread: Fraction { shares.reduce(.zero, max) - least }

    /// (Σ a_r + 1) / (Σ n_r + 2): the same question with one person, one vote. Always shown beside the score.
    public var onePerson: Fraction {
        Fraction(perspectives.reduce(1) { $0 + $1.agrees }, perspectives.reduce(2) { $0 + $1.answered })
    }

    public var onePersonValue: Double { onePerson.value }

    /// (1/R²) Σ θ_r(1 − θ_r)/(n_r + 3): the variance of the score in an open call.
    public var variance: Fraction {
        perspectives.reduce(.zero) { $0 + $1.share * (.one - $1.share) / Fraction($1.answered + 3) } / (count * count)
    }

    public var varianceValue: Double {
        let sum = perspectives.reduce(0) { $0 + $1.shareValue * (1 - $1.shareValue) / Double($1.answered + 3) }
        return sum / Double(perspectives.count * perspectives.count)
    }

    /// n_eff = R² / Σ(1/n_r) over the perspectives heard: how many people, all counted alike, would be as sure. 0 where nobody is heard.
    public var effectiveAnswers: Fraction {
        let heard = perspectives.filter(\.isHeard)
        guard !heard.isEmpty else { return .zero }
        return Fraction(heard.count * heard.count) / heard.reduce(.zero) { $0 + Fraction(1, $1.answered) }
    }

    public var heard: Int { perspectives.count(where: \.isHeard) }

    /// Whether every perspective is heard. What is not complete ranks below what is.
    public var isComplete: Bool { perspectives.allSatisfy(\.isHeard) }

    private var shares: [Fraction] { perspectives.map(\.share) }

    private var count: Fraction { Fraction(perspectives.count) }
}

extension Parity {
    /// The places of `statements` in order of consensus: those that every perspective has answered first, then by G. Exact ties keep the
    /// order given, which is oldest first. All are of one project, so that R is the same.
    public static func ranked(_ statements: [Parity]) -> [Int] {
        let products = statements.map(\.consensusProduct)
        return statements.indices.sorted { a, b in
            guard statements[a].isComplete == statements[b].isComplete else { return statements[a].isComplete }
            return products[a] == products[b] ? a < b : products[a] > products[b]
        }
    }
}
