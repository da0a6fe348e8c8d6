import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Web

@testable import People

@Suite struct MeTests {
    @Test(arguments: Engine.all) func `A new key opens the door and the old one stops`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.youngPerson)
            func key(_ number: Int) async throws -> String? {
                try await browser.follow(browser.post("/me/key", ["submission": "aaaaaaaaaaaaaaaaaaaaaaaa\(number)"])).key
            }
            let first = try #require(try await key(1))
            // The same form again: the same words, so that a second press takes nothing away.
            #expect(try await key(1) == first)
            #expect(try await house.browser(.stranger).post("/key", ["key": first]).status == 303)
            let second = try #require(try await key(2))
            #expect(second != first)
            #expect(try await house.browser(.stranger).post("/key", ["key": first]).status == 422)
            #expect(try await house.browser(.stranger).post("/key", ["key": second]).status == 303)
            #expect(try await house.browser(.stranger).post("/me/key").status == 303)
            #expect(try await !house.trail().contains(second))
        }
    }

    @Test(arguments: Engine.all) func `A name is changed and taken away; staff keep one; an old form overwrites nothing`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let person = house.cast.person(.youngPerson)
            _ = try await house.db.write { tx in try tx.run("UPDATE people SET email = NULL WHERE id = \(person)") }
            let browser = house.browser(.youngPerson)
            let version = try #require(try await browser.get("/me/name").field("version"))
            #expect(try await browser.post("/me/name", ["name": "Bo", "version": version]).location == "/me?done=name")
            #expect(try await house.db.read { tx in try PeopleStore.name(of: person, tx) } == "Bo")
            let stale = try await browser.post("/me/name", ["name": "Robin", "version": version])
            #expect(stale.status == 409)
            #expect(stale.text.contains("Robin"))
            let newest = try #require(try await browser.get("/me/name").field("version"))
            _ = try await browser.post("/me/name", ["name": "", "version": newest])
            #expect(try await house.db.read { tx in try PeopleStore.name(of: person, tx) } == nil)
            #expect(try await house.browser(.facilitator).post("/me/name", ["name": " ", "version": "1"]).status == 422)
        }
    }

    @Test(arguments: Engine.all) func `Changing the password needs the old one and signs other browsers out`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let (here, there) = (house.browser(.stranger), house.browser(.stranger))
            for browser in [here, there] {
                _ = try await house.signIn(browser, "facilitator@example.org")
                try await browser.settle()
            }
            #expect(try await here.post("/me/password", ["current": "wrong", "password": "four green kettles"]).status == 422)
            #expect(try await here.post("/me/password", ["current": TestHouse.password, "password": "password1234"]).status == 422)
            #expect(try await here.post("/me/password", ["current": TestHouse.password, "password": "four green kettles"]).status == 303)
            #expect(try await here.get("/me").status == 200)
            #expect(try await there.get("/me").status == 303)
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org").status == 422)
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org", "four green kettles").status == 303)
        }
    }

    @Test(arguments: Engine.all) func `Two-step sign-in is set up with a code, its recovery codes work once each, and a password ends it`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let browser = house.browser(.facilitator)
            #expect(try await browser.post("/me/two-steps/begin").location == "/me/two-steps")
            let page = try await browser.get("/me/two-steps")
            #expect(page.text.contains("qr-ink"))
            let person = house.cast.person(.facilitator)
            let secret = try #require(try await house.db.read { tx in try TwoSteps.held(by: person, tx).secret })
            // Nothing has changed about signing in until a code has shown that it works.
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org").location == "/desk")
            #expect(try await browser.post("/me/two-steps", ["code": "123"]).status == 422)
            let code = OneTimeCode.code(Base32.bytes(of: secret), step: OneTimeCode.step(at: house.now))
            let submission = "bbbbbbbbbbbbbbbbbbbbbbbb1"
            let done = try await browser.post("/me/two-steps", ["code": code, "submission": submission])
            #expect(done.status == 200)
            let recovery = try #require(done.key)
            #expect(try await browser.post("/me/two-steps", ["code": code, "submission": submission]).key == recovery)

            let signingIn = house.browser(.stranger)
            _ = try await house.signIn(signingIn, "facilitator@example.org")
            #expect(
                try await signingIn.post("/sign-in/code", ["code": recovery.uppercased().replacing("-", with: " ")]).location == "/desk"
            )
            let again = house.browser(.stranger)
            _ = try await house.signIn(again, "facilitator@example.org")
            #expect(try await again.post("/sign-in/code", ["code": recovery]).status == 422)
            #expect(try await browser.get("/me").text.contains(W.twoStepsOn(n: 9)))

            #expect(try await browser.post("/me/two-steps/end", ["current": "wrong"]).status == 422)
            #expect(try await browser.post("/me/two-steps/end", ["current": TestHouse.password]).status == 303)
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org").location == "/desk")
        }
    }

    @Test(arguments: Engine.all) func `A closed account keeps nothing that names anybody, and opens no more`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.givePassword(.facilitator)
            let browser = house.browser(.facilitator)
            #expect(try await browser.post("/me/close").status == 422)
            #expect(try await browser.post("/me/close", ["sure": "yes"]).status == 200)
            #expect(browser.token == nil)
            #expect(try await house.signIn(house.browser(.stranger), "facilitator@example.org").status == 422)
            let person = house.cast.person(.facilitator)
            #expect(
                try await house.count(
                    "SELECT COUNT(*) FROM people WHERE id = \(person) AND name IS NULL AND email IS NULL AND password IS NULL AND closed_at IS NOT NULL"
                ) == 1
            )
            #expect(try await house.count("SELECT COUNT(*) FROM duties WHERE person = \(person)") == 0)
            #expect(try await house.browser(.administrator).post("/me/close", ["sure": "yes"]).status == 403)
        }
    }

    @Test(arguments: Engine.all) func `My page is mine: strangers are sent to sign in, its JSON shows what it shows`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            for path in ["/me", "/me/name", "/me/key", "/me/password", "/me/two-steps", "/me/close", "/sign-out"] {
                #expect(try await house.browser(.stranger).get(path).location == "/sign-in?then=" + path.replacing("/", with: "%2F"))
            }
            let json = try await house.browser(.parent).get("/me", json: true).json()
            #expect(json["name"] as? String == "Parent")
            #expect((json["groups"] as? [[String: Any]])?.first?["perspective"] as? String == "Parents and carers")
            #expect(json["csrf"] == nil)
        }
    }
}
