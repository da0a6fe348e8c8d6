import App
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@testable import Trail

/// Whoever changes the record by hand is found, and the entry is named.
@Suite struct VerifyTests {
    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let statements: [SQL]
        let finding: VerifyTrail.Finding
    }

    static let tamperings = [
        Tampering(testDescription: "another actor", statements: ["UPDATE trail SET actor = 'x' WHERE seq = 4"], finding: .altered(seq: 4)),
        Tampering(testDescription: "another time", statements: ["UPDATE trail SET at = at + 1 WHERE seq = 4"], finding: .altered(seq: 4)),
        Tampering(testDescription: "other facts", statements: ["UPDATE trail SET facts = '{}' WHERE seq = 4"], finding: .altered(seq: 4)),
        Tampering(testDescription: "another digest", statements: ["UPDATE trail SET hash = 'x' WHERE seq = 4"], finding: .altered(seq: 4)),
        Tampering(testDescription: "the first one gone", statements: ["DELETE FROM trail WHERE seq = 1"], finding: .missing(seq: 1)),
        Tampering(testDescription: "one gone", statements: ["DELETE FROM trail WHERE seq = 4"], finding: .missing(seq: 4)),
        Tampering(
            testDescription: "the end cut off",
            statements: ["DELETE FROM trail WHERE seq > 7"],
            finding: .headDiffers(expected: 9, found: 7)
        ),
        Tampering(
            testDescription: "two swapped",
            statements: [
                "UPDATE trail SET seq = -1 WHERE seq = 4", "UPDATE trail SET seq = 4 WHERE seq = 5",
                "UPDATE trail SET seq = 5 WHERE seq = -1",
            ],
            finding: .outOfOrder(seq: 4)
        ),
        Tampering(
            testDescription: "one put in at the end",
            statements: [
                """
                INSERT INTO trail (seq, at, actor, what, subject_kind, subject, service, project, facts, before, hash)
                SELECT seq + 1, at, actor, what, subject_kind, subject, service, project, facts, hash, 'x' FROM trail WHERE seq = 9
                """
            ],
            finding: .altered(seq: 10)
        ),
    ]

    @Test(arguments: Engine.all, tamperings)
    func `Whatever was done to the trail by hand, the entry where it breaks is named`(engine: Engine, tampering: Tampering) async throws {
        try await engine.withDatabase(House.migrations) { db in
            try await db.write { tx in
                for number in 1...9 {
                    let deed = Deed(by: .system("test"), at: Moment(milliseconds: Int64(number)))
                    try Trail.record("tested", TrailSubject("test"), at: .organisation, facts: ["number": "\(number)"], by: deed, in: tx)
                }
            }
            let before = try await db.read { try VerifyTrail.run(in: $0, page: 4) }
            #expect(before.isWhole)
            try await db.write { tx in for statement in tampering.statements { try tx.run(statement) } }
            let after = try await db.read { try VerifyTrail.run(in: $0, page: 4) }
            #expect(after == tampering.finding)
            #expect(!after.isWhole)
        }
    }
}
