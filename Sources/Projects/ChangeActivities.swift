import HTML
import Kernel
import Services
import Store
import Trail

/// What an activity is, and how much say people have in it.
public struct ActivityDetails: Sendable {
    public var name: String
    public var level: Level
    public var why: String
    public var who: String

    public init(name: String, level: Level, why: String, who: String = "") {
        self.name = name
        self.level = level
        self.why = why
        self.who = who
    }
}

/// Adds, changes and orders what people of a project do together.
public enum ChangeActivities {
    @discardableResult
    public static func add(_ details: ActivityDetails, to project: Project, by deed: Deed, _ tx: Transaction) throws -> Activity {
        try ProjectPolicy.run(project, by: deed.actor)
        let id: ActivityID = deed.newID()
        let last: Int = try tx.value("SELECT COALESCE(MAX(place), 0) FROM activities WHERE project = \(project.id)") ?? 0
        try tx.run(
            """
            INSERT INTO activities (id, project, name, level, why, who, place)
            VALUES (\(id), \(project.id), \(details.name), \(details.level), \(details.why), \(details.who), \(last + 1))
            """
        )
        try record("activity.added", id, project, ["level": details.level.rawValue], deed, tx)
        return try ActivityStore.find(id, in: project.id, tx)
    }

    /// - Parameter again: the form with the newest text, where somebody else was quicker.
    public static func change(
        _ id: ActivityID,
        of project: Project,
        to details: ActivityDetails,
        version: Int,
        again: SafeURL,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try ProjectPolicy.run(project, by: deed.actor)
        let before = try ActivityStore.find(id, in: project.id, tx)
        let sides = [
            (W.activityName, before.name, details.name), (W.level, before.level.words, details.level.words),
            (W.why, before.why, details.why), (W.who, before.who, details.who),
        ]
        try EditCheck.newest(version, is: before.version, fields: sides, again: again)
        try tx.run(
            """
            UPDATE activities SET name = \(details.name), level = \(details.level), why = \(details.why), who = \(details.who),
                version = \(version + 1)
            WHERE id = \(id)
            """
        )
        try record("activity.changed", id, project, ["level": details.level.rawValue], deed, tx)
    }

    /// One place up the list; the first stays where it is.
    public static func moveUp(_ id: ActivityID, of project: Project, by deed: Deed, _ tx: Transaction) throws {
        try ProjectPolicy.run(project, by: deed.actor)
        var order = try ActivityStore.all(of: project.id, tx).map(\.id)
        guard let place = order.firstIndex(of: id) else { throw Refusal.notFound }
        guard place > 0 else { return }
        order.swapAt(place, place - 1)
        for (number, activity) in order.enumerated() { try tx.run("UPDATE activities SET place = \(number + 1) WHERE id = \(activity)") }
        try record("activity.moved", id, project, [:], deed, tx)
    }

    private static func record(
        _ what: String,
        _ id: ActivityID,
        _ project: Project,
        _ facts: [String: String],
        _ deed: Deed,
        _ tx: Transaction
    ) throws {
        try Trail.record(what, TrailSubject("activity", id), at: project.place, facts: facts, by: deed, in: tx)
    }
}
