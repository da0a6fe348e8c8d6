import Foundation
import HTML
import HTTPTypes
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing

@testable import Sessions

@Suite struct CalendarTests {
    @Test(arguments: Engine.all)
    func `A calendar file says when in UTC, and where to those who may come`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let url = "/barnet-camhs/projects/stepped-model/sessions/\(house.cast.session)/calendar.ics"
            let file = try await house.browser(.youngPerson).get(url)
            #expect(file.headers[.contentType] == "text/calendar; charset=utf-8")
            #expect(file.text.contains("DTSTART:20260309T100000Z\r\nDTEND:20260309T113000Z\r\n"))
            #expect(file.text.contains("LOCATION:The library\r\n"))
            #expect(file.text.contains("UID:\(house.cast.session)@heard.example\r\n"))
        }
    }

    @Test(arguments: Engine.all)
    func `Commas, line ends and long lines do not break the file`(engine: Engine) async throws {
        try await engine.withHouse { (house: TestHouse) async throws in
            let (deed, cast) = (house.deed(.facilitator), house.cast)
            let bytes = try await house.db.write { tx in
                let details = SessionDetails(
                    title: "Tea, cake; and \\ talk",
                    group: cast.young,
                    place: "First line\nEND:VEVENT " + String(repeating: "é", count: 80)
                )
                let session = try PlanSessions.run(details, at: [deed.at], in: ProjectStore.find(cast.project, tx), by: deed, tx)[0]
                return CalendarFile.bytes(session, place: session.place, about: nil, page: .path("/"), host: "x", now: deed.at)
            }
            let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(lines.contains("SUMMARY:Tea\\, cake\\; and \\\\ talk"))
            #expect(lines.filter { $0 == "END:VEVENT" }.count == 1)
            #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
        }
    }

    @Test(arguments: [
        ("16:30", 16, 30), ("4.30pm", 16, 30), ("4pm", 16, 0), ("12am", 0, 0), ("12.15 PM", 12, 15), ("00:00", 0, 0), ("9:05", 9, 5),
    ])
    func `A time is read as people write it`(typed: String, hour: Int, minute: Int) {
        let time = TimeOfDay(typed)
        #expect(time?.hour == hour && time?.minute == minute)
    }

    @Test(arguments: ["", "4", "24:00", "16:60", "13pm", "0am", "half past", "16:30:00", "-1:30", ":", "16:"])
    func `What is no time is not taken for one`(typed: String) { #expect(TimeOfDay(typed) == nil) }
}
