import Foundation
import HTML
import HouseSupport
import Kernel
import Store
import Testing
import Web

@testable import People

extension TestHouse {
    static var password: String { "three brown teapots" }

    /// Gives somebody the password of these tests.
    func givePassword(_ who: Character) async throws {
        let digest = try await Passwords(cost: .tests).digest(of: Self.password, salt: Array(repeating: 1, count: 16))
        let person = cast.person(who)
        _ = try await db.write { tx in try tx.run("UPDATE people SET password = \(digest) WHERE id = \(person)") }
    }

    func signIn(_ browser: TestBrowser, _ email: String, _ password: String = password) async throws -> TestAnswer {
        try await browser.post("/sign-in", ["email": email, "password": password])
    }

    /// A link into the young people's group.
    func invite(uses: Int = 5, group: GroupID? = nil, perspective: String = "young-people") async throws -> (Invitation, path: String) {
        let (deed, cast) = (deed(.facilitator), cast)
        return try await db.write { tx in
            let (invitation, link) = try InviteToGroup.run(
                group: group ?? cast.young,
                project: cast.project,
                perspective: perspective,
                uses: uses,
                days: 14,
                by: deed,
                tx
            )
            return (invitation, link.description)
        }
    }

    func count(_ sql: SQL) async throws -> Int { try await db.read { tx in try tx.count(sql) } }

    /// Everything the trail says, in one string.
    func trail() async throws -> String {
        try await db.read { tx in
            try tx.all("SELECT actor, what, subject, facts FROM trail ORDER BY seq") { row in
                "\(try row.next() as String) \(try row.next() as String) \(try row.next() as String) \(try row.next() as String)"
            }.joined(separator: "\n")
        }
    }
}

extension TestBrowser {
    /// Takes the proof against forged forms from a page, as a real browser does by sending the page's form.
    func settle(_ path: String = "/me") async throws { csrf = try await get(path).field("csrf") ?? csrf }

    /// The page that an answer leads to.
    func follow(_ answer: TestAnswer) async throws -> TestAnswer { try await get(answer.location ?? "/") }
}

extension TestAnswer {
    /// The four words on the page.
    var key: String? {
        guard let start = text.range(of: "code-words\">") else { return nil }
        return text[start.upperBound...].split(separator: "<", maxSplits: 1).first.map { String($0) }
    }
}
