import HTML
import Kernel
import Store

/// What is being co-produced, such as Barnet CAMHS. An organisation has many.
public struct Service: Sendable, Encodable {
    public let id: ServiceID
    /// The first part of its pages' addresses, such as `barnet-camhs`.
    public let slug: String
    public let name: String
    public let summary: String
    public let about: String
    /// The number to ring instead of typing.
    public let phone: String?
    /// An IANA time zone, such as `Europe/London`.
    public let zone: String
    public let version: Int

    public var place: Place { Place(service: id) }
    public var url: SafeURL { .path("/", slug) }
    public var link: Link { Link(name, to: url) }

    public static let columns: SQL = "id, slug, name, summary, about, phone, zone, version"

    public init(_ row: inout Row) throws {
        id = try row.next()
        slug = try row.next()
        name = try row.next()
        summary = try row.next()
        about = try row.next()
        phone = try row.next()
        zone = try row.next()
        version = try row.next()
    }
}

/// Whose point of view somebody brings, as a service names it: `young-people`, "Young people", "young person".
public struct Perspective: Sendable, Encodable, Hashable {
    public let key: String
    public let label: String
    public let one: String
    public let place: Int
    /// Staff and managers, as against people with lived experience.
    public let isStaff: Bool
    public let version: Int

    static let columns: SQL = "key, label, one, place, staff, version"

    public init(key: String, label: String, one: String, place: Int, isStaff: Bool) {
        self.key = key
        self.label = label
        self.one = one
        self.place = place
        self.isStaff = isStaff
        version = 1
    }

    init(_ row: inout Row) throws {
        key = try row.next()
        label = try row.next()
        one = try row.next()
        place = try row.next()
        isStaff = try row.next()
        version = try row.next()
    }
}

/// A service's perspectives in their order, and their labels by key.
public struct Perspectives: Sendable, Encodable {
    public let all: [Perspective]

    public init(_ all: [Perspective]) { self.all = all }

    public subscript(key: String) -> Perspective? { all.first { $0.key == key } }

    /// "Young people"
    public func label(_ key: String) -> String { self[key]?.label ?? key }
    /// "young person"
    public func one(_ key: String) -> String { self[key]?.one ?? key }
}

public enum ServiceStore {
    public static func all(_ tx: Transaction) throws -> [Service] {
        try tx.all("SELECT \(Service.columns) FROM services ORDER BY name, id") { try Service(&$0) }
    }

    public static func find(slug: String, _ tx: Transaction) throws -> Service {
        guard let service = try tx.first("SELECT \(Service.columns) FROM services WHERE slug = \(slug)", { try Service(&$0) }) else {
            throw Refusal.notFound
        }
        return service
    }

    public static func find(_ id: ServiceID, _ tx: Transaction) throws -> Service {
        guard let service = try tx.first("SELECT \(Service.columns) FROM services WHERE id = \(id)", { try Service(&$0) }) else {
            throw Refusal.notFound
        }
        return service
    }

    public static func perspectives(of service: ServiceID, _ tx: Transaction) throws -> Perspectives {
        Perspectives(
            try tx.all("SELECT \(Perspective.columns) FROM perspectives WHERE service = \(service) ORDER BY place, key") {
                try Perspective(&$0)
            }
        )
    }

    /// The organisation's name; nil until somebody has set it up.
    public static func organisationName(_ tx: Transaction) throws -> String? {
        try tx.value("SELECT name FROM organisation WHERE id = 1")
    }
}
