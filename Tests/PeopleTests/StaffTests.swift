import HTML
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Web

@testable import People

extension TestHouse {
    var site: SafeURL? { SafeURL(web: "https://heard.example") }
}

@Suite struct StaffTests {
    @Test(arguments: Engine.all) func `An administrator invites somebody, who joins by the link with a password`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let administrator = house.browser(.administrator)
            let fields: KeyValuePairs = [
                "name": "Kim Osei", "email": "Kim@Example.org", "duty": "scribe", "reach": "project:\(house.cast.project)",
            ]
            let made = try await administrator.post("/organisation/people/invitations", fields)
            let place = try #require(made.location)
            let shown = try await administrator.get(place, json: true).json()
            let link = try #require(shown["link"] as? String)
            #expect(link.hasPrefix("https://heard.example/join/"))
            // It can be looked at again, and the database does not hold it.
            let again = try await administrator.get(place, json: true).json()
            #expect(again["link"] as? String == link)
            let path = String(link.dropFirst("https://heard.example".count))
            #expect(try await house.count("SELECT COUNT(*) FROM invitations WHERE digest = \(String(path.dropFirst(6)))") == 0)

            let kim = house.browser(.stranger)
            let page = try await kim.get(path)
            #expect(page.text.contains("kim@example.org"))
            #expect(try await kim.post(path, ["name": "Kim Osei", "password": "kim@example.org"]).status == 422)
            #expect(try await kim.post(path, ["name": "Kim Osei", "password": TestHouse.password]).status == 303)
            #expect(try await kim.get("/me").text.contains("The stepped model"))
            #expect(try await house.browser(.stranger).get(path).status == 410)
            #expect(try await house.signIn(house.browser(.stranger), "kim@example.org").location == "/desk")
            #expect(try await administrator.post("/organisation/people/invitations", fields).status == 422)
            let trail = try await house.trail()
            #expect(trail.contains("person.joined"))
            #expect(!trail.lowercased().contains("kim"))
        }
    }

    @Test(arguments: Engine.all) func `Only administrators see and change who may do what`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let person = house.cast.person(.scribe)
            for who in Character.allCases where who != .administrator {
                let browser = house.browser(who)
                let no = who == .stranger ? 303 : 403
                for path in ["/organisation/people", "/organisation/people/invite", "/organisation/people/\(person)"] {
                    let answer = try await browser.get(path)
                    #expect(answer.status == no)
                }
                let grant: KeyValuePairs = ["duty": "administrator", "reach": "organisation"]
                let own = who == .stranger ? person : house.cast.person(who)
                let answer = try await browser.post("/organisation/people/\(own)/duties", grant)
                #expect(answer.status == no)
                let link = try await browser.post("/organisation/people/\(person)/password-link")
                #expect(link.status == no)
            }
            #expect(try await house.count("SELECT COUNT(*) FROM duties WHERE duty = 'administrator'") == 1)
        }
    }

    @Test(arguments: Engine.all) func `Duties are given once, taken back, and the last administrator stays`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let administrator = house.browser(.administrator)
            let person = house.cast.person(.clinician)
            let path = "/organisation/people/\(person)/duties"
            for _ in 0..<2 {
                #expect(
                    try await administrator.post(path, ["duty": "facilitator", "reach": "service:\(house.cast.service)"]).status == 303
                )
            }
            #expect(try await house.trail().split(separator: "\n").count { $0.contains("duty.given") } == 1)
            #expect(try await administrator.get("/organisation/people/\(person)").text.contains("Barnet CAMHS"))
            #expect(try await administrator.post(path, ["duty": "king", "reach": "project:nonsense"]).status == 422)
            #expect(try await administrator.post(path, ["duty": "scribe", "reach": "project:\(person)"]).status == 404)
            #expect(
                try await administrator.post(path + "/end", ["duty": "facilitator", "reach": "service:\(house.cast.service)"]).status == 303
            )
            #expect(try await house.count("SELECT COUNT(*) FROM duties WHERE person = \(person)") == 0)
            let own = "/organisation/people/\(house.cast.person(.administrator))/duties/end"
            let last = try await administrator.post(own, ["duty": "administrator", "reach": "organisation"])
            #expect(last.status == 403)
            #expect(last.text.contains(W.lastAdministrator))
        }
    }

    @Test(arguments: Engine.all) func `A lost password is replaced by a link that works once and signs others out`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.givePassword(.scribe)
            let administrator = house.browser(.administrator)
            let made = try await administrator.post("/organisation/people/\(house.cast.person(.scribe))/password-link")
            let place = try #require(made.location)
            let link = try #require(try await administrator.get(place, json: true).json()["link"] as? String)
            let path = String(link.dropFirst("https://heard.example".count))
            let scribe = house.browser(.stranger)
            #expect(try await scribe.get(path).text.contains(W.newPasswordHeading))
            #expect(try await scribe.post(path, ["password": "four green kettles"]).location == "/sign-in?done=password")
            #expect(try await scribe.post(path, ["password": "five green kettles"]).status == 410)
            #expect(try await house.browser(.scribe).get("/me").status == 303)
            #expect(try await house.signIn(scribe, "scribe@example.org").status == 422)
            #expect(try await house.signIn(scribe, "scribe@example.org", "four green kettles").status == 303)
        }
    }

    @Test(arguments: Engine.all) func `Families' accounts are not looked into on the staff pages`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let person = house.cast.person(.youngPerson)
            _ = try await house.db.write { tx in try tx.run("UPDATE people SET email = NULL WHERE id = \(person)") }
            #expect(try await house.browser(.administrator).get("/organisation/people/\(person)").status == 404)
        }
    }
}

@Suite struct PeoplePolicyTests {
    private let person: PersonID = ID(at: .now(), chance: .system)
    private let other: PersonID = ID(at: .now(), chance: .system)

    @Test func `The last administrator cannot be taken away, the last but one can`() throws {
        let grant = Grant(.administrator, .organisation)
        #expect(throws: Refusal.notAllowed(because: W.lastAdministrator)) {
            try PeoplePolicy.keepAnAdministrator(taking: grant, from: person, administrators: [person])
        }
        try PeoplePolicy.keepAnAdministrator(taking: grant, from: person, administrators: [person, other])
        try PeoplePolicy.keepAnAdministrator(taking: Grant(.scribe, .organisation), from: person, administrators: [person])
    }

    @Test func `A perspective stays what it was`() throws {
        try PeoplePolicy.join(with: "managers", earlier: nil) { $0 }
        try PeoplePolicy.join(with: "managers", earlier: "managers") { $0 }
        #expect(throws: Refusal.notAllowed(because: W.otherPerspective(earlier: "managers", offered: "clinicians"))) {
            try PeoplePolicy.join(with: "clinicians", earlier: "managers") { $0 }
        }
    }

    @Test func `A facilitator of one service invites there and not elsewhere`() throws {
        let (mine, theirs): (ServiceID, ServiceID) = (ID(at: .now(), chance: .system), ID(at: .now(), chance: .system))
        let actor = Actor.person(Someone(id: person, name: "Sam", grants: [Grant(.facilitator, .service(mine))]))
        try PeoplePolicy.invite(to: Place(service: mine), by: actor)
        #expect(throws: Refusal.notAllowed(because: W.onlyFacilitatorsInvite)) {
            try PeoplePolicy.invite(to: Place(service: theirs), by: actor)
        }
        #expect(throws: Refusal.signIn) { try PeoplePolicy.invite(to: Place(service: mine), by: .stranger) }
    }
}
