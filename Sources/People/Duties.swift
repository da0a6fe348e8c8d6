import Kernel
import Services
import Store
import Trail
import Words

extension Grant.Reach {
    /// From how tables and forms name it: `organisation`, `service`, `project`, with an id for the last two.
    init?(_ kind: String, id: String) {
        switch kind {
        case "organisation" where id.isEmpty: self = .organisation
        case "service": if let id = ServiceID(id) { self = .service(id) } else { return nil }
        case "project": if let id = ProjectID(id) { self = .project(id) } else { return nil }
        default: return nil
        }
    }

    /// From one field of a form: `organisation`, `service:…`, `project:…`.
    init?(field: String) {
        let parts = field.split(separator: ":", maxSplits: 1).map { String($0) }
        guard let kind = parts.first else { return nil }
        self.init(kind, id: parts.count > 1 ? parts[1] : "")
    }

    var kind: String {
        switch self {
        case .organisation: "organisation"
        case .service: "service"
        case .project: "project"
        }
    }

    var id: String {
        switch self {
        case .organisation: ""
        case .service(let id): id.text
        case .project(let id): id.text
        }
    }

    var field: String { id.isEmpty ? kind : "\(kind):\(id)" }
}

extension Duty {
    /// Opens what people said, or worries.
    var reads: Bool {
        switch self {
        case .facilitator, .scribe, .moderator, .safeguarding, .referrals: true
        case .actionOwner, .publisher, .administrator, .directoryEditor: false
        }
    }

    /// `Safeguarding lead`
    public var label: String {
        switch self {
        case .facilitator: W.dutyFacilitator
        case .scribe: W.dutyScribe
        case .moderator: W.dutyModerator
        case .safeguarding: W.dutySafeguarding
        case .actionOwner: W.dutyActionOwner
        case .publisher: W.dutyPublisher
        case .administrator: W.dutyAdministrator
        case .directoryEditor: W.dutyDirectoryEditor
        case .referrals: W.dutyReferrals
        }
    }

    /// One sentence about what it opens.
    public var meaning: String {
        switch self {
        case .facilitator: W.dutyFacilitatorMeaning
        case .scribe: W.dutyScribeMeaning
        case .moderator: W.dutyModeratorMeaning
        case .safeguarding: W.dutySafeguardingMeaning
        case .actionOwner: W.dutyActionOwnerMeaning
        case .publisher: W.dutyPublisherMeaning
        case .administrator: W.dutyAdministratorMeaning
        case .directoryEditor: W.dutyDirectoryEditorMeaning
        case .referrals: W.dutyReferralsMeaning
        }
    }
}

/// Where duties can reach, by the names people know: the whole organisation, each service, each project.
struct Reaches: Sendable {
    let all: [(reach: Grant.Reach, label: String, place: Place)]

    init(_ tx: Transaction) throws {
        let services = try ServiceStore.all(tx)
        // `projects` belongs to a room above this one; only its names are read here.
        let projects = try tx.all("SELECT id, service, title FROM projects ORDER BY title, id") { row in
            (id: try row.next() as ProjectID, service: try row.next() as ServiceID, title: try row.next() as String)
        }
        var all: [(reach: Grant.Reach, label: String, place: Place)] = [
            (.organisation, W.reachOrganisation(name: try ServiceStore.organisationName(tx) ?? W.reachWhole), .organisation)
        ]
        for service in services {
            all.append((.service(service.id), W.reachService(name: service.name), service.place))
            for project in projects where project.service == service.id {
                all.append(
                    (
                        .project(project.id), W.reachProject(name: project.title, service: service.name),
                        Place(service: service.id, project: project.id)
                    )
                )
            }
        }
        self.all = all
    }

    func label(_ reach: Grant.Reach) -> String { all.first { $0.reach == reach }?.label ?? W.reachGone }
    func place(_ reach: Grant.Reach) -> Place? { all.first { $0.reach == reach }?.place }
}

/// How far a duty must reach to be of use.
public enum DutyReach {
    /// A worry is about a child and belongs to a service, whatever project's page it was told on: a lead for one project alone would be called
    /// lead and see next to nothing. What was given before stays, and can be taken back. Referrals belong to a service as well.
    public static func isEnough(_ duty: Duty, _ reach: Grant.Reach) -> Bool {
        if case .project = reach { return duty != .safeguarding && duty != .referrals }
        return true
    }

    static func check(_ duty: Duty, _ reach: Grant.Reach) throws {
        guard isEnough(duty, reach) else { throw Problems("reach", duty == .referrals ? W.referralsReach : W.safeguardingReach) }
    }
}

/// Gives somebody a duty.
public enum GiveDuty {
    /// Giving the same twice changes nothing. Throws `Refusal` for whoever is no administrator, and `.notFound` for places that are not there.
    public static func run(_ duty: Duty, reaching reach: Grant.Reach, to person: PersonID, by deed: Deed, _ tx: Transaction) throws {
        try PeoplePolicy.give(duty, to: person, by: deed.actor)
        try DutyReach.check(duty, reach)
        guard try PeopleStore.isOpen(person, tx), let place = try Reaches(tx).place(reach) else { throw Refusal.notFound }
        let added = try tx.run(
            """
            INSERT INTO duties (person, duty, reach, reach_id, given_by, given_at)
            VALUES (\(person), \(duty), \(reach.kind), \(reach.id), \(deed.actor.trailName), \(deed.at))
            ON CONFLICT (person, duty, reach, reach_id) DO NOTHING
            """
        )
        guard added > 0 else { return }
        let facts = ["duty": duty.rawValue, "reach": reach.kind]
        try Trail.record("duty.given", TrailSubject("person", person), at: place, facts: facts, by: deed, in: tx)
    }
}

/// Takes a duty back.
public enum TakeDuty {
    public static func run(_ duty: Duty, reaching reach: Grant.Reach, from person: PersonID, by deed: Deed, _ tx: Transaction) throws {
        try PeoplePolicy.manageStaff(by: deed.actor)
        try PeoplePolicy.keepAnAdministrator(taking: Grant(duty, reach), from: person, administrators: PeopleStore.administrators(tx))
        let taken = try tx.run(
            """
            DELETE FROM duties WHERE person = \(person) AND duty = \(duty) AND reach = \(reach.kind) AND reach_id = \(reach.id)
            """
        )
        guard taken > 0 else { return }
        let facts = ["duty": duty.rawValue, "reach": reach.kind]
        let place = try Reaches(tx).place(reach) ?? .organisation
        try Trail.record("duty.taken", TrailSubject("person", person), at: place, facts: facts, by: deed, in: tx)
    }
}

/// Whether somebody carries a duty, with an account that is open.
public enum Carriers {
    /// At that place: for it, for its service or for the whole organisation.
    public static func exist(_ duty: Duty, at place: Place, _ tx: Transaction) throws -> Bool {
        let (service, project) = (place.service?.text ?? "", place.project?.text ?? "")
        return try tx.count(
            """
            SELECT COUNT(*) FROM duties JOIN people ON people.id = duties.person
            WHERE duties.duty = \(duty) AND people.closed_at IS NULL AND (duties.reach = 'organisation'
                OR (duties.reach = 'service' AND duties.reach_id = \(service)) OR (duties.reach = 'project' AND duties.reach_id = \(project)))
            """
        ) > 0
    }

    /// Anywhere at all.
    public static func exist(_ duty: Duty, _ tx: Transaction) throws -> Bool {
        try tx.count(
            "SELECT COUNT(*) FROM duties JOIN people ON people.id = duties.person WHERE duties.duty = \(duty) AND people.closed_at IS NULL"
        ) > 0
    }
}
