import Kernel
import Projects

/// Who may do what with a session. That it takes place, and when, is public; where, only for those who may come.
public enum SessionPolicy {
    /// Planning sessions, changing them and writing down how they went: facilitators.
    public static func run(in project: Project, by actor: Actor) throws { try ProjectPolicy.run(project, by: actor) }

    /// Knowing where it is: those who may come, and those who work in the project.
    public static func mayCome(_ session: Session, of project: Project, _ actor: Actor) -> Bool {
        if session.group == nil, project.isOpenToPublic { return true }
        return ProjectPolicy.worksIn(project, actor) || isInRoom(session, of: project, actor)
    }

    /// Reading how it went, and everybody's numbers: those who were there or could have been.
    public static func isInRoom(_ session: Session, of project: Project, _ actor: Actor) -> Bool {
        SmallNumbers.circle(of: actor, in: project, group: session.group) == .room
    }

    /// Writing down what people say while they talk: facilitators and scribes.
    public static func mayCapture(in project: Project, _ actor: Actor) -> Bool { actor.carries(.facilitator, .scribe, at: project.place) }
}
