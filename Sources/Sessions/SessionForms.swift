import Foundation
import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

extension Session.Way {
    /// "In person"
    public var words: String {
        switch self {
        case .inPerson: W.inPerson
        case .video: W.byVideo
        case .phone: W.byPhone
        }
    }
}

extension Session {
    /// "10 March 2026 at 4:30pm", where the service is.
    public func dayAndTime(zone: String) -> String { Self.dayAndTime(startsAt, zone: zone) }

    static func dayAndTime(_ moment: Moment, zone: String) -> String { Dates(zone: zone).dayAndTime(moment) }
}

extension SessionDetails {
    init(_ form: inout Form) {
        let title = form.line("title", limit: 120, empty: W.titleEmpty)
        let minutes = form.number("minutes", in: 5...1_440, empty: W.minutesWrong, wrong: W.minutesWrong)
        let way: Session.Way? = form.choice("way", missing: W.wayEmpty)
        let place = form.line("place", limit: 300)
        let about = form.text("about", limit: 4_000)
        let (group, activity) = (form["group"], form["activity"])
        if !group.isEmpty, GroupID(group) == nil { form.problems.add("group", W.groupUnknown) }
        if !activity.isEmpty, ActivityID(activity) == nil { form.problems.add("activity", W.activityUnknown) }
        self.init(
            title: title,
            group: GroupID(group),
            activity: ActivityID(activity),
            minutes: minutes ?? 0,
            way: way ?? .inPerson,
            place: place,
            about: about
        )
    }
}

/// A time of day on a clock, as people type it.
struct TimeOfDay: Equatable {
    let hour: Int
    let minute: Int

    /// Reads `16:30`, `16.30`, `4.30pm` and `4pm`.
    init?(_ typed: String) {
        var digits = typed.lowercased().filter { !$0.isWhitespace }
        let half = ["am", "pm"].first { digits.hasSuffix($0) }
        if half != nil { digits = String(digits.dropLast(2)) }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }.map { Int($0) }
        guard parts.count == 2 || parts.count == 1 && half != nil, let first = parts.first, var hour = first else { return nil }
        guard let minute = parts.count == 2 ? parts[1] : 0, (0...59).contains(minute) else { return nil }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "pm" ? 12 : 0)
        }
        guard (0...23).contains(hour) else { return nil }
        self.hour = hour
        self.minute = minute
    }

    init(_ moment: Moment, zone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        let parts = calendar.dateComponents([.hour, .minute], from: moment.date)
        hour = parts.hour ?? 0
        minute = parts.minute ?? 0
    }

    /// `16:30`, as a browser's field for times wants it.
    var typed: String { (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)" }
}

extension Form {
    /// The time in the fields `date` and `time`, with `number` behind their names; nil where both are empty and that is fine.
    mutating func start(_ number: String, zone: String, isNeeded: Bool) -> Moment? {
        let (date, time) = ("date" + number, "time" + number)
        let typed = self[time]
        let isUntouched = typed.isEmpty && [date, "\(date)-day", "\(date)-month", "\(date)-year"].allSatisfy { !has($0) }
        if isUntouched, !isNeeded { return nil }
        guard let clock = TimeOfDay(typed) else {
            problems.add(time, typed.isEmpty ? W.timeEmpty : W.timeWrong)
            _ = self.date(date, zone: zone, empty: W.dateEmpty)
            return nil
        }
        guard let moment = self.date(date, at: (clock.hour, clock.minute), zone: zone, empty: W.dateEmpty) else { return nil }
        // On the night in March when clocks go forward, the hour from 1 to 2 does not exist.
        guard TimeOfDay(moment, zone: zone) == clock else {
            problems.add(time, W.timeSkipped)
            return nil
        }
        return moment
    }
}
