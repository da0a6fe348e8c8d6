import Kernel
import Testing

@testable import People

// Answers that others worked out: the authors' own tests of Argon2, and RFC 6238, 4648.

@Test(arguments: [
    (Passwords.Cost(kibibytes: 65_536, passes: 2, lanes: 1), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
    (Passwords.Cost(kibibytes: 256, passes: 2, lanes: 1), "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
])
func `Argon2id gives its authors' answers`(cost: Passwords.Cost, answer: String) throws {
    #expect(Hex.text(of: try Argon2.raw("password", salt: Array("somesalt".utf8), cost)) == answer)
}

@Test func `A digest says which method and which cost it was made with`() async throws {
    let digest = try await Passwords().digest(of: "three brown teapots", salt: Array(repeating: 7, count: 16))
    #expect(digest.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    // Checked by what stands in the digest: costs can be raised without locking anybody out.
    #expect(try await Passwords(cost: .tests).fits("three brown teapots", digest))
    #expect(try await !Passwords(cost: .tests).fits("three brown teapot", digest))
    #expect(try await !Passwords(cost: .tests).fits("three brown teapots", nil))
}

@Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"), (2_000_000_000, "69279037"),
    (20_000_000_000, "65353130"),
])
func `One-time codes are those of RFC 6238`(seconds: Int, code: String) {
    let step = OneTimeCode.step(at: Moment(milliseconds: Int64(seconds) * 1_000))
    #expect(OneTimeCode.code(Array("12345678901234567890".utf8), step: step, digits: 8) == code)
}

@Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
])
func `Base 32 is that of RFC 4648, there and back`(plain: String, text: String) {
    #expect(Base32.text(of: Array(plain.utf8)) == text)
    #expect(Base32.bytes(of: text) == Array(plain.utf8))
}

@Test func `A code works one step early and one step late, and never twice`() {
    let secret = Array("12345678901234567890".utf8)
    let now = Moment(milliseconds: 1_111_111_109_000)
    let step = OneTimeCode.step(at: now)
    for offset in Int64(-2)...2 {
        let accepted = OneTimeCode.accepted(OneTimeCode.code(secret, step: step + offset), secret: secret, at: now, after: 0)
        #expect((accepted == step + offset) == (abs(offset) <= 1))
    }
    #expect(OneTimeCode.accepted(OneTimeCode.code(secret, step: step), secret: secret, at: now, after: step) == nil)
}
