import Crypto
import Foundation
import Kernel
import Words

/// What somebody typed and sent, URL-encoded or as JSON, with what is wrong with it.
///
/// A page reads it twice: the use case takes values out of it, and where something is wrong the page shows it again as it was typed.
public struct Form: Sendable {
    private var values: [String: [String]]
    /// The same, cleaned: once, where the form is read, and not at each look inside a transaction.
    private var cleaned: [String: [String]]
    public var problems = Problems()
    /// Files that were sent along, by the name of their field.
    var files: [String: SentFile] = [:]
    /// True once something was sent; a form that is only looked at is empty.
    public let isSent: Bool

    public init(_ values: [String: [String]] = [:], isSent: Bool = false) {
        self.values = values
        cleaned = values.mapValues { $0.map(PlainText.clean) }
        self.isSent = isSent
    }

    /// What was typed, cleaned of control characters, or "".
    public subscript(name: String) -> String { cleaned[name]?.first ?? "" }

    /// What was typed, or, on a form nobody has sent yet, what is there to begin with.
    public func value(_ name: String, or beginning: String) -> String { isSent || values[name] != nil ? self[name] : beginning }

    public func all(_ name: String) -> [String] { cleaned[name]?.filter { !$0.isEmpty } ?? [] }

    /// As it was sent, for passwords: nothing trimmed, nothing changed.
    public func raw(_ name: String) -> String { values[name]?.first ?? "" }

    /// The file chosen in this field; nil where none was.
    public func file(_ name: String) -> SentFile? { files[name].flatMap { $0.bytes.isEmpty && $0.name.isEmpty ? nil : $0 } }

    public func has(_ name: String) -> Bool { !self[name].isEmpty }

    public mutating func set(_ name: String, _ value: String) {
        values[name] = [value]
        cleaned[name] = [PlainText.clean(value)]
    }

    /// Every field as it was sent.
    var sent: [(name: String, value: String)] {
        values.sorted { $0.key < $1.key }.flatMap { field in field.value.map { (name: field.key, value: $0) } }
    }

    /// All that was sent, in one order, for telling the same form from another one.
    var fingerprint: String {
        values.sorted { $0.key < $1.key }.map { "\($0.key.utf8.count):\($0.key)=\($0.value.map { "\($0.utf8.count):\($0)" }.joined())" }
            .joined() + files.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.digest)" }.joined()
    }

    // MARK: Reading with checks

    /// One line of words.
    ///
    /// - Parameter empty: the sentence to show when nothing was typed; nil where that is fine.
    public mutating func line(_ name: String, limit: Int, empty: String? = nil) -> String {
        checked(name, PlainText.line(self[name]), limit, empty)
    }

    /// Words of several lines.
    public mutating func text(_ name: String, limit: Int, empty: String? = nil) -> String {
        checked(name, self[name], limit, empty)
    }

    /// One of the values of an enumeration; nil only together with a problem, or where `missing` is nil and nothing was chosen.
    public mutating func choice<Choice: RawRepresentable<String>>(_ name: String, _: Choice.Type = Choice.self, missing: String?) -> Choice?
    {
        let sent = self[name]
        if let choice = Choice(rawValue: sent) { return choice }
        if let missing { problems.add(name, missing) } else if !sent.isEmpty { problems.add(name, Common.chooseOne) }
        return nil
    }

    /// A whole number within bounds; nil where nothing was typed.
    public mutating func number(_ name: String, in range: ClosedRange<Int>, empty: String? = nil, wrong: String) -> Int? {
        let sent = self[name]
        if sent.isEmpty {
            if let empty { problems.add(name, empty) }
            return nil
        }
        guard let number = Int(sent), range.contains(number) else {
            problems.add(name, wrong)
            return nil
        }
        return number
    }

    /// A date in three fields (`name-day`, `name-month`, `name-year`) or, in JSON, one such as `2026-03-10`; the end of that day in `zone`.
    public mutating func date(_ name: String, at time: (hour: Int, minute: Int) = (12, 0), zone: String, empty: String? = nil) -> Moment? {
        var parts = ["year", "month", "day"].map { self["\(name)-\($0)"] }
        if parts.allSatisfy(\.isEmpty), has(name) { parts = self[name].split(separator: "-").map { String($0) } }
        if parts.allSatisfy(\.isEmpty) {
            if let empty { problems.add(name, empty) }
            return nil
        }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3, let moment = CivilDay(year: numbers[0], month: numbers[1], day: numbers[2])?.moment(time, zone: zone)
        else {
            problems.add(name, Common.notADate)
            return nil
        }
        return moment
    }

    /// The end of the checks: throws what was found wrong, if anything was.
    public func check() throws { try problems.orContinue() }

    private mutating func checked(_ name: String, _ words: String, _ limit: Int, _ empty: String?) -> String {
        if words.isEmpty, let empty { problems.add(name, empty) }
        // Counted as people count, in characters; a browser's counter agrees to within emoji.
        let length = PlainText.length(words)
        if length > limit { problems.add(name, Common.tooLong(limit: String(limit), length: String(length))) }
        return words
    }
}

/// A file that somebody chose in a form, with the name it has on their machine.
public struct SentFile: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    var digest: String { Hex.text(of: SHA256.hash(data: bytes)) }
}

/// A day of the calendar that exists.
public struct CivilDay: Sendable, Hashable {
    public let year: Int
    public let month: Int
    public let day: Int

    public init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year) else { return nil }
        let parts = DateComponents(calendar: Self.calendar("UTC"), year: year, month: month, day: day)
        guard parts.isValidDate else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    public init(_ moment: Moment, zone: String) {
        let parts = Self.calendar(zone).dateComponents([.year, .month, .day], from: moment.date)
        year = parts.year ?? 1970
        month = parts.month ?? 1
        day = parts.day ?? 1
    }

    public func moment(_ time: (hour: Int, minute: Int), zone: String) -> Moment? {
        let parts = DateComponents(year: year, month: month, day: day, hour: time.hour, minute: time.minute)
        return Self.calendar(zone).date(from: parts).map { Moment($0) }
    }

    private static func calendar(_ zone: String) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        return calendar
    }
}
