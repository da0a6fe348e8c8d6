import HTML
import Kernel
import Store
import Web
import Words

/// Everything an administrator needs to begin, and the way to everything there is.
struct OrganisationPage: Page {
    let heading: String
    let lead: String?
    let about: String
    let steps: [SetUpStep]
    let services: [ServiceRow]
    let isNamed: Bool
    var surroundings: Surroundings { Surroundings(isPrivate: true) }

    struct ServiceRow: Encodable, Sendable {
        let service: Link
        let summary: String
        let projects: [Link]
        let settings: Link
        let newProject: Link
    }

    private enum CodingKeys: String, CodingKey { case heading, about, steps, services }

    init(_ others: OtherRooms, _ tx: Transaction) throws {
        let organisation = try Organisation.find(tx)
        services = try ServiceStore.all(tx).map { service in
            ServiceRow(
                service: service.link,
                summary: service.summary,
                projects: try others.projects(service, tx),
                settings: Link(W.serviceSettings, to: service.settingsURL),
                newProject: Link(W.addProject, to: service.newProjectURL)
            )
        }
        steps = SetUpStep.all(
            isNamed: organisation != nil,
            firstService: try ServiceStore.all(tx).first,
            hasProject: services.contains { !$0.projects.isEmpty },
            hasInvited: try others.hasInvited(tx)
        )
        heading = organisation?.name ?? W.setUpHeading
        lead = organisation == nil ? W.setUpLead : nil
        about = organisation?.about ?? ""
        isNamed = organisation != nil
    }

    var html: HTML {
        HTML {
            if steps.contains(where: { $0.state != .done }) { setUp }
            if !about.isEmpty { words(about) }
            if isNamed { links }
        }
    }

    private var setUp: HTML {
        path(
            label: W.setUpSteps,
            steps: steps.map { step in
                let ways = HTML { if let next = step.next { p { buttonLink(next.label, to: next.url) } } }
                return PathStep(step.name, step.state, words: step.words, stateWords: step.stateWords, more: ways)
            }
        )
    }

    private var links: HTML {
        HTML {
            section(W.services) {
                if services.isEmpty { emptyState(W.noServices) }
                cards { for row in services { serviceCard(row) } }
                p { buttonLink(W.addService, to: .path("/organisation/services/new"), kind: .secondary) }
            }
            section(W.whoWorksHere) {
                p(W.whoWorksHereWords)
                ul {
                    li { a(W.people, to: .path("/organisation/people")) }
                    li { a(W.changeName, to: .path("/organisation/name")) }
                }
            }
        }
    }

    private func serviceCard(_ row: ServiceRow) -> HTML {
        card(row.service.label, to: row.service.url) {
            p(row.summary)
            ul {
                for project in row.projects { li { a(project.label, to: project.url) } }
                li { a(row.newProject.label, about: row.service.label, to: row.newProject.url) }
                li { a(row.settings.label, about: row.service.label, to: row.settings.url) }
            }
        }
    }
}

/// One of the four things that make an empty installation ready for people.
struct SetUpStep: Encodable, Sendable {
    let name: String
    let words: String
    let state: StepState
    let stateWords: String
    /// Where it is done; only the step whose turn it is has a way there.
    let next: Link?

    static func all(isNamed: Bool, firstService: Service?, hasProject: Bool, hasInvited: Bool) -> [SetUpStep] {
        let newProject = firstService.map { Link(W.addProject, to: $0.newProjectURL) }
        let wanted: [(name: String, words: String, isDone: Bool, next: Link?)] = [
            (W.stepName, W.stepNameWords, isNamed, Link(W.stepName, to: .path("/organisation/name"))),
            (W.stepService, W.stepServiceWords, firstService != nil, Link(W.addService, to: .path("/organisation/services/new"))),
            (W.stepProject, W.stepProjectWords, hasProject, newProject),
            (W.stepInvite, W.stepInviteWords, hasInvited, Link(W.stepInvite, to: .path("/organisation/people"))),
        ]
        let turn = wanted.firstIndex { !$0.isDone }
        return wanted.enumerated().map { place, step in
            let state: StepState = step.isDone ? .done : place == turn ? .now : .waiting
            let stateWords = step.isDone ? W.stepDone : place == turn ? W.stepNow : W.stepLater
            return SetUpStep(
                name: step.name,
                words: step.words,
                state: state,
                stateWords: stateWords,
                next: place == turn ? step.next : nil
            )
        }
    }
}

/// Names the organisation, or changes its name.
struct OrganisationNamePage: Page {
    let heading = W.nameHeading
    let fields: Filled
    let version: Int
    var surroundings: Surroundings { Surroundings(breadcrumbs: [Link(W.organisation, to: Organisation.url)], isPrivate: true) }
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, version }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let organisation = try Organisation.find(tx)
        version = organisation?.version ?? 0
        fields = Filled(visit.form, beginning: ["name": organisation?.name ?? "", "about": organisation?.about ?? ""])
    }

    var html: HTML {
        form(post: .path("/organisation/name"), help: .asksBeforeLeaving) {
            hidden("version", version)
            textField("name", label: W.name, value: fields["name"], hint: W.organisationNameHint, problems: problems)
            textArea("about", label: W.about, value: fields["about"], problems: problems, limit: 2_000, isOptional: true)
            button(Common.save)
        }
    }
}
