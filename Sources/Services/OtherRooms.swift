import HTML
import Kernel
import Store

/// What this room asks of rooms that stand above it. `App`, which knows them all, hands it in.
public struct OtherRooms: Sendable {
    /// The projects of a service, newest first.
    public var projects: @Sendable (Service, Transaction) throws -> [Link]
    /// Whether anybody brings this perspective, or anything was said or counted from it.
    public var isInUse: @Sendable (Service, _ perspective: String, Transaction) throws -> Bool
    /// Whether anybody was invited yet, as staff or into a group.
    public var hasInvited: @Sendable (Transaction) throws -> Bool

    public init(
        projects: @escaping @Sendable (Service, Transaction) throws -> [Link],
        isInUse: @escaping @Sendable (Service, String, Transaction) throws -> Bool,
        hasInvited: @escaping @Sendable (Transaction) throws -> Bool
    ) {
        self.projects = projects
        self.isInUse = isInUse
        self.hasInvited = hasInvited
    }
}
