import HTML
import Kernel
import Store
import Trail

/// What a service is called and what people read about it first.
public struct ServiceDetails: Sendable {
    public var name: String
    /// Left empty, it is made from the name.
    public var slug: String
    public var summary: String
    public var about: String
    public var phone: String?
    public var zone: String

    public init(name: String, slug: String = "", summary: String, about: String = "", phone: String? = nil, zone: String = "Europe/London")
    {
        self.name = name
        self.slug = slug.isEmpty ? Slug.of(name) : slug
        self.summary = summary
        self.about = about
        self.phone = phone
        self.zone = zone
    }
}

/// Adds a service to the organisation, with the perspectives people will bring to it.
public enum MakeService {
    @discardableResult
    public static func run(_ details: ServiceDetails, perspectives: [Perspective], by deed: Deed, _ tx: Transaction) throws -> Service {
        try ServicePolicy.setUp(by: deed.actor)
        try checkSlug(details.slug, of: nil, tx)
        let id: ServiceID = deed.newID()
        try tx.run(
            """
            INSERT INTO services (id, slug, name, summary, about, phone, zone, made_at)
            VALUES (\(id), \(details.slug), \(details.name), \(details.summary), \(details.about), \(details.phone), \(details.zone), \(deed.at))
            """
        )
        for perspective in perspectives { try PerspectiveStore.insert(perspective, in: id, tx) }
        let service = try ServiceStore.find(id, tx)
        try Trail.record("service.made", TrailSubject("service", id), at: service.place, by: deed, in: tx)
        return service
    }

    /// Throws a problem of the field `slug` where the address cannot be had.
    static func checkSlug(_ slug: String, of service: ServiceID?, _ tx: Transaction) throws {
        if let sentence = Slug.problem(slug) { throw Problems("slug", sentence) }
        let taken: ServiceID? = try tx.value("SELECT id FROM services WHERE slug = \(slug)")
        if let taken, taken != service { throw Problems("slug", W.slugTaken) }
    }
}

/// Changes what a service is called and what people read about it.
public enum ChangeService {
    /// - Parameter version: of the service when the form was opened.
    @discardableResult
    public static func run(_ id: ServiceID, to details: ServiceDetails, version: Int, by deed: Deed, _ tx: Transaction) throws -> Service {
        let service = try ServiceStore.find(id, tx)
        try ServicePolicy.change(service, by: deed.actor)
        try EditCheck.newest(version, is: service.version, fields: sides(service, details), again: service.settingsURL)
        try MakeService.checkSlug(details.slug, of: id, tx)
        try tx.run(
            """
            UPDATE services SET slug = \(details.slug), name = \(details.name), summary = \(details.summary), about = \(details.about),
                phone = \(details.phone), zone = \(details.zone), version = \(version + 1)
            WHERE id = \(id)
            """
        )
        try Trail.record("service.changed", TrailSubject("service", id), at: service.place, by: deed, in: tx)
        return try ServiceStore.find(id, tx)
    }

    private static func sides(_ service: Service, _ details: ServiceDetails) -> [(label: String, theirs: String, yours: String)] {
        [
            (W.name, service.name, details.name), (W.slug, service.slug, details.slug), (W.summary, service.summary, details.summary),
            (W.about, service.about, details.about), (W.phone, service.phone ?? "", details.phone ?? ""),
            (W.zone, service.zone, details.zone),
        ]
    }
}

extension Service {
    public var settingsURL: SafeURL { .path("/", slug, "settings") }
    public var perspectivesURL: SafeURL { .path("/", slug, "settings", "perspectives") }
    /// Where a project is added to it.
    public var newProjectURL: SafeURL { .path("/", slug, "projects", "new") }
}
