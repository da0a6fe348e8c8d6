import Foundation
import HTTPTypes
import HouseSupport
import Kernel
import Projects
import Services
import Store
import TestSupport
import Testing

@Suite struct ProjectTests {
    private let settings = "/barnet-camhs/projects/stepped-model/settings"

    /// The whole form of the settings, with what a test changes.
    static func form(_ changes: [String: String] = [:]) -> [String: String] {
        let fields = [
            "title": "The stepped model", "slug": "stepped-model", "question": "What would make it better?", "about": "", "reflection": "",
            "phase": "design", "state": "open", "openness": "invited", "hear-within": "7", "hear-unit": "days", "discuss-within": "28",
            "discuss-unit": "days", "decide-within": "56", "decide-unit": "days", "reply-within": "5", "reply-unit": "working-days",
            "version": "1",
        ]
        return fields.merging(changes) { _, changed in changed }
    }

    @Test(arguments: Engine.all)
    func `An administrator adds a project and is led to its settings`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.administrator).post(
                "/barnet-camhs/projects/new",
                form: Self.form(["title": "News by phone", "slug": ""])
            )
            #expect(answer.location == "/barnet-camhs/projects/news-by-phone/settings?done=added")
            #expect(try await house.browser(.administrator).get(answer.location ?? "").status == 200)
        }
    }

    @Test(arguments: Engine.all)
    func `A project opens only once somebody answers people and somebody reads their worries`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let administrator = house.browser(.administrator)
            _ = try await house.db.write { tx in try tx.run("DELETE FROM duties WHERE duty IN ('safeguarding', 'facilitator')") }
            let form = Self.form(["title": "News by phone", "slug": ""])
            let refused = try await administrator.post("/barnet-camhs/projects/new", form: form)
            #expect(refused.status == 422)
            #expect(refused.text.contains("Nobody is facilitator here yet") && refused.text.contains("Nobody is safeguarding lead yet"))
            let planned = form.merging(["state": "planned"]) { _, new in new }
            #expect(try await administrator.post("/barnet-camhs/projects/new", form: planned).status == 303)
            let settings = "/barnet-camhs/projects/news-by-phone/settings"
            let opening = Self.form(["title": "News by phone", "slug": "news-by-phone"])
            #expect(try await administrator.post(settings, form: opening).status == 422)
            let (cast, now) = (house.cast, house.now)
            try await house.db.write { tx in
                for duty in [Duty.facilitator, .safeguarding] {
                    try tx.run(
                        """
                        INSERT INTO duties (person, duty, reach, reach_id, given_at)
                        VALUES (\(cast.person(.outsider)), \(duty), 'service', \(cast.service.text), \(now))
                        """
                    )
                }
            }
            #expect(try await administrator.post(settings, form: opening).status == 303)
            // What is open already stays so: its other settings can be changed.
            _ = try await house.db.write { tx in try tx.run("DELETE FROM duties WHERE duty = 'safeguarding'") }
            #expect(try await administrator.post(self.settings, form: Self.form()).status == 303)
        }
    }

    @Test(arguments: Engine.all)
    func `Settings are for those who set up or run the project`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            for who in Character.allCases {
                let status = try await house.browser(who).get(settings).status
                let expected = [.administrator, .facilitator].contains(who) ? 200 : who == .stranger ? 303 : 404
                #expect(status == expected, "\(who)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `A facilitator cannot add a project`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            #expect(try await house.browser(.facilitator).post("/barnet-camhs/projects/new", form: Self.form(["slug": "x"])).status == 404)
        }
    }

    @Test(arguments: Engine.all)
    func `New clocks are kept, and the trail says which`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post(
                settings,
                form: Self.form(["hear-within": "2", "hear-unit": "working-days"])
            )
            #expect(answer.status == 303)
            let id = house.cast.project
            let (clock, facts) = try await house.db.read { tx in
                (
                    try ProjectStore.find(id, tx).clocks.hear,
                    try tx.value("SELECT facts FROM trail WHERE what = 'project.changed' AND subject = \(id.text)", as: String.self)
                )
            }
            #expect(clock == Clock(2, .workingDays))
            #expect(facts?.contains("2 working-days") == true)
        }
    }

    @Test(arguments: Engine.all)
    func `A clock that is no number is refused, and the form keeps it`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post(
                settings,
                form: Self.form(["hear-within": "soon", "decide-within": "9999"])
            )
            #expect(answer.status == 422)
            #expect(answer.text.contains("value=\"soon\"") && answer.text.contains("value=\"9999\""))
        }
    }

    @Test(arguments: Engine.all)
    func `Two people who change a project see both texts side by side`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            #expect(try await house.browser(.facilitator).post(settings, form: Self.form(["question": "First?"])).status == 303)
            let second = try await house.browser(.administrator).post(settings, form: Self.form(["question": "Second?"]))
            #expect(second.status == 409)
            #expect(second.text.contains("First?") && second.text.contains("Second?"))
            let id = house.cast.project
            #expect(try await house.db.read { try ProjectStore.find(id, $0).question } == "First?")
        }
    }

    @Test(arguments: Engine.all)
    func `A project cannot take another's address in the same service`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post(settings, form: Self.form(["slug": "open-door"]))
            #expect(answer.status == 422)
        }
    }

    @Test(arguments: Engine.all)
    func `Everybody can read the honest level and why it is that one`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let activities = "/barnet-camhs/projects/stepped-model/activities"
            let refused = try await house.browser(.facilitator).post(
                activities,
                ["name": "Two evenings", "level": "consulting", "why": ""]
            )
            #expect(refused.status == 422)
            let added = try await house.browser(.facilitator).post(
                activities,
                ["name": "Two evenings", "level": "consulting", "why": "The plan was already made.", "who": "Parents"]
            )
            #expect(added.status == 303)
            let page = try await house.browser(.stranger).get(activities)
            #expect(page.status == 200)
            #expect(page.text.contains("The plan was already made."))
            #expect(!page.text.contains("<form method=\"post\" action=\"\(activities)\""))
            #expect(try await house.browser(.parent).post(activities, ["name": "Mine", "level": "informing", "why": "x"]).status == 404)
        }
    }

    @Test(arguments: Engine.all)
    func `Activities are ordered and changed by those who run the project`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let (deed, id) = (house.deed(.facilitator), house.cast.project)
            let second = try await house.db.write { tx in
                let project = try ProjectStore.find(id, tx)
                try ChangeActivities.add(ActivityDetails(name: "One", level: .consulting, why: "x"), to: project, by: deed, tx)
                return try ChangeActivities.add(ActivityDetails(name: "Two", level: .engaging, why: "y"), to: project, by: deed, tx)
            }
            let url = "/barnet-camhs/projects/stepped-model/activities/\(second.id)"
            #expect(try await house.browser(.facilitator).post(url + "/order").status == 303)
            let change: KeyValuePairs = ["name": "Two", "level": "co-producing", "why": "We did it together.", "version": "1"]
            #expect(try await house.browser(.facilitator).post(url, change).status == 303)
            #expect(
                try await house.browser(.facilitator).post(url, ["name": "Old", "level": "informing", "why": "z", "version": "1"]).status
                    == 409
            )
            let found = try await house.db.read { try ActivityStore.all(of: id, $0) }
            #expect(found.map(\.name) == ["Two", "One"])
            #expect(found.first?.level == .coProducing)
        }
    }
}

extension TestBrowser {
    /// Sends a form whose fields are only known while the test runs.
    func post(_ path: String, form fields: [String: String]) async throws -> TestAnswer {
        let body = try JSONEncoder().encode(fields.merging(["csrf": csrf]) { own, _ in own })
        return try await ask(
            .post,
            path,
            body: Array(body),
            headers: ["Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"]
        )
    }
}
