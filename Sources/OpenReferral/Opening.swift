import Foundation

extension ORUK.Schedule {
    /// Whether it is open at a time of the place's own calendar: true, false, or nil where the schedule does not say.
    ///
    /// - Parameter time: minutes since midnight, 0 to 1439.
    public func isOpen(on day: ORUK.Day, at time: Int) -> Bool? {
        guard let freq, let opens = Self.minutes(opensAt) else { return nil }
        if let from = validFrom.flatMap(ORUK.Day.init), day < from { return false }
        if let to = validTo.flatMap(ORUK.Day.init), to < day { return false }
        guard let meets = meets(on: day, freq) else { return nil }
        // A group that says only when it begins is on for an hour.
        let closes = Self.minutes(closesAt) ?? opens + 60
        if closes <= opens { return meets && time >= opens || (self.meets(on: day.before, freq) ?? false) && time < closes }
        return meets && time >= opens && time < closes
    }

    /// Whether it meets on this day at all.
    private func meets(on day: ORUK.Day, _ freq: ORUK.Frequency) -> Bool? {
        let step = max(1, Int(interval ?? 1))
        // Every second week needs to know which was the first.
        let start = (dtstart ?? validFrom).flatMap(ORUK.Day.init)
        guard step == 1 || start != nil else { return nil }
        switch freq {
        case .weekly:
            let weeks = start.map { (day.mondayNumber - $0.mondayNumber) / 7 } ?? 0
            return weeks.isMultiple(of: step) && days.contains { $0.weekday == day.weekday }
        case .monthly:
            let months = start.map { (day.year - $0.year) * 12 + day.month - $0.month } ?? 0
            return months.isMultiple(of: step) && (monthdays.contains(day.day) || days.contains { $0.falls(on: day) })
        }
    }

    private var monthdays: [Int] { (bymonthday ?? "").split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) } }

    /// `TU`, `1MO`, `-1FR` as RFC 5545 writes them.
    public var days: [ORUK.ByDay] { (byday ?? "").split(separator: ",").compactMap { ORUK.ByDay(String($0)) } }

    /// `09:30`, `9:30:00`, `0930Z` as minutes since midnight.
    public static func minutes(_ text: String?) -> Int? {
        guard let text else { return nil }
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.map { String($0) }
        guard let first = numbers.first else { return nil }
        let parts = first.count == 4 && numbers.count == 1 ? [String(first.prefix(2)), String(first.suffix(2))] : numbers
        guard let hour = Int(parts[0]), let minute = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        return (0..<24).contains(hour) && (0..<60).contains(minute) ? hour * 60 + minute : nil
    }
}

extension ORUK {
    /// A weekday, perhaps only the first or the last of the month.
    public struct ByDay: Sendable, Equatable {
        public static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

        /// Monday is 0.
        public let weekday: Int
        /// 1 for the first of the month, -1 for the last; nil for every one.
        public let nth: Int?

        public init(weekday: Int, nth: Int? = nil) {
            self.weekday = weekday
            self.nth = nth
        }

        init?(_ text: String) {
            let text = text.trimmingCharacters(in: .whitespaces).uppercased()
            guard let weekday = Self.names.firstIndex(of: String(text.suffix(2))) else { return nil }
            self.weekday = weekday
            // No month has six Tuesdays.
            let number = text.count > 2 ? Int(text.dropLast(2)) : nil
            guard text.count == 2 || number.map({ $0 != 0 && (-5...5).contains($0) }) ?? false else { return nil }
            nth = number
        }

        func falls(on day: Day) -> Bool {
            guard weekday == day.weekday else { return false }
            guard let nth else { return true }
            return nth > 0 ? (day.day - 1) / 7 + 1 == nth : (day.daysInMonth - day.day) / 7 + 1 == -nth
        }
    }

    /// A day of the calendar, without a time or a zone.
    public struct Day: Sendable, Hashable, Comparable {
        public let year: Int
        public let month: Int
        public let day: Int

        /// nil for a day that no calendar has.
        public init?(year: Int, month: Int, day: Int) {
            guard (1...12).contains(month), (1900...2200).contains(year), day >= 1, day <= Self.length(year, month) else { return nil }
            self.init(year, month, day)
        }

        private init(_ year: Int, _ month: Int, _ day: Int) {
            self.year = year
            self.month = month
            self.day = day
        }

        /// `2026-03-10`, with or without a time behind it.
        public init?(_ text: String) {
            let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
            guard parts.count == 3 else { return nil }
            self.init(year: parts[0], month: parts[1], day: parts[2])
        }

        /// Days since 1 March of the year 0 (Howard Hinnant's `days_from_civil`), so that Monday is a multiple of 7 plus 2.
        private var number: Int {
            let y = month <= 2 ? year - 1 : year
            let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            return y * 365 + y / 4 - y / 100 + y / 400 + dayOfYear
        }

        /// Monday is 0.
        public var weekday: Int { (number + 2) % 7 }
        var mondayNumber: Int { number - weekday }
        var daysInMonth: Int { Self.length(year, month) }
        var before: Day {
            if day > 1 { return Day(year, month, day - 1) }
            let month = month == 1 ? 12 : month - 1
            let year = month == 12 ? year - 1 : year
            return Day(year, month, Self.length(year, month))
        }

        private static func length(_ year: Int, _ month: Int) -> Int {
            switch month {
            case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        }

        public static func < (left: Day, right: Day) -> Bool { (left.year, left.month, left.day) < (right.year, right.month, right.day) }
    }
}
