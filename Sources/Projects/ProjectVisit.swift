import HTML
import Kernel
import Services
import Store
import Web
import Words

/// A visit to a page below `/:service/projects/:project`: the service and the project it is about, resolved once for every room.
public struct ProjectVisit: Sendable {
    public let visit: Visit
    public let service: Service
    public let project: Project
    public let perspectives: Perspectives

    /// Projects are public: whoever asks may know of them. What is said in them is not.
    public init(_ visit: Visit, _ tx: Transaction) throws {
        let found = try ServiceStore.find(slug: visit.part("service"), tx)
        self.visit = visit
        service = found
        project = try ProjectStore.find(service: found, slug: visit.part("project"), tx)
        perspectives = try ServiceStore.perspectives(of: found.id, tx)
    }

    /// The same for a page that found its project another way, such as `/voices/:voice`.
    public init(_ visit: Visit, project id: ProjectID, _ tx: Transaction) throws {
        let found = try ProjectStore.find(id, tx)
        self.visit = visit
        project = found
        service = try ServiceStore.find(found.service, tx)
        perspectives = try ServiceStore.perspectives(of: found.service, tx)
    }

    public var actor: Actor { visit.actor }
    public var deed: Deed { visit.deed }
    public var place: Place { project.place }
    public var url: SafeURL { project.url(in: service) }
    public var link: Link { project.link(in: service) }
    /// Dates and times as they are where the service is.
    public var dates: Dates { Dates(zone: service.zone) }

    /// An address below the project's own: `here("sessions", session.id)`.
    public func here(_ segments: any CustomStringConvertible..., query: KeyValuePairs<String, any CustomStringConvertible> = [:]) -> SafeURL
    {
        var path = url.description
        for segment in segments { path += SafeURL.path("/", segment).description }
        // Every part is an encoded segment of ours, so this never falls back to the project's page.
        return query.reduce(SafeURL(local: path) ?? url) { $0.adding($1.key, $1.value) }
    }

    /// The way down to a page of this project; `more` are the pages between the project's own and this one.
    public func surroundings(_ more: Link?..., feed: Link? = nil, isPrivate: Bool = false) -> Surroundings {
        Surroundings(
            service: service.link,
            breadcrumbs: [service.link, link] + more.compactMap { $0 },
            feed: feed,
            place: place,
            isPrivate: isPrivate
        )
    }

    /// The same on the project's own page.
    public func home(feed: Link? = nil) -> Surroundings {
        Surroundings(service: service.link, breadcrumbs: [service.link], feed: feed, place: place)
    }
}
