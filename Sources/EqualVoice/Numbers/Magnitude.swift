/// The digits of a number beyond `Int`: limbs of 64 bits, the least first, no zero at the end.
struct Magnitude: Sendable, Hashable, Comparable {
    private(set) var limbs: [UInt]

    init(_ limb: UInt) { limbs = limb == 0 ? [] : [limb] }

    init(limbs: [UInt]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
    }

    var isZero: Bool { limbs.isEmpty }

    /// With its sign, as an `Int`, where it fits.
    func int(isNegative: Bool) -> Int? {
        guard limbs.count <= 1 else { return nil }
        let limb = limbs.first ?? 0
        return isNegative ? (limb <= Int.min.magnitude ? Int(truncatingIfNeeded: 0 &- limb) : nil) : Int(exactly: limb)
    }

    static func < (left: Magnitude, right: Magnitude) -> Bool {
        guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
        return left.limbs.reversed().lexicographicallyPrecedes(right.limbs.reversed())
    }

    func plus(_ other: Magnitude) -> Magnitude {
        var (sum, carry) = ([UInt](), UInt(0))
        for place in 0..<max(limbs.count, other.limbs.count) {
            let (partial, first) = limb(place).addingReportingOverflow(other.limb(place))
            let (total, second) = partial.addingReportingOverflow(carry)
            sum.append(total)
            carry = first || second ? 1 : 0
        }
        return Magnitude(limbs: sum + [carry])
    }

    /// `other` must not be greater.
    func minus(_ other: Magnitude) -> Magnitude {
        var (difference, borrow) = ([UInt](), UInt(0))
        for place in limbs.indices {
            let (partial, first) = limb(place).subtractingReportingOverflow(other.limb(place))
            let (total, second) = partial.subtractingReportingOverflow(borrow)
            difference.append(total)
            borrow = first || second ? 1 : 0
        }
        return Magnitude(limbs: difference)
    }

    func times(_ other: Magnitude) -> Magnitude {
        var product = [UInt](repeating: 0, count: limbs.count + other.limbs.count)
        for (place, limb) in limbs.enumerated() {
            var carry = UInt(0)
            for (step, factor) in other.limbs.enumerated() {
                (carry, product[place + step]) = Self.multiply(limb, factor, adding: product[place + step], and: carry)
            }
            product[place + other.limbs.count] = carry
        }
        return Magnitude(limbs: product)
    }

    /// a·b + c + d, which is at most 2¹²⁸ − 1.
    static func multiply(_ a: UInt, _ b: UInt, adding c: UInt, and d: UInt) -> (high: UInt, low: UInt) {
        let (high, low) = a.multipliedFullWidth(by: b)
        let (once, first) = low.addingReportingOverflow(c)
        let (twice, second) = once.addingReportingOverflow(d)
        return (high &+ (first ? 1 : 0) &+ (second ? 1 : 0), twice)
    }

    /// Long division. `divisor` must not be zero.
    func divided(by divisor: Magnitude) -> (quotient: Magnitude, remainder: Magnitude) {
        precondition(!divisor.isZero, "division by zero")
        guard divisor.limbs.count > 1 else { return divided(by: divisor.limbs[0]) }
        guard !(self < divisor) else { return (Magnitude(0), self) }
        return divided(byLong: divisor)
    }

    private func divided(by divisor: UInt) -> (quotient: Magnitude, remainder: Magnitude) {
        var (quotient, remainder) = (limbs, UInt(0))
        for place in limbs.indices.reversed() {
            (quotient[place], remainder) = divisor.dividingFullWidth((remainder, limbs[place]))
        }
        return (Magnitude(limbs: quotient), Magnitude(remainder))
    }

    func limb(_ place: Int) -> UInt { place < limbs.count ? limbs[place] : 0 }
}
