/// Somebody doing something at some time: what every use case is run with.
///
/// It brings the three things that must never be globals: who (`actor`), when (`at`) and chance.
public struct Deed: Sendable {
    public let actor: Actor
    public let at: Moment
    public let chance: Chance

    public init(by actor: Actor, at: Moment, chance: Chance = .system) {
        self.actor = actor
        self.at = at
        self.chance = chance
    }

    public func newID<S>() -> ID<S> { ID(at: at, chance: chance) }

    /// The signed-in person doing this; a stranger is sent to sign in.
    public func someone() throws -> Someone {
        guard let someone = actor.person else { throw Refusal.signIn }
        return someone
    }
}
