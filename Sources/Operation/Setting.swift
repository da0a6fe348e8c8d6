/// One thing that can be set, by flag, variable or file: always under the same name.
public struct Setting: Sendable {
    /// As in the file and, with two dashes, on the command line: `base-url`.
    public let name: String
    /// What it is for, in one line.
    public let help: String
    /// What holds where nothing is said.
    public let standard: String

    /// `HEARD_BASE_URL`.
    public var variable: String { "HEARD_" + name.uppercased().replacing("-", with: "_") }

    public static let all: [Setting] = [
        Setting(name: "database", help: "sqlite:PATH or postgres://person:password@host/name", standard: "sqlite:heard.sqlite"),
        Setting(name: "host", help: "the address of this machine to listen on", standard: "127.0.0.1"),
        Setting(name: "port", help: "the port to listen on", standard: "8080"),
        Setting(name: "base-url", help: "the public address: in receipts, QR codes and feeds", standard: "http://localhost:PORT"),
        Setting(name: "trusts-proxy", help: "yes where a proxy of yours sets X-Forwarded-For", standard: "no"),
        Setting(name: "log-level", help: "trace, debug, info, notice, warning, error or critical", standard: "info"),
        Setting(name: "log-format", help: "text, or json with one object a line", standard: "text"),
        Setting(name: "metrics-port", help: "for /metrics, on 127.0.0.1 only; 0 takes any free one, off has none", standard: "PORT + 1000"),
        Setting(name: "connections", help: "how many connections at once; more wait", standard: "4096"),
        Setting(name: "idle-seconds", help: "a connection on which nothing happens is closed after this", standard: "60"),
        Setting(name: "request-seconds", help: "a request that has not wholly arrived by then is cut off", standard: "30"),
        Setting(name: "feeds-from-inside", help: "yes where directories may be taken from this machine or its network", standard: "no"),
        Setting(
            name: "map-library",
            help: "the folder of Leaflet, for maps to move around in, or off",
            standard: "/usr/share/javascript/leaflet, where it is there"
        ),
        Setting(name: "map-tiles", help: "pictures of the ground: https://HOST/… with {z}, {x} and {y} in it", standard: "none"),
        Setting(name: "map-tiles-by", help: "whose pictures those are, as their licence wants it said", standard: ""),
        Setting(name: "reads-aloud", help: "no where published pages shall not be read aloud by espeak-ng", standard: "yes"),
    ]

    /// The name in `all` that was probably meant.
    static func meant(by typed: String) -> String? {
        let near = all.map { (name: $0.name, steps: distance(Array(typed.utf8), Array($0.name.utf8))) }.min { $0.steps < $1.steps }
        return near.flatMap { $0.steps <= 3 ? $0.name : nil }
    }

    /// Levenshtein: how many letters must be changed, added or taken away.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var corner = i
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let change = corner + (letter == other ? 0 : 1)
                corner = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, corner + 1)
            }
        }
        return row[right.count]
    }
}
