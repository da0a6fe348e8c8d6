import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

public enum DiscussionRoutes {
    public static func add(to site: Site) {
        let themes = "/:service/projects/:project/themes"
        site.page(themes + "/new", ThemeForms.start)
        site.post(themes, again: ThemeForms.start) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            var form = visit.form
            let theme = try StartTheme.run(ThemeDraft(&form), in: here.project, by: visit.deed, tx)
            return .see(here.here("themes", theme.id).adding("done", "started"))
        }
        site.page(themes + "/:theme/edit", ThemeForms.edit)
        site.post(themes + "/:theme", again: ThemeForms.edit) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            var form = visit.form
            let draft = try ThemeDraft(&form)
            try EditTheme.run(
                here.theme.id,
                draft,
                version: Int(form["version"]) ?? 0,
                again: here.here("edit"),
                by: visit.deed,
                tx
            )
            return .see(here.url.adding("done", "edited"))
        }
        site.page(themes + "/:theme/merging", ThemeForms.merge)
        site.post(themes + "/:theme/merging", again: ThemeForms.merge) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            guard let other = ThemeID(visit.form["into"]) else { throw Problems("into", W.mergeEmpty) }
            try MergeThemes.run(here.theme.id, into: other, by: visit.deed, tx)
            return .see(here.project.here("themes", other))
        }
        site.page(themes + "/:theme/discussions/new", ThemeForms.discuss)
        site.post(themes + "/:theme/discussions", again: ThemeForms.discuss) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            var form = visit.form
            let draft = try RecordDiscussion.Draft(&form, in: here.project.project, zone: here.zone, now: visit.at, tx)
            try RecordDiscussion.run(here.theme.id, draft, by: visit.deed, tx)
            return .see(here.url.adding("done", "discussed"))
        }
        site.page(themes + "/sort", SortPage.unsorted)
        site.post(themes + "/sort", again: SortPage.unsorted) { visit, tx in
            let here = try ProjectVisit(visit, tx)
            let moved = try SortPage.sort(here, again: here.here("themes", "sort"), tx)
            return .see(here.here("themes", "sort", query: ["done": moved]))
        }
        site.page(themes + "/:theme/voices", SortPage.within)
        site.post(themes + "/:theme/voices", again: SortPage.within) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            try SortPage.sort(here.project, again: here.here("voices"), tx)
            return .see(here.url.adding("done", "moved"))
        }
    }
}

/// The forms of this room.
enum ThemeForms {
    @Sendable static func start(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ProjectVisit(visit, tx)
        try ThemePolicy.tend(in: here.place, by: visit.actor)
        let themes = Link(W.themes, to: here.here("themes"))
        return FormPage(
            W.startTheme,
            here.surroundings(themes, isPrivate: true),
            lead: W.startLead,
            parts: [words(visit.form, nil)],
            sendTo: themes.url,
            button: W.start,
            otherwise: Link(W.back, to: themes.url),
            problems: visit.form.problems
        )
    }

    @Sendable static func edit(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ThemePolicy.tend(in: here.theme.place, by: visit.actor)
        let version = Question.carried("version", visit.form.value("version", or: "\(here.theme.version)"))
        return FormPage(
            W.editTheme,
            here.surroundings(),
            caption: here.theme.title,
            parts: [words(visit.form, here.theme), FormPage.Part([version])],
            sendTo: here.url,
            button: W.save,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }

    private static func words(_ form: Form, _ theme: Theme?) -> FormPage.Part {
        FormPage.Part([
            .line("title", W.title, in: form, or: theme?.title ?? "", hint: W.titleHint),
            .text("said", W.said, in: form, or: theme?.said ?? "", hint: W.saidHint, limit: ThemeDraft.saidLimit, isOptional: true),
            .tick("public", W.publicTick, in: form, or: theme?.isPublic ?? false, hint: W.publicHint),
        ])
    }

    @Sendable static func merge(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ThemePolicy.tend(in: here.theme.place, by: visit.actor)
        let others = try ThemeStore.all(in: here.theme.project, tx).filter { $0.id != here.theme.id }
        let options = [Question.Option("", W.chooseTheme)] + others.map { Question.Option($0.id.text, $0.title) }
        return FormPage(
            W.mergeTheme,
            here.surroundings(),
            caption: here.theme.title,
            lead: W.mergeLead,
            parts: [FormPage.Part([.list("into", W.mergeInto, options, in: visit.form)])],
            sendTo: here.here("merging"),
            button: W.merge,
            kind: .warning,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }

    @Sendable static func discuss(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ThemePolicy.tend(in: here.theme.place, by: visit.actor)
        let questions: [Question] = [
            try here.sessionQuestion(tx), here.dayQuestion(),
            .text(
                "notes",
                W.notes,
                in: visit.form,
                hint: here.theme.isPublic ? W.notesHintPublic : W.notesHint,
                limit: RecordDiscussion.Draft.limit,
                rows: 8
            ),
            .text("next", W.next, in: visit.form, hint: W.nextHint, limit: 1_000, rows: 3, isOptional: true),
            .tick("released", W.releasedTick, in: visit.form, hint: W.releasedHint),
        ]
        return FormPage(
            W.recordDiscussion,
            here.surroundings(),
            caption: here.theme.title,
            parts: [FormPage.Part(questions)],
            sendTo: here.here("discussions"),
            button: W.record,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }
}
