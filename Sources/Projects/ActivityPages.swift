import HTML
import Kernel
import Store
import Web
import Words

/// What people of a project do together, and how much say they have in it. Everybody may read it: a level is said openly.
struct ActivitiesPage: Page {
    let heading = W.activities
    let caption: String?
    let lead: String? = W.activitiesLead
    let activities: [Row]
    let fields: Filled?
    let surroundings: Surroundings
    private let new: SafeURL
    var problems: Problems { fields?.problems ?? Problems() }

    struct Row: Encodable, Sendable {
        let name: String
        let level: String
        let meaning: String
        let why: String
        let who: String
        let change: SafeURL?
        fileprivate let rung: Level
        fileprivate let moveUp: SafeURL?

        private enum CodingKeys: String, CodingKey { case name, level, meaning, why, who, change }
    }

    private enum CodingKeys: String, CodingKey { case activities, fields }

    init(_ here: ProjectVisit, _ tx: Transaction) throws {
        let runs = ProjectPolicy.runs(here.project, here.actor)
        caption = here.project.title
        activities = try ActivityStore.all(of: here.project.id, tx).enumerated().map { place, activity in
            Row(
                name: activity.name,
                level: activity.level.words,
                meaning: activity.level.meaning,
                why: activity.why,
                who: activity.who,
                change: runs ? here.here("activities", activity.id) : nil,
                rung: activity.level,
                moveUp: runs && place > 0 ? here.here("activities", activity.id, "order") : nil
            )
        }
        fields = runs ? Filled(here.visit.form, beginning: ["name": "", "level": "", "why": "", "who": ""]) : nil
        surroundings = here.surroundings()
        new = here.here("activities")
    }

    var html: HTML {
        HTML {
            if activities.isEmpty { emptyState(W.noActivities) }
            for row in activities { activity(row) }
            if let fields {
                section(W.addActivity) {
                    form(post: new, help: .asksBeforeLeaving) {
                        ActivityFields.html(fields)
                        button(W.addActivity)
                    }
                }
            }
        }
    }

    private func activity(_ row: Row) -> HTML {
        section(row.name) {
            if !row.who.isEmpty { p(row.who) }
            ladder(label: W.ladderOf(activity: row.name), rungs: row.rung.rungs)
            p { strong(W.whyThisLevel) }
            words(row.why)
            if let change = row.change { p { a(Common.change, about: row.name, to: change) } }
            if let moveUp = row.moveUp { postButton(W.moveUp, about: row.name, to: moveUp, kind: .quiet) }
        }
    }
}

/// Changes an activity and its level.
struct ActivityPage: Page {
    let heading = W.changeActivity
    let caption: String?
    let fields: Filled
    let version: Int
    let surroundings: Surroundings
    private let action: SafeURL
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, version }

    init(_ here: ProjectVisit, _ activity: Activity) {
        caption = here.project.title
        fields = Filled(
            here.visit.form,
            beginning: ["name": activity.name, "level": activity.level.rawValue, "why": activity.why, "who": activity.who]
        )
        version = activity.version
        surroundings = here.surroundings(Link(W.activities, to: here.here("activities")), isPrivate: true)
        action = here.here("activities", activity.id)
    }

    var html: HTML {
        form(post: action, help: .asksBeforeLeaving) {
            hidden("version", version)
            ActivityFields.html(fields)
            button(Common.save)
        }
    }
}

enum ActivityFields {
    static func html(_ fields: Filled) -> HTML {
        let problems = fields.problems
        return HTML {
            textField("name", label: W.activityName, value: fields["name"], hint: W.activityNameHint, problems: problems)
            textField("who", label: W.who, value: fields["who"], hint: W.whoHint, problems: problems, isOptional: true)
            radios(
                "level",
                legend: W.level,
                options: Level.allCases.map { Choice($0.rawValue, $0.words, hint: $0.meaning) },
                value: fields["level"],
                hint: W.levelHint,
                problems: problems
            )
            textArea("why", label: W.why, value: fields["why"], hint: W.whyHint, problems: problems, limit: 2_000, rows: 4)
        }
    }
}
