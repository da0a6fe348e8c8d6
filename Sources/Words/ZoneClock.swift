import Foundation
import Kernel
import Synchronization

/// What the clocks of one time zone show.
///
/// A page names fifty dates, and a shared `DateFormatter` is asked by one thread at a time: with it a quarter of a page's time went into dates.
/// So the zone's changes of clock are looked up once, and the rest is sums.
final class ZoneClock: Sendable {
    /// From `since` (milliseconds since 1970) on, the clocks are `ahead` milliseconds ahead of UTC.
    private struct Change {
        let since: Int64
        let ahead: Int64
    }

    private let zone: TimeZone
    private let changes: [Change]

    // 2000 to 2060: whatever people do here happened in it. Other moments are asked of Foundation, one by one.
    private static let known: Range<Int64> = 946_684_800_000..<2_840_140_800_000
    private static let all = Mutex<[String: ZoneClock]>([:])

    /// An unknown zone is London's.
    static func of(_ name: String) -> ZoneClock {
        all.withLock { all in
            if let known = all[name] { return known }
            let made = ZoneClock(TimeZone(identifier: name) ?? TimeZone(identifier: "Europe/London") ?? .gmt)
            all[name] = made
            return made
        }
    }

    private init(_ zone: TimeZone) {
        self.zone = zone
        var changes = [Change(since: Self.known.lowerBound, ahead: Self.ahead(zone, Self.known.lowerBound))]
        let day: Int64 = 86_400_000
        for start in stride(from: Self.known.lowerBound, to: Self.known.upperBound, by: Int(day)) {
            let before = changes[changes.count - 1].ahead
            let after = Self.ahead(zone, start + day)
            guard before != after else { continue }
            // Half by half to the minute in which it changes.
            var (low, high) = (start / 60_000, (start + day) / 60_000)
            while high - low > 1 {
                let middle = (low + high) / 2
                if Self.ahead(zone, middle * 60_000) == before { low = middle } else { high = middle }
            }
            changes.append(Change(since: high * 60_000, ahead: after))
        }
        self.changes = changes
    }

    private static func ahead(_ zone: TimeZone, _ milliseconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Moment(milliseconds: milliseconds).date)) * 1000
    }

    private func ahead(_ moment: Moment) -> Int64 {
        guard Self.known.contains(moment.milliseconds) else { return Self.ahead(zone, moment.milliseconds) }
        var (low, high) = (0, changes.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if changes[middle].since <= moment.milliseconds { low = middle } else { high = middle }
        }
        return changes[low].ahead
    }

    func local(_ moment: Moment) -> LocalTime { LocalTime((moment.milliseconds + ahead(moment)).floored(by: 60_000)) }
}

/// Day and time as a calendar and a clock on the wall show them.
struct LocalTime {
    let year: Int
    let month: Int
    let dayOfMonth: Int
    /// 0 is Monday.
    let dayOfWeek: Int
    let minute: Int

    /// - Parameter minutes: whole minutes since 1 January 1970, 00:00 on the wall.
    init(_ minutes: Int64) {
        let days = minutes.floored(by: 1440)
        minute = Int(minutes - days * 1440)
        // 1 January 1970 was a Thursday.
        dayOfWeek = Int((days + 3) - (days + 3).floored(by: 7) * 7)
        // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days: years begin in March, so that a leap day is their last.
        let shifted = days + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        dayOfMonth = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// `10 March 2026`
    var day: String { "\(dayOfMonth) \(Self.months[month - 1]) \(year)" }
    /// `March 2026`
    var monthOfYear: String { "\(Self.months[month - 1]) \(year)" }
    /// `Tuesday`
    var weekday: String { Self.weekdays[dayOfWeek] }
    /// `4:30pm`
    var time: String {
        let (hour, past) = (minute / 60, minute % 60)
        let onTheClock = hour % 12 == 0 ? 12 : hour % 12
        return "\(onTheClock):\(past < 10 ? "0" : "")\(past)\(hour < 12 ? Common.beforeNoon : Common.afterNoon)"
    }

    private static let months = Common.months.components(separatedBy: " ")
    private static let weekdays = Common.weekdays.components(separatedBy: " ")
}

extension Int64 {
    /// Division that rounds down, also before 1970.
    fileprivate func floored(by divisor: Int64) -> Int64 { self >= 0 ? self / divisor : (self - divisor + 1) / divisor }
}
