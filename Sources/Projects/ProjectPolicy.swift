import Kernel
import Services

/// Who may do what in a project. Pure: the same functions guard pages, forms, JSON and lists.
public enum ProjectPolicy {
    // MARK: Setting up

    /// Adding a project to a service: administrators.
    public static func make(in service: Service, by actor: Actor) throws {
        try ServicePolicy.change(service, by: actor)
    }

    /// Its words, its state and its clocks: administrators, and those who run it.
    public static func change(_ project: Project, by actor: Actor) throws {
        try pass(mayChange(project, actor), actor)
    }

    public static func mayChange(_ project: Project, _ actor: Actor) -> Bool {
        actor.carries(.administrator, .facilitator, at: project.place)
    }

    /// Giving and taking duties: administrators of the organisation.
    public static func giveDuties(by actor: Actor) throws {
        try pass(mayGiveDuties(actor), actor)
    }

    /// Seeing who carries which duty, and who gave it: administrators, and those who would mind most if somebody gave it unasked.
    public static func knowDuties(in project: Project, by actor: Actor) throws {
        try pass(mayKnowDuties(in: project, actor), actor)
    }

    public static func mayKnowDuties(in project: Project, _ actor: Actor) -> Bool {
        mayGiveDuties(actor) || actor.carries(.facilitator, .safeguarding, at: project.place)
    }

    public static func mayGiveDuties(_ actor: Actor) -> Bool { actor.carries(.administrator, at: .organisation) }

    // MARK: Running

    /// Groups, sessions, activities and attendance: facilitators.
    public static func run(_ project: Project, by actor: Actor) throws {
        try pass(runs(project, actor), actor)
    }

    public static func runs(_ project: Project, _ actor: Actor) -> Bool { actor.carries(.facilitator, at: project.place) }

    // MARK: Groups

    /// Knowing which groups there are: the people of the project and those who set it up. Nobody else hears their names.
    public static func knowGroups(of project: Project, by actor: Actor) throws {
        guard actor.isMember(of: project.id) || worksIn(project, actor) else { throw Refusal.notFound }
    }

    /// Adding a group, changing and closing it, inviting people into it: administrators, and those who run the project.
    public static func arrange(groupsOf project: Project, by actor: Actor) throws {
        try pass(mayChange(project, actor), actor)
    }

    /// What is in a group's room: who belongs to it, and what is said there. Its members, and those who run the project.
    ///
    /// Administrators make groups and never look inside. For everybody else the room does not exist.
    public static func room(_ group: ProjectGroup, of project: Project, by actor: Actor) throws {
        guard mayEnter(group, of: project, actor) else { throw Refusal.notFound }
    }

    public static func mayEnter(_ group: ProjectGroup, of project: Project, _ actor: Actor) -> Bool {
        group.project == project.id && (actor.isMember(of: group.id) || actor.carries(.facilitator, .moderator, at: project.place))
    }

    /// Carries any duty that reaches this project: inside the organisation, as small numbers see it.
    public static func worksIn(_ project: Project, _ actor: Actor) -> Bool {
        actor.carries(
            .administrator,
            .facilitator,
            .moderator,
            .scribe,
            .safeguarding,
            .publisher,
            .actionOwner,
            at: project.place
        )
    }

    /// A stranger is sent to sign in; for somebody signed in without the duty there is no such page.
    private static func pass(_ isAllowed: Bool, _ actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard isAllowed else { throw Refusal.notFound }
    }
}
