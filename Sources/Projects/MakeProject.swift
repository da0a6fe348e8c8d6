import HTML
import Kernel
import Services
import Store
import Trail

/// What a project is called, what it asks, and what it promises.
public struct ProjectDetails: Sendable {
    public var title: String
    /// Left empty, it is made from the title.
    public var slug: String
    public var question: String
    public var about: String
    public var reflection: String
    public var phase: Project.Phase
    public var state: Project.State
    public var isOpenToPublic: Bool
    public var clocks: Clocks

    public init(
        title: String,
        slug: String = "",
        question: String,
        about: String = "",
        reflection: String = "",
        phase: Project.Phase = .design,
        state: Project.State = .open,
        isOpenToPublic: Bool = false,
        clocks: Clocks = .usual
    ) {
        self.title = title
        self.slug = slug.isEmpty ? Slug.of(title) : slug
        self.question = question
        self.about = about
        self.reflection = reflection
        self.phase = phase
        self.state = state
        self.isOpenToPublic = isOpenToPublic
        self.clocks = clocks
    }
}

/// Adds a project to a service.
public enum MakeProject {
    @discardableResult
    public static func run(_ details: ProjectDetails, in service: Service, by deed: Deed, _ tx: Transaction) throws -> Project {
        try ProjectPolicy.make(in: service, by: deed.actor)
        try checkSlug(details.slug, in: service.id, of: nil, tx)
        if details.state == .open { try Opening.check(service.place, tx) }
        let id: ProjectID = deed.newID()
        let clocks = details.clocks
        try tx.run(
            """
            INSERT INTO projects (id, service, slug, title, question, about, reflection, phase, state, open_to_public,
                hear_within, hear_unit, discuss_within, discuss_unit, decide_within, decide_unit, reply_within, reply_unit, made_at)
            VALUES (\(id), \(service.id), \(details.slug), \(details.title), \(details.question), \(details.about), \(details.reflection),
                \(details.phase), \(details.state), \(details.isOpenToPublic),
                \(clocks.hear.within), \(clocks.hear.unit), \(clocks.discuss.within), \(clocks.discuss.unit),
                \(clocks.decide.within), \(clocks.decide.unit), \(clocks.reply.within), \(clocks.reply.unit), \(deed.at))
            """
        )
        let project = try ProjectStore.find(id, tx)
        try Trail.record("project.made", TrailSubject("project", id), at: project.place, facts: clocks.facts, by: deed, in: tx)
        return project
    }

    /// Throws a problem of the field `slug` where the address cannot be had.
    static func checkSlug(_ slug: String, in service: ServiceID, of project: ProjectID?, _ tx: Transaction) throws {
        if let sentence = Slug.problem(slug, reserved: ["new"]) { throw Problems("slug", sentence) }
        let taken: ProjectID? = try tx.value("SELECT id FROM projects WHERE service = \(service) AND slug = \(slug)")
        if let taken, taken != project { throw Problems("slug", W.slugTaken) }
    }
}

/// Changes a project's words, its state and its clocks.
public enum ChangeProject {
    /// New clocks hold for what is said from now on: what was promised to somebody stays promised.
    ///
    /// - Parameter version: of the project when the form was opened.
    @discardableResult
    public static func run(_ id: ProjectID, to details: ProjectDetails, version: Int, by deed: Deed, _ tx: Transaction) throws -> Project {
        let project = try ProjectStore.find(id, tx)
        try ProjectPolicy.change(project, by: deed.actor)
        let service = try ServiceStore.find(project.service, tx)
        try EditCheck.newest(version, is: project.version, fields: sides(project, details), again: project.settingsURL(in: service))
        try MakeProject.checkSlug(details.slug, in: project.service, of: id, tx)
        if details.state == .open, project.state != .open { try Opening.check(project.place, tx) }
        try save(details, id, version: version + 1, tx)
        let facts = details.clocks == project.clocks ? [:] : details.clocks.facts
        try Trail.record("project.changed", TrailSubject("project", id), at: project.place, facts: facts, by: deed, in: tx)
        return try ProjectStore.find(id, tx)
    }

    private static func save(_ details: ProjectDetails, _ id: ProjectID, version: Int, _ tx: Transaction) throws {
        let clocks = details.clocks
        try tx.run(
            """
            UPDATE projects SET slug = \(details.slug), title = \(details.title), question = \(details.question), about = \(details.about),
                reflection = \(details.reflection), phase = \(details.phase), state = \(details.state),
                open_to_public = \(details.isOpenToPublic), hear_within = \(clocks.hear.within), hear_unit = \(clocks.hear.unit),
                discuss_within = \(clocks.discuss.within), discuss_unit = \(clocks.discuss.unit),
                decide_within = \(clocks.decide.within), decide_unit = \(clocks.decide.unit),
                reply_within = \(clocks.reply.within), reply_unit = \(clocks.reply.unit), version = \(version)
            WHERE id = \(id)
            """
        )
    }

    private static func sides(_ project: Project, _ details: ProjectDetails) -> [(label: String, theirs: String, yours: String)] {
        [
            (W.title, project.title, details.title), (W.slug, project.slug, details.slug), (W.question, project.question, details.question),
            (W.about, project.about, details.about), (W.phase, project.phase.words, details.phase.words),
            (W.state, project.state.words, details.state.words),
            (W.openness, Project.openness(project.isOpenToPublic), Project.openness(details.isOpenToPublic)),
            (W.hearClock, project.clocks.hear.words, details.clocks.hear.words),
            (W.discussClock, project.clocks.discuss.words, details.clocks.discuss.words),
            (W.decideClock, project.clocks.decide.words, details.clocks.decide.words),
            (W.replyClock, project.clocks.reply.words, details.clocks.reply.words),
            (W.reflection, project.reflection, details.reflection),
        ]
    }
}

extension Project {
    public func settingsURL(in service: Service) -> SafeURL { .path("/", service.slug, "projects", slug, "settings") }

    static func openness(_ isOpenToPublic: Bool) -> String { isOpenToPublic ? W.openToAll : W.byInvitation }
}

extension Clocks {
    var facts: [String: String] { ["hear": hear.code, "discuss": discuss.code, "decide": decide.code, "reply": reply.code] }
}
