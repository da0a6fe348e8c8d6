/// Who is asking. Everything that decides who may do what takes one of these, and nothing else.
public enum Actor: Sendable, Hashable {
    /// Nobody we know: a member of the public.
    case stranger
    /// Somebody without an account who holds the private link of one voice.
    case holder(of: VoiceID)
    /// Somebody signed in.
    case person(Someone)
    /// The software itself, doing what somebody set up earlier; the name says which part, such as `jobs`.
    case system(String)

    public var person: Someone? {
        if case .person(let someone) = self { someone } else { nil }
    }

    public var personID: PersonID? { person?.id }

    /// How the trail names this actor: never a display name, never an email address.
    public var trailName: String {
        switch self {
        case .stranger: "stranger"
        case .holder(let voice): "holder:\(voice)"
        case .person(let someone): "person:\(someone.id)"
        case .system(let part): "system:\(part)"
        }
    }
}

/// Somebody signed in, with the duties they carry and the groups they belong to.
public struct Someone: Sendable, Hashable {
    public let id: PersonID
    /// What they like to be called; young people may leave it empty.
    public let name: String?
    public let grants: Set<Grant>
    public let memberships: [Membership]

    public init(id: PersonID, name: String?, grants: Set<Grant> = [], memberships: [Membership] = []) {
        self.id = id
        self.name = name
        self.grants = grants
        self.memberships = memberships
    }
}

/// What someone may do. A duty opens doors; it never adds weight.
public enum Duty: String, Sendable, Codable, CaseIterable {
    case facilitator, scribe, moderator, safeguarding, actionOwner = "action-owner", publisher, administrator
    /// Keeps the directory of supporting services true. Young people and parents carry it as well as staff.
    case directoryEditor = "directory-editor"
    /// Looks after referrals to places in the directory, where whoever made them is away.
    case referrals
}

/// A duty somebody carries, and how far it reaches.
public struct Grant: Sendable, Hashable {
    public enum Reach: Sendable, Hashable {
        case organisation
        case service(ServiceID)
        case project(ProjectID)
    }

    public let duty: Duty
    public let reach: Reach

    public init(_ duty: Duty, _ reach: Reach) {
        self.duty = duty
        self.reach = reach
    }
}

/// That somebody belongs to a group of a project, and whose point of view they bring there.
public struct Membership: Sendable, Hashable {
    public let project: ProjectID
    public let group: GroupID
    /// The key of a perspective of the service, such as `young-people`.
    public let perspective: String
    /// Whether that is the point of view of somebody who works there, such as a clinician or a manager.
    public let isStaff: Bool

    public init(project: ProjectID, group: GroupID, perspective: String, isStaff: Bool = false) {
        self.project = project
        self.group = group
        self.perspective = perspective
        self.isStaff = isStaff
    }
}

/// Where something lives: what a duty must reach for its bearer to be let in.
public struct Place: Sendable, Hashable {
    public let service: ServiceID?
    public let project: ProjectID?

    public init(service: ServiceID? = nil, project: ProjectID? = nil) {
        self.service = service
        self.project = project
    }

    public static let organisation = Place()
}

extension Actor {
    /// True where this actor carries one of `duties` there: for the project, for its service, or for the whole organisation.
    public func carries(_ duties: Duty..., at place: Place) -> Bool {
        guard let someone = person else { return false }
        return duties.contains { duty in
            someone.grants.contains(Grant(duty, .organisation))
                || place.service.map { someone.grants.contains(Grant(duty, .service($0))) } ?? false
                || place.project.map { someone.grants.contains(Grant(duty, .project($0))) } ?? false
        }
    }

    /// True where this actor carries one of `duties` anywhere at all.
    public func carriesAnywhere(_ duties: Duty...) -> Bool {
        person?.grants.contains { duties.contains($0.duty) } ?? false
    }

    /// True for whoever is here now: with any duty that reaches this place, or in a group of its project. Who has left keeps nothing.
    /// Looking after the directory or referrals is no part of any project.
    public func belongs(to place: Place) -> Bool {
        let carriesOne = Duty.allCases.contains { ![.directoryEditor, .referrals].contains($0) && carries($0, at: place) }
        return carriesOne || place.project.map { isMember(of: $0) } ?? false
    }

    public func isMember(of project: ProjectID) -> Bool {
        person?.memberships.contains { $0.project == project } ?? false
    }

    public func isMember(of group: GroupID) -> Bool {
        person?.memberships.contains { $0.group == group } ?? false
    }

    /// The projects to which this actor belongs as somebody who works for the service.
    public var staffProjects: Set<ProjectID> { Set((person?.memberships ?? []).filter(\.isStaff).map(\.project)) }

    /// The perspective this actor brings to the project, where they belong to one of its groups.
    public func perspective(in project: ProjectID) -> String? {
        person?.memberships.first { $0.project == project }?.perspective
    }
}
