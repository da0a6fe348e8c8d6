import Foundation

/// The time zones a service can be in.
enum Zones {
    /// Those that most services are in, or near.
    static let common = ["Europe/London", "Europe/Belfast", "Europe/Dublin", "Europe/Jersey", "Europe/Guernsey", "Europe/Isle_of_Man"]

    /// Names such as `Europe/London`, in order; what the machine's calendar knows.
    static let all: [String] = (["Europe/London"] + TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") && $0 != "Europe/London" })
}
