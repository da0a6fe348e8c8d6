import Finding
import OpenReferral
import Words

/// When something is on, in words: what we read out of what was written, so that people see what search goes by.
public struct OpeningWords: Sendable {
    private let schedules: [ORUK.Schedule]
    /// As somebody wrote it.
    private let prose: String?

    public init(_ service: ORUK.Service) {
        schedules = (service.schedules ?? []).filter { $0.hours != nil }
        prose = service.when
    }

    /// "Tuesdays, 4pm to 6pm", one line for each days and times.
    public var read: [String] { schedules.compactMap(Self.line).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

    /// For the page of an entry: the times in one way of writing them, and what else was written about it. Where not all was read, what was written.
    public var shown: String? {
        guard let prose else { return read.isEmpty ? nil : read.joined(separator: "\n") }
        let found = Prose.read(prose)
        let isOurReading = found.schedules.map(\.hours) == schedules.map(\.hours)
        if read.isEmpty || isOurReading && (found.hasMore || !found.hasOtherWords) { return prose }
        return (read + [prose]).joined(separator: "\n")
    }

    /// For whoever has just written it: what we made of it.
    public var readBack: String? {
        guard let prose else { return nil }
        guard !read.isEmpty else { return W.timesNotRead }
        let said = W.timesRead(times: read.joined(separator: "; "))
        return Prose.read(prose).hasMore ? said + " " + W.timesHalfRead : said
    }

    /// nil where it says no day that we know.
    private static func line(_ schedule: ORUK.Schedule) -> String? {
        guard let opens = clock(schedule.opensAt), let days = days(schedule) else { return nil }
        return clock(schedule.closesAt).map { W.dayFromTo(days: days, opens: opens, closes: $0) } ?? W.dayFrom(days: days, opens: opens)
    }

    private static func days(_ schedule: ORUK.Schedule) -> String? {
        let days = schedule.days
        guard !days.isEmpty else { return nil }
        if schedule.freq == .monthly {
            return W.ofTheMonth(days: listed(days.map { W.nthDay(nth: nth($0.nth ?? 1), day: day($0.weekday)) }))
        }
        let names = named(days.map(\.weekday).sorted())
        return (schedule.interval ?? 1) > 1 ? W.everySecond(days: names) : names
    }

    /// "Mondays to Fridays", "Tuesdays and Thursdays".
    private static func named(_ days: [Int]) -> String {
        guard let first = days.first, let last = days.last, days.count > 2, days == Array(first...last) else {
            return listed(days.map(plural))
        }
        return W.daysFromTo(first: plural(first), last: plural(last))
    }

    private static func plural(_ day: Int) -> String {
        [W.mondays, W.tuesdays, W.wednesdays, W.thursdays, W.fridays, W.saturdays, W.sundays][day]
    }

    private static func day(_ day: Int) -> String {
        [W.monday, W.tuesday, W.wednesday, W.thursday, W.friday, W.saturday, W.sunday][day]
    }

    private static func nth(_ nth: Int) -> String {
        switch nth {
        case -1: W.last
        case 1: W.first
        case 2: W.second
        case 3: W.third
        case 4: W.fourth
        default: "\(nth)."
        }
    }

    /// "4:30pm", "noon".
    private static func clock(_ text: String?) -> String? {
        guard let minutes = ORUK.Schedule.minutes(text) else { return nil }
        if minutes == 12 * 60 { return W.noon }
        let (hour, minute) = (minutes / 60, minutes % 60)
        let face = hour % 12 == 0 ? 12 : hour % 12
        return "\(face)" + (minute == 0 ? "" : ":" + (minute < 10 ? "0" : "") + "\(minute)") + (hour < 12 ? W.am : W.pm)
    }
}
