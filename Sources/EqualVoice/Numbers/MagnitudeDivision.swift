extension Magnitude {
    /// Knuth, The Art of Computer Programming, volume 2, section 4.3.1, algorithm D: guess each limb of the quotient from the two leading limbs.
    func divided(byLong divisor: Magnitude) -> (quotient: Magnitude, remainder: Magnitude) {
        let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
        let by = divisor.shiftedLeft(shift)
        var rest = shiftedLeft(shift).limbs
        rest += [UInt](repeating: 0, count: limbs.count + 1 - rest.count)
        var quotient = [UInt](repeating: 0, count: limbs.count - divisor.limbs.count + 1)
        for place in quotient.indices.reversed() {
            quotient[place] = Self.takeAway(by.limbs, from: &rest, at: place)
        }
        return (Magnitude(limbs: quotient), Magnitude(limbs: rest).shiftedRight(shift))
    }

    /// The largest limb q for which q·divisor fits into `rest` from `place` on; takes that away.
    private static func takeAway(_ divisor: [UInt], from rest: inout [UInt], at place: Int) -> UInt {
        let top = place + divisor.count
        let lead = divisor[divisor.count - 1]
        var guess = rest[top] < lead ? lead.dividingFullWidth((rest[top], rest[top - 1])).quotient : UInt.max
        // With a divisor whose top bit is set the guess is at most 2 too high (theorem B there).
        while !subtract(divisor, times: guess, from: &rest, at: place) { guess -= 1 }
        return guess
    }

    /// rest −= guess·divisor at `place`; puts it back and says false where that goes below zero.
    private static func subtract(_ divisor: [UInt], times guess: UInt, from rest: inout [UInt], at place: Int) -> Bool {
        let before = rest[place...place + divisor.count]
        var (carry, borrow) = (UInt(0), UInt(0))
        for step in 0...divisor.count {
            let part = multiply(step < divisor.count ? divisor[step] : 0, guess, adding: carry, and: 0)
            carry = part.high
            let (once, first) = rest[place + step].subtractingReportingOverflow(part.low)
            let (twice, second) = once.subtractingReportingOverflow(borrow)
            rest[place + step] = twice
            borrow = first || second ? 1 : 0
        }
        if borrow == 1 { rest.replaceSubrange(before.indices, with: before) }
        return borrow == 0
    }

    private func shiftedLeft(_ bits: Int) -> Magnitude {
        guard bits > 0 else { return self }
        return Magnitude(
            limbs: (0...limbs.count).map { place in
                limb(place) << UInt(bits) | (place > 0 ? limb(place - 1) >> UInt(UInt.bitWidth - bits) : 0)
            }
        )
    }

    private func shiftedRight(_ bits: Int) -> Magnitude {
        guard bits > 0 else { return self }
        return Magnitude(limbs: limbs.indices.map { limb($0) >> UInt(bits) | limb($0 + 1) << UInt(UInt.bitWidth - bits) })
    }
}
