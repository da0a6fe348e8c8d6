import EqualVoice
import Testing

struct ParityTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let parity: Parity
        let expect: ParityFile.Expected
        var testDescription: String { "PoV \(expect.mean)" }
    }

    static let cases = GoldenData.parity.cases.map { Case(parity: parity($0.roles), expect: $0.expect) }

    /// Rows of [agrees, disagrees, passes, invited].
    static func parity(_ roles: [[Int]]) -> Parity {
        try! Parity(roles.map { try PerspectiveAnswers(agrees: $0[0], disagrees: $0[1], passes: $0[2], invited: $0[3]) })
    }

    @Test(arguments: cases) func `Every figure that is a fraction is the expected fraction`(it: Case) {
        #expect(it.parity.perspectives.map(\.share.description) == it.expect.theta)
        #expect(it.parity.score.description == it.expect.mean)
        #expect(it.parity.least.description == it.expect.min)
        #expect(it.parity.spread.description == it.expect.spread)
        #expect(it.parity.onePerson.description == it.expect.personTheta)
        #expect(it.parity.census.map { [$0.low.description, $0.high.description] } == it.expect.censusBounds)
    }

    @Test(arguments: cases) func `Every figure that is not is within the last digits`(it: Case) {
        #expect(it.parity.scoreValue.isNear(it.expect.meanF, within: 1e-15))
        #expect(it.parity.score.value.isNear(it.expect.meanF, within: 1e-15))
        #expect(it.parity.consensus.isNear(it.expect.geo, within: 1e-14))
        #expect(it.parity.variance.value.isNear(it.expect.var, within: 1e-14))
        #expect(it.parity.varianceValue.isNear(it.expect.var, within: 1e-14))
        #expect(it.parity.effectiveAnswers.value.isNear(it.expect.nEff, within: 1e-15))
    }

    @Test(arguments: cases) func `The interval from matched moments is within 1e-12`(it: Case) {
        let interval = it.parity.momentMatched
        #expect(interval.low.isNear(it.expect.ci90[0], within: 1e-12))
        #expect(interval.high.isNear(it.expect.ci90[1], within: 1e-12))
    }

    @Test(arguments: cases) func `The simulated interval is within a hundredth, whatever the seed`(it: Case) {
        for seed in [1, 2, 3] as [UInt64] {
            let interval = it.parity.simulated(seed: seed)
            #expect((interval.low - it.expect.mcCi90[0]).magnitude < 0.01)
            #expect((interval.high - it.expect.mcCi90[1]).magnitude < 0.01)
        }
    }

    @Test(arguments: cases) func `Who is heard is counted`(it: Case) {
        #expect(it.parity.heard == it.expect.rolesHeard)
        #expect(it.parity.isComplete == it.expect.complete)
    }
}

extension Double {
    func isNear(_ other: Double, within relative: Double) -> Bool {
        (self - other).magnitude <= relative * Swift.max(magnitude, other.magnitude)
    }
}

struct ParityEdgeTests {
    @Test func `Nobody heard from is one half everywhere, and no wiser`() {
        let parity = ParityTests.parity([[0, 0, 0, 2], [0, 0, 0, 10]])
        #expect(parity.score == Fraction(1, 2) && parity.onePerson == Fraction(1, 2) && parity.consensus == 0.5)
        #expect(parity.heard == 0 && parity.effectiveAnswers == .zero && !parity.isComplete)
        #expect(parity.census.map { [$0.low, $0.high] } == [.zero, .one])
    }

    @Test func `A perspective of one person weighs as much as one of thirty`() {
        #expect(ParityTests.parity([[1, 0, 0, 1], [0, 30, 0, 30]]).census?.low == Fraction(1, 2))
    }

    @Test func `Whoever passes counts as having answered`() throws {
        #expect(try PerspectiveAnswers(agrees: 1, disagrees: 0, passes: 2).share == Fraction(2, 5))
    }

    @Test func `A census needs to know who could answer`() throws {
        let open = try PerspectiveAnswers(agrees: 1, disagrees: 0)
        #expect(try Parity([open, PerspectiveAnswers(agrees: 1, disagrees: 0, invited: 2)]).census == nil)
        #expect(try Parity([PerspectiveAnswers(agrees: 0, disagrees: 0, invited: 0)]).census == nil)
    }

    @Test func `Counts that cannot be are refused`() {
        #expect(throws: ParityProblem.countOutOfRange) { try PerspectiveAnswers(agrees: -1, disagrees: 0) }
        #expect(throws: ParityProblem.countOutOfRange) { try PerspectiveAnswers(agrees: .max, disagrees: .max) }
        #expect(throws: ParityProblem.moreAnswersThanInvited) { try PerspectiveAnswers(agrees: 2, disagrees: 1, invited: 2) }
        #expect(throws: ParityProblem.noPerspectives) { try Parity([]) }
    }

    @Test func `A statement that some have not answered ranks below all that everyone has`() {
        let loved = ParityTests.parity([[0, 0, 0, 2], [10, 0, 0, 10]])
        let mixed = ParityTests.parity([[1, 1, 0, 2], [2, 8, 0, 10]])
        let liked = ParityTests.parity([[2, 0, 0, 2], [8, 2, 0, 10]])
        #expect(Parity.ranked([loved, mixed, liked, liked]) == [2, 3, 1, 0])
    }

    @Test func `One more who agrees moves score and consensus up, whoever it is`() {
        for seed in 1...50 {
            var dice = Dice(seed)
            let roles = (0..<dice.roll(1...6)).map { _ in [dice.roll(0...9), dice.roll(0...9), dice.roll(0...3), 40] }
            let place = dice.roll(0...roles.count - 1)
            var more = roles
            more[place][0] += 1
            let (before, after) = (ParityTests.parity(roles), ParityTests.parity(more))
            #expect(after.score > before.score && after.consensusProduct > before.consensusProduct && after.onePerson > before.onePerson)
        }
    }

    @Test func `The same seed gives the same interval, and few answers are simulated`() {
        let (few, many) = (ParityTests.parity([[2, 0, 0, 2], [3, 7, 0, 10]]), ParityTests.parity([[4, 1, 0, 6], [3, 7, 0, 10]]))
        #expect(few.sample(seed: 7) == few.simulated(seed: 7))
        #expect(few.simulated(seed: 7) != few.simulated(seed: 8))
        #expect(many.sample(seed: 7) == many.momentMatched)
    }
}
