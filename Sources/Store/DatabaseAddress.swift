import CPostgres
import Foundation

/// Where the database is: a file of our own, or a PostgreSQL server. Shown and printed without its password.
public struct DatabaseAddress: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    enum Place: Sendable, Hashable {
        case file(String)
        /// A file in the temporary directory, removed on closing.
        case temporary
        case server(String, secrets: [String])
    }

    let place: Place
    public let description: String
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }

    /// Takes `sqlite:PATH`, `sqlite::memory:` or `postgres://person:password@host:port/name`. Throws `StoreError.address`.
    public static func parse(_ text: String) throws -> DatabaseAddress {
        if text == "sqlite::memory:" { return DatabaseAddress(place: .temporary, description: text) }
        if text.hasPrefix("sqlite:") { return try file(String(text.dropFirst("sqlite:".count))) }
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") { return try server(text) }
        throw StoreError.address("It must begin with sqlite: or postgres://")
    }

    public var isSQLite: Bool { if case .server = place { false } else { true } }

    private static func file(_ path: String) throws -> DatabaseAddress {
        guard !path.isEmpty, !path.contains("\0"), !path.contains("?") else {
            throw StoreError.address("After sqlite: the path of a file is needed")
        }
        return DatabaseAddress(place: .file(path), description: "sqlite:\(path)")
    }

    /// libpq's own parser decides; its complaints are not passed on, because they quote the address.
    private static func server(_ text: String) throws -> DatabaseAddress {
        guard !text.contains("\0"), let options = PQconninfoParse(text, nil) else {
            throw StoreError.address("It is not of the form postgres://person:password@host:port/name")
        }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let secrets = ["password", "sslpassword"].compactMap { parts[$0] }.filter { !$0.isEmpty }
        let person = parts["user"].map { $0 + "@" } ?? ""
        let port = parts["port"].map { ":" + $0 } ?? ""
        let shown = "postgres://\(person)\(parts["host"] ?? "")\(port)/\(parts["dbname"] ?? "")"
        return DatabaseAddress(place: .server(text, secrets: secrets), description: shown)
    }
}
