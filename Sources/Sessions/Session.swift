import HTML
import Kernel
import Projects
import Services
import Store

/// A meeting of people of a project: in a room, by video or by telephone.
public struct Session: Sendable {
    public enum Way: String, Column, Sendable, Codable, CaseIterable { case inPerson = "in-person", video, phone }

    public let id: SessionID
    public let project: ProjectID
    /// nil where it is for the whole project.
    public let group: GroupID?
    public let activity: ActivityID?
    public let title: String
    public let startsAt: Moment
    public let minutes: Int
    public let way: Way
    /// Where to go, which link to open, which number to ring.
    public let place: String
    public let about: String
    /// How it went; for those who were there or could have been.
    public let notes: String
    public let version: Int

    public var endsAt: Moment { startsAt.adding(minutes: minutes) }

    public func url(of project: Project, in service: Service) -> SafeURL {
        .path("/", service.slug, "projects", project.slug, "sessions", id)
    }

    static let columns: SQL = "id, project, group_id, activity, title, starts_at, minutes, way, place, about, notes, version"

    init(_ row: inout Row) throws {
        id = try row.next()
        project = try row.next()
        group = try row.next()
        activity = try row.next()
        title = try row.next()
        startsAt = try row.next()
        minutes = try row.next()
        way = try row.next()
        place = try row.next()
        about = try row.next()
        notes = try row.next()
        version = try row.next()
    }
}

/// That people of one perspective were at a session, and how many if anybody counted.
public struct Attendance: Sendable, Hashable {
    public let perspective: String
    /// nil: they were there, and nobody counted. 0: none of them came.
    public let people: Int?

    public init(perspective: String, people: Int?) {
        self.perspective = perspective
        self.people = people
    }
}

public enum SessionStore {
    public static func find(_ id: SessionID, _ tx: Transaction) throws -> Session {
        guard let found = try tx.first("SELECT \(Session.columns) FROM sessions WHERE id = \(id)", { try Session(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    public static func find(_ id: SessionID, in project: ProjectID, _ tx: Transaction) throws -> Session {
        let session = try find(id, tx)
        guard session.project == project else { throw Refusal.notFound }
        return session
    }

    /// Every session of a project, the latest first.
    public static func list(of project: ProjectID, _ tx: Transaction) throws -> [Session] {
        try tx.all("SELECT \(Session.columns) FROM sessions WHERE project = \(project) ORDER BY starts_at DESC, id") { try Session(&$0) }
    }

    /// Who was there, by perspective; empty until somebody has written it down.
    public static func attendance(of session: SessionID, _ tx: Transaction) throws -> [Attendance] {
        try tx.all("SELECT perspective, people FROM attendance WHERE session = \(session) ORDER BY perspective") { row in
            Attendance(perspective: try row.next(), people: try row.next())
        }
    }
}
