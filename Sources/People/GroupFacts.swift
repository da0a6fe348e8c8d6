import HTML
import Kernel
import Services
import Store

/// What somebody with an invitation is told about the group before they join.
///
/// Groups and projects belong to the room above this one, which stands on it; so the few columns needed are read here, and nothing is written.
struct GroupFacts: Sendable {
    let id: GroupID
    let name: String
    let about: String
    /// Set where the group is for one perspective alone.
    let ownPerspective: String?
    let isClosed: Bool
    let project: ProjectID
    let title: String
    let question: String
    let service: Service
    let perspectives: Perspectives
    let projectURL: SafeURL
    /// The names of those who run it.
    let runBy: [String]

    var place: Place { Place(service: service.id, project: project) }

    static func find(_ group: GroupID, _ tx: Transaction) throws -> GroupFacts {
        let found = try tx.first(
            """
            SELECT project_groups.name, project_groups.about, project_groups.perspective, project_groups.closed_at, projects.state,
                   projects.id, projects.service, projects.slug, projects.title, projects.question
            FROM project_groups JOIN projects ON projects.id = project_groups.project WHERE project_groups.id = \(group)
            """
        ) { row in
            (
                name: try row.next() as String, about: try row.next() as String, perspective: try row.next() as String?,
                isClosed: try row.next() as Moment? != nil, state: try row.next() as String, project: try row.next() as ProjectID,
                service: try row.next() as ServiceID, slug: try row.next() as String, title: try row.next() as String,
                question: try row.next() as String
            )
        }
        guard let found else { throw Refusal.notFound }
        let service = try ServiceStore.find(found.service, tx)
        return GroupFacts(
            id: group,
            name: found.name,
            about: found.about,
            ownPerspective: found.perspective,
            isClosed: found.isClosed || found.state == "finished",
            project: found.project,
            title: found.title,
            question: found.question,
            service: service,
            perspectives: try ServiceStore.perspectives(of: service.id, tx),
            projectURL: .path("/", service.slug, "projects", found.slug),
            runBy: try facilitators(of: found.project, in: found.service, tx)
        )
    }

    var roomURL: SafeURL { SafeURL(local: "\(projectURL)/groups/\(id)") ?? projectURL }

    func orGone() throws { if isClosed { throw Refusal.gone(because: W.groupClosed) } }

    /// Those nearest first: for this project, then for its service, then for the whole organisation.
    private static func facilitators(of project: ProjectID, in service: ServiceID, _ tx: Transaction) throws -> [String] {
        let rows = try tx.all(
            """
            SELECT duties.reach, people.name FROM duties JOIN people ON people.id = duties.person
            WHERE duties.duty = \(Duty.facilitator) AND people.closed_at IS NULL AND people.name IS NOT NULL
              AND ((duties.reach = 'project' AND duties.reach_id = \(project.text)) OR (duties.reach = 'service' AND duties.reach_id = \(service.text))
                   OR duties.reach = 'organisation')
            ORDER BY people.name, people.id
            """
        ) { row in (reach: try row.next() as String, name: try row.next() as String) }
        for reach in ["project", "service", "organisation"] {
            let names = rows.filter { $0.reach == reach }.map(\.name)
            if !names.isEmpty { return names }
        }
        return []
    }
}
