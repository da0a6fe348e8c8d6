import HTML
import Kernel
import Projects
import Services
import Store

/// Voices that belong together, under discussion: what many people said about one thing.
public struct Theme: Sendable, Encodable {
    /// How far it has come. Worked out from what was recorded, never chosen from a list.
    public enum State: String, Sendable, Codable, CaseIterable, Column {
        case open, discussed, agreed, doing, done, cannot
        /// There was nothing to decide, such as where people praised something: they were thanked.
        case thanks
    }

    public let id: ThemeID
    public let service: ServiceID
    public let project: ProjectID
    public let title: String
    /// What people said, in plain words.
    public let said: String
    /// May be shown to everybody, on "You said, we did".
    public let isPublic: Bool
    public let state: State
    public let madeAt: Moment
    /// When it was first discussed.
    public let discussedAt: Moment?
    /// When it was last decided on.
    public let decidedAt: Moment?
    /// When the service last changed because of it.
    public let changedAt: Moment?
    /// Set as long as an answer to the people who said it is owed.
    public let replyDue: Moment?
    /// When they were last answered.
    public let repliedAt: Moment?
    /// When anything last happened to it.
    public let movedAt: Moment
    public let version: Int

    public var place: Place { Place(service: service, project: project) }

    /// The page on which its people work.
    public func url(in service: Service, _ project: Project) -> SafeURL { .path("/", service.slug, "projects", project.slug, "themes", id) }

    public static let columns: SQL = """
        themes.id, themes.service, themes.project, themes.title, themes.said, themes.public, themes.state, themes.made_at,
        themes.discussed_at, themes.decided_at, themes.changed_at, themes.reply_due, themes.replied_at, themes.moved_at, themes.version
        """

    public init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        project = try row.next()
        title = try row.next()
        said = try row.next()
        isPublic = try row.next()
        state = try row.next()
        madeAt = try row.next()
        discussedAt = try row.next()
        decidedAt = try row.next()
        changedAt = try row.next()
        replyDue = try row.next()
        repliedAt = try row.next()
        movedAt = try row.next()
        version = try row.next()
    }
}

extension Theme {
    /// What has been recorded about a theme, as far as its state depends on it.
    public struct Recorded: Sendable {
        public var isDiscussed = false
        /// What the newest decision came to; nil while nothing is decided.
        public var decided: Decided?
        /// Actions that are neither done nor dropped.
        public var openActions = 0
        /// Actions started since the newest decision.
        public var actionsSince = 0
        /// Changes recorded since the newest decision.
        public var changesSince = 0

        public enum Decided: Sendable { case agreed, cannot, thanks }

        public init(isDiscussed: Bool = false, decided: Decided? = nil, openActions: Int = 0, actionsSince: Int = 0, changesSince: Int = 0)
        {
            self.isDiscussed = isDiscussed
            self.decided = decided
            self.openActions = openActions
            self.actionsSince = actionsSince
            self.changesSince = changesSince
        }

        /// "We can't" and "thank you" end a path; what was agreed is being done while an action is open, and done when none is and something has changed.
        public var state: State {
            switch decided {
            case nil: return isDiscussed ? .discussed : .open
            case .cannot: return .cannot
            case .thanks: return .thanks
            case .agreed: break
            }
            if openActions > 0 { return .doing }
            if changesSince > 0 { return .done }
            return actionsSince > 0 ? .doing : .agreed
        }
    }

    /// The one thing that comes next, and by when, where a clock says so.
    public enum Next: Sendable, Equatable {
        case gather
        case discuss(by: Moment?)
        case decide(by: Moment?)
        case reply(by: Moment)
        case startAction
        case finishAction(by: Moment)
        case recordChange
        case nothing

        public var due: Moment? {
            switch self {
            case .discuss(let due), .decide(let due): due
            case .reply(let due), .finishAction(let due): due
            case .gather, .startAction, .recordChange, .nothing: nil
            }
        }

        public func isOverdue(at now: Moment) -> Bool { due.map { $0 < now } ?? false }
    }

    /// - Parameters:
    ///   - voices: what its voices ask for; only those that whoever looks may read.
    ///   - isAsked: people were asked about it, and what they answered was taken to the group: there is something to discuss without voices.
    ///   - actionDue: the earliest due date of an open action; nil where none is open.
    public func next(voices: Gathered, isAsked: Bool, actionDue: Moment?) -> Next {
        // An answer that is owed has the shortest clock, so it comes before the doing.
        if let replyDue { return .reply(by: replyDue) }
        switch state {
        case .open: return voices.total == 0 && !isAsked ? .gather : .discuss(by: voices.discussDue)
        case .discussed: return .decide(by: voices.decideDue)
        case .agreed: return .startAction
        case .doing: return actionDue.map { .finishAction(by: $0) } ?? .recordChange
        case .done, .cannot, .thanks: return .nothing
        }
    }
}

/// How many voices a theme has, by perspective, and how long they have been waiting.
public struct Gathered: Sendable, Encodable {
    public var byPerspective: [String: Int] = [:]
    /// The earliest date by which one of them was to be discussed.
    public var discussDue: Moment?
    public var decideDue: Moment?

    public var total: Int { byPerspective.values.reduce(0, +) }

    public init() {}
}

/// One meeting, or time between meetings, in which a theme was discussed: what was said by the group, not who said what.
public struct Discussion: Sendable, Encodable {
    public let id: DiscussionID
    public let theme: ThemeID
    /// The session's title; nil between meetings.
    public let session: String?
    public let at: Moment
    /// The display name of the person who recorded it, where they have one.
    public let by: String?
    public let notes: String
    /// What comes next.
    public let next: String
    /// Everybody in the project may read the notes; those of a group's own session only where its people agreed.
    public let isReleased: Bool
    /// Whose own session it was.
    public let group: GroupID?

    static let columns: SQL = """
        discussions.id, discussions.theme, (SELECT title FROM sessions WHERE sessions.id = discussions.session), discussions.at,
        (SELECT name FROM people WHERE people.id = discussions.by_whom), discussions.notes, discussions.next,
        discussions.released, (SELECT group_id FROM sessions WHERE sessions.id = discussions.session)
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        theme = try row.next()
        session = try row.next()
        at = try row.next()
        by = try row.next()
        notes = try row.next()
        next = try row.next()
        isReleased = try row.next()
        group = try row.next()
    }

    /// Notes that were not released are for the group in whose session they were written, and for those who run the project.
    public func mayReadNotes(_ actor: Actor, runs: Bool) -> Bool { isReleased || runs || group.map { actor.isMember(of: $0) } ?? false }
}
