import Foundation
import Kernel
import Web
import Words

/// How far off a due time is, as people say it: "2 working days late", "due tomorrow".
public enum Lateness: Sendable, Hashable {
    /// Past by so many working days; at least one, since what was due yesterday is late today, whatever day it is.
    case late(workingDays: Int)
    case today
    case tomorrow
    case later(days: Int)

    public init(_ due: Moment, at now: Moment, zone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        let dueDay = calendar.startOfDay(for: due.date)
        let today = calendar.startOfDay(for: now.date)
        let days = calendar.dateComponents([.day], from: dueDay, to: today).day ?? 0
        if due < now {
            self = .late(workingDays: max(1, Self.workingDays(after: dueDay, count: days, calendar)))
        } else {
            self = days == 0 ? .today : days == -1 ? .tomorrow : .later(days: -days)
        }
    }

    public var isLate: Bool { if case .late = self { true } else { false } }

    public var words: String {
        switch self {
        case .late(let workingDays): Common.late(n: workingDays)
        case .today: Common.dueToday
        case .tomorrow: Common.dueTomorrow
        case .later(let days): Common.dueIn(n: days)
        }
    }

    /// 400: what is later than a year and a half is "more than" in anybody's words, and a loop must end.
    private static func workingDays(after day: Date, count: Int, _ calendar: Calendar) -> Int {
        guard count > 0 else { return 0 }
        return (1...min(count, 400)).count { step in
            calendar.date(byAdding: .day, value: step, to: day).map { BankHolidays.england.isWorkingDay($0, calendar) } ?? false
        }
    }
}
