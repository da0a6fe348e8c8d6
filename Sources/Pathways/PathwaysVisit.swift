import HTML
import Kernel
import Services
import Store
import Web

/// A visit to a page below `/:service/pathways`: the service and the people who work on its leaflets.
struct PathwaysVisit {
    let at: ServiceVisit
    let people: ServicePeople

    init(_ visit: Visit, _ tx: Transaction) throws {
        at = try ServiceVisit(visit, tx)
        people = try ServicePeople(of: at.service, tx)
    }

    var visit: Visit { at.visit }
    var service: Service { at.service }
    var url: SafeURL { service.url.below("pathways") }
    var link: Link { Link(W.pathways, to: url) }
    var isEditor: Bool { people.isEditor(visit.actor) }
    var mayWork: Bool { LeafletPolicy.mayWork(in: people, by: visit.actor) }
}

/// A visit to one leaflet.
struct LeafletVisit {
    let here: PathwaysVisit
    let leaflet: Leaflet

    init(_ visit: Visit, _ tx: Transaction) throws {
        here = try PathwaysVisit(visit, tx)
        leaflet = try LeafletStore.find(slug: visit.part("leaflet"), in: here.service.id, tx)
    }

    var visit: Visit { here.visit }
    var service: Service { here.service }
    var deed: Deed { visit.deed }
    var url: SafeURL { leaflet.url(in: service) }
    var link: Link { Link(leaflet.title, to: url) }
    var work: Link { Link(W.work, to: url.below("work")) }

    func surroundings(_ more: Link...) -> Surroundings {
        Surroundings(
            service: service.link,
            breadcrumbs: [service.link, here.link] + more,
            place: service.place,
            isPrivate: true
        ).wearing(.leaflets)
    }

    func text(_ tx: Transaction) throws -> LeafletText {
        try LeafletPolicy.work(in: here.people, by: visit.actor)
        return try TextStore.find(visit.id("text"), of: leaflet.id, tx)
    }

    func url(of text: LeafletTextID) -> SafeURL { url.below("texts", text) }
}
