extension Parity {
    /// From what at least to what at most.
    public struct Interval: Sendable, Hashable, Codable {
        public let low: Double
        public let high: Double

        public init(low: Double, high: Double) { (self.low, self.high) = (low, high) }
    }

    /// The same, exactly.
    public struct Bounds: Sendable, Hashable, Codable {
        public let low: Fraction
        public let high: Fraction
    }

    /// Between what the score would be if everyone still silent disagreed, and if they all agreed: [mean a_r/N_r, mean (a_r + N_r − n_r)/N_r],
    /// unsmoothed. The honest interval of a group in which everyone who could answer is known. Nil where that is not known, or where a
    /// perspective has nobody in it.
    public var census: Bounds? {
        let invited = perspectives.compactMap(\.invited).filter { $0 > 0 }
        guard invited.count == perspectives.count else { return nil }
        let members = zip(perspectives, invited)
        let low = members.reduce(Fraction.zero) { $0 + Fraction($1.0.agrees, $1.1) }
        let high = members.reduce(Fraction.zero) { $0 + Fraction($1.0.agrees + $1.1 - $1.0.answered, $1.1) }
        return Bounds(low: low / Fraction(perspectives.count), high: high / Fraction(perspectives.count))
    }

    /// The 90 % interval of an open call: simulated where some perspective has fewer than 5 answers, otherwise from matched moments.
    public func sample(seed: UInt64) -> Interval {
        perspectives.contains { $0.answered < 5 } ? simulated(seed: seed) : momentMatched
    }

    /// 5 % and 95 % of the Beta distribution with the score's mean and variance.
    public var momentMatched: Interval {
        let beta = BetaDistribution(mean: scoreValue, variance: varianceValue)
        return Interval(low: beta.quantile(0.05), high: beta.quantile(0.95))
    }

    /// 5 % and 95 % of `draws` scores with θ_r ~ Beta(a_r + 1, n_r − a_r + 1). The same seed gives the same interval.
    ///
    /// 10,000 draws leave each end uncertain by about 0.003; they take a few milliseconds.
    public func simulated(seed: UInt64, draws: Int = 10_000) -> Interval {
        var random = ParityRandom(seed: seed)
        var scores = (0..<max(1, draws)).map { _ in
            perspectives.reduce(0) { $0 + random.beta(Double($1.agrees + 1), Double($1.answered - $1.agrees + 1)) }
                / Double(perspectives.count)
        }
        scores.sort()
        return Interval(low: Self.quantile(0.05, of: scores), high: Self.quantile(0.95, of: scores))
    }

    /// Linear between the two nearest of `sorted`, which is not empty.
    private static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
        let place = probability * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
