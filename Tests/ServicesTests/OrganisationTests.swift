import HouseSupport
import Kernel
import Services
import Store
import TestSupport
import Testing

@Suite struct OrganisationTests {
    @Test(arguments: Engine.all)
    func `An administrator of an empty installation is led to the first step`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            try await house.empty()
            let page = try await house.browser(.administrator).get("/organisation")
            #expect(page.status == 200)
            #expect(page.text.contains("href=\"/organisation/name\""))
            #expect(!page.text.contains("href=\"/organisation/services/new\""))
        }
    }

    @Test(arguments: Engine.all)
    func `Each step done leads to the next`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            try await house.empty()
            let browser = house.browser(.administrator)
            let named = try await browser.post("/organisation/name", ["name": "The Trust", "about": "", "version": "0"])
            #expect(named.location == "/organisation")
            #expect(try await browser.get("/organisation").text.contains("href=\"/organisation/services/new\""))
            let made = try await browser.post(
                "/organisation/services/new",
                ["name": "Barnet CAMHS", "summary": "Help for young minds.", "zone": "Europe/London", "perspectives": "young"]
            )
            #expect(made.location == "/barnet-camhs/settings?done=added")
            let page = try await browser.get("/organisation")
            #expect(page.text.contains("href=\"/barnet-camhs/projects/new\""))
            let perspectives = try await house.db.read { tx in
                try ServiceStore.perspectives(of: ServiceStore.find(slug: "barnet-camhs", tx).id, tx).all.map(\.key)
            }
            #expect(perspectives == ["young-people", "parents-and-carers", "friends-and-family", "clinicians", "peer-staff", "managers"])
        }
    }

    @Test(arguments: Engine.all)
    func `Only administrators know of the organisation's pages`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            for path in [
                "/organisation", "/organisation/name", "/organisation/services/new", "/barnet-camhs/settings",
                "/barnet-camhs/settings/perspectives",
            ] {
                for who in Character.allCases {
                    let status = try await house.browser(who).get(path).status
                    let expected = who == .administrator ? 200 : who == .stranger ? 303 : 404
                    #expect(status == expected, "\(who) at \(path)")
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `A facilitator cannot rename the organisation by sending the form`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post("/organisation/name", ["name": "Mine", "about": "", "version": "1"])
            #expect(answer.status == 404)
            #expect(try await house.db.read { try ServiceStore.organisationName($0) } == "The Trust")
        }
    }
}

extension TestHouse {
    /// Nothing but the administrator is left.
    func empty() async throws {
        let administrator = cast.person(.administrator)
        try await db.write { tx in
            for table: SQL in ["sessions", "members", "project_groups", "projects", "perspectives", "services", "organisation"] {
                try tx.run("DELETE FROM \(table)")
            }
            try tx.run("DELETE FROM duties WHERE person <> \(administrator)")
        }
    }
}
