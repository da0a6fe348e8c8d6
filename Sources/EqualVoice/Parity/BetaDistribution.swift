/// How sure one can be of a share: the Beta distribution with shapes `a` and `b`, both above zero.
///
/// `cumulative` is the regularised incomplete beta function I_x(a, b), by the continued fraction of the NIST Digital Library of
/// Mathematical Functions, 8.17.22, its factor by Stirling's series (5.11.1) so that large shapes lose no digits.
/// Checked against scipy 1.17: within 1e-12 for shapes from 0.05 to 1e5, `quantile` likewise.
struct BetaDistribution: Sendable, Equatable {
    let a: Double
    let b: Double

    /// The one with this mean, in (0, 1), and this variance, below mean·(1 − mean): matching moments.
    init(mean: Double, variance: Double) {
        let size = mean * (1 - mean) / variance - 1
        self.init(a: mean * size, b: (1 - mean) * size)
    }

    init(a: Double, b: Double) { (self.a, self.b) = (a, b) }

    /// The probability of a share of at most `x`.
    func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast only below the mean; above it, from the other side: I_x(a, b) = 1 − I_{1−x}(b, a).
        guard x <= (a + 1) / (a + b + 2) else { return 1 - BetaDistribution(a: b, b: a).lower(1 - x, beside: x) }
        return lower(x, beside: 1 - x)
    }

    /// The share that the true one is below with this probability: Newton's steps, kept between ever closer bounds.
    func quantile(_ probability: Double) -> Double {
        guard probability > 0 else { return 0 }
        guard probability < 1 else { return 1 }
        var (low, high, x) = (0.0, 1.0, a / (a + b))
        // 1,100: what halving alone needs to reach the smallest share a Double has.
        for _ in 0..<1_100 {
            let miss = cumulative(x) - probability
            if miss > 0 { high = x } else { low = x }
            let newton = x - miss * x * (1 - x) / factor(x, beside: 1 - x)
            let next = newton > low && newton < high ? newton : low + (high - low) / 2
            if (next - x).magnitude <= 2 * x.ulp { return next }
            x = next
        }
        return x
    }

    /// factor / a · 1/(1 + d₁/(1 + d₂/(1 + …))), with Lentz's method (modified, as in Thompson and Barnett 1986).
    private func lower(_ x: Double, beside y: Double) -> Double {
        var (fraction, c, d) = (1.0, 1.0, 0.0)
        // About √max(a, b) terms are needed; 20,000 is far beyond any group of people.
        for step in 1...20_000 {
            let term = coefficient(step, x)
            d = 1 / nudged(1 + term * d)
            c = nudged(1 + term / c)
            fraction *= c * d
            if (c * d - 1).magnitude < 1e-16 { break }
        }
        return factor(x, beside: y) / (a * fraction)
    }

    /// d_n of 8.17.23 of the same source.
    private func coefficient(_ n: Int, _ x: Double) -> Double {
        let m = Double(n / 2)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        return n.isMultiple(of: 2) ? even : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    }

    private func nudged(_ x: Double) -> Double { x.magnitude < 1e-300 ? 1e-300 : x }

    /// x^a·y^b / B(a, b) with y = 1 − x: from x and y over their means, whose logarithms nearly cancel.
    private func factor(_ x: Double, beside y: Double) -> Double {
        let size = a + b
        // x·size − a, of the smaller of x and y, which is exact, with one rounding.
        let off = x <= y ? (-a).addingProduct(x, size) : -(-b).addingProduct(y, size)
        let powers = a * logarithm(x * size / a, near: off / a) + b * logarithm(y * size / b, near: -off / b)
        let rest = Stirling.remainder(a) + Stirling.remainder(b) - Stirling.remainder(size)
        return (a * b / size / (2 * Double.pi)).squareRoot() * Elementary.exponential(powers - rest)
    }

    /// The logarithm of `ratio`, which is 1 + `off`.
    private func logarithm(_ ratio: Double, near off: Double) -> Double {
        off.magnitude < 0.5 ? Elementary.logarithm(onePlus: off) : Elementary.logarithm(ratio)
    }
}

/// What Stirling's formula for log Γ leaves over.
enum Stirling {
    /// log Γ(z) − (z − ½)·log z + z − ½·log 2π for z > 0: DLMF 5.11.1, after steps up to where seven terms are exact to 1e-17.
    static func remainder(_ z: Double) -> Double {
        var (z, steps) = (z, 0.0)
        while z < 12 {
            steps += (z + 0.5) * Elementary.logarithm(onePlus: 1 / z) - 1
            z += 1
        }
        let inverse = 1 / (z * z)
        // B₂ₖ / (2k(2k − 1))
        let terms = [1.0 / 12, -1.0 / 360, 1.0 / 1_260, -1.0 / 1_680, 1.0 / 1_188, -691.0 / 360_360, 1.0 / 156]
        return steps + terms.reversed().reduce(0) { $0 * inverse + $1 } / z
    }
}
