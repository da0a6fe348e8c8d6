import HTML
import HTTPTypes
import Kernel
import Store
import Words

/// One request, as a route sees it: who came, to which page, with what in their hands.
public struct Visit: Sendable {
    public internal(set) var actor: Actor
    /// How this browser is signed in; nil for a stranger.
    public internal(set) var signIn: SignIn?
    /// SHA-256 of the sign-in cookie's token, whether or not it opens anything: how the second step of signing in finds the first.
    public let cookieDigest: String?
    /// What opens things that were sealed for this browser alone.
    public let cookieSeal: [UInt8]?
    /// The code of what a browser carries without an account, such as a list of places; whether it opens anything is for its room to say.
    public let pocket: String?
    public let at: Moment
    public let chance: Chance
    public let method: HTTPRequest.Method
    /// The path and query as they were asked for. Never logged: it may hold a receipt's token.
    public let address: String
    public let query: Query
    /// What was sent; empty when the page was only asked for.
    public var form: Form
    public let wantsJSON: Bool
    /// Where the request came from: an address on the network. Only for slowing down those who guess.
    public let from: String
    public let site: SiteFacts
    let parameters: [String: String]
    let parts: KeptParts

    public var deed: Deed { Deed(by: actor, at: at, chance: chance) }

    /// The path alone.
    var path: String { String(address.prefix { $0 != "?" }) }

    /// The part of the path that the route names `:name`.
    public func part(_ name: String) throws -> String {
        // No database stores a NUL, so nothing has one in its address.
        guard let part = parameters[name], !part.utf8.contains(0) else { throw Refusal.notFound }
        return part
    }

    /// The same as an id; what is no id is not found.
    public func id<S>(_ name: String, _ subject: S.Type = S.self) throws -> ID<S> {
        guard let id = ID<S>(try part(name)) else { throw Refusal.notFound }
        return id
    }

    /// Sends a stranger to sign in.
    public func someone() throws -> Someone { try deed.someone() }
}

/// How a browser is signed in.
public struct SignIn: Sendable {
    /// SHA-256 of the cookie's token: what the database holds.
    public let digest: String
    public let csrf: String

    public init(digest: String, csrf: String) {
        self.digest = digest
        self.csrf = csrf
    }
}

/// What is true of this installation while it runs.
public struct SiteFacts: Sendable {
    /// The address people reach it at, such as `https://heard.example.org`: printed in receipts, QR codes and feeds.
    public let base: SafeURL
    /// The demo: everybody can become anybody, and every page says so.
    public let isDemo: Bool
    public let dates: Dates
    public let maps: MapFacts
    public let limits = Limits()

    public init(base: SafeURL, isDemo: Bool, dates: Dates = .london, maps: MapFacts = .none) {
        self.maps = maps
        self.base = base
        self.isDemo = isDemo
        self.dates = dates
    }
}

/// The questions in an address, such as `?page=2&theme=waiting`.
public struct Query: Sendable {
    let values: [String: String]

    /// Whether nothing was asked.
    public var isEmpty: Bool { values.isEmpty }

    public subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A page number from 1 up; 1 where there is none or it is nonsense.
    public var page: Int { self["page"].flatMap { Int($0) }.map { min(max($0, 1), 1_000_000) } ?? 1 }
}
