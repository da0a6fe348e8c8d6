import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

public enum ActionsRoutes {
    public static func add(to site: Site) {
        let theme = "/:service/projects/:project/themes/:theme"
        site.page(theme + "/actions/new", ActionForms.start)
        site.post(theme + "/actions", again: ActionForms.start) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            var form = visit.form
            let draft = try ActionDraft(&form, in: here.theme.place, tx)
            let due = form.date("due", at: (23, 59), zone: here.zone, empty: W.dueEmpty)
            try form.check()
            try StartAction.run(on: here.theme.id, draft, due: due ?? visit.at, by: visit.deed, tx)
            return .see(here.url.adding("done", "action"))
        }
        site.page(theme + "/changes/new", ActionForms.change)
        site.post(theme + "/changes", again: ActionForms.change) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            var form = visit.form
            let words = form.text("words", limit: RecordChange.limit, empty: W.changeEmpty)
            let since = HappenedOn.read(&form, "on", session: nil, now: visit.at, zone: here.zone)
            let evidence = Evidence(&form, empty: nil)
            try form.check()
            try RecordChange.run(
                on: here.theme.id,
                words: words,
                since: since,
                from: ActionID(form["action"]),
                evidence: evidence,
                by: visit.deed,
                tx
            )
            return .see(here.url.adding("done", "changed"))
        }
        site.page(theme + "/changes/:change/edit", ActionForms.editChange)
        site.post(theme + "/changes/:change", again: ActionForms.editChange) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            var form = visit.form
            let words = form.text("words", limit: RecordChange.limit, empty: W.changeEmpty)
            let evidence = Evidence(&form, empty: nil)
            try form.check()
            let change = try ActionForms.change(here, tx)
            try EditChange.run(
                change.id,
                words: words,
                evidence: evidence,
                version: Int(form["version"]) ?? 0,
                again: here.here("changes", change.id, "edit").description,
                by: visit.deed,
                tx
            )
            return .see(here.url.adding("done", "changed"))
        }
        addOwnPages(to: site)
    }

    private static func addOwnPages(to site: Site) {
        site.page("/actions/:action") { visit, tx in try ActionPage(ActionVisit(visit, tx), tx) }
        site.page("/actions/:action/edit", ActionForms.edit)
        site.post("/actions/:action", again: ActionForms.edit) { visit, tx in
            let here = try ActionVisit(visit, tx)
            var form = visit.form
            let draft = try ActionDraft(&form, in: here.theme.place, tx)
            try form.check()
            try EditAction.run(here.action.id, draft, version: Int(form["version"]) ?? 0, by: visit.deed, tx)
            return .see(here.action.url.adding("done", "edited"))
        }
        site.page("/actions/:action/completion", ActionForms.finish)
        site.post("/actions/:action/completion", again: ActionForms.finish) { visit, tx in
            let here = try ActionVisit(visit, tx)
            var form = visit.form
            let evidence = Evidence(&form, empty: W.evidenceEmpty)
            try form.check()
            try FinishAction.run(here.action.id, evidence, by: visit.deed, tx)
            return .see(here.action.url.adding("done", "finished"))
        }
        site.page("/actions/:action/dropping", ActionForms.drop)
        site.post("/actions/:action/dropping", again: ActionForms.drop) { visit, tx in
            let here = try ActionVisit(visit, tx)
            var form = visit.form
            let reason = form.text("reason", limit: Evidence.limit, empty: W.reasonEmpty)
            try form.check()
            try DropAction.run(here.action.id, reason: reason, by: visit.deed, tx)
            return .see(here.action.url.adding("done", "dropped"))
        }
        site.page("/actions/:action/date", ActionForms.move)
        site.post("/actions/:action/date", again: ActionForms.move) { visit, tx in
            let here = try ActionVisit(visit, tx)
            var form = visit.form
            let due = form.date("due", at: (23, 59), zone: here.project.service.zone, empty: W.dueEmpty)
            let reason = form.text("reason", limit: Evidence.limit, empty: W.reasonEmpty)
            try form.check()
            try MoveDate.run(here.action.id, to: due ?? visit.at, reason: reason, by: visit.deed, tx)
            return .see(here.action.url.adding("done", "date"))
        }
    }
}

/// A visit to a page of one action, resolved and allowed once. Its owner may always come; others as far as they may see the theme.
struct ActionVisit {
    let project: ProjectVisit
    let theme: Theme
    let action: Action
    let mayTend: Bool
    let maySeeTheme: Bool

    init(_ visit: Visit, _ tx: Transaction) throws {
        action = try ActionStore.find(visit.id("action"), tx)
        theme = try ThemeStore.find(action.theme, tx)
        project = try ProjectVisit(visit, project: theme.project, tx)
        mayTend = ActionPolicy.mayTend(action, in: theme.place, by: visit.actor)
        maySeeTheme = ThemePolicy.mayRead(in: theme.place, by: visit.actor)
        guard mayTend || maySeeTheme else { throw Refusal.notFound }
    }

    var visit: Visit { project.visit }
    var themeURL: SafeURL { project.here("themes", theme.id) }

    func surroundings(_ more: Link...) -> Surroundings {
        let ways = maySeeTheme ? [Link(W.themes, to: project.here("themes")), Link(theme.title, to: themeURL)] : []
        return Surroundings(
            service: project.service.link,
            breadcrumbs: [project.service.link, project.link] + ways + more,
            place: theme.place,
            isPrivate: true
        )
    }
}

/// The forms of this room.
enum ActionForms {
    @Sendable static func start(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ActionPolicy.start(in: here.theme.place, by: visit.actor)
        let questions = try whatAndWho(visit.form, nil, in: here.theme.place, tx)
        return FormPage(
            W.startAction,
            here.surroundings(),
            caption: here.theme.title,
            lead: W.startLead,
            parts: [FormPage.Part(questions + [.date("due", W.due, in: visit.form, zone: here.zone, hint: W.dueHint)])],
            sendTo: here.here("actions"),
            button: W.start,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }

    private static func whatAndWho(_ form: Form, _ action: Action?, in place: Place, _ tx: Transaction) throws -> [Question] {
        let owners = try ActionStore.owners(in: place, tx).map { Question.Option($0.id.text, $0.name) }
        let name = action.map { $0.owner == nil ? $0.ownerName : "" } ?? ""
        return [
            .text("what", W.what, in: form, or: action?.what ?? "", hint: W.whatHint, limit: ActionDraft.whatLimit, rows: 3),
            .list("owner", W.owner, [Question.Option("", W.somebodyElse)] + owners, in: form, or: action?.owner?.text ?? ""),
            .line("owner-name", W.ownerName, in: form, or: name, hint: W.ownerNameHint, isOptional: true),
        ]
    }

    @Sendable static func edit(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try tended(visit, tx)
        let version = Question.carried("version", visit.form.value("version", or: "\(here.action.version)"))
        return page(
            here,
            W.editAction,
            [try whatAndWho(visit.form, here.action, in: here.theme.place, tx), [version]].flatMap(\.self),
            nil,
            W.save
        )
    }

    @Sendable static func finish(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try tended(visit, tx)
        return page(here, W.finish, evidence(visit.form, isOptional: false), "completion", W.finishButton)
    }

    @Sendable static func drop(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try tended(visit, tx)
        let reason = Question.text("reason", W.dropReason, in: visit.form, hint: W.dropHint, limit: Evidence.limit)
        return page(here, W.drop, [reason], "dropping", W.dropButton, kind: .warning)
    }

    @Sendable static func move(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try tended(visit, tx)
        let questions: [Question] = [
            .date("due", W.newDue, in: visit.form, zone: here.project.service.zone),
            .text("reason", W.moveReason, in: visit.form, hint: W.moveHint, limit: Evidence.limit, rows: 3),
        ]
        return page(here, W.move, questions, "date", W.moveButton)
    }

    private static func tended(_ visit: Visit, _ tx: Transaction) throws -> ActionVisit {
        let here = try ActionVisit(visit, tx)
        try ActionPolicy.tend(here.action, in: here.theme.place, by: visit.actor)
        return here
    }

    private static func page(
        _ here: ActionVisit,
        _ heading: String,
        _ questions: [Question],
        _ below: String?,
        _ button: String,
        kind: ButtonKind = .primary
    ) -> FormPage {
        let action = Link(W.action, to: here.action.url)
        return FormPage(
            heading,
            here.surroundings(action),
            caption: here.theme.title,
            facts: [FormPage.Fact(W.what, here.action.what)],
            parts: [FormPage.Part(questions)],
            sendTo: .path("/actions", here.action.id, below ?? ""),
            button: button,
            kind: kind,
            otherwise: Link(W.back, to: here.action.url),
            problems: here.visit.form.problems
        )
    }

    static func evidence(_ form: Form, _ change: Change? = nil, isOptional: Bool) -> [Question] {
        [
            .text(
                "evidence",
                W.evidence,
                in: form,
                or: change?.evidence ?? "",
                hint: W.evidenceHint,
                limit: Evidence.limit,
                rows: 3,
                isOptional: isOptional
            ),
            .line(
                "evidence-url",
                W.evidenceLink,
                in: form,
                or: change?.evidenceURL?.description ?? "",
                hint: W.evidenceLinkHint,
                isOptional: true
            ),
        ]
    }

    // MARK: Changes

    @Sendable static func change(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        let mine = try ActionStore.of(here.theme.id, tx).filter { action in
            (try? ActionPolicy.change(from: action, in: here.theme.place, by: visit.actor)) != nil
        }
        if mine.isEmpty { try ActionPolicy.change(from: nil, in: here.theme.place, by: visit.actor) }
        let none = ActionPolicy.mayStart(in: here.theme.place, by: visit.actor) ? [Question.Option("", W.noAction)] : []
        let which = Question.list(
            "action",
            W.whichAction,
            none + mine.map { Question.Option($0.id.text, String($0.what.prefix(80))) },
            in: visit.form,
            or: visit.query["action"] ?? ""
        )
        let questions: [Question] = [
            .text("words", W.changeWords, in: visit.form, hint: W.changeHint, limit: RecordChange.limit, rows: 4), which,
            .date("on", W.since, in: visit.form, zone: here.zone, hint: W.sinceHint, isOptional: true),
        ]
        return FormPage(
            W.recordChange,
            here.surroundings(),
            caption: here.theme.title,
            lead: W.changeLead,
            parts: [FormPage.Part(questions + evidence(visit.form, isOptional: true))],
            sendTo: here.here("changes"),
            button: W.recordChangeButton,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }

    static func change(_ here: ThemeVisit, _ tx: Transaction) throws -> Change {
        let change = try ChangeStore.find(here.visit.id("change"), tx)
        guard change.theme == here.theme.id else { throw Refusal.notFound }
        return change
    }

    @Sendable static func editChange(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ActionPolicy.word(in: here.theme.place, by: visit.actor)
        let change = try change(here, tx)
        let words = Question.text(
            "words",
            W.changeWords,
            in: visit.form,
            or: change.words,
            hint: W.changeHint,
            limit: RecordChange.limit,
            rows: 4
        )
        let version = Question.carried("version", visit.form.value("version", or: "\(change.version)"))
        return FormPage(
            W.editChange,
            here.surroundings(),
            caption: here.theme.title,
            parts: [FormPage.Part([words] + evidence(visit.form, change, isOptional: true) + [version])],
            sendTo: here.here("changes", change.id),
            button: W.save,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }
}
