import Testing

@testable import OpenReferral

@Suite struct Opening {
    static func schedule(
        _ freq: ORUK.Frequency,
        _ byday: String,
        _ opens: String,
        _ closes: String?,
        from: String? = nil,
        every: Double? = nil
    )
        -> ORUK.Schedule
    {
        var schedule = ORUK.Schedule(id: "s")
        schedule.freq = freq
        schedule.byday = byday
        schedule.opensAt = opens
        schedule.closesAt = closes
        schedule.dtstart = from
        schedule.interval = every
        return schedule
    }

    static func day(_ text: String) throws -> ORUK.Day { try #require(ORUK.Day(text)) }

    @Test func `A group on Tuesdays is on from its beginning until just before its end`() throws {
        let group = Self.schedule(.weekly, "TU", "19:00", "21:00")
        let tuesday = try Self.day("2026-03-10")
        #expect(group.isOpen(on: tuesday, at: 19 * 60) == true)
        #expect(group.isOpen(on: tuesday, at: 21 * 60) == false)
        #expect(group.isOpen(on: tuesday, at: 18 * 60 + 59) == false)
        #expect(group.isOpen(on: try Self.day("2026-03-11"), at: 19 * 60) == false)
    }

    @Test func `A night line is open after midnight of the day before`() throws {
        let line = Self.schedule(.weekly, "FR", "22:00", "06:00")
        #expect(line.isOpen(on: try Self.day("2026-03-14"), at: 5 * 60) == true)
        #expect(line.isOpen(on: try Self.day("2026-03-13"), at: 5 * 60) == false)
    }

    @Test func `The last Monday of a month is not the one before it`() throws {
        let meeting = Self.schedule(.monthly, "-1MO", "10:30", "12:00")
        #expect(meeting.isOpen(on: try Self.day("2026-03-30"), at: 11 * 60) == true)
        #expect(meeting.isOpen(on: try Self.day("2026-03-23"), at: 11 * 60) == false)
    }

    @Test func `Every second week is known only from its first day on`() throws {
        let unknown = Self.schedule(.weekly, "SA", "09:15", "12:15", every: 2)
        #expect(unknown.isOpen(on: try Self.day("2026-03-14"), at: 10 * 60) == nil)
        let known = Self.schedule(.weekly, "SA", "09:15", "12:15", from: "2026-03-07", every: 2)
        #expect(known.isOpen(on: try Self.day("2026-03-14"), at: 10 * 60) == false)
        #expect(known.isOpen(on: try Self.day("2026-03-21"), at: 10 * 60) == true)
    }

    @Test func `Days that no calendar has and times that no clock has are nothing`() {
        #expect(ORUK.Day("2026-02-30") == nil)
        #expect(ORUK.Schedule.minutes("25:00") == nil)
        #expect(ORUK.Schedule.minutes("0930") == 570)
        #expect(ORUK.Schedule.minutes("9:30:00") == 570)
    }

    @Test func `What others send untidily is read, and written tidily`() throws {
        let json = #"{"id":"a","name":"N","status":"active","minimum_age":"12","email":"","schedules":[],"maximum_age":null}"#
        let service = try ORUK.read(ORUK.Service.self, Array(json.utf8))
        #expect(service.minimumAge == 12 && service.email == nil && service.schedules == nil)
        #expect(String(decoding: try ORUK.bytes(service), as: UTF8.self) == #"{"id":"a","minimum_age":12,"name":"N","status":"active"}"#)
    }
}
