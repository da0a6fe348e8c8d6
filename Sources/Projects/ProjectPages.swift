import HTML
import Kernel
import Services
import Store
import Web
import Words

/// Adds a project, or changes one: its question, its state, and how soon people are answered.
struct ProjectFormPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let fields: Filled
    let version: Int?
    let clocks: [ClockRow]
    let links: [Link]
    let surroundings: Surroundings
    private let action: SafeURL
    /// It was added a moment ago.
    private let isNew: Bool
    var problems: Problems { fields.problems }

    /// One of the four clocks, and what it means today.
    struct ClockRow: Encodable, Sendable {
        let name: String
        let label: String
        let hint: String
        let means: String?
    }

    private enum CodingKeys: String, CodingKey { case fields, version, clocks, links }

    init(new here: ServiceVisit) {
        heading = W.newProjectHeading
        caption = here.service.name
        lead = W.newProjectLead
        fields = Filled(here.visit.form, beginning: Self.beginning(nil))
        version = nil
        clocks = Self.rows(nil)
        links = []
        isNew = false
        surroundings = here.surroundings(isPrivate: true)
        action = here.service.newProjectURL
    }

    init(_ here: ProjectVisit) {
        heading = W.settingsHeading
        caption = here.project.title
        lead = nil
        fields = Filled(here.visit.form, beginning: Self.beginning(here.project))
        version = here.project.version
        clocks = Self.rows(here)
        links = ProjectLinks.all(here).filter { $0.url != here.here("settings") }
        isNew = here.visit.query["done"] == "added"
        surroundings = here.surroundings(isPrivate: true)
        action = here.here("settings")
    }

    private static func beginning(_ project: Project?) -> KeyValuePairs<String, String> {
        let clocks = project?.clocks ?? .usual
        return [
            "title": project?.title ?? "", "slug": project?.slug ?? "", "question": project?.question ?? "", "about": project?.about ?? "",
            "reflection": project?.reflection ?? "", "phase": project?.phase.rawValue ?? Project.Phase.design.rawValue,
            "state": project?.state.rawValue ?? Project.State.planned.rawValue,
            "openness": project.map { ($0.isOpenToPublic ? Openness.everyone : .invited).rawValue } ?? "",
            "hear-within": "\(clocks.hear.within)", "hear-unit": clocks.hear.unit.rawValue,
            "discuss-within": "\(clocks.discuss.within)", "discuss-unit": clocks.discuss.unit.rawValue,
            "decide-within": "\(clocks.decide.within)", "decide-unit": clocks.decide.unit.rawValue,
            "reply-within": "\(clocks.reply.within)", "reply-unit": clocks.reply.unit.rawValue,
        ]
    }

    private static func rows(_ here: ProjectVisit?) -> [ClockRow] {
        func row(_ name: String, _ label: String, _ hint: String, _ clock: KeyPath<Clocks, Clock>) -> ClockRow {
            let due = here.map { here in
                let day = here.dates.weekday(here.project.clocks[keyPath: clock].due(from: here.visit.at, zone: here.service.zone))
                return W.clockMeans(day: day)
            }
            return ClockRow(name: name, label: label, hint: hint, means: due)
        }
        return [
            row("hear", W.hearClock, W.hearHint, \.hear), row("discuss", W.discussClock, W.discussHint, \.discuss),
            row("decide", W.decideClock, W.decideHint, \.decide), row("reply", W.replyClock, W.replyHint, \.reply),
        ]
    }

    var html: HTML {
        HTML {
            if isNew {
                notificationBanner(W.projectAdded, kind: .success)
                nextSteps(W.whatNext) { ol { for link in links { li { a(link.label, to: link.url) } } } }
            } else if !links.isEmpty {
                nav(label: W.moreOfProject, class: "tabs") {
                    ul(class: "plain") { for link in links { li { a(link.label, to: link.url) } } }
                }
            }
            form(post: action, help: .asksBeforeLeaving) {
                if let version { hidden("version", version) }
                whatItIs
                whereItStands
                clockFields
                if version != nil { reflection }
                button(version == nil ? W.addProject : Common.save)
            }
        }
    }

    private var whatItIs: HTML {
        HTML {
            textField("title", label: W.title, value: fields["title"], hint: W.titleHint, problems: problems)
            textField(
                "slug",
                label: W.slug,
                value: fields["slug"],
                hint: version == nil ? W.slugHintNew : W.slugHintChange,
                problems: problems,
                isOptional: version == nil
            )
            textField("question", label: W.question, value: fields["question"], hint: W.questionHint, problems: problems)
            textArea(
                "about",
                label: W.about,
                value: fields["about"],
                hint: W.aboutHint,
                problems: problems,
                limit: 10_000,
                isOptional: true
            )
        }
    }

    private var whereItStands: HTML {
        HTML {
            radios(
                "phase",
                legend: W.phase,
                options: Project.Phase.allCases.map { Choice($0.rawValue, $0.words, hint: $0.meaning) },
                value: fields["phase"],
                problems: problems
            )
            radios(
                "state",
                legend: W.state,
                options: Project.State.allCases.map { Choice($0.rawValue, $0.words, hint: $0.meaning) },
                value: fields["state"],
                problems: problems
            )
            radios(
                "openness",
                legend: W.openness,
                options: [
                    Choice(Openness.invited.rawValue, W.byInvitation, hint: W.byInvitationHint),
                    Choice(Openness.everyone.rawValue, W.openToAll, hint: W.openToAllHint),
                ],
                value: fields["openness"],
                problems: problems
            )
        }
    }

    private var clockFields: HTML {
        section(W.clocks) {
            p(version == nil ? W.clocksLead : W.clocksLeadChange)
            for row in clocks {
                fieldset(row.label, hint: row.hint) {
                    if let means = row.means { p(means, class: "quiet") }
                    numberField("\(row.name)-within", label: W.clockNumber, value: fields["\(row.name)-within"], problems: problems)
                    radios(
                        "\(row.name)-unit",
                        legend: W.clockUnit,
                        options: [
                            Choice(Clock.Unit.days.rawValue, W.unitDays, hint: W.unitDaysHint),
                            Choice(Clock.Unit.workingDays.rawValue, W.unitWorkingDays, hint: W.unitWorkingDaysHint),
                        ],
                        value: fields["\(row.name)-unit"],
                        problems: problems
                    )
                }
            }
        }
    }

    private var reflection: HTML {
        textArea(
            "reflection",
            label: W.reflection,
            value: fields["reflection"],
            hint: W.reflectionHint,
            problems: problems,
            limit: 10_000,
            isOptional: true
        )
    }
}

/// The pages from which a project is run, for those who may open them.
public enum ProjectLinks {
    /// In the order in which a new project needs them. Empty for those who only take part.
    public static func all(_ here: ProjectVisit) -> [Link] {
        let (project, actor) = (here.project, here.actor)
        var links: [Link] = []
        if ProjectPolicy.mayChange(project, actor) { links.append(Link(W.settingsHeading, to: here.here("settings"))) }
        if ProjectPolicy.runs(project, actor) { links.append(Link(W.activities, to: here.here("activities"))) }
        if ProjectPolicy.mayChange(project, actor) { links.append(Link(W.groups, to: here.here("groups"))) }
        if ProjectPolicy.mayKnowDuties(in: project, actor) { links.append(Link(W.duties, to: here.here("people"))) }
        if ProjectPolicy.worksIn(project, actor) { links.append(Link(W.sessions, to: here.here("sessions"))) }
        return links
    }

    /// For the members of a project: their groups' rooms.
    public static func rooms(_ here: ProjectVisit, _ tx: Transaction) throws -> [Link] {
        try ProjectStore.groups(of: here.project.id, tx)
            .filter { here.actor.isMember(of: $0.id) }
            .map { Link($0.name, to: here.here("groups", $0.id)) }
    }
}
