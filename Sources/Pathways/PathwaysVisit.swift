import HTML
import Kernel
import Services
import Store
import Web

/// A visit to a page below `/:service/pathways`: the service and the people who work on its leaflets.
public struct PathwaysVisit {
    public let at: ServiceVisit
    public let people: ServicePeople

    public init(_ visit: Visit, _ tx: Transaction) throws {
        at = try ServiceVisit(visit, tx)
        people = try ServicePeople(of: at.service, tx)
    }

    public var visit: Visit { at.visit }
    public var service: Service { at.service }
    public var url: SafeURL { service.url.below("pathways") }
    var link: Link { Link(W.pathways, to: url) }
    public var isEditor: Bool { people.isEditor(visit.actor) }
    var mayWork: Bool { LeafletPolicy.mayWork(in: people, by: visit.actor) }
}

/// A visit to one leaflet.
public struct LeafletVisit {
    public let here: PathwaysVisit
    public let leaflet: Leaflet

    public init(_ visit: Visit, _ tx: Transaction) throws {
        here = try PathwaysVisit(visit, tx)
        leaflet = try LeafletStore.find(slug: visit.part("leaflet"), in: here.service.id, tx)
        // Of a page that nobody outside may read, not even the address can be guessed.
        guard try here.mayWork || LeafletStore.wasPublished(leaflet.id, tx) else { throw Refusal.notFound }
    }

    public var visit: Visit { here.visit }
    public var service: Service { here.service }
    public var deed: Deed { visit.deed }
    public var url: SafeURL { leaflet.url(in: service) }
    var link: Link { Link(leaflet.title, to: url) }
    /// The page of everything that is done about it.
    public var work: Link { Link(W.work, to: url.below("work")) }

    /// The way to a page for those who work on it.
    public func surroundings(_ more: Link...) -> Surroundings {
        Surroundings(
            service: service.link,
            breadcrumbs: [service.link, here.link] + more,
            place: service.place,
            isPrivate: true
        ).wearing(.leaflets)
    }

    /// The text of the address, for those who work on it; for others there is none.
    public func text(_ tx: Transaction) throws -> LeafletText {
        try LeafletPolicy.work(in: here.people, by: visit.actor)
        return try TextStore.find(visit.id("text"), of: leaflet.id, tx)
    }

    public func url(of text: LeafletTextID) -> SafeURL { url.below("texts", text) }
}
