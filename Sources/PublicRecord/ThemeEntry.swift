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
    /// While it is being talked about; after that, the answer says how far it came.
    let state: StateTag?
    /// "We did", "We agreed", "We are doing", "We can’t, because…"
    let answer: String?
    let changes: [ChangeWords]
    /// What was decided, as long as nothing is different yet: a change says more than what was agreed.
    let decision: String?
    /// A "we can't" always has its reasons.
    let reasons: String?
    let doing: [String]
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

    /// On "You said, we did": what was said with one voice, and the one answer. The rest is on the theme's own page.
    var html: HTML {
        card(title, class: "theme", to: url) {
            p(class: "theme-facts") {
                if let state {
                    tag(state.words, state.tone)
                    " "
                }
                a(project.label, to: project.url)
                " · \(moved)"
            }
            if let late { p { tag(late, .attention) } }
            HTML::words(said)
            counted
            for one in quotes { quote(one.words, by: one.speaker) }
            if let answer { section(answer, class: "answer") { answered } }
        }
    }

    private var counted: HTML {
        guard !voices.isEmpty else { return .nothing }
        return p(class: "quiet") { W.voicesFrom(list: listed(voices.map { "\($0.perspective) (\($0.voices))" })) }
    }

    private var answered: HTML {
        HTML {
            for change in changes {
                HTML::words(change.words)
                p(W.since(day: change.since), class: "quiet")
            }
            if let decision { HTML::words(decision) }
            if let reasons { p(reasons) }
            if !doing.isEmpty { ul { for one in doing { li(one) } } }
            if let nobodyYet { p(nobodyYet, class: "quiet") }
            if let replied { p(replied, class: "quiet") }
        }
    }
}

/// A theme in short, for a first page: its name, how far it came, and what it came to.
struct ThemeBrief: Encodable, Sendable {
    let title: String
    let url: SafeURL
    let state: StateTag
    let words: String?

    var html: HTML {
        card(title, class: "theme", to: url) {
            p { tag(state.words, state.tone) }
            if let words { p(words) }
            p { a(W.readMore, about: title, to: url) }
        }
    }
}

extension PublicThemes {
    static func briefs(_ themes: [ThemeFacts], in service: Service, _ tx: Transaction) throws -> [ThemeBrief] {
        guard !themes.isEmpty else { return [] }
        let ids = themes.map(\.id)
        let (changes, decisions) = (try changes(ids, tx), try decisions(ids, tx))
        return themes.map { theme in
            let words = changes[theme.id]?.last?.words ?? decisions[theme.id]?.last?.words
            return ThemeBrief(
                title: theme.title,
                url: url(theme.id, in: service),
                state: .of(theme: theme.state),
                words: words?.beginning(ThemeEntry.quoted).words
            )
        }
    }

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
    /// 200 bytes of what was said and 280 of a quote or an answer: a list of entries stays a page that a phone can load.
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
        said = theme.said.beginning(Self.summed).words
        voices = counts.map { PerspectiveCount(perspective: perspectives.label($0.perspective), voices: Counts.words($0.number)) }
        self.quotes = quotes.prefix(1).map { Quote(words: $0.words.beginning(Self.quoted).words, speaker: $0.speaker(perspectives)) }
        let answer = Self.answer(theme.state)
        self.answer = answer
        state = answer == nil ? .of(theme: theme.state) : nil
        self.changes =
            answer == nil ? [] : changes.map { ChangeWords(words: $0.words.beginning(Self.quoted).words, since: dates.day($0.since)) }
        let doing = actions.filter { $0.state == "doing" }.map { W.doingBy(what: $0.what, day: dates.day($0.due)) }
        self.doing = answer == nil ? [] : doing
        let decision = answer == nil || !changes.isEmpty ? nil : decisions.last
        self.decision = decision?.words.beginning(Self.quoted).words
        reasons = decision.flatMap {
            $0.reasons.isEmpty || !doing.isEmpty ? nil : "\(W.reasons) \($0.reasons.beginning(Self.quoted).words)"
        }
        nobodyYet = theme.state == "agreed" ? W.nobodyYet : nil
        replied = answer == nil ? nil : theme.repliedAt.map { W.repliedOn(day: dates.day($0)) }
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

extension DecisionFacts {
    /// "We agreed", "We can’t do this"
    var outcomeWords: String {
        switch outcome {
        case "cannot": W.outcomeCannot
        case "partly": W.outcomePartly
        case "thanks": W.outcomeThanks
        default: W.outcomeAgreed
        }
    }
}
