import HTML
import Kernel
import Store

/// What will be done, by whom, by when, and what shows that it was.
public struct Action: Sendable, Encodable {
    public enum State: String, Sendable, Codable, CaseIterable, Column { case doing, done, dropped }

    public let id: ActionID
    public let theme: ThemeID
    public let decision: DecisionID?
    public let what: String
    /// Set where the owner has an account.
    public let owner: PersonID?
    public let ownerName: String
    public let due: Moment
    public let state: State
    public let madeAt: Moment
    public let endedAt: Moment?
    /// The display name of whoever ended it.
    public let endedBy: String?
    /// What shows that it was done.
    public let evidence: String
    public let evidenceURL: SafeURL?
    /// Why it was dropped.
    public let reason: String
    public let version: Int

    public var url: SafeURL { .path("/actions", id) }

    public func isOverdue(at now: Moment) -> Bool { state == .doing && due < now }

    private enum CodingKeys: String, CodingKey {
        case id, theme, what, ownerName, due, state, madeAt, endedAt, endedBy, evidence, evidenceURL, reason, version
    }

    static let columns: SQL = """
        actions.id, actions.theme, actions.decision, actions.what, actions.owner, actions.owner_name, actions.due, actions.state, actions.made_at,
        actions.ended_at, (SELECT name FROM people WHERE people.id = actions.ended_by), actions.evidence, actions.evidence_url, actions.reason,
        actions.version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        theme = try row.next()
        decision = try row.next()
        what = try row.next()
        owner = try row.next()
        ownerName = try row.next()
        due = try row.next()
        state = try row.next()
        madeAt = try row.next()
        endedAt = try row.next()
        endedBy = try row.next()
        evidence = try row.next()
        evidenceURL = (try row.next() as String?).flatMap { SafeURL(web: $0) }
        reason = try row.next()
        version = try row.next()
    }
}

/// That an action's date was moved, and why.
public struct MovedDate: Sendable, Encodable {
    public let was: Moment
    public let due: Moment
    public let reason: String
    public let at: Moment
    public let by: String?
}

/// What is different in the service now, because of what people said.
public struct Change: Sendable, Encodable {
    public let id: ChangeID
    public let theme: ThemeID
    public let action: ActionID?
    public let words: String
    /// Since when it has been different.
    public let since: Moment
    /// When it was recorded.
    public let at: Moment
    /// The display name of whoever recorded it.
    public let by: String?
    public let evidence: String
    public let evidenceURL: SafeURL?
    public let version: Int

    static let columns: SQL = """
        changes.id, changes.theme, changes.action, changes.words, changes.since, changes.at,
        (SELECT name FROM people WHERE people.id = changes.by_whom), changes.evidence, changes.evidence_url, changes.version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        theme = try row.next()
        action = try row.next()
        words = try row.next()
        since = try row.next()
        at = try row.next()
        by = try row.next()
        evidence = try row.next()
        evidenceURL = (try row.next() as String?).flatMap { SafeURL(web: $0) }
        version = try row.next()
    }
}

/// Who may do what with actions and changes. Reading follows the theme; an owner may always read their own action.
public enum ActionPolicy {
    public static func start(in place: Place, by actor: Actor) throws {
        guard mayStart(in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyFacilitators) }
    }

    public static func mayStart(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, at: place) }

    /// Finishing, dropping, moving the date: facilitators, and the owner with their own.
    public static func tend(_ action: Action, in place: Place, by actor: Actor) throws {
        guard mayTend(action, in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyOwner) }
    }

    public static func mayTend(_ action: Action, in place: Place, by actor: Actor) -> Bool {
        mayStart(in: place, by: actor) || isOwner(of: action, in: place, actor)
    }

    /// Whoever took it on, as long as they are here: who left the project keeps nothing of it.
    public static func isOwner(of action: Action, in place: Place, _ actor: Actor) -> Bool {
        action.owner != nil && action.owner == actor.personID && actor.belongs(to: place)
    }

    /// Recording what changed: facilitators, and the owner of the action it came from.
    public static func change(from action: Action?, in place: Place, by actor: Actor) throws {
        guard mayStart(in: place, by: actor) || action.map({ mayTend($0, in: place, by: actor) }) ?? false else {
            throw Refusal.notAllowed(because: W.onlyFacilitators)
        }
    }

    /// The wording of a change, which the public reads: facilitators and publishers.
    public static func word(in place: Place, by actor: Actor) throws {
        guard mayWord(in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyPublishers) }
    }

    public static func mayWord(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, .publisher, at: place) }
}
