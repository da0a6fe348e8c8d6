import HTML
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@testable import People

@Suite struct JoinTests {
    @Test(arguments: Engine.all) func `A young person joins without a name, gets four words once, and comes back in with them`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let (_, path) = try await house.invite()
            let browser = house.browser(.stranger)
            let page = try await browser.get(path)
            #expect(page.status == 200)
            for words in [
                "Young people’s group", "The stepped model", "What would make it better?", "Barnet CAMHS", "Young people", "Facilitator",
                W.joinNameWords,
            ] {
                #expect(page.text.contains(words))
            }
            let sent = try await browser.post(path, ["naming": "none", "submission": try #require(page.field("submission"))])
            #expect(sent.status == 303)
            let joined = try await browser.follow(sent)
            let key = try #require(joined.key)
            #expect(key.split(separator: "-").count == 4)
            let me = try await browser.get("/me")
            #expect(me.text.contains("Young people’s group"))
            #expect(!me.text.contains(key))

            let phone = house.browser(.stranger)
            let typed = key.uppercased().replacing("-", with: ", ")
            #expect(try await phone.post("/key", ["key": typed]).location == "/me")
            #expect(try await phone.get("/me").text.contains("Young people’s group"))
            let rows = try await house.trail()
            #expect(rows.contains("group.joined"))
            #expect(!rows.contains(key))
        }
    }

    @Test(arguments: Engine.all) func `Looking at a link uses nothing up, joining does, and then it says that it is used`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (_, path) = try await house.invite(uses: 1)
            for _ in 0..<3 { #expect(try await house.browser(.stranger).get(path).status == 200) }
            #expect(try await house.browser(.stranger).post(path, ["naming": "none"]).status == 303)
            let late = try await house.browser(.stranger).get(path)
            #expect(late.status == 410)
            #expect(late.text.contains(W.groupLinkUsed))
            #expect(try await house.browser(.stranger).post(path, ["naming": "none"]).status == 410)
        }
    }

    @Test(arguments: Engine.all) func `The same form sent twice makes one person with one key`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (_, path) = try await house.invite()
            let before = try await house.count("SELECT COUNT(*) FROM people")
            let submission = try #require(try await house.browser(.stranger).get(path).field("submission"))
            @Sendable func join() async throws -> String? {
                let browser = house.browser(.stranger)
                let sent = try await browser.post(path, ["naming": "name", "name": "Bo", "submission": submission])
                return try await browser.follow(sent).key
            }
            async let one = join()
            async let two = join()
            let (first, second) = try await (one, two)
            #expect(first != nil)
            #expect(first == second)
            #expect(try await house.count("SELECT COUNT(*) FROM people") == before + 1)
            house.clock.turn(to: house.now.adding(minutes: 11))
            #expect(try await house.browser(.stranger).post(path, ["naming": "none", "submission": submission]).status == 410)
        }
    }

    @Test(arguments: Engine.all) func `The four words stay for fifteen minutes or until they are kept, in this browser alone`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let (_, path) = try await house.invite()
            let browser = house.browser(.stranger)
            let sent = try await browser.post(path, ["naming": "none"])
            let page = try await browser.follow(sent)
            let key = try #require(page.key)
            #expect(try await browser.follow(sent).key == key, "loading it again loses nothing")
            // Back, and the same form once more: no error, and the way to the words.
            let again = try await browser.post(path, ["naming": "none"])
            #expect(again.status == 200 && again.text.contains(W.joinMemberAlready) && again.text.contains(W.joinShowWords))
            #expect(
                try await house.db.read { tx in try tx.value("SELECT fresh_key FROM sign_ins WHERE fresh_key IS NOT NULL", as: String.self)
                }?.contains(key) == false
            )
            browser.csrf = try #require(page.field("csrf"))
            house.clock.turn(to: house.now.adding(minutes: 16))
            let late = try await browser.follow(sent)
            #expect(late.key == nil && late.text.contains(W.newKeyButton))
            let new = try await browser.follow(try await browser.post("/me/key"))
            #expect(new.key != nil && new.key != key)
            #expect(try await browser.post("/me/key/kept", ["then": "/me"]).location == "/me")
            #expect(try await browser.get("/me/key/fresh").key == nil)
        }
    }

    @Test(arguments: Engine.all) func `Ended, revoked and made-up links each have their own answer`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (revoked, path) = try await house.invite()
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in try RevokeInvitation.run(revoked.id, by: deed, tx) }
            #expect(try await house.browser(.stranger).get(path).text.contains(W.linkRevoked))
            let (_, other) = try await house.invite()
            house.clock.turn(days: 15)
            let ended = try await house.browser(.stranger).get(other)
            #expect(ended.status == 410)
            #expect(ended.text.contains(W.linkEnded))
            for made in ["/join/x", "/join/000000000000000000000000", "/join/%27%20OR%201=1"] {
                let dead = try await house.browser(.stranger).get(made)
                #expect(dead.status == 404 && dead.text.contains(W.inviteDeadHeading))
                #expect(try await house.browser(.stranger).post(made, ["naming": "none"]).status == 404)
            }
        }
    }

    @Test func `A link that opens nothing is refused before any work is done for it, and too many tries wait`() async throws {
        try await Engine.sqlite.withHouse { house in
            let (revoked, path) = try await house.invite()
            let deed = house.deed(.facilitator)
            try await house.db.write { tx in try RevokeInvitation.run(revoked.id, by: deed, tx) }
            var statuses: [Int] = []
            for _ in 0..<61 { statuses.append(try await house.browser(.stranger).post(path, ["naming": "none"]).status) }
            #expect(statuses.prefix(60).allSatisfy { $0 == 410 } && statuses.last == 429)
        }
    }

    @Test(arguments: Engine.all) func `On a shared tablet the parent is asked who it is, and the young person joins as themselves`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let (_, path) = try await house.invite()
            let tablet = house.browser(.parent)
            let page = try await tablet.get(path)
            // A parent in this project cannot become a young person in it.
            #expect(
                page.text.contains(W.otherPerspective(earlier: "Parents and carers", offered: "Young people").replacing("'", with: "&#39;"))
            )
            #expect(page.text.contains(W.joinOther))
            #expect(try await tablet.post(path).status == 403)
            let out = try await tablet.post("/sign-out", ["then": path])
            #expect(out.location == path)
            #expect(tablet.token == nil)
            #expect(try await tablet.post(path, ["naming": "none"]).status == 303)
            #expect(try await house.count("SELECT COUNT(*) FROM members WHERE perspective = 'young-people'") == 2)
        }
    }

    @Test(arguments: Engine.all) func `Somebody signed in joins as who they are, once, and keeps one perspective for ever`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (invitation, path) = try await house.invite(uses: 2, group: house.cast.parents, perspective: "friends-and-family")
            let outsider = house.browser(.outsider)
            #expect(try await outsider.get(path).text.contains(W.joinAs(name: "Outsider")))
            for _ in 0..<2 { #expect(try await outsider.post(path).location == "/barnet-camhs/projects/stepped-model") }
            #expect(try await house.db.read { tx in try InvitationStore.find(invitation.id, tx).usesLeft } == 1)
            #expect(try await outsider.get(path).text.contains(W.joinMemberAlready))
            let (_, other) = try await house.invite(group: house.cast.parents, perspective: "parents-and-carers")
            let person = house.cast.person(.outsider)
            _ = try await house.db.write { tx in try tx.run("UPDATE members SET left_at = 1 WHERE person = \(person)") }
            #expect(try await outsider.post(other).status == 403)
        }
    }

    @Test(arguments: Engine.all) func `A name that is asked for and not given is asked for again, hostile ones are shown as words`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let (_, path) = try await house.invite()
            #expect(
                try await house.browser(.stranger).post(path, ["naming": "name", "name": " "]).text.contains(
                    W.joinNameEmpty.replacing("’", with: "’")
                )
            )
            #expect(
                try await house.browser(.stranger).post(path, ["naming": "name", "name": String(repeating: "x", count: 61)]).status == 422
            )
            let browser = house.browser(.stranger)
            _ = try await browser.post(path, ["naming": "name", "name": "<img src=x onerror=alert(1)>\u{202e}\r\nBo"])
            let page = try await browser.get("/me")
            #expect(!page.text.contains("<img"))
            #expect(page.text.contains("&lt;img src=x onerror=alert(1)&gt; Bo"))
        }
    }

    @Test(arguments: Engine.all) func `Only those who run a group may invite to it, and only with its own perspective`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            for who in [Character.parent, .scribe, .youngPerson, .publisher, .safeguarding, .outsider] {
                let (deed, cast) = (house.deed(who), house.cast)
                await #expect(throws: Refusal.self) {
                    _ = try await house.db.write { tx in
                        try InviteToGroup.run(
                            group: cast.young,
                            project: cast.project,
                            perspective: "young-people",
                            uses: 1,
                            days: 1,
                            by: deed,
                            tx
                        ).0
                    }
                }
            }
            await #expect(throws: Problems.self) { _ = try await house.invite(perspective: "clinicians") }
            await #expect(throws: Problems.self) { _ = try await house.invite(uses: 0) }
            await #expect(throws: Problems.self) { _ = try await house.invite(uses: 501) }
        }
    }

    @Test(arguments: Engine.all) func `The first administrator comes by a link that is the same until it is used, and there is only one`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let base = try #require(house.site)
            let deed = Deed(by: .system("serve"), at: house.now)
            #expect(try await house.db.write { tx in try FirstAdministrator.offer(on: base, by: deed, tx) } == nil)
            _ = try await house.db.write { tx in try tx.run("DELETE FROM duties WHERE duty = 'administrator'") }
            let link = try #require(try await house.db.write { tx in try FirstAdministrator.offer(on: base, by: deed, tx) })
            #expect(try await house.db.write { tx in try FirstAdministrator.offer(on: base, by: deed, tx) } == link)
            let path = String(link.description.dropFirst(base.description.count))
            let browser = house.browser(.stranger)
            #expect(try await browser.get(path).text.contains(W.firstHeading))
            #expect(try await browser.post(path, ["email": "ada", "name": "", "password": "short"]).status == 422)
            let answer = try await browser.post(path, ["email": "Ada@Example.org", "name": "Ada", "password": TestHouse.password])
            #expect(answer.location == "/me?done=joined")
            #expect(try await browser.get("/organisation/people").status == 200)
            #expect(try await house.browser(.stranger).get(path).status == 410)
            #expect(try await house.db.write { tx in try FirstAdministrator.offer(on: base, by: deed, tx) } == nil)
        }
    }
}
