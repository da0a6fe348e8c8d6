import HTML
import Kernel
import Projects
import Services
import Store
import Trail

/// What a session is about, how long it takes and how to get there.
public struct SessionDetails: Sendable {
    public var title: String
    public var group: GroupID?
    public var activity: ActivityID?
    public var minutes: Int
    public var way: Session.Way
    public var place: String
    public var about: String

    public init(
        title: String,
        group: GroupID? = nil,
        activity: ActivityID? = nil,
        minutes: Int = 90,
        way: Session.Way = .inPerson,
        place: String = "",
        about: String = ""
    ) {
        self.title = title
        self.group = group
        self.activity = activity
        self.minutes = minutes
        self.way = way
        self.place = place
        self.about = about
    }
}

/// Plans a session, or offers the same one at several times.
public enum PlanSessions {
    /// - Returns: one session for each time, in the order of `times`.
    @discardableResult
    public static func run(
        _ details: SessionDetails,
        at times: [Moment],
        in project: Project,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> [Session] {
        try SessionPolicy.run(in: project, by: deed.actor)
        try ChangeSession.check(details, in: project, tx)
        return try times.map { time in
            let id: SessionID = deed.newID()
            try tx.run(
                """
                INSERT INTO sessions (id, project, group_id, activity, title, starts_at, minutes, way, place, about)
                VALUES (\(id), \(project.id), \(details.group), \(details.activity), \(details.title), \(time), \(details.minutes),
                    \(details.way), \(details.place), \(details.about))
                """
            )
            let facts = ["starts": time.iso, "way": details.way.rawValue]
            try Trail.record("session.planned", TrailSubject("session", id), at: project.place, facts: facts, by: deed, in: tx)
            return try SessionStore.find(id, tx)
        }
    }
}

/// Changes when and where a session is.
public enum ChangeSession {
    /// - Parameters:
    ///   - version: of the session when the form was opened.
    ///   - zone: of the service, for saying both times where two people changed it.
    public static func run(
        _ session: Session,
        of project: Project,
        to details: SessionDetails,
        at time: Moment,
        version: Int,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try SessionPolicy.run(in: project, by: deed.actor)
        let again = SafeURL.path("/", service.slug, "projects", project.slug, "sessions", session.id, "change")
        try EditCheck.newest(version, is: session.version, fields: sides(session, details, time, service), again: again)
        try check(details, in: project, tx)
        try tx.run(
            """
            UPDATE sessions SET group_id = \(details.group), activity = \(details.activity), title = \(details.title), starts_at = \(time),
                minutes = \(details.minutes), way = \(details.way), place = \(details.place), about = \(details.about),
                version = \(version + 1)
            WHERE id = \(session.id)
            """
        )
        let facts = ["starts": time.iso, "way": details.way.rawValue]
        try Trail.record("session.changed", TrailSubject("session", session.id), at: project.place, facts: facts, by: deed, in: tx)
    }

    /// Group and activity belong to this project.
    static func check(_ details: SessionDetails, in project: Project, _ tx: Transaction) throws {
        if let group = details.group {
            guard try ProjectStore.groups(of: project.id, tx).contains(where: { $0.id == group }) else {
                throw Problems("group", W.groupUnknown)
            }
        }
        if let activity = details.activity {
            guard try ActivityStore.all(of: project.id, tx).contains(where: { $0.id == activity }) else {
                throw Problems("activity", W.activityUnknown)
            }
        }
    }

    private static func sides(
        _ session: Session,
        _ details: SessionDetails,
        _ time: Moment,
        _ service: Service
    ) -> [(label: String, theirs: String, yours: String)] {
        let before = session.dayAndTime(zone: service.zone)
        let after = Session.dayAndTime(time, zone: service.zone)
        return [
            (W.title, session.title, details.title), (W.date, before, after), (W.minutes, "\(session.minutes)", "\(details.minutes)"),
            (W.way, session.way.words, details.way.words), (W.place, session.place, details.place), (W.about, session.about, details.about),
        ]
    }
}
