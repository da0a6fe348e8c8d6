import Actions
import Discussion
import HTML
import Kernel
import Projects
import Services
import Statements
import Store
import Voices
import Web

/// The themes of a project: how far each has come, whose voices are in it, and what comes next.
struct ThemesPage: Page {
    struct Line: Encodable, Sendable {
        let title: String
        let url: SafeURL
        let state: Theme.State
        let isPublic: Bool
        /// "3 young people, 2 parents and carers": of the voices that whoever looks may read.
        let voices: String
        let next: NextThing
    }

    let heading = W.themes
    let lead: String?
    let surroundings: Surroundings
    let themes: [Line]
    let unsorted: Int?
    let sort: Link?
    let start: Link?

    init(_ here: ProjectVisit, _ tx: Transaction) throws {
        try ThemePolicy.read(in: here.place, by: here.actor)
        let mayTend = ThemePolicy.mayTend(in: here.place, by: here.actor)
        lead = W.themesLead
        surroundings = here.surroundings(isPrivate: true)
        let gathered = try ThemeStore.gathered(in: here.place, by: here.actor, tx)
        let due = try ActionStore.due(in: here.project.id, tx)
        let asked = try StatementThemes.taken(in: here.project.id, tx)
        let lines = try ThemeStore.all(in: here.project.id, tx).map { theme in
            let voices = gathered[theme.id] ?? Gathered()
            let url = theme.url(in: here.service, here.project)
            let next = NextThing(
                theme.next(voices: voices, isAsked: asked.contains(theme.id), actionDue: due[theme.id]),
                theme,
                url: url,
                open: nil,
                by: here.actor,
                at: here.visit.at,
                here.dates
            )
            return Line(
                title: theme.title,
                url: url,
                state: theme.state,
                isPublic: theme.isPublic,
                voices: Self.counted(voices, here.perspectives),
                next: next
            )
        }
        // What is overdue comes first; within each, what moved last.
        themes = lines.filter(\.next.isOverdue) + lines.filter { !$0.next.isOverdue }
        unsorted =
            mayTend
            ? try tx.count("SELECT COUNT(*) FROM voices WHERE project = \(here.project.id) AND theme IS NULL AND withdrawn_at IS NULL")
            : nil
        sort = mayTend && unsorted != 0 ? Link(W.sort, to: here.here("themes", "sort")) : nil
        start = mayTend ? Link(W.start, to: here.here("themes", "new")) : nil
    }

    /// "Young people: 3, Parents and carers: 2", in the service's order.
    static func counted(_ voices: Gathered, _ perspectives: Perspectives) -> String {
        guard voices.total > 0 else { return W.noVoices }
        let known = perspectives.all.compactMap { one in voices.byPerspective[one.key].map { W.countOf(who: one.label, number: String($0)) }
        }
        let others = voices.byPerspective.filter { perspectives[$0.key] == nil }.sorted { $0.key < $1.key }
        return (known + others.map { W.countOf(who: $0.key, number: String($0.value)) }).joined(separator: ", ")
    }

    var html: HTML {
        HTML {
            if let sort, let unsorted, unsorted > 0 {
                nextSteps(W.unsorted(n: unsorted)) { p { buttonLink(sort.label, to: sort.url) } }
            }
            if themes.isEmpty { emptyState(W.noThemes) }
            for line in themes { html(of: line) }
            if let start { p { buttonLink(start.label, to: start.url, kind: .secondary) } }
        }
    }

    private func html(of line: Line) -> HTML {
        card(line.title, to: line.url) {
            p {
                tag(line.state.label, line.state.tone)
                if line.next.isOverdue {
                    " "
                    tag(W.overdue, .attention)
                }
            }
            p(line.voices)
            p(line.next.words)
            if let button = line.next.button { p { a(button.label, about: line.title, to: button.url) } }
        }
    }
}
