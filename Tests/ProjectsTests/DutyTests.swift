import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@Suite struct DutyTests {
    private let people = "/barnet-camhs/projects/stepped-model/people"

    @Test(arguments: Engine.all)
    func `An administrator gives a duty for one project and takes it back`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let browser = house.browser(.administrator)
            let person = house.cast.person(.outsider)
            #expect(try await browser.post(people, ["person": person.text, "duty": "scribe"]).location == people)
            #expect(try await house.duties(of: person) == ["scribe project"])
            #expect(try await browser.get(people).text.contains("action=\"\(people)/\(person)/scribe/end\""))
            #expect(try await browser.post("\(people)/\(person)/scribe/end").location == people)
            #expect(try await house.duties(of: person) == [])
        }
    }

    @Test(arguments: Engine.all)
    func `Only administrators change who does what; facilitators and safeguarding leads see it, and who gave it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { (house: TestHouse) async throws in
            let person = house.cast.person(.outsider)
            for who in Character.allCases where who != .administrator {
                let expected = who == .stranger ? 303 : 404
                let shown = try await house.browser(who).get(people)
                let sent = try await house.browser(who).post(people, ["person": person.text, "duty": "scribe"]).status
                #expect(shown.status == ([.facilitator, .safeguarding].contains(who) ? 200 : expected) && sent == expected, "\(who)")
                #expect(!shown.text.contains("action=\"\(people)\""), "\(who)")
            }
            #expect(try await house.browser(.administrator).post(people, ["person": person.text, "duty": "moderator"]).status == 303)
            #expect(try await house.browser(.safeguarding).get(people).text.contains("by Administrator"))
            #expect(try await house.browser(.administrator).post("\(people)/\(person)/moderator/end").status == 303)
            #expect(try await house.duties(of: person) == [])
        }
    }

    @Test(arguments: Engine.all)
    func `Nobody gives themselves a duty that reads what people said`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let me = house.cast.person(.administrator)
            let browser = house.browser(.administrator)
            for duty in ["facilitator", "moderator", "scribe", "safeguarding"] {
                #expect(
                    try await browser.post(people, ["person": me.text, "duty": duty]).status == (duty == "safeguarding" ? 422 : 403),
                    "\(duty)"
                )
                let wide = try await browser.post("/organisation/people/\(me)/duties", ["duty": duty, "reach": "organisation"])
                #expect(wide.status == 403, "\(duty)")
            }
            #expect(try await browser.post(people, ["person": me.text, "duty": "publisher"]).status == 303)
        }
    }

    @Test(arguments: Engine.all)
    func `Nobody becomes safeguarding lead of one project: worries belong to a service`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let (browser, person) = (house.browser(.administrator), house.cast.person(.outsider))
            #expect(try await browser.get(people).text.contains("value=\"safeguarding\"") == false)
            let sent = try await browser.post(people, ["person": person.text, "duty": "safeguarding"])
            #expect(sent.status == 422 && sent.text.contains("lead for a whole service") && sent.hiddenProblems.isEmpty)
            let wide = "/organisation/people/\(person)/duties"
            let below = try await browser.post(wide, ["duty": "safeguarding", "reach": "project:\(house.cast.project)"])
            #expect(below.status == 422 && below.text.contains("lead for a whole service"))
            let invited = try await browser.post(
                "/organisation/people/invitations",
                ["name": "New", "email": "new@example.org", "duty": "safeguarding", "reach": "project:\(house.cast.project)"]
            )
            #expect(invited.status == 422)
            #expect(try await house.duties(of: person) == [])
            #expect(try await browser.post(wide, ["duty": "safeguarding", "reach": "service:\(house.cast.service)"]).status == 303)
            #expect(try await house.duties(of: person) == ["safeguarding service"])
        }
    }

    @Test(arguments: Engine.all)
    func `Nobody becomes an administrator of one project`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let sent = try await house.browser(.administrator).post(
                people,
                ["person": house.cast.person(.outsider).text, "duty": "administrator"]
            )
            #expect(sent.status == 404)
            #expect(try await house.browser(.administrator).post(people, ["person": "", "duty": ""]).status == 422)
        }
    }
}

extension TestHouse {
    fileprivate func duties(of person: PersonID) async throws -> [String] {
        try await db.read { tx in
            try tx.all("SELECT duty, reach FROM duties WHERE person = \(person)") { row in
                "\(try row.next() as String) \(try row.next() as String)"
            }
        }
    }
}
