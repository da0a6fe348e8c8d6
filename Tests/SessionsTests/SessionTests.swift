import HTML
import HouseSupport
import Kernel
import Projects
import Services
import Store
import TestSupport
import Testing

@testable import Sessions

@Suite struct SessionTests {
    private let sessions = "/barnet-camhs/projects/stepped-model/sessions"

    @Test(arguments: Engine.all)
    func `A session offered at several times is several sessions`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post(
                sessions + "/new",
                [
                    "title": "Parents’ evening", "minutes": "90", "way": "in-person", "group": house.cast.parents.text,
                    "date1-day": "17", "date1-month": "3", "date1-year": "2026", "time1": "18:30",
                    "date3-day": "31", "date3-month": "3", "date3-year": "2026", "time3": "6.30pm",
                ]
            )
            #expect(answer.location == sessions)
            let id = house.cast.project
            let planned = try await house.db.read { try SessionStore.list(of: id, $0) }.filter { $0.title == "Parents’ evening" }
            // The second is after the clocks went forward: the same time on the wall is an hour earlier in UTC.
            #expect(planned.map(\.startsAt.iso).sorted() == ["2026-03-17T18:30:00Z", "2026-03-31T17:30:00Z"])
            let page = try await house.browser(.parent).get(sessions)
            #expect(page.text.contains("17 March 2026 at 6:30pm") && page.text.contains("31 March 2026 at 6:30pm"))
        }
    }

    @Test(arguments: Engine.all)
    func `What was typed wrong is said beside its field, and nothing is planned`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post(
                sessions + "/new",
                [
                    "title": "Half", "minutes": "0", "way": "in-person", "date1-day": "29", "date1-month": "3", "date1-year": "2026",
                    "time1": "01:30", "date2-day": "31", "date2-month": "2", "date2-year": "2026", "time2": "10:00",
                ]
            )
            #expect(answer.status == 422)
            for field in ["minutes", "time1", "date2"] { #expect(answer.text.contains("href=\"#\(field)\""), "\(field)") }
            #expect(answer.text.contains("value=\"01:30\""))
            let id = house.cast.project
            #expect(try await house.db.read { try SessionStore.list(of: id, $0) }.count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `Only those who run the project plan, change and write up`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let one = sessions + "/\(house.cast.session)"
            for who in Character.allCases where who != .facilitator {
                for path in [sessions + "/new", one + "/change", one + "/attendance"] {
                    let status = try await house.browser(who).get(path).status
                    #expect(status == (who == .stranger ? 303 : 404), "\(who) at \(path)")
                }
                let sent = try await house.browser(who).post(one + "/attendance", ["notes": "Mine", "version": "1"])
                #expect(sent.status == (who == .stranger ? 303 : 404), "\(who)")
            }
            let notes = try await house.db.read { try $0.values("SELECT notes FROM sessions", as: String.self) }
            #expect(notes == [""])
            for path in [sessions + "/new", one + "/change", one + "/attendance"] {
                #expect(try await house.browser(.facilitator).get(path).status == 200)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `The public learns who was there by perspective, and no number below ten`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let one = sessions + "/\(house.cast.session)"
            let written = try await house.browser(.facilitator).post(
                one + "/attendance",
                [
                    "people-young-people": "7", "people-clinicians": "12", "there-managers": "yes", "people-peer-staff": "3",
                    "notes": "A warm, open evening.", "version": "1",
                ]
            )
            #expect(written.location == one)
            func rows(_ who: Character) async throws -> [String: String] {
                let found = try await house.browser(who).get(one, json: true).json()["attendance"] as? [[String: String]] ?? []
                return Dictionary(uniqueKeysWithValues: found.map { ($0["perspective"] ?? "", $0["people"] ?? "") })
            }
            let few = "fewer than 10"
            #expect(
                try await rows(.stranger) == ["Young people": few, "Clinicians": "12", "Managers": "they were there", "Peer staff": few]
            )
            #expect(try await rows(.parent)["Young people"] == few)
            #expect(
                try await rows(.scribe) == [
                    "Young people": "7", "Clinicians": "12", "Managers": "they were there", "Peer staff": "fewer than 5",
                ]
            )
            #expect(try await rows(.youngPerson)["Peer staff"] == "3")
        }
    }

    @Test(arguments: Engine.all)
    func `Where it was and how it went stay in the room`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let (deed, id, cast) = (house.deed(.facilitator), house.cast.session, house.cast)
            try await house.db.write { tx in
                try WriteUpSession.run(
                    SessionStore.find(id, tx),
                    of: ProjectStore.find(cast.project, tx),
                    attendance: [Attendance(perspective: "young-people", people: 6)],
                    notes: "A warm evening.",
                    version: 1,
                    in: ServiceStore.find(cast.service, tx),
                    by: deed,
                    tx
                )
            }
            let one = sessions + "/\(id)"
            let room = try await house.browser(.youngPerson).get(one)
            #expect(room.text.contains("A warm evening.") && room.text.contains("The library"))
            for who: Character in [.stranger, .parent, .outsider] {
                for path in [one, one + "/calendar.ics"] {
                    let seen = try await house.browser(who).get(path)
                    #expect(seen.status == 200)
                    #expect(!seen.text.contains("A warm evening.") && !seen.text.contains("The library"), "\(who) at \(path)")
                }
            }
            #expect(!(try await house.browser(.stranger).get(one).text.contains("Young people’s group")))
        }
    }

    @Test(arguments: Engine.all)
    func `A session that has not begun cannot be written up`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let (deed, cast) = (house.deed(.facilitator), house.cast)
            await #expect(throws: Refusal.self) {
                try await house.db.write { tx in
                    let project = try ProjectStore.find(cast.project, tx)
                    let planned = try PlanSessions.run(
                        SessionDetails(title: "Soon"),
                        at: [deed.at.adding(days: 1)],
                        in: project,
                        by: deed,
                        tx
                    )
                    try WriteUpSession.run(
                        planned[0],
                        of: project,
                        attendance: [],
                        notes: "",
                        version: 1,
                        in: ServiceStore.find(cast.service, tx),
                        by: deed,
                        tx
                    )
                }
            }
        }
    }

    @Test(arguments: Engine.all)
    func `Two people who write up the same session see both texts`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = sessions + "/\(house.cast.session)/attendance"
            #expect(
                try await house.browser(.facilitator).post(url, ["people-clinicians": "2", "notes": "First", "version": "1"]).status == 303
            )
            let second = try await house.browser(.facilitator).post(url, ["people-clinicians": "3", "notes": "Second", "version": "1"])
            #expect(second.status == 409)
            #expect(second.text.contains("Clinicians: 2") && second.text.contains("Clinicians: 3"))
        }
    }

    @Test(arguments: Engine.all)
    func `A session cannot be for a group of another project`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let answer = try await house.browser(.facilitator).post(
                "/barnet-camhs/projects/open-door/sessions/new",
                [
                    "title": "Wrong", "minutes": "90", "way": "video", "group": house.cast.young.text,
                    "date1-day": "17", "date1-month": "3", "date1-year": "2026", "time1": "18:30",
                ]
            )
            #expect(answer.status == 422)
        }
    }

    @Test(arguments: Engine.all)
    func `A changed session keeps its address and its new time`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let one = sessions + "/\(house.cast.session)"
            let changed = try await house.browser(.facilitator).post(
                one + "/change",
                [
                    "title": "Young people’s session", "minutes": "60", "way": "video", "group": house.cast.young.text,
                    "date1-day": "1", "date1-month": "6", "date1-year": "2026", "time1": "16:00", "version": "1",
                ]
            )
            #expect(changed.location == one)
            #expect(try await house.browser(.youngPerson).get(one).text.contains("Monday 1 June 2026 at 4:00pm"))
        }
    }
}
