import HouseSupport
import Kernel
import Services
import Store
import TestSupport
import Testing

@Suite struct ServiceTests {
    private let settings = "/barnet-camhs/settings"

    @Test(arguments: Engine.all)
    func `What was typed wrong is said and kept`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.administrator).post(
                settings,
                ["name": "", "slug": "desk", "summary": "Kept words", "zone": "Nowhere/Land", "phone": "x", "version": "1"]
            )
            #expect(answer.status == 422)
            for field in ["name", "slug", "zone", "phone"] {
                #expect(answer.text.contains("id=\"\(field)-problem\"") || answer.text.contains("#\(field)"), "\(field)")
            }
            #expect(answer.text.contains("Kept words"))
        }
    }

    @Test(arguments: Engine.all)
    func `Two people who change a service see both texts, and nothing is overwritten`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let fields: KeyValuePairs = [
                "name": "First", "slug": "barnet-camhs", "summary": "One.", "zone": "Europe/London", "version": "1",
            ]
            #expect(try await house.browser(.administrator).post(settings, fields).status == 303)
            let second = try await house.browser(.administrator).post(
                settings,
                ["name": "Second", "slug": "barnet-camhs", "summary": "Two.", "zone": "Europe/London", "version": "1"]
            )
            #expect(second.status == 409)
            #expect(second.text.contains("First") && second.text.contains("Second"))
            #expect(try await house.db.read { try ServiceStore.find(slug: "barnet-camhs", $0).name } == "First")
        }
    }

    @Test(arguments: Engine.all) func `A time zone that is not in the short list can be typed`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.administrator)
            func made(_ slug: String, _ zone: String) async throws -> TestAnswer {
                try await browser.post(
                    "/organisation/services/new",
                    [
                        "name": slug, "slug": slug, "summary": "Help.", "zone": "Europe/London", "other-zone": zone,
                        "perspectives": "young",
                    ]
                )
            }
            #expect(try await browser.get("/organisation/services/new").text.split(separator: "<option").count < 10)
            let wrong = try await made("far", "Far/Away")
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("href=\"#other-zone\""))
            let settings = try #require(try await made("paris", "Europe/Paris").location)
            let page = try await browser.get(settings).text
            #expect(page.contains("paris is added."))
            #expect(page.contains("What to do next"))
            #expect(page.contains("value=\"Europe/Paris\" selected"))
        }
    }

    @Test(arguments: Engine.all)
    func `A second service cannot have the same address`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let deed = house.deed(.administrator)
            await #expect(throws: Problems.self) {
                try await house.db.write { tx in
                    let details = ServiceDetails(name: "Barnet CAMHS", summary: "Again.")
                    try MakeService.run(details, perspectives: Perspectives.anyService, by: deed, tx)
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `A perspective in use can be renamed and not removed`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let browser = house.browser(.administrator)
            let renamed = try await browser.post(
                settings + "/perspectives/clinicians",
                ["label": "Therapists", "one": "therapist", "side": "staff", "version": "1"]
            )
            #expect(renamed.status == 303)
            #expect(try await browser.post(settings + "/perspectives/clinicians/removal").status == 403)
            #expect(try await browser.post(settings + "/perspectives/managers/removal").status == 303)
            let left = try await house.perspectives()
            #expect(left["clinicians"]?.label == "Therapists")
            #expect(left["managers"] == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `Perspectives are added at the end and move up`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let browser = house.browser(.administrator)
            let added = try await browser.post(settings + "/perspectives", ["label": "Teachers", "one": "teacher", "side": "staff"])
            #expect(added.status == 303)
            #expect(try await house.perspectives().all.last?.key == "teachers")
            #expect(try await browser.post(settings + "/perspectives/teachers/order").status == 303)
            #expect(try await house.perspectives().all.map(\.key).suffix(2) == ["teachers", "managers"])
            let twice = try await browser.post(settings + "/perspectives", ["label": "Teachers", "one": "teacher", "side": "staff"])
            #expect(twice.status == 422)
        }
    }

    @Test(arguments: Engine.all)
    func `Programs see in the settings what people see`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let json = try await house.browser(.administrator).get(settings, json: true).json()
            #expect((json["fields"] as? [String: String])?["name"] == "Barnet CAMHS")
        }
    }
}

extension TestHouse {
    func perspectives() async throws -> Perspectives {
        let service = cast.service
        return try await db.read { try ServiceStore.perspectives(of: service, $0) }
    }
}
