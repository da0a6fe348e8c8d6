import Kernel
import Projects
import Services
import Store

/// A service with its projects: the people who work on its leaflets are theirs.
public struct ServicePeople: Sendable {
    public let service: Service
    public let projects: [ProjectID]

    public init(of service: Service, _ tx: Transaction) throws {
        self.service = service
        projects = try ProjectStore.all(in: service.id, tx).map(\.id)
    }

    /// Publishers and facilitators, of the service or of one of its projects.
    public func isEditor(_ actor: Actor) -> Bool {
        let places = [service.place] + projects.map { Place(service: service.id, project: $0) }
        return places.contains { actor.carries(.facilitator, .publisher, at: $0) }
    }

    public func isMember(_ actor: Actor) -> Bool { projects.contains { actor.isMember(of: $0) } }

    /// Somebody who works for the service and takes part in one of its projects.
    public func isStaff(_ actor: Actor) -> Bool { !actor.staffProjects.isDisjoint(with: projects) }

    /// Whose point of view they bring, and in which group.
    public func membership(_ actor: Actor) -> Membership? { memberships(actor).first }

    func memberships(_ actor: Actor) -> [Membership] { (actor.person?.memberships ?? []).filter { projects.contains($0.project) } }
}

/// Who may do what with a service's leaflets. Pure.
public enum LeafletPolicy {
    /// Starting and writing drafts, and what is said about them: people of the service's projects. For others there is no such thing.
    public static func work(in people: ServicePeople, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard mayWork(in: people, by: actor) else { throw Refusal.notFound }
    }

    public static func mayWork(in people: ServicePeople, by actor: Actor) -> Bool { people.isEditor(actor) || people.isMember(actor) }

    /// What kind of page it is, asking a room, answering, publishing: editors.
    public static func edit(in people: ServicePeople, by actor: Actor) throws {
        try work(in: people, by: actor)
        guard people.isEditor(actor) else { throw Refusal.notAllowed(because: W.onlyEditors) }
    }

    /// Saying that a text is right: an editor or staff, and never only whoever wrote it.
    public static func check(_ text: LeafletText, in people: ServicePeople, by actor: Actor) throws {
        try work(in: people, by: actor)
        guard mayCheck(text, in: people, by: actor) else { throw Refusal.notAllowed(because: W.onlyCheckers) }
    }

    public static func mayCheck(_ text: LeafletText, in people: ServicePeople, by actor: Actor) -> Bool {
        (people.isEditor(actor) || people.isStaff(actor)) && text.writtenBy != actor.personID
    }

    /// Signing off that a text is clear: people with lived experience whose group was asked to read it, and never whoever wrote it.
    ///
    /// - Parameter asked: the groups that were asked to read this text.
    public static func signOff(_ text: LeafletText, asked: [GroupID], in people: ServicePeople, by actor: Actor) throws -> Membership {
        try work(in: people, by: actor)
        guard maySignOff(text, in: people, by: actor) else { throw Refusal.notAllowed(because: W.onlyLived) }
        guard let membership = signer(of: text, asked: asked, in: people, by: actor) else { throw Refusal.notAllowed(because: W.onlyAsked) }
        return membership
    }

    /// As whom they may sign it off now; nil where they may not.
    public static func signer(of text: LeafletText, asked: [GroupID], in people: ServicePeople, by actor: Actor) -> Membership? {
        guard text.writtenBy != actor.personID else { return nil }
        return people.memberships(actor).first { !$0.isStaff && asked.contains($0.group) }
    }

    /// Whether they may sign it off once their group is asked.
    public static func maySignOff(_ text: LeafletText, in people: ServicePeople, by actor: Actor) -> Bool {
        people.memberships(actor).contains { !$0.isStaff } && text.writtenBy != actor.personID
    }

    /// Saying what one thinks of a text: people of a group of the service.
    public static func speak(in people: ServicePeople, by actor: Actor) throws -> Membership {
        try work(in: people, by: actor)
        guard let membership = people.membership(actor) else { throw Refusal.notAllowed(because: W.onlyMembers) }
        return membership
    }

    /// Leaflets that this actor may know of: those with something published and, for those who work on them, all.
    public static func readable(in people: ServicePeople, by actor: Actor) -> SQL {
        let published: SQL =
            "EXISTS (SELECT 1 FROM leaflet_texts WHERE leaflet_texts.leaflet = leaflets.id AND leaflet_texts.state = 'published')"
        return mayWork(in: people, by: actor) ? "1 = 1" : published
    }
}
