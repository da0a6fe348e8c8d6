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
    func `Only administrators see who does what and change it`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let person = house.cast.person(.outsider)
            for who in Character.allCases where who != .administrator {
                let expected = who == .stranger ? 303 : 404
                let shown = try await house.browser(who).get(people).status
                let sent = try await house.browser(who).post(people, ["person": person.text, "duty": "scribe"]).status
                #expect(shown == expected && sent == expected, "\(who)")
            }
            #expect(try await house.duties(of: person) == [])
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
