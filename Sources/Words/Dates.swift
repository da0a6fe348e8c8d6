import Kernel

/// Dates and times in words, in the service's time zone.
public struct Dates: Sendable {
    public let zone: String
    private let clock: ZoneClock

    public init(zone: String = "Europe/London") {
        self.zone = zone
        clock = .of(zone)
    }

    public static let london = Dates()

    /// `10 March 2026`
    public func day(_ moment: Moment) -> String { clock.local(moment).day }
    /// `Tuesday 10 March 2026`
    public func weekday(_ moment: Moment) -> String {
        let local = clock.local(moment)
        return Common.weekdayAndDay(weekday: local.weekday, day: local.day)
    }
    /// `10 March 2026 at 4:30pm`
    public func dayAndTime(_ moment: Moment) -> String {
        let local = clock.local(moment)
        return Common.dayAndTime(day: local.day, time: local.time)
    }
    /// `4:30pm`
    public func time(_ moment: Moment) -> String { clock.local(moment).time }
    /// `March 2026`
    public func month(_ moment: Moment) -> String { clock.local(moment).monthOfYear }
    /// `2026`
    public func year(_ moment: Moment) -> String { String(clock.local(moment).year) }
}

/// `a, b and c`
public func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(Common.and) " + last
}
