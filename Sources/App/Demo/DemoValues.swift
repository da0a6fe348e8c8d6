import Foundation
import Kernel

/// A day and a time of day in a demo file: `2026-02-03 10:30`.
struct DemoTime: Codable, Comparable {
    /// The clock on the wall, as if it stood in Greenwich.
    let wall: Date

    init(wall: Date) { self.wall = wall }

    init(from decoder: any Decoder) throws {
        wall = try DemoWall.read("yyyy-MM-dd HH:mm", decoder, "a day and a time such as 2026-02-03 10:30")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wall.formatted(.iso8601))
    }

    func adding(minutes: Int) -> DemoTime { DemoTime(wall: wall.addingTimeInterval(Double(minutes) * 60)) }

    static func < (left: DemoTime, right: DemoTime) -> Bool { left.wall < right.wall }
}

/// A day in a demo file: `2026-03-10`.
struct DemoDay: Codable {
    let wall: Date

    init(from decoder: any Decoder) throws { wall = try DemoWall.read("yyyy-MM-dd", decoder, "a day such as 2026-03-10") }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wall.formatted(.iso8601))
    }

    var begin: DemoTime { DemoTime(wall: wall) }
    var noon: DemoTime { begin.adding(minutes: 12 * 60) }
    var end: DemoTime { begin.adding(minutes: 24 * 60 - 1) }
}

private enum DemoWall {
    static func read(_ format: String, _ decoder: any Decoder, _ wanted: String) throws -> Date {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = format
        guard let date = formatter.date(from: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not \(wanted)")
        }
        return date
    }
}

/// How many came, or `not counted`.
struct DemoHeadcount: Codable {
    let people: Int?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            people = number
        } else if try container.decode(String.self) == "not counted" {
            people = nil
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither a number nor 'not counted'")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(people.map { "\($0)" } ?? "not counted")
    }
}

/// Words over several lines of a demo file: a line end is a space, an empty line begins a new paragraph.
struct DemoProse: Codable {
    let words: String

    init(from decoder: any Decoder) throws {
        let raw = try decoder.singleValueContainer().decode(String.self)
        words = raw.components(separatedBy: "\n\n")
            .map { $0.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ") }
            .filter { !$0.isEmpty }
            .joined(separator: "\n\n")
        guard !words.isEmpty else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no words"))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(words)
    }
}

/// Brings the days of a story to the present: by whole weeks, so that a Tuesday stays a Tuesday and half past ten stays half past ten.
struct DemoCalendar {
    private let calendar: Calendar
    private let weeks: Int

    /// As late as it can be with nothing of `last` or before in the future. What happened last is then less than a week ago.
    init(last: DemoTime, zone: String, now: Moment) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        let unmoved = DemoCalendar(calendar: calendar, weeks: 0)
        let rough = Int((now.date.timeIntervalSince(unmoved.moment(last).date) / (7 * 86_400)).rounded(.down))
        // Summer time can put the rough answer an hour off.
        self.init(calendar: calendar, weeks: rough + 1)
        if moment(last) > now { self.init(calendar: calendar, weeks: rough) }
        if moment(last) > now { self.init(calendar: calendar, weeks: rough - 1) }
    }

    private init(calendar: Calendar, weeks: Int) {
        self.calendar = calendar
        self.weeks = weeks
    }

    func moment(_ time: DemoTime) -> Moment {
        var greenwich = Calendar(identifier: .gregorian)
        greenwich.timeZone = .gmt
        let moved = time.wall.addingTimeInterval(Double(weeks) * 7 * 86_400)
        let parts = greenwich.dateComponents([.year, .month, .day, .hour, .minute], from: moved)
        return Moment(calendar.date(from: parts) ?? moved)
    }
}
