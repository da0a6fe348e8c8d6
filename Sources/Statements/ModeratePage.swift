import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// Every statement of a round, those that wait first, and the way to add some.
struct ModeratePage: Page {
    struct Line: Encodable, Sendable {
        let number: Int
        let words: String
        let state: String
        let note: String?
        let url: SafeURL
        let theme: String?
    }

    let heading = W.moderate
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    let waiting: [Line]
    let others: [Line]
    let theme: String?
    private let beginning: String
    private let form: Form
    private let here: RoundVisit
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case waiting, others, theme }

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.moderate(in: here.round.place, by: here.actor)
        self.here = here
        caption = here.round.title
        lead = here.round.isHeld ? W.moderateHeld : W.moderateFree
        surroundings = here.surroundings()
        let all = try StatementStore.all(in: here.round.id, tx)
        let themes = Dictionary(grouping: try StatementThemes.of(round: here.round.id, tx).filter { $0.way == .from }, by: \.statement)
        let lines = all.map { statement in
            (
                statement.state,
                Line(
                    number: statement.number,
                    words: statement.state == .withdrawn ? W.fateWithdrawn : statement.words,
                    state: W.state(statement.state),
                    note: statement.became.flatMap { id in all.first { $0.id == id } }.map { W.becameNote(words: $0.words) }
                        ?? statement.reason,
                    url: here.url("statements", statement.id),
                    theme: themes[statement.id]?.first.map { W.fromTheme(theme: $0.themeTitle) }
                )
            )
        }
        waiting = lines.filter { $0.0 == .waiting }.map(\.1)
        others = lines.filter { $0.0 != .waiting }.map(\.1)
        form = here.visit.form
        let from = try here.visit.query["theme"].flatMap { ThemeID($0) }.flatMap { try FromTheme.find($0, in: here.project, tx) }
        theme = from?.id.text ?? (form.has("theme") ? form["theme"] : nil)
        beginning = from?.title ?? ""
    }

    var html: HTML {
        HTML {
            section(W.waitingHeading(n: waiting.count), id: "waiting") {
                if waiting.isEmpty { p(W.waitingNone, class: "quiet") }
                for line in waiting { html(of: line) }
            }
            section(W.addStatements, id: "add") {
                HTML::form(post: here.url("statements"), help: .asksBeforeLeaving) {
                    if let theme { hidden("theme", theme) }
                    textArea(
                        "statements",
                        label: W.statementsLabel,
                        value: form.value("statements", or: beginning),
                        hint: W.statementsHint,
                        problems: problems,
                        limit: 10_000,
                        rows: 4
                    )
                    button(W.addThem, kind: .secondary)
                }
            }
            section(W.allStatements) {
                if others.isEmpty { p(W.noStatements, class: "quiet") }
                for line in others { html(of: line) }
            }
        }
    }

    private func html(of line: Line) -> HTML {
        div(class: "card") {
            quote(line.words)
            p {
                tag(line.state)
                if let theme = line.theme {
                    " "
                    span(theme, class: "quiet")
                }
            }
            if let note = line.note { p(note, class: "quiet") }
            p { a(W.lookAtIt, about: line.words, to: line.url) }
        }
    }
}

/// One statement, and what can be done with it.
struct StatementPage: Page {
    let heading = W.statement
    let caption: String?
    let surroundings: Surroundings
    let words: String
    let state: String
    let note: String?
    let answers: Int
    /// The statements it can be merged into.
    let others: [Question.Option]
    let mayKeep: Bool
    let mayChange: Bool
    private let form: Form
    private let base: SafeURL
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case words, state, note, answers, others }

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.moderate(in: here.round.place, by: here.actor)
        let id: StatementID = try here.visit.id("statement")
        let statement = try StatementStore.find(id, in: here.round.id, tx)
        let all = try StatementStore.all(in: here.round.id, tx)
        let moderate = Link(W.moderate, to: here.url("statements"))
        caption = here.round.title
        surroundings = here.project.surroundings(Link(W.rounds, to: here.project.here("rounds")), here.link, moderate, isPrivate: true)
            .wearing(.statements)
        words = statement.state == .withdrawn ? W.fateWithdrawn : statement.words
        state = W.state(statement.state)
        note = statement.became.flatMap { id in all.first { $0.id == id } }.map { W.becameNote(words: $0.words) } ?? statement.reason
        answers = try tx.count(
            "SELECT COUNT(*) FROM responses WHERE round = \(here.round.number) AND statement = \(statement.number) AND answer IS NOT NULL"
        )
        mayKeep = statement.state == .waiting || statement.state == .rejected
        mayChange = statement.state == .waiting || statement.state == .kept
        others = mayChange ? all.filter { $0.state == .kept && $0.id != id }.map { Question.Option($0.id.text, $0.words) } : []
        form = here.visit.form
        base = here.url("statements", id)
    }

    var html: HTML {
        HTML {
            quote(words)
            p { tag(state) }
            if let note { p(note, class: "quiet") }
            p(W.answersSoFar(n: answers))
            if mayKeep {
                section(W.keepHeading) {
                    p(W.keepWords)
                    postButton(W.keep, to: base.below("keeping"), kind: .primary)
                }
            }
            if mayChange {
                if !others.isEmpty { merge }
                reword
                reject
            }
        }
    }

    private var merge: HTML {
        section(W.mergeHeading) {
            p(W.mergeWords)
            HTML::form(post: base.below("merging")) {
                selectField(
                    "into",
                    label: W.mergeInto,
                    options: [Choice("", W.chooseStatement)] + others.map { Choice($0.value, $0.label) },
                    value: form["into"],
                    problems: problems
                )
                button(W.merge, kind: .secondary)
            }
        }
    }

    private var reword: HTML {
        section(W.rewordHeading) {
            p(answers == 0 ? W.rewordWords : W.rewordAnswered(n: answers))
            HTML::form(post: base.below("rewording"), help: .asksBeforeLeaving) {
                textArea(
                    "words",
                    label: W.newWords,
                    value: form.value("words", or: words),
                    problems: problems,
                    limit: Statement.limit,
                    rows: 3
                )
                button(W.reword, kind: .secondary)
            }
        }
    }

    private var reject: HTML {
        section(W.rejectHeading) {
            p(W.rejectWords)
            HTML::form(post: base.below("rejection"), help: .asksBeforeLeaving) {
                textArea("reason", label: W.reason, value: form["reason"], hint: W.reasonHint, problems: problems, limit: 300, rows: 3)
                button(W.reject, kind: .warning)
            }
        }
    }
}

extension W {
    static func state(_ state: Statement.State) -> String {
        switch state {
        case .waiting: stateWaiting
        case .kept: stateKept
        case .merged: stateMerged
        case .reworded: stateReworded
        case .rejected: stateRejected
        case .withdrawn: stateWithdrawn
        }
    }
}
