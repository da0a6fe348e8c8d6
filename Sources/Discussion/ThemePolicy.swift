import Kernel

/// Who may do what with a theme. Pure.
public enum ThemePolicy {
    /// Members of the project, and whoever carries a duty of its work there. For others there is no such theme.
    public static func read(in place: Place, by actor: Actor) throws {
        guard mayRead(in: place, by: actor) else { throw Refusal.notFound }
    }

    public static func mayRead(in place: Place, by actor: Actor) -> Bool {
        if let project = place.project, actor.isMember(of: project) { return true }
        return actor.carries(.facilitator, .moderator, .scribe, .actionOwner, .publisher, at: place)
    }

    /// Starting, editing, sorting, merging and recording what was discussed: facilitators and moderators.
    public static func tend(in place: Place, by actor: Actor) throws {
        try read(in: place, by: actor)
        guard mayTend(in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyFacilitators) }
    }

    public static func mayTend(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, .moderator, at: place) }
}
