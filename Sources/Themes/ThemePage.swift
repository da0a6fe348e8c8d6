import Actions
import Decisions
import Discussion
import HTML
import Kernel
import Pathways
import Projects
import Replies
import Services
import Statements
import Store
import Voices
import Web
import WhatWeThink
import Words

/// A theme's working page: everything about it in one place, and the one next thing to do.
struct ThemePage: Page {
    struct VoiceLine: Encodable, Sendable {
        /// nil once it was taken back.
        let words: String?
        let who: String
        let url: SafeURL
    }

    struct DiscussionLine: Encodable, Sendable {
        let when: String
        let notes: String
        let next: String?
    }

    struct DecisionLine: Encodable, Sendable {
        let outcome: String
        let tone: Tone
        let when: String
        let words: String
        let reasons: String
        let dissent: String
        let support: SupportTable
    }

    struct ActionLine: Encodable, Sendable {
        let what: String
        let url: SafeURL
        let state: String
        let tone: Tone
        let by: String
    }

    struct ChangeLine: Encodable, Sendable {
        let words: String
        let when: String
        let evidence: String
        let link: SafeURL?
        let edit: SafeURL?
    }

    struct ReplyLine: Encodable, Sendable {
        let words: String
        let by: String
    }

    let heading: String
    let caption: String?
    let surroundings: Surroundings
    /// What has just been done here.
    let news: String?
    let state: String
    let tone: Tone
    let next: NextThing
    let said: String
    let isPublic: Bool
    let voiceCount: Int
    let counts: String
    let voices: [VoiceLine]
    let newer: SafeURL?
    let older: SafeURL?
    let discussions: [DiscussionLine]
    let decision: DecisionLine?
    let earlier: [DecisionLine]
    let actions: [ActionLine]
    let changes: [ChangeLine]
    let replies: [ReplyLine]
    /// Statements made from it, and those that became it.
    let statements: [ThemeStatement]
    /// Pages in plain words that it led to.
    let pages: [Link]
    let move: Link?
    /// What else may be done here, besides the next thing.
    let ways: [Link]

    /// 20: enough to hear the theme, few enough to scroll past.
    private static let most = 20

    init(_ here: ThemeVisit, _ tx: Transaction) throws {
        let theme = here.theme
        let dates = here.dates
        let now = here.visit.at
        heading = theme.title
        caption = here.project.project.title
        surroundings = here.home()
        news = here.visit.query["done"].flatMap(Self.news)
        state = theme.state.label
        tone = theme.state.tone
        said = theme.said
        isPublic = theme.isPublic

        let gathered = try ThemeStore.gathered(in: theme.place, by: here.actor, only: theme.id, tx)[theme.id] ?? Gathered()
        let page = here.visit.query.page
        voiceCount = gathered.total
        counts = ThemesPage.counted(gathered, here.project.perspectives)
        voices = try Self.voices(here, page: page, tx)
        newer = page > 1 ? here.url.adding("page", page - 1).at("voices") : nil
        older = gathered.total > page * Self.most ? here.url.adding("page", page + 1).at("voices") : nil

        let runs = VoicePolicy.runs(theme.place, here.actor)
        discussions = try DiscussionStore.of(theme.id, tx).map { one in
            let mayRead = one.mayReadNotes(here.actor, runs: runs)
            return DiscussionLine(
                when: W.when(day: dates.day(one.at), place: one.session ?? W.betweenMeetings, who: one.by ?? Common.someone),
                notes: mayRead ? one.notes : W.notesStay,
                next: one.next.isEmpty || !mayRead ? nil : W.whatNext(words: one.next)
            )
        }
        let decisions = try DecisionStore.of(theme.id, tx).map { Self.line($0, here) }
        decision = decisions.last
        earlier = Array(decisions.dropLast().reversed())

        let all = try ActionStore.of(theme.id, tx)
        actions = all.map { action in
            let isOverdue = action.isOverdue(at: now)
            return ActionLine(
                what: action.what,
                url: action.url,
                state: action.state.label(isOverdue: isOverdue),
                tone: action.state.tone(isOverdue: isOverdue),
                by: W.actionBy(who: action.ownerName, day: dates.day(action.due))
            )
        }
        let mayWord = ActionPolicy.mayWord(in: theme.place, by: here.actor)
        changes = try ChangeStore.of(theme.id, tx).map { change in
            ChangeLine(
                words: change.words,
                when: W.changedSince(day: dates.day(change.since), who: change.by ?? Common.someone),
                evidence: change.evidence,
                link: change.evidenceURL,
                edit: mayWord ? here.here("changes", change.id, "edit") : nil
            )
        }
        replies = try ReplyStore.of(theme.id, tx).map { reply in
            ReplyLine(words: reply.words, by: W.repliedBy(who: reply.by ?? Common.someone, day: dates.day(reply.at)))
        }
        let open = all.filter { $0.state == .doing }.min { $0.due < $1.due }
        let links = try StatementThemes.of(theme: theme.id, tx)
        next = NextThing(
            theme.next(voices: gathered, isAsked: links.contains { $0.way == .to }, actionDue: open?.due),
            theme,
            url: here.url,
            open: open,
            by: here.actor,
            at: now,
            dates
        )
        statements = ThemeStatement.of(links, in: here.project)
        pages = try LeafletThemes.pages(of: theme.id, tx)
        let mayTend = ThemePolicy.mayTend(in: theme.place, by: here.actor)
        move = mayTend && gathered.total > 0 ? Link(W.move, to: here.here("voices")) : nil
        ways = try Self.ways(here, isDecided: decision != nil, besides: next.button) + Self.asking(here, tx)
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "started": W.newsStarted
        case "edited": W.newsEdited
        case "moved": W.newsMoved
        case "discussed": W.newsDiscussed
        case "decided": W.newsDecided
        case "action": W.newsAction
        case "changed": W.newsChanged
        case "replied": W.newsReplied
        default: nil
        }
    }

    private static func voices(_ here: ThemeVisit, page: Int, _ tx: Transaction) throws -> [VoiceLine] {
        let found = try tx.all(
            """
            SELECT \(Voice.columns) FROM voices
            WHERE voices.theme = \(here.theme.id) AND voices.withdrawn_at IS NULL AND \(VoicePolicy.readable(in: here.theme.place, by: here.actor))
            ORDER BY voices.said_at DESC, voices.id LIMIT \(most) OFFSET \((page - 1) * most)
            """
        ) { try Voice(&$0) }
        return found.map { voice in
            let who = here.project.perspectives.one(voice.perspective)
            let day = here.dates.day(voice.saidAt)
            let name = voice.consent == .publicWithName ? voice.speakerName : nil
            return VoiceLine(
                words: voice.words,
                who: name.map { W.saidByName(name: $0, who: who, day: day) } ?? W.saidBy(who: who, day: day),
                url: .path("/voices", voice.id)
            )
        }
    }

    private static func line(_ one: Decision, _ here: ThemeVisit) -> DecisionLine {
        DecisionLine(
            outcome: one.outcome.label,
            tone: one.outcome.tone,
            when: W.when(day: here.dates.day(one.at), place: one.session ?? W.betweenMeetings, who: one.by ?? Common.someone),
            words: one.words,
            reasons: one.reasons,
            dissent: one.dissent,
            support: SupportTable(
                one.support,
                here.project.perspectives,
                outside: SmallNumbers.circle(of: here.actor, in: here.project.project, group: one.group)
            )
        )
    }

    /// Where people can be asked what they think of it: the rounds that take statements, or a new one.
    private static func asking(_ here: ThemeVisit, _ tx: Transaction) throws -> [Link] {
        let (place, actor) = (here.theme.place, here.actor)
        guard RoundPolicy.mayModerate(in: place, by: actor) else { return [] }
        let rounds = try RoundStore.all(in: here.project.project, for: actor, tx).filter { $0.state != .closed }
        let links = rounds.map { round in
            Link(
                W.askIn(round: round.title),
                to: here.project.here("rounds", round.id, "statements").adding("theme", here.theme.id).at("add")
            )
        }
        guard links.isEmpty, RoundPolicy.mayRun(in: place, by: actor) else { return links }
        return [Link(W.askFirst, to: here.project.here("rounds", "new").adding("theme", here.theme.id))]
    }

    /// Everything this actor may record here, in the order of the path, without what the main button does.
    private static func ways(_ here: ThemeVisit, isDecided: Bool, besides main: Link?) -> [Link] {
        let place = here.theme.place
        let mayTend = ThemePolicy.mayTend(in: place, by: here.actor)
        let mayStart = ActionPolicy.mayStart(in: place, by: here.actor)
        let goesOn = isDecided && here.theme.state != .cannot && here.theme.state != .thanks
        let all: [(Bool, String, SafeURL)] = [
            (mayTend, W.doDiscuss, here.here("discussions", "new")),
            (DecisionPolicy.mayRecord(in: place, by: here.actor), W.doDecide, here.here("decisions", "new")),
            (mayStart && goesOn, W.doStartAction, here.here("actions", "new")),
            (mayStart && goesOn, W.doRecordChange, here.here("changes", "new")),
            (ReplyPolicy.mayWrite(in: place, by: here.actor) && isDecided, W.doReply, here.here("replies", "new")),
            (mayTend, W.edit, here.here("edit")),
            (mayTend, W.merge, here.here("merging")),
        ]
        return all.filter { $0.0 && $0.2 != main?.url }.map { Link($0.1, to: $0.2) }
    }
}
