import Directory
import HTML
import Kernel
import Pathways
import Projects
import ReadAloud
import Readers
import Referrals
import Services
import Shortlists
import Steps
import Store

extension OtherRooms {
    /// What the room of services asks of those above it, answered with what this house holds.
    static let ofThisHouse = OtherRooms(
        projects: { service, tx in try ProjectStore.all(in: service.id, tx).map { $0.link(in: service) } },
        isInUse: { service, perspective, tx in
            let asked = "% \(perspective) %"
            // One row is enough; each of these has an index on its project or is small.
            let uses: SQL = """
                SELECT 1 FROM members JOIN projects ON projects.id = members.project
                WHERE projects.service = \(service.id) AND members.perspective = \(perspective)
                UNION ALL SELECT 1 FROM voices WHERE voices.service = \(service.id) AND voices.perspective = \(perspective)
                UNION ALL SELECT 1 FROM attendance JOIN sessions ON sessions.id = attendance.session
                    JOIN projects ON projects.id = sessions.project
                WHERE projects.service = \(service.id) AND attendance.perspective = \(perspective)
                UNION ALL SELECT 1 FROM project_groups JOIN projects ON projects.id = project_groups.project
                WHERE projects.service = \(service.id) AND project_groups.perspective = \(perspective)
                UNION ALL SELECT 1 FROM invitations JOIN project_groups ON project_groups.id = invitations.group_id
                    JOIN projects ON projects.id = project_groups.project
                WHERE projects.service = \(service.id) AND invitations.perspective = \(perspective)
                UNION ALL SELECT 1 FROM responders JOIN projects ON projects.id = responders.project
                WHERE projects.service = \(service.id) AND responders.perspective = \(perspective)
                UNION ALL SELECT 1 FROM rounds
                WHERE rounds.service = \(service.id) AND ' ' || REPLACE(rounds.perspectives, '*', '') || ' ' LIKE \(asked)
                LIMIT 1
                """
            return try tx.value(uses, as: Int.self) != nil
        },
        hasInvited: { tx in try tx.value("SELECT 1 FROM invitations WHERE kind <> 'first' LIMIT 1", as: Int.self) != nil }
    )
}

extension BesideEntries {
    /// What the rooms above the directory put beside its entries.
    static let ofThisHouse = BesideEntries(
        button: ShortlistsRoutes.button,
        ways: ShortlistsRoutes.ways,
        forEditors: ReferralsRoutes.forEditors
    )
}

extension RoomsAbove {
    /// What the pages in plain words show of the rooms above them.
    static let ofThisHouse = RoomsAbove(
        more: StepsRoutes.link,
        waiting: ReadersRoutes.waiting,
        listening: ReadAloudRoutes.listening,
        said: ReadersRoutes.said
    )
}
