import Foundation

/// The time zones a service can be in.
enum Zones {
    /// Names such as `Europe/London`, in order; what the machine's calendar knows.
    static let all: [String] = (["Europe/London"] + TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") && $0 != "Europe/London" })
}
