import Foundation
import HTTPTypes
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@testable import Web

@Suite struct NothingTypedIsLost {
    private let words = "It was the worst night.\r\nNobody <came> & \"nobody\" rang."
    private let say = "/barnet-camhs/projects/stepped-model/voices"

    private func post(_ browser: TestBrowser, _ path: String, csrf: String, headers: [String: String] = [:]) async throws -> TestAnswer {
        try await browser.post(
            path,
            [
                "words": words, "kind": "idea", "consent": "project", "reply-by": "receipt", "csrf": csrf,
                "submission": "mark-of-this-form-0001",
            ],
            headers: headers
        )
    }

    /// Every field of the form that sends it again, as a browser would send it.
    private func fields(_ page: TestAnswer) -> [String: String] {
        let signs = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
        return Dictionary(
            page.text.components(separatedBy: "<main")[1].matches(of: #/<input type="hidden" name="([^"]*)" value="([^"]*)">/#).map {
                found in
                let plain = ["&lt;", "&gt;", "&quot;", "&#39;", "&amp;"].reduce(String(found.2)) {
                    $0.replacingOccurrences(of: $1, with: signs[$1] ?? "")
                }
                return (String(found.1), plain)
            }
        ) { first, _ in first }
    }

    @Test(arguments: Engine.all) func `A form whose proof has run out comes back with a new one, and one press sends it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let browser = house.browser(.parent)
            let refused = try await post(browser, say, csrf: "of-yesterday")
            #expect(refused.status == 403 && refused.headers[.cacheControl] == "no-store")
            #expect(refused.text.contains("Nobody &lt;came&gt; &amp; &quot;nobody&quot; rang."))
            let kept = fields(refused)
            #expect(kept["words"] == words && kept["csrf"] == browser.csrf && kept["submission"] == "mark-of-this-form-0001")
            #expect(refused.text.contains("action=\"\(say)\""))
            #expect(try await voices(house) == 0)
            let sent = try await browser.post(say, KeyValuePairs(kept))
            #expect(sent.status == 303)
            #expect(try await voices(house) == 1)
        }
    }

    @Test func `Words that another site sends are not put behind our button`() async throws {
        try await Engine.sqlite.withHouse { house in
            let said: [[String: String]] = [["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "none"], ["Sec-Fetch-Site": "same-site"]]
            for headers in said {
                let refused = try await ask(house.browser(.parent), headers)
                #expect(refused.status == 403 && !refused.text.contains("worst night") && !refused.text.contains("Send it again"))
            }
            // A program, or a browser that says nothing.
            let silent = try await ask(house.browser(.parent), [:])
            #expect(silent.status == 403 && !silent.text.contains("worst night"))
            let old = try await ask(house.browser(.parent), ["Origin": "https://heard.example"])
            #expect(old.status == 403 && old.text.contains("worst night"))
        }
    }

    private func ask(_ browser: TestBrowser, _ headers: [String: String]) async throws -> TestAnswer {
        let type = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]
        let body = Array("csrf=wrong&words=the+worst+night".utf8)
        return try await browser.ask(.post, say, body: body, headers: type.merging(headers) { own, _ in own })
    }

    @Test(arguments: Engine.all) func `While the database is away the page holds all that was typed, and its marks`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let browser = house.browser(.parent)
            await house.db.close()
            for path in [say, "/worried"] {
                let away = try await post(browser, path, csrf: browser.csrf)
                #expect(away.status == 503 && away.headers[.cacheControl] == "no-store")
                let kept = fields(away)
                #expect(kept["words"] == words && kept["kind"] == "idea")
                #expect(
                    kept["csrf"] == browser.csrf && kept["submission"] == "mark-of-this-form-0001",
                    "what was saved after all is not done twice"
                )
                #expect(away.text.contains("Send it again"))
            }
        }
    }

    @Test func `Who was signed out while writing keeps what they wrote, and sends it once they are back`() async throws {
        try await Engine.sqlite.withHouse { house in
            let gone = house.browser(.parent)
            gone.token = "that-ended-long-ago"
            let refused = try await post(gone, "/me/name", csrf: "old")
            #expect(refused.status == 401 && refused.text.contains("worst night"))
            #expect(fields(refused)["words"] == words)
            #expect(refused.text.contains("href=\"/sign-in\""))
        }
    }

    @Test func `What is refused for good still shows what was written`() async throws {
        try await Engine.sqlite.withHouse { house in
            let refused = try await post(house.browser(.outsider), say, csrf: house.browser(.outsider).csrf)
            #expect([403, 404].contains(refused.status) && refused.text.contains("worst night"))
            #expect(!refused.text.contains("Send it again"))
        }
    }

    @Test func `Secrets never come back in a page`() async throws {
        try await Engine.sqlite.withHouse { house in
            await house.db.close()
            for (path, name) in [("/sign-in", "password"), ("/key", "key"), ("/sign-in/code", "code"), ("/me/password", "current")] {
                let away = try await house.browser(.parent).post(
                    path,
                    ["email": "a@example.org and more", "csrf": "x", name: "open sesame now"]
                )
                #expect(away.status == 503 && !away.text.contains("sesame") && !away.text.contains("and more"), "\(path)")
            }
        }
    }

    /// The names that passwords and codes are sent under: a new one must be added to `Typed.secrets`.
    @Test func `Every field of passwords is known as a secret`() async throws {
        try await Engine.sqlite.withHouse { house in
            let facilitator = house.cast.person(.facilitator)
            _ = try await house.db.write { tx in try tx.run("UPDATE people SET password = 'x' WHERE id = \(facilitator)") }
            for page in ["/sign-in", "/me/password"] {
                let browser = page == "/sign-in" ? house.browser(.stranger) : house.browser(.facilitator)
                let forms = try #require(try await browser.get(page, json: true).json()["forms"] as? [[String: Any]])
                let fields = forms.flatMap { $0["fields"] as? [[String: Any]] ?? [] }.filter { $0["kind"] as? String == "password" }
                #expect(!fields.isEmpty && fields.allSatisfy { Typed.secrets.contains($0["name"] as? String ?? "") }, "\(page)")
            }
        }
    }

    private func voices(_ house: TestHouse) async throws -> Int {
        try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices") }
    }
}

extension KeyValuePairs where Key == String, Value == String {
    /// As many as one form of these tests has.
    fileprivate init(_ fields: [String: String]) {
        self = [
            "words": fields["words"] ?? "", "kind": fields["kind"] ?? "", "consent": fields["consent"] ?? "",
            "reply-by": fields["reply-by"] ?? "", "csrf": fields["csrf"] ?? "", "submission": fields["submission"] ?? "",
        ]
    }
}
