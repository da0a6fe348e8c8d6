import Foundation
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing

@Suite struct GroupTests {
    private let groups = "/barnet-camhs/projects/stepped-model/groups"

    @Test(arguments: Engine.all)
    func `A room exists only for its own group and those who run the project`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let room = groups + "/\(house.cast.young)"
            for who in Character.allCases {
                let status = try await house.browser(who).get(room).status
                let isKnown = [.administrator, .facilitator, .moderator, .youngPerson].contains(who)
                #expect(status == (isKnown ? 200 : 404), "\(who)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `An administrator sees how a room is arranged and nobody who is in it`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.parents)"
            let seen = try await house.browser(.administrator).get(url)
            #expect(!seen.text.contains("Other-Parent") && !seen.text.contains("/voices?group="))
            #expect(try await house.browser(.administrator).get(url, json: true).json()["members"] == nil)
            #expect(try await house.browser(.parent).get(url).text.contains("Other-Parent"))
        }
    }

    @Test(arguments: Engine.all)
    func `Somebody without a name is called what they are`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let page = try await house.browser(.facilitator).get(groups + "/\(house.cast.young)")
            #expect(page.text.contains("Young person") && !page.text.contains("Someone"))
        }
    }

    @Test(arguments: Engine.all)
    func `The names of groups are known within the project only`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            #expect(try await house.browser(.parent).get(groups).text.contains("Young people’s group"))
            for who: Character in [.stranger, .outsider] { #expect(try await house.browser(who).get(groups).status == 404, "\(who)") }
        }
    }

    @Test(arguments: Engine.all)
    func `A room of one project does not open under another's address`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = "/barnet-camhs/projects/open-door/groups/\(house.cast.young)"
            #expect(try await house.browser(.facilitator).get(url).status == 404)
        }
    }

    @Test(arguments: Engine.all)
    func `A facilitator adds a group, changes it and closes it`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let browser = house.browser(.facilitator)
            let url = try #require(try await browser.post(groups, ["name": "Thursday", "about": "", "perspective": "managers"]).location)
            let change = try await browser.post(
                url + "/settings",
                ["name": "Friday", "about": "", "perspective": "managers", "version": "1"]
            )
            #expect(change.location == url)
            #expect(try await browser.get(url).text.contains("Friday"))
            let stale = try await browser.post(url + "/settings", ["name": "Sunday", "about": "", "perspective": "", "version": "1"])
            #expect(stale.status == 409)
            #expect(try await browser.post(url + "/closing").status == 303)
            let late = try await browser.post(url + "/invitations", Self.invitation(for: "managers"))
            #expect(late.status == 410)
            #expect(try await house.browser(.parent).post(groups, ["name": "Mine"]).status == 404)
        }
    }

    @Test(arguments: Engine.all)
    func `An invitation has a link and a poster for those who may invite, and for nobody else`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let browser = house.browser(.facilitator)
            let url = groups + "/\(house.cast.young)"
            let made = try #require(try await browser.post(url + "/invitations", Self.invitation(for: "young-people")).location)
            let poster = try await browser.get(made)
            #expect(poster.status == 200)
            let link = try #require(try await browser.get(made, json: true).json()["link"] as? String)
            #expect(link.hasPrefix("https://heard.example/join/"))
            #expect(poster.text.contains("<svg") && poster.text.contains(link))
            #expect(!(try await browser.get(url).text.contains(link)))
            for who: Character in [.youngPerson, .moderator, .outsider] {
                #expect(try await house.browser(who).get(made).status == 404, "\(who)")
            }
            let local = String(link.dropFirst("https://heard.example".count))
            #expect(try await house.browser(.stranger).get(local).status == 200)
        }
    }

    @Test(arguments: Engine.all)
    func `An invitation can be stopped, by those who may invite`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.young)"
            let made = try #require(
                try await house.browser(.facilitator).post(url + "/invitations", Self.invitation(for: "young-people")).location
            )
            #expect(try await house.browser(.youngPerson).post(made + "/revocation").status == 404)
            #expect(try await house.browser(.facilitator).get(made).status == 200)
            #expect(try await house.browser(.facilitator).post(made + "/revocation").status == 303)
            #expect(try await house.browser(.facilitator).get(made).status == 410)
            let elsewhere = made.replacingOccurrences(of: "\(house.cast.young)", with: "\(house.cast.parents)")
            #expect(try await house.browser(.facilitator).get(elsewhere).status == 404)
        }
    }

    @Test(arguments: Engine.all)
    func `Closing a group stops its invitations`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.young)"
            let made = try #require(
                try await house.browser(.facilitator).post(url + "/invitations", Self.invitation(for: "young-people")).location
            )
            #expect(try await house.browser(.facilitator).post(url + "/closing").status == 303)
            #expect(try await house.browser(.facilitator).get(made).status == 410)
        }
    }

    @Test(arguments: Engine.all)
    func `Nobody is invited into a group of another perspective`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.young)/invitations"
            #expect(try await house.browser(.facilitator).post(url, Self.invitation(for: "clinicians")).status == 422)
        }
    }

    @Test(arguments: Engine.all)
    func `A member leaves by themselves, and the room closes behind them`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.parents)"
            #expect(try await house.browser(.parent).post(url + "/leaving").status == 303)
            #expect(try await house.browser(.parent).get(url).status == 404)
            #expect(try await house.browser(.outsider).post(url + "/leaving").status == 404)
        }
    }

    @Test(arguments: Engine.all)
    func `A facilitator takes somebody out with a reason, which the trail does not hold`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.parents)"
            let member = url + "/members/\(house.cast.person(.parent))"
            #expect(try await house.browser(.otherParent).post(member, ["why": "I say so"]).status == 404)
            #expect(try await house.browser(.administrator).post(member, ["why": "I say so"]).status == 404)
            #expect(try await house.browser(.facilitator).post(member, ["why": ""]).status == 422)
            #expect(try await house.browser(.facilitator).post(member, ["why": "Unkind words"]).status == 303)
            #expect(try await house.browser(.parent).get(url).status == 404)
            let (why, told) = try await house.db.read { tx in
                (
                    try tx.values("SELECT left_why FROM members WHERE left_why IS NOT NULL", as: String.self),
                    try tx.count("SELECT COUNT(*) FROM trail WHERE facts LIKE '%Unkind%'")
                )
            }
            #expect(why == ["Unkind words"])
            #expect(told == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `Who was taken out cannot come back by the same link, but by a new one`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.parents)"
            func link() async throws -> String {
                let made = try #require(
                    try await house.browser(.facilitator).post(url + "/invitations", Self.invitation(for: "parents-and-carers")).location
                )
                let whole = try #require(try await house.browser(.facilitator).get(made, json: true).json()["link"] as? String)
                return String(whole.dropFirst("https://heard.example".count))
            }
            let first = try await link()
            house.clock.turn(days: 1)
            let member = url + "/members/\(house.cast.person(.parent))"
            #expect(try await house.browser(.facilitator).post(member, ["why": "Unkind words"]).status == 303)
            #expect(try await house.browser(.parent).post(first).status == 410)
            #expect(try await house.browser(.stranger).post(first, ["naming": "none"]).status == 410, "nor as a newcomer")
            #expect(try await house.browser(.parent).get(url).status == 404)
            house.clock.turn(days: 1)
            #expect(try await house.browser(.parent).post(try await link()).status == 303)
            #expect(try await house.browser(.parent).get(url).status == 200)
        }
    }

    @Test(arguments: Engine.all)
    func `Nobody comes in by a link they made, nor takes a young person's place in a group they arrange`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = groups + "/\(house.cast.young)"
            for maker in [Character.administrator, .facilitator] {
                let made = try #require(
                    try await house.browser(maker).post(url + "/invitations", Self.invitation(for: "young-people")).location
                )
                let whole = try #require(try await house.browser(maker).get(made, json: true).json()["link"] as? String)
                let link = String(whole.dropFirst("https://heard.example".count))
                for who in [Character.administrator, .facilitator] {
                    #expect(try await house.browser(who).post(link).status == 403, "\(who)")
                    #expect(try await house.browser(who).get(link).status == 200, "\(who) is told why")
                }
            }
            let members = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM members WHERE perspective = 'young-people'") }
            #expect(members == 1)
        }
    }

    static func invitation(for perspective: String) -> KeyValuePairs<String, String> {
        ["perspective": perspective, "uses": "5", "days": "21"]
    }
}
