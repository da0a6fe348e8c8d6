import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// The forms of a leaflet itself: starting it, and what it is.
enum LeafletForms {
    static func details(_ form: inout Form, _ here: PathwaysVisit, _ tx: Transaction) throws -> LeafletDetails {
        let owner = PersonID(form["owner"])
        if form.has("owner"), try !owners(here, tx).contains(where: { $0.id == owner }) { form.problems.add("owner", W.ownerWrong) }
        return LeafletDetails(
            kind: form.choice("kind", Leaflet.Kind.self, missing: W.kindEmpty) ?? .pathway,
            standsFor: form.line("stands-for", limit: 200),
            isForFamilies: form["for-families"] == "yes",
            owner: owner,
            reviewDue: form.date("review", zone: here.service.zone),
            also: form.line("also", limit: 200),
            themes: form.all("themes").compactMap { ThemeID($0) }
        )
    }

    @Sendable static func start(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try PathwaysVisit(visit, tx)
        try LeafletPolicy.work(in: here.people, by: visit.actor)
        return FormPage(
            W.startLeaflet,
            here.at.surroundings(here.link, isPrivate: true),
            lead: W.startLead,
            parts: [
                FormPage.Part(TextForms.words(visit.form, nil, form: .plain, number: 1)),
                FormPage.Part(W.whatItIs, try questions(visit.form, nil, here, tx)),
            ],
            sendTo: here.url,
            button: W.saveDraft,
            otherwise: Link(Common.back, to: here.url),
            problems: visit.form.problems
        )
    }

    @Sendable static func settings(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let at = try LeafletVisit(visit, tx)
        try LeafletPolicy.edit(in: at.here.people, by: visit.actor)
        let version = Question.carried("version", visit.form.value("version", or: "\(at.leaflet.version)"))
        return FormPage(
            W.settings,
            at.surroundings(at.work),
            caption: at.leaflet.title,
            parts: [FormPage.Part(try questions(visit.form, at.leaflet, at.here, tx) + [version])],
            sendTo: at.url.below("settings"),
            button: Common.save,
            otherwise: Link(Common.back, to: at.work.url),
            problems: visit.form.problems
        )
    }

    private static func questions(_ form: Form, _ leaflet: Leaflet?, _ here: PathwaysVisit, _ tx: Transaction) throws -> [Question] {
        let owners = try owners(here, tx).map { Question.Option($0.id.text, $0.name) }
        let kinds = Leaflet.Kind.allCases.map { Question.Option($0.rawValue, $0.shelf, hint: $0.hint) }
        let asked = try leaflet.map { try LeafletThemes.of($0.id, tx).first?.id.text ?? "" } ?? ""
        let themes = try themes(here, tx).map { Question.Option($0.id.text, $0.title) }
        return [
            .choice("kind", W.kind, kinds, in: form, or: leaflet?.kind.rawValue ?? ""),
            .tick("for-families", W.forFamilies, in: form, or: leaflet?.isForFamilies ?? true, hint: W.forFamiliesHint),
            .list("themes", W.askedIn, [Question.Option("", W.noTheme)] + themes, in: form, or: asked, isOptional: true),
            .line("stands-for", W.standsFor, in: form, or: leaflet?.standsFor ?? "", hint: W.standsForHint, isOptional: true),
            .list("owner", W.owner, [Question.Option("", W.noOwner)] + owners, in: form, or: leaflet?.owner?.text ?? "", isOptional: true),
            .date("review", W.reviewDue, in: form, or: leaflet?.reviewDue, zone: here.service.zone, hint: W.reviewHint, isOptional: true),
            .line("also", W.also, in: form, or: leaflet?.also ?? "", hint: W.alsoHint, isOptional: true),
        ]
    }

    /// People with a duty here, and those who may be asked later: by name.
    private static func owners(_ here: PathwaysVisit, _ tx: Transaction) throws -> [(id: PersonID, name: String)] {
        try tx.all(
            """
            SELECT people.id, people.name FROM people WHERE people.closed_at IS NULL AND people.name IS NOT NULL AND people.id IN (
                SELECT person FROM duties WHERE duties.duty IN ('facilitator', 'publisher', 'action-owner')
                AND (duties.reach = 'organisation' OR duties.reach_id = \(here.service.id) OR duties.reach_id IN \(list: here.people.projects)))
            ORDER BY people.name, people.id
            """
        ) { row in (id: try row.next(), name: try row.next()) }
    }

    private static func themes(_ here: PathwaysVisit, _ tx: Transaction) throws -> [Theme] {
        try here.people.projects.flatMap { try ThemeStore.all(in: $0, tx) }
            .filter { $0.isPublic || ThemePolicy.mayRead(in: $0.place, by: here.visit.actor) }
            .sorted { ($0.title, $0.id) < ($1.title, $1.id) }
    }
}
