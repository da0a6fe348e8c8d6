import Kernel
import NIOConcurrencyHelpers

/// Slows down whoever does the same thing too often from one address: guesses codes, or fills a page with voices.
///
/// Kept in memory and forgotten after the window: addresses of visitors are written down nowhere.
public final class Limits: Sendable {
    private struct Window {
        var count: Int
        var until: Moment
    }

    private let windows = NIOLockedValueBox<[String: Window]>([:])

    public init() {}

    /// Counts one try; throws `Refusal.tooManyTries` once there were more than `most` within `minutes`.
    public func count(_ what: String, _ visit: Visit, most: Int, minutes: Int) throws {
        let key = "\(what) \(visit.from)"
        let wait: Int? = windows.withLockedValue { windows in
            // 10,000 addresses are a few hundred kilobytes; more at once is an attack, and old windows go first.
            if windows.count > 10_000 { windows = windows.filter { $0.value.until > visit.at } }
            var window = windows[key] ?? Window(count: 0, until: visit.at)
            if window.until <= visit.at { window = Window(count: 0, until: visit.at.adding(minutes: minutes)) }
            window.count += 1
            windows[key] = window
            return window.count > most ? Int((window.until.milliseconds - visit.at.milliseconds) / 1_000) + 1 : nil
        }
        if let wait { throw Refusal.tooManyTries(seconds: wait) }
    }
}
