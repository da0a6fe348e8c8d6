import Directory
import HTML
import Kernel
import OpenReferral

/// What a service of a feed says that nothing can be made of: an age that is no number, a time that no clock shows, an address that is no page.
/// It is left out, the rest comes in, and a person is told which.
enum FeedCheck {
    // A place that is wrong all over says so in its first few lines.
    private static let mostNotes = 10

    /// - Parameter raw: the same as it was sent, for what the type of the standard cannot hold.
    /// - Returns: the service without it, and a sentence for each.
    static func checked(_ service: ORUK.Service, _ raw: Raw? = nil) -> (service: ORUK.Service, notes: [String]) {
        var (service, notes) = (service, raw?.notes ?? [])
        web(&service.url, W.columnURL, &notes)
        service.additionalURLs = service.additionalURLs?.map { address in
            var address = address
            web(&address.url, W.noteLink, &notes)
            return address
        }
        service.schedules = schedules(service.schedules, &notes)
        service.serviceAtLocations = service.serviceAtLocations?.map { place in
            var place = place
            place.schedules = schedules(place.schedules, &notes)
            return place
        }
        return (service, Array(notes.prefix(mostNotes)))
    }

    static func checked(_ organization: ORUK.Organization) -> ORUK.Organization {
        var (organization, notes) = (organization, [String]())
        web(&organization.website, W.columnURL, &notes)
        web(&organization.logo, W.noteLink, &notes)
        return organization
    }

    private static func web(_ typed: inout String?, _ field: String, _ notes: inout [String]) {
        guard let words = typed, SafeURL(web: words) == nil else { return }
        notes.append(W.noteWeb(field: field, words: short(words)))
        typed = nil
    }

    private static func schedules(_ schedules: [ORUK.Schedule]?, _ notes: inout [String]) -> [ORUK.Schedule]? {
        schedules?.map { schedule in
            var schedule = schedule
            for (field, typed) in [(W.noteOpens, schedule.opensAt), (W.noteCloses, schedule.closesAt)] {
                guard let typed, !isTime(typed) else { continue }
                notes.append(W.noteTime(field: field, words: short(typed)))
                // Half of it would be another time than was meant.
                (schedule.opensAt, schedule.closesAt) = (nil, nil)
            }
            web(&schedule.scheduleLink, W.noteLink, &notes)
            return schedule
        }
    }

    /// `24:00` is how some say the end of a day.
    private static func isTime(_ typed: String) -> Bool { ORUK.Schedule.minutes(typed) != nil || typed.hasPrefix("24:00") }

    private static func short(_ words: String) -> String { String(words.unicodeScalars.prefix(60)) }

    /// The members that the standard wants as numbers, as they were sent.
    struct Raw: Decodable {
        private let minimumAge: Sent?
        private let maximumAge: Sent?
        private let costs: [Cost]?

        private struct Cost: Decodable { let amount: Sent? }

        private enum CodingKeys: String, CodingKey {
            case minimumAge = "minimum_age"
            case maximumAge = "maximum_age"
            case costs = "cost_options"
        }

        var notes: [String] {
            let amounts = (costs ?? []).map { (W.columnCost, $0.amount) }
            return ([(W.columnYoungest, minimumAge), (W.columnOldest, maximumAge)] + amounts).compactMap { field, sent in
                guard let words = sent?.words.map({ short($0) }), !words.isEmpty, Double(words) == nil else { return nil }
                return W.noteNumber(field: field, words: words)
            }
        }
    }

    /// Words where a number should be; nothing for what is a number or nothing.
    struct Sent: Decodable {
        let words: String?

        init(from decoder: any Decoder) throws { words = try? decoder.singleValueContainer().decode(String.self) }
    }
}
