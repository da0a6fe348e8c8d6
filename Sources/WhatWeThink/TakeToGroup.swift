import Discussion
import EqualVoice
import HTML
import Kernel
import Projects
import Services
import Statements
import Store
import Web
import Words

/// Takes a statement to the group: it becomes a theme, or joins one, with its figures as they stand.
enum TakeToGroup {
    static func run(_ here: RoundVisit, _ id: StatementID, into chosen: ThemeID?, title: String, isPublic: Bool, _ tx: Transaction) throws
        -> ThemeID
    {
        let project = here.project.project
        try RoundPolicy.moderate(in: here.round.place, by: here.actor)
        let statement = try StatementStore.find(id, in: here.round.id, tx)
        let theme: ThemeID
        if let chosen {
            let found = try ThemeStore.find(chosen, tx)
            guard found.project == project.id else { throw Refusal.notFound }
            theme = found.id
        } else {
            let said = W.themeSaid(round: here.round.title, words: statement.words)
            theme = try StartTheme.run(ThemeDraft(title: title, said: said, isPublic: isPublic), in: project, by: here.visit.deed, tx).id
        }
        try StatementThemes.link(
            id,
            theme,
            .to,
            figures: try figures(here, statement.number, tx),
            round: here.round,
            by: here.visit.deed,
            tx
        )
        return theme
    }

    /// Two lines: for those in the room, and for others who work in the project.
    private static func figures(_ here: RoundVisit, _ number: Int, _ tx: Transaction) throws -> String {
        let labels = here.round.perspectives.map { here.project.perspectives.label($0.key) }
        let room = try StatementFigure.room(Counting.tally(here.round, tx).counts(of: number), invited: nil)
        let told = try ToldStore.disclosure(here.round, number, tx)?.table(for: .organisation) ?? .few(below: 5)
        return Explained.once(room, labels) + "\n" + Explained.once(.told(told), labels)
    }

    @Sendable static func form(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try RoundVisit(visit, tx)
        try RoundPolicy.moderate(in: here.round.place, by: visit.actor)
        let statement = try StatementStore.find(visit.id("statement"), in: here.round.id, tx)
        let themes = try ThemeStore.all(in: here.round.project, tx)
        // What it was made from is what most take it back to.
        let from = try StatementThemes.of(round: here.round.id, tx).first { $0.statement == statement.id && $0.way == .from }
        let options = [Question.Option("", W.newTheme)] + themes.map { Question.Option($0.id.text, $0.title) }
        return FormPage(
            W.takeToGroup,
            here.surroundings(),
            caption: here.round.title,
            lead: W.takeLead,
            facts: [FormPage.Fact(W.statement, statement.words)],
            parts: [
                FormPage.Part([
                    .list("theme", W.whichTheme, options, in: visit.form, or: from?.theme.text ?? ""),
                    .line(
                        "title",
                        W.themeTitle,
                        in: visit.form,
                        or: String(statement.words.prefix(120)),
                        hint: W.themeTitleHint,
                        isOptional: true
                    ),
                    .tick("public", W.themePublic, in: visit.form, or: here.project.project.isOpenToPublic, hint: W.themePublicHint),
                ])
            ],
            sendTo: here.url("statements", statement.id, "proposal"),
            button: W.takeToGroup,
            otherwise: Link(W.back, to: here.url()),
            problems: visit.form.problems
        )
    }
}

/// Statements that belong to a theme, for its working page.
public struct ThemeStatement: Encodable, Sendable {
    public let words: String
    public let how: String
    public let figures: String?
    public let url: SafeURL

    public static func of(_ links: [StatementThemes.Link], in here: ProjectVisit) -> [ThemeStatement] {
        let isRoom = SmallNumbers.circle(of: here.actor, in: here.project, group: nil) == .room
        return links.map { link in
            let lines = link.figures.split(separator: "\n", omittingEmptySubsequences: false)
            let shown = isRoom ? lines.first : lines.last
            return ThemeStatement(
                words: link.words,
                how: link.way == .from ? W.fromThisTheme(day: here.dates.day(link.at)) : W.toThisTheme(day: here.dates.day(link.at)),
                figures: shown.flatMap { $0.isEmpty ? nil : W.figuresThen(figures: String($0)) },
                url: here.here("rounds", link.round)
            )
        }
    }

    public var html: HTML {
        HTML {
            quote(words)
            p(how, class: "quiet")
            if let figures { p(figures) }
            p { a(W.toRound, about: words, to: url) }
        }
    }
}
