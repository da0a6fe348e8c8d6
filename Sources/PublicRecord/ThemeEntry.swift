import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// "You said, we did": what people said about one thing, and what became of it.
struct ThemeEntry: Encodable, Sendable {
    let title: String
    let url: SafeURL
    let project: Link
    let said: String
    let voices: [PerspectiveCount]
    let quotes: [Quote]
    let state: StateTag
    /// "We did", "We agreed", "We are doing", "We can’t, because…"; nil where it is still being talked about, which the state says.
    let answer: String?
    let changes: [ChangeWords]
    let doing: [String]
    let decisions: [DecisionWords]
    /// Said where something was agreed and nobody has taken it on.
    let nobodyYet: String?
    let replied: String?
    let late: String?
    let moved: String

    struct Quote: Encodable, Sendable {
        let words: String
        let speaker: String
    }

    struct ChangeWords: Encodable, Sendable {
        let words: String
        let since: String
    }

    struct DecisionWords: Encodable, Sendable {
        let outcome: String
        let words: String
        let reasons: String
        let dissent: String
        let on: String

        init(_ facts: DecisionFacts, _ dates: Dates) {
            outcome =
                switch facts.outcome {
                case "cannot": W.outcomeCannot
                case "partly": W.outcomePartly
                case "thanks": W.outcomeThanks
                default: W.outcomeAgreed
                }
            words = facts.words
            reasons = facts.reasons
            dissent = facts.dissent
            on = dates.day(facts.at)
        }

    }

    /// On "You said, we did": what was said with one voice, and the one answer. The rest is on the theme's own page.
    var html: HTML {
        card(title, class: "theme", to: url) {
            p(class: "theme-facts") {
                if answer == nil {
                    tag(state.words, state.tone)
                    " "
                }
                a(project.label, to: project.url)
                " · \(moved)"
            }
            if let late { p { tag(late, .attention) } }
            HTML::words(said.beginning(Self.summed).words)
            counted
            for one in quotes { quote(one.words, by: one.speaker) }
            if let answer { section(answer, class: "answer") { answered } }
        }
    }

    /// On a first page: its name, how far it came, and what it came to.
    var line: HTML {
        card(title, class: "theme", to: url) {
            p { tag(state.words, state.tone) }
            if let short { p(short) }
            p { a(W.readMore, about: title, to: url) }
        }
    }

    /// What it came to, in no more than a few lines.
    private var short: String? {
        (changes.last?.words ?? decisions.last?.words ?? doing.last)?.beginning(Self.quoted).words
    }

    private var counted: HTML {
        guard !voices.isEmpty else { return .nothing }
        return p(class: "quiet") { W.voicesFrom(list: listed(voices.map { "\($0.perspective) (\($0.voices))" })) }
    }

    /// What is different now says more than what was agreed; a "we can't" always has its reason.
    private var answered: HTML {
        HTML {
            for change in changes {
                HTML::words(change.words)
                p(W.since(day: change.since), class: "quiet")
            }
            if changes.isEmpty, let decision = decisions.last {
                HTML::words(decision.words)
                if !decision.reasons.isEmpty, doing.isEmpty { p("\(W.reasons) \(decision.reasons)") }
            }
            if !doing.isEmpty { ul { for one in doing { li(one) } } }
            if let nobodyYet { p(nobodyYet, class: "quiet") }
            if let replied { p(replied, class: "quiet") }
        }
    }
}

extension PublicThemes {
    /// What a page tells about these themes, in their order.
    static func entries(
        _ themes: [ThemeFacts],
        in service: Service,
        _ perspectives: Perspectives,
        for actor: Actor,
        _ dates: Dates,
        at now: Moment,
        _ tx: Transaction
    ) throws -> [ThemeEntry] {
        guard !themes.isEmpty else { return [] }
        let ids = themes.map(\.id)
        let counts = try counts(ids, in: service.id, tx)
        let quotes = try quotes(ids, in: service.place, tx)
        let decisions = try decisions(ids, tx)
        let changes = try changes(ids, tx)
        let actions = try actions(ids, tx)
        let dues = try dues(ids, in: service.place, for: .stranger, tx)
        return themes.map { theme in
            ThemeEntry(
                theme,
                in: service,
                perspectives,
                dates,
                at: now,
                counts: counts[theme.id] ?? [],
                quotes: quotes[theme.id] ?? [],
                decisions: decisions[theme.id] ?? [],
                changes: changes[theme.id] ?? [],
                actions: actions[theme.id] ?? [],
                dues: dues[theme.id]
            )
        }
    }
}

extension ThemeEntry {
    /// 200 bytes of what was said and 280 of a quote: fifty entries stay a page that a phone can load.
    static let summed = 200
    static let quoted = 280

    init(
        _ theme: ThemeFacts,
        in service: Service,
        _ perspectives: Perspectives,
        _ dates: Dates,
        at now: Moment,
        counts: [(perspective: String, number: Int)],
        quotes: [VoiceFacts],
        decisions: [DecisionFacts],
        changes: [ChangeFacts],
        actions: [ActionFacts],
        dues: Dues?
    ) {
        title = theme.title
        url = PublicThemes.url(theme.id, in: service)
        project = Link(theme.projectTitle, to: .path("/", service.slug, "projects", theme.projectSlug))
        said = theme.said
        voices = counts.map { PerspectiveCount(perspective: perspectives.label($0.perspective), voices: Counts.words($0.number)) }
        self.quotes = quotes.prefix(1).map { Quote(words: $0.words.beginning(Self.quoted).words, speaker: $0.speaker(perspectives)) }
        state = .of(theme: theme.state)
        answer = Self.answer(theme.state)
        self.changes = changes.map { ChangeWords(words: $0.words, since: dates.day($0.since)) }
        doing = actions.filter { $0.state == "doing" }.map { W.doingBy(what: $0.what, day: dates.day($0.due)) }
        self.decisions = decisions.map { DecisionWords($0, dates) }
        nobodyYet = theme.state == "agreed" ? W.nobodyYet : nil
        replied = theme.repliedAt.map { W.repliedOn(day: dates.day($0)) }
        late = theme.late(dues, dates, at: now)
        moved = dates.day(theme.movedAt)
    }

    static func answer(_ state: String) -> String? {
        switch state {
        case "done": W.weDid
        case "agreed": W.weAgreed
        case "doing": W.weAreDoing
        case "cannot": W.weCannot
        case "thanks": W.outcomeThanks
        default: nil
        }
    }
}
