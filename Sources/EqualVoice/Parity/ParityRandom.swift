/// Chance that can be repeated: the same seed gives the same draws on every machine. Steele, Lea and Flood's SplitMix64 (2014).
struct ParityRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Above 0 and below 1.
    mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    /// Marsaglia's polar method; the second of each pair is thrown away, which keeps this without a memory.
    mutating func normal() -> Double {
        while true {
            let (x, y) = (2 * unit() - 1, 2 * unit() - 1)
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * Elementary.logarithm(square) / square).squareRoot() }
        }
    }

    /// Marsaglia and Tsang (2000), for shapes of 1 or more.
    mutating func gamma(_ shape: Double) -> Double {
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let cube = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard cube > 0 else { continue }
            if Elementary.logarithm(unit()) < x * x / 2 + d - d * cube + d * Elementary.logarithm(cube) { return d * cube }
        }
    }

    /// A share drawn from Beta(a, b), both 1 or more.
    mutating func beta(_ a: Double, _ b: Double) -> Double {
        let (x, y) = (gamma(a), gamma(b))
        return x / (x + y)
    }
}
