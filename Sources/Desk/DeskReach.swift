import Kernel
import Projects
import Services
import Store

/// What there is to do, in the order of a voice's path.
enum Task: String, Sendable, CaseIterable, Encodable {
    case hear, again, sort, look, discuss, decide, start, act, tell, call, read

    /// Whose work it is. The rooms' own policies decide again when it is done.
    var duties: [Duty] { self == .call ? [.facilitator, .scribe] : [.facilitator, .moderator] }
}

/// Where somebody carries the duty for a task: worked out once from their duties, the same way as `Actor.carries`.
enum DeskReach {
    /// As SQL over `projects`. A test asks this and `Actor.carries` about everybody and every project.
    static func condition(_ task: Task, for actor: Actor) -> SQL {
        let grants = (actor.person?.grants ?? []).filter { task.duties.contains($0.duty) }
        if grants.contains(where: { $0.reach == .organisation }) { return "1 = 1" }
        var services: [ServiceID] = []
        var projects: [ProjectID] = []
        for grant in grants {
            switch grant.reach {
            case .organisation: break
            case .service(let id): services.append(id)
            case .project(let id): projects.append(id)
            }
        }
        // Sorted, so that the same duties always ask the same question and it is prepared once.
        return "(projects.service IN \(list: services.sorted()) OR projects.id IN \(list: projects.sorted()))"
    }

    /// The projects in which somebody takes part as one of those who work for the service.
    static func staffProjects(of actor: Actor, _ tx: Transaction) throws -> [DeskProject] {
        let mine = actor.staffProjects.sorted()
        guard !mine.isEmpty else { return [] }
        return try tx.all(
            """
            SELECT \(DeskProject.columns) FROM projects JOIN services ON services.id = projects.service
            WHERE projects.id IN \(list: mine) ORDER BY services.name, projects.title, projects.id
            """
        ) { try DeskProject(&$0) }
    }

    static func projects(_ task: Task, for actor: Actor, _ tx: Transaction) throws -> [DeskProject] {
        try tx.all(
            """
            SELECT \(DeskProject.columns) FROM projects JOIN services ON services.id = projects.service
            WHERE \(condition(task, for: actor)) ORDER BY services.name, projects.title, projects.id
            """
        ) { try DeskProject(&$0) }
    }
}

/// A project as far as the desk needs it.
struct DeskProject: Sendable {
    let id: ProjectID
    let title: String
    let slug: String
    let service: ServiceID
    let serviceName: String
    let serviceSlug: String
    let zone: String
    let isPlanned: Bool

    var place: Place { Place(service: service, project: id) }

    static let columns: SQL =
        "projects.id, projects.title, projects.slug, services.id, services.name, services.slug, services.zone, projects.state"

    init(_ row: inout Row) throws {
        id = try row.next()
        title = try row.next()
        slug = try row.next()
        service = try row.next()
        serviceName = try row.next()
        serviceSlug = try row.next()
        zone = try row.next()
        isPlanned = try row.next(String.self) == "planned"
    }
}

/// A place in a list that is ordered by due date.
struct DueCursor: Sendable {
    let due: Moment
    let id: String

    /// `1790000000000.0192f0c1-…`; nil for anything else.
    init?(_ text: String?) {
        guard let text, text.utf8.count <= 60, let dot = text.firstIndex(of: "."), let due = Int64(text[..<dot]),
            let id = VoiceID(String(text[text.index(after: dot)...]))
        else { return nil }
        self.due = Moment(milliseconds: due)
        self.id = id.text
    }

    init(_ due: Moment, _ id: String) {
        self.due = due
        self.id = id
    }

    var text: String { "\(due.milliseconds).\(id)" }
}
