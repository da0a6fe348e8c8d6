import HTML
import Kernel
import People
import Store
import Web
import Words

/// Who carries which duty in a project and who gave it: for administrators to give and take, for facilitators and safeguarding leads to see.
struct DutiesPage: Page {
    let heading = W.duties
    let caption: String?
    let lead: String? = W.dutiesLead
    let duties: [Row]
    /// Only for those who may give some.
    let fields: Filled?
    let surroundings: Surroundings
    private let action: SafeURL
    private let staff: [Choice]
    /// What is of use in one project alone.
    private let offered: [Duty]
    var problems: Problems { fields?.problems ?? Problems() }

    struct Row: Encodable, Sendable {
        let person: String
        let duty: String
        let reaches: String
        /// When and by whom.
        let given: String
        /// Only what was given for this project is taken back here.
        let end: SafeURL?
    }

    private enum CodingKeys: String, CodingKey { case duties, fields }

    init(_ here: ProjectVisit, _ tx: Transaction) throws {
        caption = here.project.title
        let mayGive = ProjectPolicy.mayGiveDuties(here.actor)
        duties = try CarriedDuty.reaching(here.project, tx).map { carried in
            Row(
                person: carried.name,
                duty: carried.duty.label,
                reaches: carried.reach.words,
                given: W.dutyGivenBy(day: here.dates.day(carried.givenAt), name: carried.givenBy ?? Common.someone),
                end: mayGive && carried.reach == .project ? here.here("people", carried.person, carried.duty.rawValue, "end") : nil
            )
        }
        fields = mayGive ? Filled(here.visit.form, beginning: ["person": "", "duty": ""]) : nil
        surroundings = here.surroundings(isPrivate: true)
        action = here.here("people")
        offered = Duty.allCases.filter { $0 != .administrator && DutyReach.isEnough($0, .project(here.project.id)) }
        staff = !mayGive ? [] : [Choice("", W.dutyToWhomEmpty)] + (try CarriedDuty.staff(tx)).map { Choice($0.id.text, $0.name) }
    }

    var html: HTML {
        HTML {
            if duties.isEmpty { emptyState(W.noDuties) } else { carried }
            if let fields { giving(fields) }
        }
    }

    private func giving(_ fields: Filled) -> HTML {
        HTML {
            section(W.giveDuty) {
                form(post: action) {
                    selectField(
                        "person",
                        label: W.dutyToWhom,
                        options: staff,
                        value: fields["person"],
                        hint: W.dutyToWhomHint,
                        problems: problems
                    )
                    radios(
                        "duty",
                        legend: W.dutyWhich,
                        options: offered.map { Choice($0.rawValue, $0.label, hint: $0.meaning) },
                        value: fields["duty"],
                        problems: problems
                    )
                    button(W.giveDuty)
                }
            }
            p { a(W.widerDuties, to: .path("/organisation/people")) }
        }
    }

    private var carried: HTML {
        table(
            caption: W.dutiesCaption,
            columns: [
                TableColumn(W.person), TableColumn(W.duty), TableColumn(W.reaches), TableColumn(W.dutyGiven), TableColumn(W.whatToDo),
            ],
            rows: duties.map { row in
                let take = HTML {
                    if let end = row.end {
                        postButton(W.takeDuty, about: W.takeDutyAbout(duty: row.duty, name: row.person), to: end, kind: .quiet)
                    }
                }
                return TableRow(row.person, [HTML(row.duty), HTML(row.reaches), HTML(row.given), take])
            }
        )
    }
}

/// A duty that reaches a project, whoever it was given for.
struct CarriedDuty {
    enum Reach: String, Column {
        case organisation, service, project

        var words: String {
            switch self {
            case .organisation: W.reachesOrganisation
            case .service: W.reachesService
            case .project: W.reachesProject
            }
        }
    }

    let person: PersonID
    let name: String
    let duty: Duty
    let reach: Reach
    let givenAt: Moment
    /// nil where the software gave it, or somebody who has left.
    let givenBy: String?

    static func reaching(_ project: Project, _ tx: Transaction) throws -> [CarriedDuty] {
        try tx.all(
            """
            SELECT people.id, COALESCE(people.name, people.email, ''), duties.duty, duties.reach, duties.given_at, givers.name
            FROM duties JOIN people ON people.id = duties.person LEFT JOIN people AS givers ON duties.given_by = 'person:' || givers.id
            WHERE people.closed_at IS NULL AND (duties.reach = 'organisation'
                OR (duties.reach = 'service' AND duties.reach_id = \(project.service.text))
                OR (duties.reach = 'project' AND duties.reach_id = \(project.id.text)))
            ORDER BY duties.duty, people.name, people.id, duties.reach
            """
        ) { row in
            CarriedDuty(
                person: try row.next(),
                name: named(try row.next()),
                duty: try row.next(),
                reach: try row.next(),
                givenAt: try row.next(),
                givenBy: try row.next()
            )
        }
    }

    /// Those who sign in by email or carry a duty already.
    static func staff(_ tx: Transaction) throws -> [(id: PersonID, name: String)] {
        try tx.all(
            """
            SELECT id, COALESCE(name, email, '') FROM people
            WHERE closed_at IS NULL AND (email IS NOT NULL OR EXISTS (SELECT 1 FROM duties WHERE duties.person = people.id))
            ORDER BY name, email, id
            """
        ) { row in (id: try row.next(), name: named(try row.next())) }
    }

    private static func named(_ name: String) -> String { name.isEmpty ? Common.someone : name }
}
