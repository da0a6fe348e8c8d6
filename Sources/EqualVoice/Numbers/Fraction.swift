/// An exact fraction in lowest terms, so that what decides is never a rounding: "13/24".
///
/// It cannot overflow: above and below the line stand `WholeNumber`s. `value` is the nearest `Double` (within one unit in the last place).
public struct Fraction: Sendable, Hashable {
    public let numerator: WholeNumber
    /// Always above zero.
    public let denominator: WholeNumber

    public static let zero = Fraction(0)
    public static let one = Fraction(1)

    public init(_ whole: Int) { self.init(WholeNumber(whole)) }

    public init(_ whole: WholeNumber) { (numerator, denominator) = (whole, .one) }

    /// - Precondition: `denominator` is not zero.
    public init(_ numerator: Int, _ denominator: Int) { self.init(WholeNumber(numerator), WholeNumber(denominator)) }

    /// - Precondition: `denominator` is not zero.
    public init(_ numerator: WholeNumber, _ denominator: WholeNumber) {
        precondition(!denominator.isZero, "a fraction of zero")
        let common = WholeNumber.greatestCommonDivisor(numerator, denominator)
        let sign = denominator.isNegative ? -common : common
        self.numerator = numerator.divided(by: sign)
        self.denominator = denominator.divided(by: sign)
    }

    public static func + (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator)
    }

    public static prefix func - (fraction: Fraction) -> Fraction { Fraction(-fraction.numerator, fraction.denominator) }

    public static func - (left: Fraction, right: Fraction) -> Fraction { left + -right }

    public static func * (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.numerator, left.denominator * right.denominator)
    }

    /// - Precondition: `right` is not zero.
    public static func / (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.denominator, left.denominator * right.numerator)
    }

    /// The fraction as a `Double`.
    public var value: Double {
        let (above, below) = (numerator.scaled, denominator.scaled)
        let ratio = above.significand / below.significand
        return Double(sign: numerator.isNegative ? .minus : .plus, exponent: above.exponent - below.exponent, significand: ratio)
    }
}

extension Fraction: Comparable {
    public static func < (left: Fraction, right: Fraction) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }
}

extension Fraction: LosslessStringConvertible, Codable {
    /// "13/24", "-1/2" or "3"; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let above = WholeNumber(String(parts[0])) else { return nil }
        guard let below = parts.count == 2 ? WholeNumber(String(parts[1])) : .one, below > .zero else { return nil }
        self.init(above, below)
    }

    public var description: String { denominator == .one ? "\(numerator)" : "\(numerator)/\(denominator)" }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let fraction = Fraction(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A fraction is written like 13/24.")
        }
        self = fraction
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension WholeNumber {
    /// The size as significand · 2^exponent, whatever the size.
    var scaled: (significand: Double, exponent: Int) {
        let limbs = magnitude.limbs
        guard let top = limbs.last else { return (0, 0) }
        guard limbs.count > 1 else { return (Double(top), 0) }
        // Two limbs hold 65 bits or more: all that a Double can show.
        let significand = Double(top) * 0x1p64 + Double(limbs[limbs.count - 2])
        return (significand, 64 * (limbs.count - 2))
    }
}
