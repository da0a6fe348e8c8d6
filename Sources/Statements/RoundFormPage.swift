import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// Starts a round, or changes one: what it asks, whom, and how new statements are dealt with.
struct RoundFormPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    let fields: Filled
    let perspectives: [Question.Option]
    let chosen: [String]
    /// nil for a new one.
    let version: Int?
    /// They were fixed when it opened.
    let isFixed: Bool
    let theme: String?
    private let form: Form
    private let send: SafeURL
    private let back: Link
    private let opens: DateParts
    private let closes: DateParts
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, perspectives, chosen, version, isFixed, theme }

    init(new visit: Visit, _ tx: Transaction) throws {
        let here = try ProjectVisit(visit, tx)
        try RoundPolicy.run(in: here.place, by: visit.actor)
        let from = try visit.query["theme"].flatMap { ThemeID($0) }.flatMap { try FromTheme.find($0, in: here, tx) }
        let all = here.perspectives.all
        self.init(here, nil, beginning: from?.title ?? "", chosen: visit.form.isSent ? visit.form.all("perspectives") : all.map(\.key))
    }

    init(_ here: RoundVisit) {
        let kept = here.round.perspectives.map(\.key)
        self.init(here.project, here.round, beginning: "", chosen: here.visit.form.isSent ? here.visit.form.all("perspectives") : kept)
    }

    private init(_ here: ProjectVisit, _ round: Round?, beginning: String, chosen: [String]) {
        let rounds = Link(W.rounds, to: here.here("rounds"))
        form = here.visit.form
        heading = round == nil ? W.startRound : W.editRound
        caption = round?.title ?? here.project.title
        lead = round == nil ? W.startRoundLead : nil
        back = round.map { Link(W.back, to: $0.url(in: here)) } ?? Link(W.back, to: rounds.url)
        surroundings = here.surroundings(rounds, isPrivate: true)
        fields = Filled(
            form,
            beginning: [
                "title": round?.title ?? "", "question": round?.question ?? "", "held": round.map { $0.isHeld ? "yes" : "no" } ?? "yes",
                "statements": beginning,
            ]
        )
        let fixed = round.flatMap { $0.openedAt == nil ? nil : Set($0.perspectives.map(\.key)) }
        perspectives = here.perspectives.all.filter { fixed?.contains($0.key) ?? true }.map { Question.Option($0.key, $0.label) }
        self.chosen = chosen
        version = round.map { round in here.visit.form.isSent ? Int(here.visit.form["version"]) ?? round.version : round.version }
        isFixed = round?.openedAt != nil
        theme = here.visit.query["theme"] ?? (form.has("theme") ? form["theme"] : nil)
        send = round?.url(in: here) ?? rounds.url
        opens = form.day("opens", or: round?.opensAt, zone: here.service.zone)
        closes = form.day("closes", or: round?.closesAt.map { Moment(milliseconds: $0.milliseconds - 1) }, zone: here.service.zone)
    }

    var html: HTML {
        HTML::form(post: send, help: .asksBeforeLeaving) {
            if let version { hidden("version", version) }
            if let theme { hidden("theme", theme) }
            textField("title", label: W.title, value: fields["title"], hint: W.titleHint, problems: problems)
            textField("question", label: W.question, value: fields["question"], hint: W.questionHint, problems: problems)
            if version == nil {
                textArea(
                    "statements",
                    label: W.statementsLabel,
                    value: fields["statements"],
                    hint: W.statementsHint,
                    problems: problems,
                    limit: 10_000,
                    rows: 8
                )
            }
            whom
            radios(
                "held",
                legend: W.heldLegend,
                options: [Choice("yes", W.heldYes, hint: W.heldYesHint), Choice("no", W.heldNo, hint: W.heldNoHint)],
                value: fields["held"],
                problems: problems
            )
            dateField("opens", legend: W.opens, value: opens, hint: W.opensHint, problems: problems, isOptional: true)
            dateField("closes", legend: W.closes, value: closes, hint: W.closesHint, problems: problems, isOptional: true)
            buttons {
                button(version == nil ? W.startRound : Common.save)
                a(back.label, to: back.url)
            }
        }
    }

    private var whom: HTML {
        HTML {
            if isFixed {
                p(W.perspectivesFixed(list: listed(perspectives.map(\.label))), class: "quiet")
            } else {
                checkboxes(
                    "perspectives",
                    legend: W.perspectives,
                    options: perspectives.map { Choice($0.value, $0.label) },
                    values: Set(chosen),
                    hint: W.perspectivesHint,
                    problems: problems
                )
            }
        }
    }
}

extension Form {
    fileprivate func day(_ name: String, or beginning: Moment?, zone: String) -> DateParts {
        guard !isSent else { return DateParts(day: self[name + "-day"], month: self[name + "-month"], year: self[name + "-year"]) }
        return beginning.map { CivilDay($0, zone: zone) }.map {
            DateParts(day: String($0.day), month: String($0.month), year: String($0.year))
        }
            ?? DateParts()
    }
}

extension RoundDraft {
    /// - Parameter fixed: whom the round asks, where that can no longer be changed.
    init(_ form: inout Form, _ here: ProjectVisit, fixed: [String]? = nil) {
        let zone = here.service.zone
        let title = form.line("title", limit: Self.titleLimit, empty: W.titleEmpty)
        let question = form.line("question", limit: Self.questionLimit, empty: W.questionEmpty)
        let chosen = fixed ?? form.all("perspectives")
        if Set(chosen).count < 2 { form.problems.add("perspectives", W.perspectivesFew) }
        let opens = form.date("opens", at: (0, 0), zone: zone)
        // The last day counts whole: closing is at the midnight after it.
        let closes = form.date("closes", at: (23, 59), zone: zone).map { $0.adding(minutes: 1) }
        if let closes, closes <= max(opens ?? here.visit.at, here.visit.at), fixed == nil { form.problems.add("closes", W.closesEarly) }
        self.init(
            title: title,
            question: question,
            isHeld: form["held"] != "no",
            perspectives: chosen,
            opensAt: opens,
            closesAt: closes
        )
    }
}

/// Statements typed one a line.
enum StatementLines {
    // 60: two minutes of reading each would already be two hours of somebody's time.
    static let most = 60

    static func read(_ form: inout Form, _ name: String, isNeeded: Bool) -> [String] {
        let lines = form[name].split(separator: "\n").map { PlainText.line(String($0)) }.filter { !$0.isEmpty }
        if lines.isEmpty, isNeeded { form.problems.add(name, W.statementsEmpty) }
        if let long = lines.first(where: { $0.count > Statement.limit }) {
            form.problems.add(name, W.statementsLong(limit: String(Statement.limit), words: String(long.prefix(40))))
        }
        if lines.count > most { form.problems.add(name, W.statementsMany(most: String(most))) }
        if Set(lines).count < lines.count { form.problems.add(name, W.statementsTwice) }
        return lines
    }
}

/// A theme that statements are made from.
enum FromTheme {
    static func find(_ id: ThemeID, in here: ProjectVisit, _ tx: Transaction) throws -> (id: ThemeID, title: String)? {
        let title: String? = try tx.value("SELECT title FROM themes WHERE id = \(id) AND project = \(here.project.id)")
        return title.map { (id, $0) }
    }
}
