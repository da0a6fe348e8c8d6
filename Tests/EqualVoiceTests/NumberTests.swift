import Testing

@testable import EqualVoice

struct NumberTests {
    static func random(_ dice: inout Dice, limbs: Int) -> WholeNumber {
        (0..<limbs).reduce(.zero) { number, _ in
            // Runs of ones and zeros are where carries and guesses go wrong.
            let limb = [Int.max, Int.min, 0, 1, Int(truncatingIfNeeded: dice.next())][dice.roll(0...4)]
            return number * WholeNumber(Int.max) + WholeNumber(limb)
        }
    }

    @Test(arguments: 1...40) func `Quotient times divisor and the rest make the number again`(seed: Int) {
        var dice = Dice(seed)
        for _ in 0..<50 {
            let (a, b) = (Self.random(&dice, limbs: dice.roll(1...6)).magnitude, Self.random(&dice, limbs: dice.roll(1...4)).magnitude)
            guard !b.isZero else { continue }
            let (quotient, remainder) = a.divided(by: b)
            #expect(quotient.times(b).plus(remainder) == a)
            #expect(remainder < b)
        }
    }

    @Test(arguments: 1...20) func `Arithmetic beyond an Int is that of Int128`(seed: Int) {
        var dice = Dice(seed)
        for _ in 0..<50 {
            let (a, b) = (Int(truncatingIfNeeded: dice.next()), Int(truncatingIfNeeded: dice.next()))
            let (x, y) = (WholeNumber(a), WholeNumber(b))
            #expect((x * y).description == (Int128(a) * Int128(b)).description)
            #expect((x + y).description == (Int128(a) + Int128(b)).description)
            #expect((x * y - x * x).description == (Int128(a) * Int128(b) - Int128(a) * Int128(a)).description)
            #expect((x * y < x * x) == (Int128(a) * Int128(b) < Int128(a) * Int128(a)))
        }
    }

    @Test func `What comes back into an Int is equal to it`() {
        let large = WholeNumber(Int.max) * WholeNumber(Int.max)
        #expect(large - large == .zero)
        #expect(large.divided(by: WholeNumber(Int.max)) == WholeNumber(Int.max))
        #expect((-WholeNumber(Int.min) - .one).int == Int.max)
        #expect(WholeNumber(Int.min).divided(by: WholeNumber(-1)).description == "9223372036854775808")
    }

    @Test(arguments: ["0", "-7", "1000000000000000000000000000000000000001", "-340282366920938463463374607431768211456"])
    func `Digits are read and written back`(text: String) { #expect(WholeNumber(text)?.description == text) }

    @Test(arguments: ["", "-", "1.5", "x", "1/0", "1/-2", "/", "1/2/3", "+1"]) func `What is no fraction is refused`(text: String) {
        #expect(Fraction(text) == nil)
    }

    @Test func `A fraction is in lowest terms with the sign above the line`() {
        #expect(Fraction(6, -8).description == "-3/4")
        #expect(Fraction("10/4")?.description == "5/2")
        #expect(Fraction(1, 3) + Fraction(1, 6) == Fraction(1, 2))
        #expect(Fraction(1, 3) / Fraction(-2, 3) == Fraction(-1, 2))
    }

    @Test func `A fraction of huge numbers still has a value`() throws {
        let huge = (0..<40).reduce(WholeNumber.one) { number, _ in number * WholeNumber(Int.max) }
        #expect(Fraction(huge + .one, huge * WholeNumber(3)).value.isNear(1.0 / 3, within: 1e-15))
    }

    @Test func `The least common multiple of sizes is exact beyond an Int`() {
        let primes = [999_983, 999_979, 999_961, 999_959]
        #expect(WholeNumber.leastCommonMultiple(primes).description == "999882004995910678570843")
        #expect(WholeNumber.leastCommonMultiple([4, 0, 6]) == WholeNumber(12))
    }
}
