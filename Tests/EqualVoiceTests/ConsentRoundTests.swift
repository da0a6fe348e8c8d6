import EqualVoice
import Testing

struct ConsentRoundTests {
    static func consent(_ answers: [(Int, ConsentRound.Answer)], version: Int = 1, of newest: Int = 1) throws -> ConsentRound {
        try ConsentRound(
            Poll(answers.map { Cast(ConsentRound.Ballot($0.1, version: version), from: $0.0) }, perspectives: 2),
            version: newest
        )
    }

    @Test func `Adopted once every perspective has answered and nobody objects`() throws {
        let consent = try Self.consent([(0, .consent), (1, .concern("the bus stops at five")), (1, .standAside)])
        #expect(consent.state == .adopted)
        #expect(consent.concerns == ["the bus stops at five"])
        #expect(consent.summaries.map(\.answered) == [1, 2])
    }

    @Test func `It waits for a perspective that has not answered`() throws {
        #expect(try Self.consent([(0, .consent)]).state == .waiting(for: [1]))
        #expect(try Self.consent([]).state == .waiting(for: [0, 1]))
    }

    @Test func `One open objection stands against any number of consents`() throws {
        let answers: [(Int, ConsentRound.Answer)] =
            (0..<50).map { ($0 % 2, .consent) } + [(1, .objection("nobody asked the schools", .open))]
        #expect(try Self.consent(answers).state == .objected(["nobody asked the schools"]))
    }

    @Test func `An upheld objection ends this version`() throws {
        #expect(try Self.consent([(0, .consent), (1, .objection("it is not safe", .upheld))]).state == .upheld(["it is not safe"]))
    }

    @Test func `A changed proposal asks everyone again`() throws {
        let before = [(0, ConsentRound.Answer.consent), (1, .objection("too far away", .open))]
        #expect(try Self.consent(before, version: 1, of: 2).state == .waiting(for: [0, 1]))
        #expect(try Self.consent([(0, .consent), (1, .consent)], version: 2, of: 2).state == .adopted)
    }

    @Test(arguments: ["", "  \n"]) func `An objection needs a reason`(reason: String) {
        #expect(throws: BallotProblem.noReason(voter: 1)) { try Self.consent([(0, .consent), (1, .objection(reason, .open))]) }
    }
}
