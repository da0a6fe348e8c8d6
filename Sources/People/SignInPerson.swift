import Kernel
import Store
import Web

/// Signs somebody in on one browser, once something has shown that it is them.
public enum SignInPerson {
    /// - Parameter before: the digest of the cookie that this browser had until now, which stops working.
    /// - Returns: the token for the browser's cookie, and how it is signed in.
    @discardableResult
    public static func run(_ person: PersonID, insteadOf before: String? = nil, by deed: Deed, _ tx: Transaction) throws -> (
        token: String, signIn: SignIn
    ) {
        let (token, signIn) = try SignIns.begin(person, .whole, insteadOf: before, by: deed, tx)
        return (token, signIn)
    }

    /// The same as an answer of a route: the cookie, and who is there now.
    static func answer(_ answer: Answer, _ person: PersonID, insteadOf before: String?, by deed: Deed, _ tx: Transaction) throws -> Answer {
        let (token, signIn) = try run(person, insteadOf: before, by: deed, tx)
        var answer = answer
        answer.cookie = .set(token: token, days: SignIns.longestDays)
        answer.arrival = (.person(try PeopleStore.someone(person, tx)), signIn)
        return answer
    }
}

/// The second step of signing in, and its recovery codes.
enum TwoSteps {
    /// What is kept of somebody's second step.
    struct Held: Sendable {
        let secret: String?
        let isOn: Bool
        let last: Int64
    }

    static func held(by person: PersonID, _ tx: Transaction) throws -> Held {
        let held = try tx.first("SELECT totp, totp_on, totp_last FROM people WHERE id = \(person)") { row in
            Held(secret: try row.next(), isOn: try row.next(), last: try row.next())
        }
        return held ?? Held(secret: nil, isOn: false, last: 0)
    }

    /// True where `typed` is the code of now or a recovery code; either then never works again.
    static func use(_ typed: String, of person: PersonID, _ installation: Installation, at now: Moment, _ tx: Transaction) throws -> Bool {
        let held = try held(by: person, tx)
        guard let secret = held.secret else { return false }
        if let step = OneTimeCode.accepted(typed, secret: Base32.bytes(of: secret), at: now, after: held.last) {
            return try tx.run("UPDATE people SET totp_last = \(step) WHERE id = \(person) AND totp_last < \(step)") == 1
        }
        let digest = digest(ofRecoveryCode: typed, person, installation)
        return try tx.run("UPDATE recovery_codes SET used_at = \(now) WHERE person = \(person) AND digest = \(digest) AND used_at IS NULL")
            == 1
    }

    /// Ten codes such as `k7m2p-9qxra`: 50 bits each. The same for the same form, so that pressing twice shows the codes that count.
    static func recoveryCodes(for person: PersonID, _ seed: String, _ installation: Installation) -> [String] {
        (0..<10).map { number in
            let letters = CodeLetters.text(of: installation.code("recovery-codes", "\(person) \(number) \(seed)").prefix(10))
            return letters.prefix(5) + "-" + letters.suffix(5)
        }
    }

    static func digest(ofRecoveryCode typed: String, _ person: PersonID, _ installation: Installation) -> String {
        Hex.text(of: installation.code("recovery-code", "\(person) \(CodeLetters.read(String(typed.prefix(100))))"))
    }

    static func keep(_ codes: [String], of person: PersonID, _ installation: Installation, _ tx: Transaction) throws {
        try tx.run("DELETE FROM recovery_codes WHERE person = \(person)")
        for code in codes {
            try tx.run(
                "INSERT INTO recovery_codes (person, digest) VALUES (\(person), \(digest(ofRecoveryCode: code, person, installation)))"
            )
        }
    }

    static func codesLeft(_ person: PersonID, _ tx: Transaction) throws -> Int {
        try tx.count("SELECT COUNT(*) FROM recovery_codes WHERE person = \(person) AND used_at IS NULL")
    }
}
