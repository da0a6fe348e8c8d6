import Kernel
import Opinion

/// Which statement somebody is asked about next: drawn, with those first that few have answered and that tell most.
public enum NextStatement {
    /// The priority of a statement that nobody has answered yet, from the same formula: (1/2 · 1 · 1/2 · 9)².
    static let unanswered = 81.0 / 16

    /// The weights of statements by their numbers. Without a map all weigh the same.
    public static func weights(of statements: [Int], _ map: RoundMap?) -> [Double] {
        guard let map else { return statements.map { _ in 1 } }
        let columns = Dictionary(map.matrix.statements.enumerated().map { (Int($0.element), $0.offset) }) { first, _ in first }
        return statements.map { number in columns[number].map { map.map.figures.priorities[$0] } ?? unanswered }
    }

    /// One of `statements`, each as likely as its weight says; nil of none.
    public static func draw<S>(_ statements: [S], weights: [Double], _ chance: Chance) -> S? {
        let total = weights.reduce(0, +)
        guard total > 0, total.isFinite else { return statements.first }
        // 53 bits: as many as a fraction can hold.
        let bits = chance.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 11
        var left = Double(bits) * 0x1p-53 * total
        for (statement, weight) in zip(statements, weights) {
            left -= weight
            if left < 0 { return statement }
        }
        return statements.last
    }

    /// The same draw for the same person with as many answers: looking again, or in a second window, asks about the same statement.
    static func chance(_ responder: Int, answered: Int) -> Chance {
        Chance { count in
            var random = SplitMix64(state: UInt64(truncatingIfNeeded: responder) &* 0x1_0000_0001 &+ UInt64(truncatingIfNeeded: answered))
            return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
        }
    }
}

/// Steele, Lea and Flood's generator (2014): good enough for whose turn it is, and the same everywhere.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
