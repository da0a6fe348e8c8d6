import HTML
import Kernel
import Pathways
import Projects
import Services
import Statements
import Store
import Voices
import Web
import Words

/// One theme: what people said about one thing, every step of its path, and the voices in it that anybody may read.
struct ThemePage: Page {
    let heading: String
    let caption: String?
    let state: StateTag
    let late: String?
    let said: String
    let counted: [PerspectiveCount]
    let steps: [Step]
    /// Who was there when it was decided.
    let deciders: [String]
    /// What people were asked about it, and where they see what others think.
    let asked: [Link]
    /// Pages in plain words that it led to.
    let pages: [Link]
    let voices: [VoiceRow]
    let more: Ways
    let seenBy: String?
    /// Where the people of the project work on it.
    let work: SafeURL?
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case state, late, said, counted, steps, deciders, asked, pages, voices, more, seenBy }

    struct Step: Encodable, Sendable {
        let name: String
        let state: StepState
        var at: Moment?
        var on: String?
        var who: String?
        var words: String?
        var due: Moment?
        var dueOn: String?
        private enum CodingKeys: String, CodingKey { case name, state, on, who, words, dueOn }

        var html: PathStep {
            PathStep(
                name,
                state,
                at: at.flatMap { at in on.map { (at, $0) } },
                who: who,
                words: words,
                due: due.flatMap { due in dueOn.map { (due, $0) } }
            )
        }
    }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try ServiceVisit(visit, tx)
        let theme = try PublicThemes.find(visit.id("theme"), in: at.service, for: visit.actor, tx)
        let place = theme.place
        heading = theme.title
        caption = theme.projectTitle
        state = .of(theme: theme.state)
        said = theme.said
        let dues = try PublicThemes.dues([theme.id], in: place, for: visit.actor, tx)[theme.id]
        late = theme.late(dues, at.dates, at: visit.at)
        counted = try PublicThemes.counts([theme.id], in: at.service.id, tx)[theme.id, default: []].map {
            PerspectiveCount(perspective: at.perspectives.label($0.perspective), voices: Counts.words($0.number))
        }
        let decisions = try PublicThemes.decisions([theme.id], tx)[theme.id] ?? []
        steps = Self.steps(
            theme,
            decisions,
            try PublicThemes.actions([theme.id], tx)[theme.id] ?? [],
            try PublicThemes.changes([theme.id], tx)[theme.id] ?? [],
            talks: try TalkFacts.all(of: theme.id, tx),
            replies: try ReplyFacts.all(of: theme.id, tx),
            who: counted.map(\.perspective),
            dues,
            at.dates,
            visit.at
        )
        deciders = try Self.deciders(decisions.map(\.id), at.perspectives, tx)
        asked = try Self.asked(theme, in: at.service, for: visit.actor, tx)
        pages = try LeafletThemes.pages(of: theme.id, tx)
        let slice = try PublicVoices.slice(of: theme.id, in: place, part: Part(visit.query), tx)
        voices = slice.entries.map { $0.row(in: at.service, at.perspectives, at.dates, at: visit.at, here: theme.id) }
        more = slice.ways(from: PublicThemes.url(theme.id, in: at.service))
        seenBy = theme.isPublic ? nil : W.seenByProject
        let project = SafeURL.path("/", at.service.slug, "projects", theme.projectSlug)
        work =
            PublicThemes.mayReadAll(in: place, by: visit.actor)
            ? .path("/", at.service.slug, "projects", theme.projectSlug, "themes", theme.id) : nil
        let service = at.service
        surroundings = Surroundings(
            service: service.link,
            breadcrumbs: [
                service.link, Link(W.youSaidHeading, to: .path("/", service.slug, "you-said-we-did")),
                Link(theme.projectTitle, to: project),
            ],
            feed: Feed.link(of: service),
            place: place
        )
    }

    /// Only from rounds that whoever looks may know of.
    private static func asked(_ theme: ThemeFacts, in service: Service, for actor: Actor, _ tx: Transaction) throws -> [Link] {
        let links = try StatementThemes.of(theme: theme.id, tx)
        guard !links.isEmpty else { return [] }
        let rounds = Set(try RoundStore.all(in: ProjectStore.find(theme.project, tx), for: actor, tx).map(\.id))
        let shown = links.filter { rounds.contains($0.round) }.map {
            Link($0.words, to: .path("/", service.slug, "projects", theme.projectSlug, "rounds", $0.round))
        }
        return shown.reduce(into: []) { once, link in if !once.contains(where: { $0.label == link.label }) { once.append(link) } }
    }

    private static func deciders(_ decisions: [DecisionID], _ perspectives: Perspectives, _ tx: Transaction) throws -> [String] {
        guard !decisions.isEmpty else { return [] }
        let there = try tx.all(
            """
            SELECT perspective, MAX(present) FROM decision_support WHERE decision IN \(list: decisions) AND (present IS NULL OR present > 0) GROUP BY perspective
            """
        ) { row in (key: try row.next(String.self), present: try row.next(Int?.self)) }
        return perspectives.all.compactMap { perspective in
            there.first { $0.key == perspective.key }.map { HeldSession.words(perspective.label, $0.present) }
        }
    }

    // MARK: The path

    private static func steps(
        _ theme: ThemeFacts,
        _ decisions: [DecisionFacts],
        _ actions: [ActionFacts],
        _ changes: [ChangeFacts],
        talks: [TalkFacts],
        replies: [ReplyFacts],
        who: [String],
        _ dues: Dues?,
        _ dates: Dates,
        _ now: Moment
    ) -> [Step] {
        let isEnded = theme.state == "cannot" || theme.state == "thanks"
        var steps = [said(theme, dues, who, dates)]
        steps += talks.map { talked($0, dates) }
        if talks.isEmpty {
            steps.append(once(W.stepDiscussed, theme.discussedAt, due: theme.decidedAt == nil ? dues?.discuss : nil, dates, now))
        }
        steps += decisions.map { decided($0, dates) }
        if decisions.isEmpty { steps.append(once(W.stepDecided, nil, due: dues?.decide, dates, now)) }
        steps += actions.map { acted($0, dates, now) }
        steps += changes.map { change in
            Step(name: W.stepChanged, state: .done, at: change.since, on: dates.day(change.since), who: change.by, words: change.words)
        }
        if changes.isEmpty, !isEnded { steps.append(Step(name: W.stepChanged, state: .waiting)) }
        steps += replies.map { reply in
            let isTold = reply.stillToTell == 0
            return Step(
                name: isTold ? W.stepTold : W.stepTelling,
                state: isTold ? .done : .now,
                at: reply.at,
                on: dates.day(reply.at),
                who: reply.by,
                words: reply.words
            )
        }
        let isOwed = theme.replyDue != nil || replies.isEmpty && theme.state != "thanks"
        if isOwed { steps.append(once(W.stepTold, nil, due: theme.replyDue, dates, now)) }
        return steps
    }

    /// It begins when the first of those voices was said that whoever looks may read; who brought them together is named.
    private static func said(_ theme: ThemeFacts, _ dues: Dues?, _ who: [String], _ dates: Dates) -> Step {
        let first = min(dues?.said ?? theme.madeAt, theme.discussedAt ?? theme.madeAt, theme.madeAt)
        return Step(
            name: W.stepSaid,
            state: .done,
            at: first,
            on: dates.day(first),
            who: who.isEmpty ? nil : listed(who),
            words: theme.madeBy.map { W.stepSaidBy(who: $0) } ?? W.stepSaidWords
        )
    }

    private static func talked(_ talk: TalkFacts, _ dates: Dates) -> Step {
        Step(
            name: W.stepDiscussed,
            state: .done,
            at: talk.at,
            on: dates.day(talk.at),
            who: talk.by,
            words: talk.session.map { W.talkedIn(session: $0) } ?? W.talkedBetween
        )
    }

    private static func once(_ name: String, _ at: Moment?, due: Moment?, _ dates: Dates, _ now: Moment) -> Step {
        if let at { return Step(name: name, state: .done, at: at, on: dates.day(at)) }
        return Step(name: name, state: due.map { $0 < now } ?? false ? .overdue : .waiting, due: due, dueOn: due.map { dates.day($0) })
    }

    private static func decided(_ decision: DecisionFacts, _ dates: Dates) -> Step {
        var words = [decision.words]
        if !decision.reasons.isEmpty { words.append("\(W.reasons) \(decision.reasons)") }
        if !decision.dissent.isEmpty { words.append("\(W.dissent) \(decision.dissent)") }
        return Step(
            name: decision.outcomeWords,
            state: decision.outcome == "cannot" ? .cannot : .done,
            at: decision.at,
            on: dates.day(decision.at),
            who: decision.by,
            words: words.joined(separator: " ")
        )
    }

    private static func acted(_ action: ActionFacts, _ dates: Dates, _ now: Moment) -> Step {
        if action.state == "done" {
            return Step(
                name: W.stepActed,
                state: .done,
                at: action.endedAt,
                on: action.endedAt.map { dates.day($0) },
                who: action.owner,
                words: action.evidence.isEmpty ? action.what : "\(action.what) \(action.evidence)"
            )
        }
        return Step(
            name: W.stepActing,
            state: action.due < now ? .overdue : .now,
            who: action.owner,
            words: action.what,
            due: action.due,
            dueOn: dates.day(action.due)
        )
    }

    // MARK: As a page

    var html: HTML {
        HTML {
            p { tag(state.words, state.tone) }
            if let late { p { tag(late, .attention) } }
            if let seenBy { p(seenBy, class: "quiet") }
            if let work { p { a(W.workOnTheme, to: work) } }
            section(W.youSaid) {
                HTML::words(said)
                if !counted.isEmpty { p(W.voicesFrom(list: listed(counted.map { "\($0.perspective) (\($0.voices))" })), class: "quiet") }
            }
            section(W.pathHeading) {
                path(label: W.pathOf(theme: heading), steps: steps.map(\.html))
                if !deciders.isEmpty { p(W.decidedWith(list: listed(deciders)), class: "quiet") }
            }
            if !asked.isEmpty {
                section(W.askedHeading, id: "asked") {
                    p(W.askedWords)
                    ul { for link in asked { li { a(link.label, to: link.url) } } }
                }
            }
            if !pages.isEmpty {
                section(W.pagesHeading, id: "pages") { ul { for page in pages { li { a(page.label, to: page.url) } } } }
            }
            section(W.voicesInTheme, id: "voices") {
                if !voices.isEmpty { div(class: "entries") { for voice in voices { voice.html } } }
                if voices.isEmpty { emptyState(W.noPublicVoices) }
                more.html
            }
        }
    }
}
