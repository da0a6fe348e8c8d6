/// A whole number of any size, so that no count is ever rounded, however many people answer.
///
/// Small ones are an `Int`; only what would overflow is kept in limbs. Equal numbers have equal storage.
public struct WholeNumber: Sendable, Hashable {
    enum Storage: Sendable, Hashable {
        case small(Int)
        /// Beyond `Int`, either way.
        case large(isNegative: Bool, Magnitude)
    }

    let storage: Storage

    public static let zero = WholeNumber(0)
    public static let one = WholeNumber(1)

    public init(_ value: Int) { storage = .small(value) }

    init(isNegative: Bool, _ magnitude: Magnitude) {
        storage = magnitude.int(isNegative: isNegative).map { .small($0) } ?? .large(isNegative: isNegative, magnitude)
    }

    /// The number as an `Int`, where it fits.
    public var int: Int? { if case .small(let value) = storage { value } else { nil } }

    public var isZero: Bool { storage == .small(0) }

    public var isNegative: Bool {
        switch storage {
        case .small(let value): value < 0
        case .large(let isNegative, _): isNegative
        }
    }

    var magnitude: Magnitude {
        switch storage {
        case .small(let value): Magnitude(value.magnitude)
        case .large(_, let magnitude): magnitude
        }
    }
}

extension WholeNumber {
    public static func + (left: WholeNumber, right: WholeNumber) -> WholeNumber {
        if let a = left.int, let b = right.int {
            let (sum, overflow) = a.addingReportingOverflow(b)
            if !overflow { return WholeNumber(sum) }
        }
        let (a, b) = (left.magnitude, right.magnitude)
        guard left.isNegative != right.isNegative else { return WholeNumber(isNegative: left.isNegative, a.plus(b)) }
        return a < b ? WholeNumber(isNegative: right.isNegative, b.minus(a)) : WholeNumber(isNegative: left.isNegative, a.minus(b))
    }

    public static prefix func - (number: WholeNumber) -> WholeNumber {
        WholeNumber(isNegative: !number.isNegative, number.magnitude)
    }

    public static func - (left: WholeNumber, right: WholeNumber) -> WholeNumber { left + -right }

    public static func * (left: WholeNumber, right: WholeNumber) -> WholeNumber {
        if let a = left.int, let b = right.int {
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            if !overflow { return WholeNumber(product) }
        }
        return WholeNumber(isNegative: left.isNegative != right.isNegative, left.magnitude.times(right.magnitude))
    }

    public static func += (left: inout WholeNumber, right: WholeNumber) { left = left + right }

    /// The quotient, rounded towards zero. `divisor` must not be zero.
    public func divided(by divisor: WholeNumber) -> WholeNumber {
        // -1 apart, since Int.min / -1 overflows.
        if let a = int, let b = divisor.int, b != -1 { return WholeNumber(a / b) }
        return WholeNumber(isNegative: isNegative != divisor.isNegative, magnitude.divided(by: divisor.magnitude).quotient)
    }

    /// The greatest number that divides both, never negative; Euclid's.
    public static func greatestCommonDivisor(_ a: WholeNumber, _ b: WholeNumber) -> WholeNumber {
        var (a, b) = (a.magnitude, b.magnitude)
        while !b.isZero { (a, b) = (b, a.divided(by: b).remainder) }
        return WholeNumber(isNegative: false, a)
    }

    /// The least number that each of `numbers` divides; 1 for none. Zeros are left out.
    public static func leastCommonMultiple(_ numbers: some Sequence<Int>) -> WholeNumber {
        numbers.filter { $0 != 0 }.map { WholeNumber($0) }.reduce(.one) { $0.divided(by: greatestCommonDivisor($0, $1)) * $1 }
    }
}

extension WholeNumber: Comparable {
    public static func < (left: WholeNumber, right: WholeNumber) -> Bool {
        if let a = left.int, let b = right.int { return a < b }
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.magnitude < left.magnitude : left.magnitude < right.magnitude
    }
}
