import HTML
import Kernel
import Store
import Web
import Words

/// A visit to a page below `/:service`: the service it is about, resolved once, in the same words for every room.
public struct ServiceVisit: Sendable {
    public let visit: Visit
    public let service: Service
    public let perspectives: Perspectives

    /// Services are public: whoever asks may know of them.
    public init(_ visit: Visit, _ tx: Transaction) throws {
        self.visit = visit
        service = try ServiceStore.find(slug: visit.part("service"), tx)
        perspectives = try ServiceStore.perspectives(of: service.id, tx)
    }

    public var actor: Actor { visit.actor }
    public var place: Place { service.place }
    /// Dates and times as they are where the service is.
    public var dates: Dates { Dates(zone: service.zone) }

    /// The way down to a page of this service; `more` are the pages between the service's home and this one.
    public func surroundings(_ more: Link..., feed: Link? = nil, isPrivate: Bool = false) -> Surroundings {
        Surroundings(service: service.link, breadcrumbs: [service.link] + more, feed: feed, place: place, isPrivate: isPrivate)
    }

    /// The same on the service's own home page, which is below nothing.
    public func home(feed: Link? = nil) -> Surroundings {
        Surroundings(service: service.link, breadcrumbs: [], feed: feed, place: place)
    }
}
