import Kernel
import People
import Store
import Trail

/// Somebody who belongs to a group.
public struct Member: Sendable {
    public let person: PersonID
    /// What they like to be called; nil for "Someone".
    public let name: String?
    public let perspective: String
    public let joinedAt: Moment
}

public enum MemberStore {
    /// Those who belong to the group now, in the order in which they joined.
    public static func of(_ group: GroupID, _ tx: Transaction) throws -> [Member] {
        try tx.all(
            """
            SELECT members.person, people.name, members.perspective, members.joined_at
            FROM members JOIN people ON people.id = members.person
            WHERE members.group_id = \(group) AND members.left_at IS NULL ORDER BY members.joined_at, members.person
            """
        ) { row in
            Member(person: try row.next(), name: try row.next(), perspective: try row.next(), joinedAt: try row.next())
        }
    }
}

/// Somebody leaves a group by themselves.
public enum LeaveGroup {
    public static func run(_ group: ProjectGroup, of project: Project, by deed: Deed, _ tx: Transaction) throws {
        let someone = try deed.someone()
        try ProjectPolicy.room(group, of: project, by: deed.actor)
        let left = try tx.run(
            """
            UPDATE members SET left_at = \(deed.at), left_by = \(someone.id)
            WHERE group_id = \(group.id) AND person = \(someone.id) AND left_at IS NULL
            """
        )
        guard left > 0 else { throw Refusal.notFound }
        try Trail.record(
            "member.left",
            TrailSubject("group", group.id),
            at: project.place,
            facts: ["person": someone.id.text],
            by: deed,
            in: tx
        )
    }
}

/// Somebody who runs the project takes a person out of a group, and says why. The group's open links stop working with it.
public enum RemoveMember {
    /// - Parameter why: kept beside the membership, never in the trail.
    public static func run(
        _ person: PersonID,
        from group: ProjectGroup,
        of project: Project,
        why: String,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try ProjectPolicy.run(project, by: deed.actor)
        try ProjectPolicy.room(group, of: project, by: deed.actor)
        let left = try tx.run(
            """
            UPDATE members SET left_at = \(deed.at), left_by = \(deed.actor.personID), left_why = \(why)
            WHERE group_id = \(group.id) AND person = \(person) AND left_at IS NULL
            """
        )
        guard left > 0 else { throw Refusal.notFound }
        try Trail.record(
            "member.removed",
            TrailSubject("group", group.id),
            at: project.place,
            facts: ["person": person.text],
            by: deed,
            in: tx
        )
        try RevokeInvitations.run(to: group.id, by: deed, tx)
    }
}
