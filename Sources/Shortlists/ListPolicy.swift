import Kernel
import Projects
import Services
import Store
import Web

/// Who comes to a list: somebody signed in, or a browser that carries the code of one.
public struct ListHolder: Sendable {
    public let actor: Actor
    let digest: String?

    public init(_ actor: Actor, code: String? = nil) {
        self.actor = actor
        // Whoever is signed in has their lists in their account; what their browser carried before is shown to be taken along, and no more.
        digest = code.map { ListCode.digest($0, for: .owner) }
    }

    public init(_ visit: Visit) { self.init(visit.actor, code: visit.pocket) }
}

/// Who may do what with lists. Pure: the same functions guard pages, forms and JSON.
public enum ListPolicy {
    /// Reading, changing and passing on: whoever holds it, and nobody else. To others it is not there. What somebody made for families of a
    /// service is theirs only while they work there.
    public static func hold(_ list: Shortlist, by holder: ListHolder, of workplaces: [ServiceID]) throws {
        guard mayHold(list, holder, workplaces) else { throw Refusal.notFound }
    }

    static func mayHold(_ list: Shortlist, _ holder: ListHolder, _ workplaces: [ServiceID]) -> Bool {
        guard list.service.map(workplaces.contains) ?? true else { return false }
        return switch list.owner {
        case .person(let id): holder.actor.personID == id
        case .code(let digest): holder.digest == digest
        }
    }

    /// Having a list sent by the team, and reading lists out to callers: whoever works with families there.
    public static func work(at service: ServiceID?, of workplaces: [ServiceID], by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard let service, workplaces.contains(service) else { throw Refusal.notFound }
    }

    /// Sending what waits to be sent: facilitators and scribes, as with everybody who asked to be told; and whoever asked, while they work there.
    static func send(at service: ServiceID, by actor: Actor, askedBy person: PersonID, of workplaces: [ServiceID]) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        let isTheirs = actor.personID == person && workplaces.contains(service)
        guard actor.carries(.facilitator, .scribe, at: Place(service: service)) || isTheirs else { throw Refusal.notFound }
    }

    static func mayReadOut(_ workplaces: [ServiceID]) -> Bool { !workplaces.isEmpty }
}

/// Where somebody works with families.
public enum Workplaces {
    /// The services in whose projects they take part as staff, or where they facilitate or write down what people say; by name.
    public static func of(_ actor: Actor, _ tx: Transaction) throws -> [ServiceID] {
        let grants = (actor.person?.grants ?? []).filter { $0.duty == .facilitator || $0.duty == .scribe }
        var services: [ServiceID] = []
        var projects = Array(actor.staffProjects)
        for grant in grants {
            switch grant.reach {
            case .organisation: return try ServiceStore.all(tx).map(\.id)
            case .service(let id): services.append(id)
            case .project(let id): projects.append(id)
            }
        }
        guard !services.isEmpty || !projects.isEmpty else { return [] }
        return try tx.values(
            """
            SELECT id FROM services WHERE id IN \(list: services.sorted())
                OR id IN (SELECT service FROM projects WHERE projects.id IN \(list: projects.sorted())) ORDER BY name, id
            """
        )
    }
}
