import HTTPTypes
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@testable import People

@Suite struct SignInTests {
    @Test(arguments: Engine.all) func `Staff sign in with email and password, and land on their desk`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let browser = house.browser(.stranger)
            let answer = try await house.signIn(browser, " Facilitator@Example.ORG ")
            #expect(answer.status == 303)
            #expect(answer.location == "/desk")
            #expect(answer.headers[.setCookie]?.contains("HttpOnly; SameSite=Lax") == true)
            #expect(try await browser.get("/me").status == 200)
        }
    }

    @Test(arguments: Engine.all) func `A wrong password and an unknown address are answered word for word alike`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            func page(_ email: String) async throws -> (Int, String) {
                let answer = try await house.signIn(house.browser(.stranger), email, "not the password")
                let text = answer.text.replacing(email, with: "").replacing(/name="submission" value="[^"]*"/, with: "")
                return (answer.status, text)
            }
            let (known, unknown) = (try await page("facilitator@example.org"), try await page("nobodyknows@example.org"))
            #expect(known == unknown)
            #expect(known.0 == 422)
            #expect(known.1.contains(W.signInWrong))
        }
    }

    @Test(arguments: Engine.all) func `After five wrong tries the account waits, even with the right password, and later opens`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            for _ in 0..<5 {
                #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org", "wrong wrong wrong").status == 422)
            }
            let waiting = try await house.signIn(house.browser(.stranger), "facilitator@example.org")
            #expect(waiting.status == 429)
            #expect(waiting.headers[.retryAfter].flatMap { Int($0) }.map { (1...30).contains($0) } == true)
            // The same for an address without an account: the wait tells nothing.
            for _ in 0..<5 { _ = try await house.signIn(house.browser(.stranger), "nobody@example.org") }
            #expect(try await house.signIn(house.browser(.stranger), "nobody@example.org").status == 429)
            house.clock.turn(to: house.now.adding(minutes: 1))
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org").status == 303)
        }
    }

    @Test(arguments: Engine.all) func `Who guesses from elsewhere does not lock the owner out, until it is very many`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            func guess(_ address: Int) async throws -> Int {
                let browser = house.browser(.stranger)
                browser.from = "198.51.100.\(address)"
                return try await house.signIn(browser, "facilitator@example.org", "wrong wrong wrong").status
            }
            for number in 0..<20 { #expect(try await guess(number / 4) == 422) }
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org").status == 303)
            for number in 0..<50 { #expect(try await guess(50 + number / 4) == 422) }
            #expect(try await guess(90) == 429)
        }
    }

    @Test(arguments: Engine.all) func `One address that guesses at many accounts waits too`(engine: Engine) async throws {
        try await engine.withHouse { house in
            var last = 0
            for number in 0..<21 { last = try await house.signIn(house.browser(.stranger), "guess\(number)@example.org").status }
            #expect(last == 429)
            let elsewhere = house.browser(.stranger)
            elsewhere.from = "198.51.100.4"
            #expect(try await house.signIn(elsewhere, "guess99@example.org").status == 422)
            #expect(try await house.count("SELECT COUNT(*) FROM tries WHERE bucket LIKE '%203.0%' OR bucket LIKE '%guess%'") == 0)
        }
    }

    @Test(arguments: Engine.all) func `A second step is asked for, and its code works once`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let secret = Array("12345678901234567890".utf8)
            let person = house.cast.person(.facilitator)
            _ = try await house.db.write { tx in
                try tx.run("UPDATE people SET totp = \(Base32.text(of: secret)), totp_on = 1 WHERE id = \(person)")
            }
            let browser = house.browser(.stranger)
            #expect(try await house.signIn(browser, "facilitator@example.org").location == "/sign-in/code")
            let half = browser.token
            // The password alone opens nothing.
            #expect(try await browser.get("/me").status == 303)
            #expect(try await browser.get("/sign-in/code").status == 200)
            #expect(try await browser.post("/sign-in/code", ["code": "000000"]).status == 422)
            let code = OneTimeCode.code(secret, step: OneTimeCode.step(at: house.now))
            #expect(try await browser.post("/sign-in/code", ["code": code]).location == "/desk")
            #expect(browser.token != half)
            #expect(try await browser.get("/me").status == 200)
            let other = house.browser(.stranger)
            _ = try await house.signIn(other, "facilitator@example.org")
            #expect(try await other.post("/sign-in/code", ["code": code]).status == 422)
        }
    }

    @Test(arguments: Engine.all) func `A second step that took too long begins again`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let person = house.cast.person(.facilitator)
            _ = try await house.db.write { tx in try tx.run("UPDATE people SET totp = 'GEZDGNBV', totp_on = 1 WHERE id = \(person)") }
            let browser = house.browser(.stranger)
            _ = try await house.signIn(browser, "facilitator@example.org")
            house.clock.turn(to: house.now.adding(minutes: 11))
            #expect(try await browser.get("/sign-in/code").status == 303)
        }
    }

    @Test(arguments: Engine.all) func `Signing in gives a new token, and the one from before opens nothing`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let browser = house.browser(.stranger)
            browser.token = "planted-by-somebody-else"
            _ = try await house.signIn(browser, "facilitator@example.org")
            #expect(browser.token != "planted-by-somebody-else")
            let planted = house.browser(.stranger)
            planted.token = "planted-by-somebody-else"
            #expect(try await planted.get("/me").status == 303)
        }
    }

    @Test(arguments: Engine.all) func `After signing in one goes on to a page of ours and never elsewhere`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            for (then, there) in [
                ("/barnet-camhs", "/barnet-camhs"), ("//evil.example", "/desk"), ("https://evil.example", "/desk"),
                ("/\\evil.example", "/desk"), ("/sign-out", "/desk"),
            ] {
                let answer = try await house.browser(.stranger).post(
                    "/sign-in",
                    ["email": "facilitator@example.org", "password": TestHouse.password, "then": then]
                )
                #expect(answer.location == there)
            }
        }
    }

    @Test(arguments: Engine.all) func `Signing out everywhere ends every browser, signing out here only this one`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let (one, two, three) = (house.browser(.stranger), house.browser(.stranger), house.browser(.stranger))
            for browser in [one, two, three] {
                _ = try await house.signIn(browser, "facilitator@example.org")
                try await browser.settle()
            }
            let tokens = [two.token, three.token]
            #expect(try await one.post("/sign-out").status == 303)
            #expect(one.token == nil)
            #expect(try await two.get("/me").status == 200)
            #expect(try await two.post("/sign-out", ["everywhere": "yes"]).status == 303)
            for token in tokens {
                let browser = house.browser(.stranger)
                browser.token = token
                #expect(try await browser.get("/me").status == 303)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `Staff are signed out after twelve idle hours, families after fourteen idle days, all after sixty days`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (staff, family) = (house.browser(.stranger), house.browser(.stranger))
            let (deed, cast) = (Deed(by: .stranger, at: house.now), house.cast)
            (staff.token, family.token) = try await house.db.write { tx in
                (
                    try SignInPerson.run(cast.person(.facilitator), by: deed, tx).token,
                    try SignInPerson.run(cast.person(.parent), by: deed, tx).token
                )
            }
            #expect(try await staff.get("/me").status == 200)
            house.clock.turn(to: house.now.adding(minutes: 12 * 60 + 1))
            #expect(try await staff.get("/me").status == 303)
            for _ in 0..<5 {
                #expect(try await family.get("/me").status == 200)
                // What keeps it fresh is written after the page was answered.
                let now = house.now
                for _ in 0..<200 where try await house.count("SELECT COUNT(*) FROM sign_ins WHERE seen_at = \(now)") == 0 {
                    try await Task.sleep(for: .milliseconds(10))
                }
                house.clock.turn(days: 13)
            }
            #expect(try await family.get("/me").status == 303)
        }
    }

    @Test(arguments: Engine.all) func `Only the demo lists people to become, and only there one can become them`(engine: Engine)
        async throws
    {
        for isDemo in [true, false] {
            try await engine.withHouse(isDemo: isDemo) { house in
                let deed = Deed(by: .system("demo"), at: house.now)
                let id = try await house.db.write { tx in
                    try PeopleStore.add(name: "Sam Reed", demo: "Facilitator – Inclusion Barnet", by: deed, tx)
                }
                let browser = house.browser(.stranger)
                let page = try await browser.get("/sign-in")
                #expect(page.text.contains("Facilitator – Inclusion Barnet") == isDemo)
                #expect(try await browser.post("/demo/become", ["person": id.text]).status == (isDemo ? 303 : 404))
                #expect(try await browser.get("/me").status == (isDemo ? 200 : 303))
                // Never somebody who is no demo person, the administrator least of all.
                #expect(
                    try await house.browser(.stranger).post("/demo/become", ["person": house.cast.person(.administrator).text]).status
                        == 404
                )
            }
        }
    }

    @Test(arguments: Engine.all) func `Huge, empty and hostile forms are answered and sign nobody in`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.stranger)
            let huge = String(repeating: "x", count: 100_000)
            for (email, password) in [
                ("", ""), (huge, huge), ("a@b.uk", huge), ("' OR 1=1 --", "' OR 1=1 --"), ("\"><script>alert(1)</script>", "x"),
            ] {
                let answer = try await house.signIn(browser, email, password)
                #expect(answer.status == 422)
                #expect(!answer.text.contains("<script>alert"))
                #expect(!answer.text.contains("value=\"x\""))
            }
            #expect(browser.token == nil)
        }
    }
}
