import HTML
import Kernel
import People
import Services
import Store
import Trail

/// What a group is called and who it is for.
public struct GroupDetails: Sendable {
    public var name: String
    public var about: String
    /// Set where it is only for people of one perspective.
    public var perspective: String?

    public init(name: String, about: String = "", perspective: String? = nil) {
        self.name = name
        self.about = about
        self.perspective = perspective
    }
}

/// Adds a group, with its private room, to a project.
public enum MakeGroup {
    @discardableResult
    public static func run(_ details: GroupDetails, in project: Project, by deed: Deed, _ tx: Transaction) throws -> ProjectGroup {
        try ProjectPolicy.arrange(groupsOf: project, by: deed.actor)
        try ChangeGroup.checkPerspective(details, in: project, tx)
        let id: GroupID = deed.newID()
        try tx.run(
            """
            INSERT INTO project_groups (id, project, name, about, perspective, made_at)
            VALUES (\(id), \(project.id), \(details.name), \(details.about), \(details.perspective), \(deed.at))
            """
        )
        try Trail.record("group.made", TrailSubject("group", id), at: project.place, by: deed, in: tx)
        return try ProjectStore.group(id, tx)
    }
}

/// Renames a group, or closes it.
public enum ChangeGroup {
    public static func run(
        _ group: ProjectGroup,
        of project: Project,
        to details: GroupDetails,
        version: Int,
        again: SafeURL,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try ProjectPolicy.arrange(groupsOf: project, by: deed.actor)
        let sides = [
            (W.groupName, group.name, details.name), (W.groupAbout, group.about, details.about),
            (W.groupPerspective, group.perspective ?? "", details.perspective ?? ""),
        ]
        try EditCheck.newest(version, is: group.version, fields: sides, again: again)
        try checkPerspective(details, in: project, tx)
        try tx.run(
            """
            UPDATE project_groups SET name = \(details.name), about = \(details.about), perspective = \(details.perspective),
                version = \(version + 1)
            WHERE id = \(group.id)
            """
        )
        try Trail.record("group.changed", TrailSubject("group", group.id), at: project.place, by: deed, in: tx)
    }

    /// Nobody can join any more and its invitations end; those who belong to it can still read what was said.
    public static func close(_ group: ProjectGroup, of project: Project, by deed: Deed, _ tx: Transaction) throws {
        try ProjectPolicy.arrange(groupsOf: project, by: deed.actor)
        guard group.closedAt == nil else { return }
        try tx.run("UPDATE project_groups SET closed_at = \(deed.at), version = version + 1 WHERE id = \(group.id)")
        for invitation in try InvitationStore.list(group.id, tx) where invitation.revokedAt == nil {
            try RevokeInvitation.run(invitation.id, by: deed, tx)
        }
        try Trail.record("group.closed", TrailSubject("group", group.id), at: project.place, by: deed, in: tx)
    }

    static func checkPerspective(_ details: GroupDetails, in project: Project, _ tx: Transaction) throws {
        guard let key = details.perspective else { return }
        guard try ServiceStore.perspectives(of: project.service, tx)[key] != nil else {
            throw Problems("perspective", W.perspectiveUnknown)
        }
    }
}
