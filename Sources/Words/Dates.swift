import Foundation
import Kernel
import Synchronization

/// Dates and times in words, in the service's time zone.
///
/// A new `DateFormatter` costs 103 µs, a shared one 0.7 µs; so there is one a pattern and zone.
public struct Dates: Sendable {
    public let zone: String

    public init(zone: String = "Europe/London") { self.zone = zone }

    public static let london = Dates()

    /// `10 March 2026`
    public func day(_ moment: Moment) -> String { format(moment, "d MMMM y") }
    /// `Tuesday 10 March 2026`
    public func weekday(_ moment: Moment) -> String { format(moment, "EEEE d MMMM y") }
    /// `10 March 2026 at 4:30pm`
    public func dayAndTime(_ moment: Moment) -> String {
        format(moment, "d MMMM y 'at' ") + time(moment)
    }
    /// `4:30pm`
    public func time(_ moment: Moment) -> String {
        format(moment, "h:mm") + format(moment, "a").lowercased().replacingOccurrences(of: " ", with: "")
    }
    /// `2026`
    public func year(_ moment: Moment) -> String { format(moment, "y") }

    private func format(_ moment: Moment, _ pattern: String) -> String {
        Formatters.shared.string(moment.date, pattern: pattern, zone: zone)
    }
}

/// Formatters by pattern and zone. The lock is held while formatting, as DateFormatter may not be shared between threads.
private final class Formatters: Sendable {
    static let shared = Formatters()
    private let made = Mutex<[String: DateFormatter]>([:])

    func string(_ date: Date, pattern: String, zone: String) -> String {
        made.withLock { made in
            let key = pattern + zone
            if let formatter = made[key] { return formatter.string(from: date) }
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_GB")
            formatter.timeZone = TimeZone(identifier: zone) ?? TimeZone(identifier: "Europe/London")
            formatter.dateFormat = pattern
            made[key] = formatter
            return formatter.string(from: date)
        }
    }
}

/// `a, b and c`
public func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(Common.and) " + last
}
