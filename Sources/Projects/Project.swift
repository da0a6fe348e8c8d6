import HTML
import Kernel
import Services
import Store

/// One piece of co-production about a service: a question, a phase, and clocks that say how long anybody waits for an answer.
public struct Project: Sendable {
    public enum Phase: String, Column, Sendable, Codable, CaseIterable { case design, delivery, evaluation }
    /// Planned: what people intend to do together next. Open: voices are taken. Finished: everything can still be read and followed.
    public enum State: String, Column, Sendable, Codable, CaseIterable { case planned, open, finished }

    public let id: ProjectID
    public let service: ServiceID
    public let slug: String
    public let title: String
    public let question: String
    public let about: String
    /// How it went, in the words of those who took part: filled in when there is something to look back on.
    public let reflection: String
    public let phase: Phase
    public let state: State
    /// Anybody may say something here, with or without an account.
    public let isOpenToPublic: Bool
    public let clocks: Clocks
    public let madeAt: Moment
    public let version: Int

    public var place: Place { Place(service: service, project: id) }

    public func url(in service: Service) -> SafeURL { .path("/", service.slug, "projects", slug) }
    public func link(in service: Service) -> Link { Link(title, to: url(in: service)) }

    public static let columns: SQL = """
        projects.id, projects.service, projects.slug, projects.title, projects.question, projects.about, projects.reflection,
        projects.phase, projects.state, projects.open_to_public,
        projects.hear_within, projects.hear_unit, projects.discuss_within, projects.discuss_unit,
        projects.decide_within, projects.decide_unit, projects.reply_within, projects.reply_unit, projects.made_at, projects.version
        """

    public init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        slug = try row.next()
        title = try row.next()
        question = try row.next()
        about = try row.next()
        reflection = try row.next()
        phase = try row.next()
        state = try row.next()
        isOpenToPublic = try row.next()
        clocks = Clocks(hear: try Clock(&row), discuss: try Clock(&row), decide: try Clock(&row), reply: try Clock(&row))
        madeAt = try row.next()
        version = try row.next()
    }
}

/// A group of people of a project who meet; it has one private room.
public struct ProjectGroup: Sendable, Encodable {
    public let id: GroupID
    public let project: ProjectID
    public let name: String
    public let about: String
    /// Set where the group is for people of one perspective, such as the young people's own room.
    public let perspective: String?
    public let closedAt: Moment?
    public let version: Int

    public static let columns: SQL = "id, project, name, about, perspective, closed_at, version"

    public init(_ row: inout Row) throws {
        id = try row.next()
        project = try row.next()
        name = try row.next()
        about = try row.next()
        perspective = try row.next()
        closedAt = try row.next()
        version = try row.next()
    }
}

public enum ProjectStore {
    /// The project under these two parts of an address. Whoever asks may know of it: projects are public, what is said in them is not.
    public static func find(service: Service, slug: String, _ tx: Transaction) throws -> Project {
        let found = try tx.first("SELECT \(Project.columns) FROM projects WHERE service = \(service.id) AND slug = \(slug)") {
            try Project(&$0)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    public static func find(_ id: ProjectID, _ tx: Transaction) throws -> Project {
        guard let found = try tx.first("SELECT \(Project.columns) FROM projects WHERE id = \(id)", { try Project(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    public static func all(in service: ServiceID, _ tx: Transaction) throws -> [Project] {
        try tx.all("SELECT \(Project.columns) FROM projects WHERE service = \(service) ORDER BY made_at DESC, id") { try Project(&$0) }
    }

    public static func groups(of project: ProjectID, _ tx: Transaction) throws -> [ProjectGroup] {
        try tx.all("SELECT \(ProjectGroup.columns) FROM project_groups WHERE project = \(project) ORDER BY made_at, id") {
            try ProjectGroup(&$0)
        }
    }

    public static func group(_ id: GroupID, _ tx: Transaction) throws -> ProjectGroup {
        guard let found = try tx.first("SELECT \(ProjectGroup.columns) FROM project_groups WHERE id = \(id)", { try ProjectGroup(&$0) })
        else {
            throw Refusal.notFound
        }
        return found
    }
}
