import Testing

@testable import EqualVoice

struct BetaTests {
    struct Point: Sendable {
        let a: Double
        let b: Double
        let x: Double
        let cumulative: Double
    }

    /// From mpmath 1.3 with 40 digits; shapes above 100 from scipy 1.17.
    static let points = [
        Point(a: 0.05, b: 0.05, x: 0.3, cumulative: 0.48021832800581023),
        Point(a: 0.5, b: 3, x: 0.01, cumulative: 0.18625375),
        Point(a: 1, b: 1, x: 0.25, cumulative: 0.25),
        Point(a: 3, b: 1, x: 0.9, cumulative: 0.72900000000000005),
        Point(a: 8.5, b: 6.25, x: 0.35, cumulative: 0.038696045520382316),
        Point(a: 2, b: 40, x: 0.1, cumulative: 0.92609558529282705),
        Point(a: 1, b: 31, x: 0.002, cumulative: 0.060175461950364594),
        Point(a: 300, b: 200, x: 0.62, cumulative: 0.8190699881577963),
        Point(a: 5000, b: 7000, x: 0.42, cumulative: 0.7706878535437831),
        Point(a: 100000, b: 50000, x: 0.667, cumulative: 0.6076878878550322),
        Point(a: 12, b: 0.3, x: 0.999, cumulative: 0.707710557062476),
    ]

    @Test(arguments: points) func `The incomplete beta function is within 1e-12`(it: Point) {
        #expect(BetaDistribution(a: it.a, b: it.b).cumulative(it.x).isNear(it.cumulative, within: 1e-12))
    }

    @Test(arguments: points) func `Its inverse leads back`(it: Point) {
        #expect(BetaDistribution(a: it.a, b: it.b).quantile(it.cumulative).isNear(it.x, within: 1e-11))
    }

    @Test(arguments: [0.001, 0.05, 0.5, 0.95, 0.999]) func `A quantile and its probability belong together, for any shape`(
        probability: Double
    ) {
        for a in [0.05, 0.7, 1, 2, 33, 1_000] {
            for b in [0.05, 1, 4, 500, 100_000] {
                let beta = BetaDistribution(a: a, b: b)
                let x = beta.quantile(probability)
                // Where the share is within a rounding of 1, neighbours of x already differ by more.
                if x < 1 - 1e-6 { #expect(beta.cumulative(x).isNear(probability, within: 1e-10), "\(a), \(b)") }
            }
        }
    }

    @Test func `Outside 0 and 1 there is nothing`() {
        let beta = BetaDistribution(a: 2, b: 3)
        #expect(beta.cumulative(-1) == 0 && beta.cumulative(2) == 1 && beta.quantile(0) == 0 && beta.quantile(1) == 1)
    }
}
