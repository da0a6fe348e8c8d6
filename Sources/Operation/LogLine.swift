import Foundation
import Logging

/// How log lines are written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// For people: `21:04:11.201 info  request route="GET /:service" status=200`.
    case text
    /// For programs: one JSON object a line.
    case json
}

/// Writes what happens, one line an event, to standard error.
///
/// No line holds what somebody typed: callers hand over kinds, patterns, numbers and ids.
public struct LogLine: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level
    private let format: LogFormat
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void

    public init(
        label: String,
        level: Logger.Level,
        format: LogFormat,
        write: @escaping @Sendable ([UInt8]) -> Void = LogLine.toStandardError
    ) {
        self.label = label
        logLevel = level
        self.format = format
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// One `write` a line: lines of two threads never run into each other up to 4,096 bytes, and nothing is lost in a crash.
    public static let toStandardError: @Sendable ([UInt8]) -> Void = { line in
        line.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            var done = 0
            while done < bytes.count {
                let count = Foundation.write(2, start + done, bytes.count - done)
                if count <= 0 { return }
                done += count
            }
        }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        // Hummingbird's own name for what our lines call `request`.
        if let id = all.removeValue(forKey: "hb.request.id") { all["request"] = id }
        if let error = event.error { all["error"] = "\(type(of: error))" }
        let facts = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        write(format == .json ? Self.json(event, label, facts) : Self.text(event, facts))
    }

    private static func text(_ event: LogEvent, _ facts: [(String, String)]) -> [UInt8] {
        let level = event.level.rawValue
        var line = Array("\(Clock.time()) \(level)\(String(repeating: " ", count: max(0, 7 - level.utf8.count))) ".utf8)
        append(plain(event.message.description), to: &line)
        for (name, value) in facts {
            line.append(UInt8(ascii: " "))
            line.append(contentsOf: name.utf8)
            line.append(UInt8(ascii: "="))
            let isWord = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") }
            if isWord { line.append(contentsOf: value.utf8) } else { quote(value, into: &line) }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private static func json(_ event: LogEvent, _ label: String, _ facts: [(String, String)]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        let own = [("at", Clock.stamp()), ("level", event.level.rawValue), ("logger", label), ("message", event.message.description)]
        for (place, (name, value)) in (own + facts).enumerated() {
            line.append(UInt8(ascii: place == 0 ? "{" : ","))
            quote(name, into: &line)
            line.append(UInt8(ascii: ":"))
            quote(value, into: &line)
        }
        line.append(contentsOf: "}\n".utf8)
        return line
    }

    /// A line stays one line, whatever is in it.
    private static func plain(_ words: String) -> String {
        words.utf8.contains { $0 < 0x20 } ? String(words.map { $0.isNewline ? " " : $0 }) : words
    }

    private static func append(_ words: String, to line: inout [UInt8]) { line.append(contentsOf: words.utf8) }

    private static func quote(_ value: String, into line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                line.append(contentsOf: "\\u00\(hex.utf8.count == 1 ? "0" : "")\(hex)".utf8)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}

/// The time in log lines, in UTC.
private enum Clock {
    /// `2026-03-10T16:30:00.201Z`: by arithmetic, 0.2 µs; this runs once a request.
    static func stamp() -> String {
        let (day, time) = parts()
        return "\(day)T\(time)Z"
    }

    static func time() -> String { parts().time }

    private static func parts() -> (day: String, time: String) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var fields = tm()
        var seconds = now.tv_sec
        gmtime_r(&seconds, &fields)
        let day = "\(fields.tm_year + 1900)-\(two(fields.tm_mon + 1))-\(two(fields.tm_mday))"
        let milliseconds = Int32(now.tv_nsec / 1_000_000)
        let rest = milliseconds < 10 ? "00\(milliseconds)" : milliseconds < 100 ? "0\(milliseconds)" : "\(milliseconds)"
        return (day, "\(two(fields.tm_hour)):\(two(fields.tm_min)):\(two(fields.tm_sec)).\(rest)")
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
