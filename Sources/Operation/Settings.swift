import Configuration
import Foundation
import HTML
import Logging
import Store
import Web

/// Everything that can be set about a running Heard, checked and complete.
public struct Settings: Sendable {
    public var database: DatabaseAddress
    public var host: String
    public var port: Int
    public var base: SafeURL
    public var trustsProxy: Bool
    public var logLevel: Logger.Level
    public var logFormat: LogFormat
    /// Nil: no metrics.
    public var metricsPort: Int?
    public var connections: Int
    public var idleSeconds: Int
    public var requestSeconds: Int
    /// Whether feeds may be on this machine or its network.
    public var feedsFromInside: Bool
    public var maps: MapFacts
    public var readsAloud: Bool

    /// Everything that is wrong with what was set, in sentences that never hold a value that may be secret.
    public struct Mistakes: Error, CustomStringConvertible, Equatable {
        public internal(set) var sentences: [String]

        public var description: String {
            (["Heard cannot start yet. Please put this right:"] + sentences.map { "  - \($0)" }).joined(separator: "\n")
        }
    }

    /// Flags win over variables, variables over the file.
    ///
    /// - Parameters:
    ///   - flags: by the names of `Setting.all`.
    ///   - environment: all of it; only `HEARD_…` is looked at.
    ///   - file: the path of a YAML or JSON file.
    public static func read(flags: [String: String], environment: [String: String], file: String? = nil) throws(Mistakes) -> Settings {
        var reader = SettingsReader(flags: flags, environment: environment, file: file)
        let settings = reader.settings()
        guard let settings, reader.mistakes.isEmpty else { throw Mistakes(sentences: reader.mistakes) }
        return settings
    }
}

/// Reads one setting after the other and collects what is wrong.
struct SettingsReader {
    private let config: ConfigReader
    private(set) var mistakes: [String] = []

    init(flags: [String: String], environment: [String: String], file: String?) {
        let (fileValues, fileMistakes) = file.map(SettingsFile.read) ?? ([:], [])
        mistakes = fileMistakes + Self.unknownVariables(environment)
        config = ConfigReader(providers: [
            Self.provider("flags", flags),
            EnvironmentVariablesProvider(environmentVariables: environment, secretsSpecifier: .specific(["HEARD_DATABASE"])).prefixKeys(
                with: "heard"
            ),
            Self.provider("file", fileValues),
        ])
    }

    private static func provider(_ name: String, _ values: [String: String]) -> InMemoryProvider {
        InMemoryProvider(
            name: name,
            values: Dictionary(
                uniqueKeysWithValues: values.map {
                    (AbsoluteConfigKey([$0.key]), ConfigValue(.string($0.value), isSecret: $0.key == "database"))
                }
            )
        )
    }

    /// A misspelt variable would be passed over in silence, and its setting would not be what somebody believes it is.
    private static func unknownVariables(_ environment: [String: String]) -> [String] {
        let known = Set(Setting.all.map(\.variable))
        // HEARD_TEST_… belongs to the tests.
        return environment.keys.sorted().filter { $0.hasPrefix("HEARD_") && !$0.hasPrefix("HEARD_TEST_") && !known.contains($0) }.map {
            name in
            let meant = Setting.meant(by: name.dropFirst("HEARD_".count).lowercased().replacing("_", with: "-"))
            return "The variable \(name) means nothing to Heard."
                + (meant.flatMap { near in Setting.all.first { $0.name == near } }.map { " Did you mean \($0.variable)?" } ?? "")
        }
    }

    mutating func settings() -> Settings? {
        let database = database()
        let host = text("host", or: "127.0.0.1")
        if host.isEmpty { mistakes.append("host is empty. Leave it out, or give an address of this machine, such as 127.0.0.1 or ::.") }
        let port = number("port", or: 8080, in: 1...65_535) ?? 8080
        let base = base(port: port)
        let trustsProxy = yesOrNo("trusts-proxy", or: "no")
        let readsAloud = yesOrNo("reads-aloud", or: "yes")
        let level = oneOf("log-level", Logger.Level.allCases, or: .info)
        let format = oneOf("log-format", LogFormat.allCases, or: .text)
        let metricsPort = metricsPort(beside: port)
        let connections = number("connections", or: 4096, in: 1...1_000_000)
        let idle = number("idle-seconds", or: 60, in: 1...86_400)
        let request = number("request-seconds", or: 30, in: 1...3_600)
        let fromInside = yesOrNo("feeds-from-inside", or: "no")
        let maps = maps()
        guard let database, let base, let connections, let idle, let request else { return nil }
        return Settings(
            database: database,
            host: host,
            port: port,
            base: base,
            trustsProxy: trustsProxy,
            logLevel: level,
            logFormat: format,
            metricsPort: metricsPort,
            connections: connections,
            idleSeconds: idle,
            requestSeconds: request,
            feedsFromInside: fromInside,
            maps: maps,
            readsAloud: readsAloud
        )
    }

    // MARK: One by one

    private mutating func database() -> DatabaseAddress? {
        do { return try DatabaseAddress.parse(text("database", or: "sqlite:heard.sqlite")) } catch {
            // What was typed is not repeated: it may hold a password.
            if case StoreError.address(let why) = error {
                mistakes.append("database cannot be read. \(why).")
            } else {
                mistakes.append("database cannot be read.")
            }
            return nil
        }
    }

    private mutating func base(port: Int) -> SafeURL? {
        let typed = text("base-url", or: "http://localhost:\(port)")
        let example = "such as https://heard.example.org"
        guard let parts = URLComponents(string: typed), let host = parts.host, !host.isEmpty,
            parts.scheme == "https" || parts.scheme == "http"
        else {
            mistakes.append("base-url is not a whole address, \(example).")
            return nil
        }
        guard parts.query == nil, parts.fragment == nil, parts.user == nil, parts.path.isEmpty || parts.path == "/" else {
            mistakes.append("base-url has more in it than a scheme, a host and a port, \(example).")
            return nil
        }
        let isHere = host == "localhost" || host.hasSuffix(".localhost") || host == "127.0.0.1" || host == "[::1]" || host == "::1"
        guard parts.scheme == "https" || isHere else {
            mistakes.append(
                "base-url begins with http:. Browsers keep nobody signed in over that, except on localhost; use https:, \(example)."
            )
            return nil
        }
        let url = SafeURL(web: typed.hasSuffix("/") ? String(typed.dropLast()) : typed)
        if url == nil { mistakes.append("base-url is not a whole address, \(example).") }
        return url
    }

    private mutating func metricsPort(beside port: Int) -> Int? {
        let typed = text("metrics-port", or: "")
        if typed == "off" { return nil }
        // Beside the port, so that two processes on one machine do not clash.
        if typed.isEmpty { return port <= 64_535 ? port + 1000 : port - 1000 }
        let chosen = number("metrics-port", or: 0, in: 0...65_535, orWord: "off")
        if let chosen, chosen == port, chosen != 0 { mistakes.append("metrics-port is the same as port. Give it another, or off.") }
        return chosen
    }

    /// A library that was asked for must be there; the usual place is only looked into.
    private mutating func maps() -> MapFacts {
        let folder = text("map-library", or: "")
        let usual = MapFacts.Library(folder: "/usr/share/javascript/leaflet")
        let library = folder.isEmpty ? usual : folder == "off" ? nil : MapFacts.Library(folder: folder)
        if library == nil, !folder.isEmpty, folder != "off" {
            mistakes.append("map-library is no folder with leaflet.js and leaflet.css in it. Leave it out, or say off.")
        }
        let (address, by) = (text("map-tiles", or: ""), text("map-tiles-by", or: ""))
        let tiles = MapFacts.Tiles(address: address, by: by)
        if !address.isEmpty, tiles == nil {
            mistakes.append("map-tiles must be https://HOST/… with {z}, {x} and {y} in it, and map-tiles-by must say whose they are.")
        }
        return MapFacts(library: library, tiles: tiles)
    }

    private mutating func text(_ name: String, or standard: String) -> String {
        config.string(forKey: ConfigKey([name]), isSecret: name == "database") ?? standard
    }

    private mutating func number(_ name: String, or standard: Int, in range: ClosedRange<Int>, orWord word: String? = nil) -> Int? {
        let typed = text(name, or: String(standard))
        guard let number = Int(typed), range.contains(number) else {
            mistakes.append(
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)\(word.map { ", or \($0)" } ?? "")."
            )
            return nil
        }
        return number
    }

    private mutating func yesOrNo(_ name: String, or standard: String) -> Bool {
        switch text(name, or: standard).lowercased() {
        case "yes", "true", "1": return true
        case "no", "false", "0": return false
        default:
            mistakes.append("\(name) must be yes or no.")
            return false
        }
    }

    private mutating func oneOf<T: RawRepresentable<String>>(_ name: String, _ choices: [T], or standard: T) -> T {
        let typed = text(name, or: standard.rawValue)
        if let choice = T(rawValue: typed.lowercased()) { return choice }
        mistakes.append("\(name) must be one of \(choices.map(\.rawValue).joined(separator: ", ")).")
        return standard
    }
}
