import Foundation
import Kernel
import Store
import Web

/// How long something may take: so many days, or so many working days.
public struct Clock: Sendable, Hashable, Encodable {
    public enum Unit: String, Column, Sendable, Codable, CaseIterable { case days, workingDays = "working-days" }

    public let within: Int
    public let unit: Unit

    public init(_ within: Int, _ unit: Unit) {
        self.within = within
        self.unit = unit
    }

    init(_ row: inout Row) throws {
        within = try row.next()
        unit = try row.next()
    }

    /// The last moment of the last day: what starts on a Friday with one working day to go is due when Monday ends.
    public func due(from start: Moment, zone: String) -> Moment {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        var day = calendar.startOfDay(for: start.date)
        var left = within
        while left > 0 {
            day = calendar.date(byAdding: .day, value: 1, to: day) ?? day.addingTimeInterval(86_400)
            if unit == .days || BankHolidays.england.isWorkingDay(day, calendar) { left -= 1 }
        }
        let next = calendar.date(byAdding: .day, value: 1, to: day) ?? day.addingTimeInterval(86_400)
        return Moment(milliseconds: Moment(next).milliseconds - 1_000)
    }
}

/// The four promises of a project: how soon a voice is heard, discussed, decided on, and told about.
public struct Clocks: Sendable, Hashable, Encodable {
    public let hear: Clock
    public let discuss: Clock
    public let decide: Clock
    public let reply: Clock

    public init(hear: Clock, discuss: Clock, decide: Clock, reply: Clock) {
        self.hear = hear
        self.discuss = discuss
        self.decide = decide
        self.reply = reply
    }

    /// product.md, "The path of a voice".
    public static let usual = Clocks(
        hear: Clock(7, .days),
        discuss: Clock(28, .days),
        decide: Clock(56, .days),
        reply: Clock(5, .workingDays)
    )
}

/// The days on which England's offices are closed.
public struct BankHolidays: Sendable {
    private let days: Set<CivilDay>

    /// From `Data/bank-holidays-england.txt`: a date a line, such as `2026-12-25`; `#` begins a comment.
    public static let england = BankHolidays(String(decoding: PackageResources.bank_holidays_england_txt, as: UTF8.self))

    init(_ text: String) {
        days = Set(
            text.split(separator: "\n").compactMap { line in
                let parts = line.prefix { $0 != "#" }.split(separator: "-").compactMap { Int($0.filter(\.isNumber)) }
                return parts.count == 3 ? CivilDay(year: parts[0], month: parts[1], day: parts[2]) : nil
            }
        )
    }

    func isWorkingDay(_ date: Date, _ calendar: Calendar) -> Bool {
        !calendar.isDateInWeekend(date) && !days.contains(CivilDay(Moment(date), zone: calendar.timeZone.identifier))
    }
}
