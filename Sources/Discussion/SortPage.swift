import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web
import Words

/// Voices beside a list of themes to put each into; several at once.
struct SortPage: Page {
    struct Row: Encodable, Sendable {
        let voice: VoiceID
        let words: String
        /// "A young person, on 3 March"
        let who: String
        let due: String
        let isOverdue: Bool
        let url: SafeURL
        let theme: ThemeID?
        let chosen: String
    }

    let heading: String
    let lead: String?
    let surroundings: Surroundings
    let notice: String?
    let rows: [Row]
    /// How many there are besides those shown.
    let more: Int
    let themes: [Question.Option]
    let newTitle: String
    let sendTo: SafeURL
    let back: Link
    let problems: Problems

    private enum CodingKeys: String, CodingKey { case heading, lead, surroundings, notice, rows, more, themes, sendTo, back }

    /// 25: what somebody sorts in one go; the rest come when these are saved.
    private static let most = 25
    static let new = "new"
    static let none = "none"

    @Sendable static func unsorted(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ProjectVisit(visit, tx)
        try ThemePolicy.tend(in: here.place, by: visit.actor)
        let waiting: SQL = "voices.project = \(here.project.id) AND voices.theme IS NULL AND voices.withdrawn_at IS NULL"
        let themes = Link(W.themes, to: here.here("themes"))
        let options = [Question.Option("", W.leaveForNow)] + (try choices(here, tx))
        return SortPage(
            heading: W.sortVoices,
            lead: W.sortLead,
            surroundings: here.surroundings(themes, isPrivate: true),
            notice: visit.query["done"].map { Int($0) ?? 0 }.map { $0 > 0 ? W.sorted(n: $0) : W.sortedNone },
            rows: try read(waiting, here, tx),
            more: try left(waiting, tx),
            themes: options,
            newTitle: visit.form["title"],
            sendTo: here.here("themes", "sort"),
            back: themes,
            problems: visit.form.problems
        )
    }

    /// The voices of one theme, to be moved elsewhere.
    @Sendable static func within(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try ThemePolicy.tend(in: here.theme.place, by: visit.actor)
        let inside: SQL = "voices.theme = \(here.theme.id) AND voices.withdrawn_at IS NULL"
        let options = [Question.Option(none, W.noTheme)] + (try choices(here.project, tx))
        return SortPage(
            heading: W.moveVoices,
            lead: W.moveLead,
            surroundings: here.surroundings(),
            notice: nil,
            rows: try read(inside, here.project, tx),
            more: try left(inside, tx),
            themes: options,
            newTitle: visit.form["title"],
            sendTo: here.here("voices"),
            back: here.back,
            problems: visit.form.problems
        )
    }

    private static func choices(_ here: ProjectVisit, _ tx: Transaction) throws -> [Question.Option] {
        try ThemeStore.all(in: here.project.id, tx).map { Question.Option($0.id.text, $0.title) } + [Question.Option(new, W.newTheme)]
    }

    private static func left(_ which: SQL, _ tx: Transaction) throws -> Int {
        max(0, try tx.count("SELECT COUNT(*) FROM voices WHERE \(which)") - most)
    }

    private static func read(_ which: SQL, _ here: ProjectVisit, _ tx: Transaction) throws -> [Row] {
        let found = try tx.all(
            "SELECT \(Voice.columns) FROM voices WHERE \(which) ORDER BY voices.discuss_due, voices.said_at, voices.id LIMIT \(most)"
        ) { try Voice(&$0) }
        return found.map { voice in
            let now = voice.theme?.text ?? ""
            return Row(
                voice: voice.id,
                words: voice.words ?? "",
                who: W.saidBy(who: here.perspectives.one(voice.perspective), day: here.dates.day(voice.saidAt)),
                due: here.dates.day(voice.discussDue),
                isOverdue: voice.discussDue < here.visit.at,
                url: .path("/voices", voice.id),
                theme: voice.theme,
                chosen: here.visit.form.value("theme-\(voice.id)", or: now)
            )
        }
    }

    /// Reads `theme-<voice>` for each voice, with `was-<voice>` saying where it was, and `title` for the new theme.
    ///
    /// - Returns: how many voices got another theme.
    @discardableResult
    static func sort(_ here: ProjectVisit, again: SafeURL, _ tx: Transaction) throws -> Int {
        try ThemePolicy.tend(in: here.place, by: here.actor)
        var form = here.visit.form
        let chosen = form.all("voice").compactMap { VoiceID($0) }.compactMap { voice in
            let choice = form["theme-\(voice)"]
            return choice.isEmpty || choice == form["was-\(voice)"] ? nil : (voice: voice, choice: choice)
        }
        var made: ThemeID?
        if chosen.contains(where: { $0.choice == new }) {
            let title = form.line("title", limit: ThemeDraft.titleLimit, empty: W.newTitleEmpty)
            try form.check()
            made = try StartTheme.run(ThemeDraft(title: title, said: "", isPublic: false), in: here.project, by: here.deed, tx).id
        }
        for (voice, choice) in chosen {
            let target = choice == new ? made : choice == none ? nil : ThemeID(choice)
            guard target != nil || choice == none else { throw Problems("theme-\(voice)", W.chooseTheme) }
            try SortVoice.run(voice, from: ThemeID(form["was-\(voice)"]), into: target, again: again.description, by: here.deed, tx)
        }
        return chosen.count
    }

    var html: HTML {
        HTML {
            if let notice { notificationBanner(notice, kind: .success) }
            if rows.isEmpty {
                emptyState(W.nothingToSort, next: back)
            } else {
                form(post: sendTo, help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
                    for row in rows { html(of: row) }
                    textField("title", label: W.newTitle, value: newTitle, hint: W.newTitleHint, problems: problems, isOptional: true)
                    if more > 0 { p(W.moreToSort(n: more)) }
                    buttons {
                        button(W.saveSorting)
                        a(back.label, to: back.url)
                    }
                }
            }
        }
    }

    private func html(of row: Row) -> HTML {
        div(class: "card", id: "voice-\(row.voice)") {
            quote(row.words, by: row.who)
            p {
                if row.isOverdue {
                    tag(W.overdue, .attention)
                    " "
                }
                W.discussBy(day: row.due)
                " "
                a(W.open, about: row.who, to: row.url)
            }
            hidden("voice", row.voice)
            hidden("was-\(row.voice)", row.theme?.text ?? "")
            selectField(
                "theme-\(row.voice)",
                label: W.whichTheme,
                options: themes.map { Choice($0.value, $0.label) },
                value: row.chosen,
                problems: problems
            )
        }
    }
}
