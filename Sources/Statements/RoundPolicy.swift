import Kernel
import Projects
import Store

/// Who may do what with a round of statements. Pure.
public enum RoundPolicy {
    /// Starting, changing, opening and closing: facilitators.
    public static func run(in place: Place, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard mayRun(in: place, by: actor) else { throw Refusal.notFound }
    }

    public static func mayRun(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, at: place) }

    /// Looking at new statements: facilitators and moderators.
    public static func moderate(in place: Place, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard mayModerate(in: place, by: actor) else { throw Refusal.notFound }
    }

    public static func mayModerate(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, .moderator, at: place) }

    /// Writing down what somebody answers by phone or on paper: facilitators and scribes.
    public static func scribe(in place: Place, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard mayScribe(in: place, by: actor) else { throw Refusal.notFound }
    }

    public static func mayScribe(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, .scribe, at: place) }

    /// The rounds of a project: everybody where it is open to the public, else its people. Drafts: those who tend them.
    public static func know(of project: Project, by actor: Actor) throws {
        guard mayKnow(of: project, by: actor) else { throw Refusal.notFound }
    }

    public static func mayKnow(of project: Project, by actor: Actor) -> Bool {
        project.isOpenToPublic || actor.isMember(of: project.id)
            || actor.carries(.facilitator, .moderator, .scribe, .actionOwner, .publisher, at: project.place)
    }

    public static func read(_ round: Round, of project: Project, by actor: Actor) throws {
        guard round.project == project.id, mayRead(round, of: project, by: actor) else { throw Refusal.notFound }
    }

    public static func mayRead(_ round: Round, of project: Project, by actor: Actor) -> Bool {
        mayKnow(of: project, by: actor) && (round.state != .draft || mayModerate(in: round.place, by: actor))
    }

    /// The same rule for lists, in SQL. A test asks both about every kind of round and person.
    public static func readable(in project: Project, by actor: Actor) -> SQL {
        guard mayKnow(of: project, by: actor) else { return "1 = 0" }
        return mayModerate(in: project.place, by: actor) ? "1 = 1" : "rounds.state <> 'draft'"
    }

    /// Answering for oneself: members with the perspective they bring, others only where the project is open to the public.
    public static func answer(in project: Project, by actor: Actor) throws {
        guard mayAnswer(in: project, by: actor) else { throw Refusal.notAllowed(because: W.onlyByInvitation) }
    }

    public static func mayAnswer(in project: Project, by actor: Actor) -> Bool {
        project.isOpenToPublic || actor.isMember(of: project.id)
    }

    /// Answers are taken while a round is open, and at no other time.
    public static func beOpen(_ round: Round, at now: Moment) throws {
        switch round.standing(at: now) {
        case .open: return
        case .draft: throw Refusal.notFound
        case .waiting: throw Refusal.notAllowed(because: W.notYetOpen)
        case .closed: throw Refusal.notAllowed(because: W.isClosed)
        }
    }
}
