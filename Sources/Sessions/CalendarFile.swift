import Foundation
import HTML
import Kernel

/// A session for people's own calendars (RFC 5545).
enum CalendarFile {
    /// - Parameter place: nil for those who may not know where it is.
    static func bytes(_ session: Session, place: String?, about: String?, page: SafeURL, host: String, now: Moment) -> [UInt8] {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Heard//Sessions//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
            "UID:\(session.id)@\(host)",
            "DTSTAMP:\(stamp(now))", "SEQUENCE:\(session.version - 1)", "DTSTART:\(stamp(session.startsAt))",
            "DTEND:\(stamp(session.endsAt))",
            "SUMMARY:\(text(session.title))", "URL:\(page)",
        ]
        if let place, !place.isEmpty { lines.append("LOCATION:\(text(place))") }
        if let about, !about.isEmpty { lines.append("DESCRIPTION:\(text(about))") }
        lines += ["END:VEVENT", "END:VCALENDAR"]
        return lines.flatMap { folded($0) + [13, 10] }
    }

    /// In UTC, which needs no description of anybody's summer time: `20260310T163000Z`.
    private static func stamp(_ moment: Moment) -> String {
        moment.iso.filter { $0 != "-" && $0 != ":" }
    }

    private static func text(_ words: String) -> String {
        var out = ""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": out += "\\\(scalar)"
            case "\n": out += "\\n"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// At most 75 bytes a line, never in the middle of a letter; what follows begins with a space.
    private static func folded(_ line: String) -> [UInt8] {
        var out: [UInt8] = []
        var length = 0
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if length + bytes.count > 75 {
                out += [13, 10, 32]
                length = 1
            }
            out += bytes
            length += bytes.count
        }
        return out
    }
}
