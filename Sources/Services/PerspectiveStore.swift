import Kernel
import Store
import Trail

extension Perspectives {
    /// For a service for children and young people, as Barnet CAMHS has them.
    public static let youngPeoplesService = [
        Perspective(key: "young-people", label: W.youngPeople, one: W.youngPerson, place: 1, isStaff: false),
        Perspective(key: "parents-and-carers", label: W.parentsAndCarers, one: W.parentOrCarer, place: 2, isStaff: false),
        Perspective(key: "friends-and-family", label: W.friendsAndFamily, one: W.friendOrFamily, place: 3, isStaff: false),
        Perspective(key: "clinicians", label: W.clinicians, one: W.clinician, place: 4, isStaff: true),
        Perspective(key: "peer-staff", label: W.peerStaff, one: W.peerWorker, place: 5, isStaff: true),
        Perspective(key: "managers", label: W.managers, one: W.manager, place: 6, isStaff: true),
    ]

    /// For any other service.
    public static let anyService = [
        Perspective(key: "people-who-use-the-service", label: W.serviceUsers, one: W.serviceUser, place: 1, isStaff: false),
        Perspective(key: "families-friends-and-carers", label: W.families, one: W.familyMember, place: 2, isStaff: false),
        Perspective(key: "staff", label: W.staff, one: W.staffMember, place: 3, isStaff: true),
        Perspective(key: "managers", label: W.managers, one: W.manager, place: 4, isStaff: true),
    ]
}

enum PerspectiveStore {
    static func insert(_ perspective: Perspective, in service: ServiceID, _ tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO perspectives (service, key, label, one, place, staff)
            VALUES (\(service), \(perspective.key), \(perspective.label), \(perspective.one), \(perspective.place), \(perspective.isStaff))
            """
        )
    }

    static func find(_ key: String, in service: ServiceID, _ tx: Transaction) throws -> Perspective {
        guard let found = try ServiceStore.perspectives(of: service, tx)[key] else { throw Refusal.notFound }
        return found
    }
}

/// What a service calls a perspective.
public struct PerspectiveDetails: Sendable {
    /// "Young people"
    public var label: String
    /// "young person"
    public var one: String
    public var isStaff: Bool

    public init(label: String, one: String, isStaff: Bool) {
        self.label = label
        self.one = one
        self.isStaff = isStaff
    }
}

/// Adds, renames, orders and removes the perspectives of a service.
public enum ChangePerspectives {
    @discardableResult
    public static func add(_ details: PerspectiveDetails, to id: ServiceID, by deed: Deed, _ tx: Transaction) throws -> Perspective {
        let service = try allowed(id, deed, tx)
        let there = try ServiceStore.perspectives(of: id, tx)
        let key = Slug.of(details.label)
        guard !key.isEmpty else { throw Problems("label", W.perspectiveLetters) }
        guard there[key] == nil, !there.all.contains(where: { $0.label == details.label }) else {
            throw Problems("label", W.perspectiveTaken)
        }
        let place = (there.all.map(\.place).max() ?? 0) + 1
        let added = Perspective(key: key, label: details.label, one: details.one, place: place, isStaff: details.isStaff)
        try PerspectiveStore.insert(added, in: id, tx)
        try record("perspective.added", key, service, deed, tx)
        return added
    }

    /// The key stays what it was: it stands in addresses and beside everything people said.
    public static func change(
        _ key: String,
        of id: ServiceID,
        to details: PerspectiveDetails,
        version: Int,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let service = try allowed(id, deed, tx)
        let before = try PerspectiveStore.find(key, in: id, tx)
        let sides = [
            (W.perspectiveLabel, before.label, details.label), (W.perspectiveOne, before.one, details.one),
            (W.perspectiveSide, side(before.isStaff), side(details.isStaff)),
        ]
        try EditCheck.newest(version, is: before.version, fields: sides, again: service.perspectivesURL)
        let others = try ServiceStore.perspectives(of: id, tx).all.filter { $0.key != key }
        guard !others.contains(where: { $0.label == details.label }) else { throw Problems("label", W.perspectiveTaken) }
        try tx.run(
            """
            UPDATE perspectives SET label = \(details.label), one = \(details.one), staff = \(details.isStaff), version = \(version + 1)
            WHERE service = \(id) AND key = \(key)
            """
        )
        try record("perspective.changed", key, service, deed, tx)
    }

    /// One place up the list; the first stays where it is.
    public static func moveUp(_ key: String, of id: ServiceID, by deed: Deed, _ tx: Transaction) throws {
        let service = try allowed(id, deed, tx)
        var order = try ServiceStore.perspectives(of: id, tx).all
        guard let place = order.firstIndex(where: { $0.key == key }) else { throw Refusal.notFound }
        guard place > 0 else { return }
        order.swapAt(place, place - 1)
        for (number, perspective) in order.enumerated() {
            try tx.run("UPDATE perspectives SET place = \(number + 1) WHERE service = \(id) AND key = \(perspective.key)")
        }
        try record("perspective.moved", key, service, deed, tx)
    }

    /// - Parameter isInUse: whether anybody brings it or anything was said from it; then it stays.
    public static func remove(_ key: String, of id: ServiceID, isInUse: Bool, by deed: Deed, _ tx: Transaction) throws {
        let service = try allowed(id, deed, tx)
        let perspective = try PerspectiveStore.find(key, in: id, tx)
        guard !isInUse else { throw Refusal.notAllowed(because: W.perspectiveInUse(label: perspective.label)) }
        guard try ServiceStore.perspectives(of: id, tx).all.count > 2 else { throw Refusal.notAllowed(because: W.perspectiveTooFew) }
        try tx.run("DELETE FROM perspectives WHERE service = \(id) AND key = \(key)")
        try record("perspective.removed", key, service, deed, tx)
    }

    static func side(_ isStaff: Bool) -> String { isStaff ? W.sideStaff : W.sideLived }

    private static func allowed(_ id: ServiceID, _ deed: Deed, _ tx: Transaction) throws -> Service {
        let service = try ServiceStore.find(id, tx)
        try ServicePolicy.change(service, by: deed.actor)
        return service
    }

    private static func record(_ what: String, _ key: String, _ service: Service, _ deed: Deed, _ tx: Transaction) throws {
        try Trail.record(what, TrailSubject("service", service.id), at: service.place, facts: ["perspective": key], by: deed, in: tx)
    }
}
