import Kernel

/// Who may set up the organisation and its services. Pure: the same functions guard pages, forms and JSON.
public enum ServicePolicy {
    /// Naming the organisation and adding services: administrators of the whole organisation.
    public static func setUp(by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard maySetUp(actor) else { throw Refusal.notFound }
    }

    public static func maySetUp(_ actor: Actor) -> Bool { actor.carries(.administrator, at: .organisation) }

    /// Changing a service and its perspectives: administrators whose duty reaches it.
    public static func change(_ service: Service, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard mayChange(service, actor) else { throw Refusal.notFound }
    }

    public static func mayChange(_ service: Service, _ actor: Actor) -> Bool { actor.carries(.administrator, at: service.place) }
}
