import Discussion
import HTML
import Kernel
import Projects
import Store
import Voices
import Words

/// What became of one voice: received, heard, discussed, decided, acted on, changed, told; each with its date, its person and its reason.
///
/// Read across the tables of the slices that each step belongs to: see docs/decisions for why a page that joins them all may.
struct VoicePath: Encodable {
    let steps: [Step]
    /// The one sentence that a tired reader needs: where it is now.
    let now: String

    struct Step: Encodable {
        let name: String
        let state: StepState
        let on: String?
        let who: String?
        let words: String?
        let due: String?
        let stateWords: String?
        let notes: [String]
        private let at: Moment?
        private let dueAt: Moment?

        private enum CodingKeys: String, CodingKey { case name, state, on, who, words, due, stateWords, notes }

        init(
            _ name: String,
            _ state: StepState,
            at: Moment? = nil,
            who: String? = nil,
            words: String? = nil,
            due: Moment? = nil,
            stateWords: String? = nil,
            notes: [String] = [],
            _ dates: Dates
        ) {
            self.name = name
            self.state = state
            self.at = at
            dueAt = due
            on = at.map { dates.day($0) }
            self.who = who
            self.words = words
            self.due = due.map { dates.day($0) }
            self.stateWords = stateWords
            self.notes = notes
        }

        var html: PathStep {
            PathStep(
                name,
                state,
                at: at.flatMap { at in on.map { (at, $0) } },
                who: who,
                words: words,
                due: dueAt.flatMap { at in due.map { (at, $0) } },
                stateWords: stateWords,
                more: notes.isEmpty ? nil : ul { for note in notes { li(note) } }
            )
        }
    }
}

/// Reads the path of a voice.
struct PathReader {
    let voice: Voice
    /// Whoever looks, whatever code they hold: a code opens what became of a voice, not the inside of a project.
    let actor: Actor
    let clocks: Clocks
    let dates: Dates
    let now: Moment
    let tx: Transaction

    func read() throws -> VoicePath {
        var steps = [received]
        if let withdrawn = voice.withdrawnAt {
            steps.append(VoicePath.Step(W.stepWithdrawn, .done, at: withdrawn, words: W.stepWithdrawnWords, dates))
            return VoicePath(steps: steps, now: W.nowWithdrawn)
        }
        steps.append(try heard())
        let theme = try voice.theme.flatMap { try ThemeFacts.find($0, tx) }
        let decision = try theme.flatMap { try DecisionFacts.newest(of: $0.id, name: name, tx) }
        steps.append(try discussed(theme))
        steps.append(try decided(decision, seesDissent: isInside || theme?.isPublic ?? false))
        let isThanked = decision?.outcome == "thanks"
        if decision?.outcome != "cannot", !isThanked {
            let (acted, changed) = try actedAndChanged(theme, decision)
            steps += [acted, changed]
        }
        // Thanks are an answer by themselves; where more was sent, it is told as well.
        let told = try told(theme, decision)
        if !isThanked || told.state != .waiting { steps.append(told) }
        return VoicePath(steps: steps, now: sentence(steps))
    }

    private var received: VoicePath.Step {
        VoicePath.Step(W.stepReceived, .done, at: voice.saidAt, words: W.receivedWords(how: VoiceWords.channel(voice.channel)), dates)
    }

    private func heard() throws -> VoicePath.Step {
        guard let at = voice.heardAt else { return waiting(W.stepHeard, W.heardWaiting, due: voice.hearDue) }
        return VoicePath.Step(W.stepHeard, .done, at: at, who: try name(of: voice.heardBy), words: voice.heardAnswer, dates)
    }

    private func discussed(_ theme: ThemeFacts?) throws -> VoicePath.Step {
        guard let theme else { return waiting(W.stepDiscussed, W.discussedWaiting, due: voice.discussDue) }
        let together = words(for: theme)
        let talks = try tx.all(
            """
            SELECT discussions.at, CASE WHEN discussions.released = 1 OR \(runs) THEN discussions.notes END, sessions.title, \(name)
            FROM discussions
            LEFT JOIN sessions ON sessions.id = discussions.session LEFT JOIN people ON people.id = discussions.by_whom
            WHERE discussions.theme = \(theme.id) ORDER BY discussions.at, discussions.id
            """
        ) { row in
            (
                at: try row.next() as Moment, notes: try row.next() as String?, session: try row.next() as String?,
                by: try row.next() as String?
            )
        }
        guard let last = talks.last else {
            let isLate = voice.discussDue < now
            return VoicePath.Step(
                W.stepDiscussed,
                isLate ? .overdue : .now,
                words: together,
                due: voice.discussDue,
                stateWords: isLate ? nil : W.stateWithOthers,
                dates
            )
        }
        let notes = talks.map { talk in
            guard isInside || theme.isPublic, let notes = talk.notes else { return W.talkedOn(day: dates.day(talk.at)) }
            return [dates.day(talk.at), talk.session].compactMap { $0 }.joined(separator: ", ") + ": " + notes
        }
        return VoicePath.Step(
            W.stepDiscussed,
            .done,
            at: last.at,
            who: last.by,
            words: together,
            notes: already(last.at, W.talkedBefore) + notes,
            dates
        )
    }

    /// A theme can be older than the voice: then what was done in it is not passed off as done about what they said.
    private func already(_ at: Moment, _ sentence: String) -> [String] { at < voice.saidAt ? [sentence] : [] }

    private var isInside: Bool { ThemePolicy.mayRead(in: voice.place, by: actor) }
    private var runs: SQL { VoicePolicy.runs(voice.place, actor) ? "1 = 1" : "1 = 0" }

    /// Outside the project only those are named who carry a duty: the rule of the public pages.
    private var name: SQL {
        isInside ? "people.name" : "CASE WHEN EXISTS (SELECT 1 FROM duties WHERE duties.person = people.id) THEN people.name END"
    }

    /// How many others there are is for those who run the project: it counts voices that only a group may see.
    private func words(for theme: ThemeFacts) -> String {
        if VoicePolicy.runs(voice.place, actor) { return W.inTheme(title: theme.title, n: theme.voices) }
        return isInside || theme.isPublic ? W.inPublicTheme(title: theme.title) : W.withOthers
    }

    private func decided(_ decision: DecisionFacts?, seesDissent: Bool) throws -> VoicePath.Step {
        guard let decision else { return waiting(W.stepDecided, W.decidedWaiting, due: voice.decideDue) }
        var notes = already(decision.at, W.decidedBefore)
        if !decision.reasons.isEmpty { notes.append(W.because(reasons: decision.reasons)) }
        if seesDissent, !decision.dissent.isEmpty { notes.append(W.dissent(words: decision.dissent)) }
        let isCannot = decision.outcome == "cannot"
        return VoicePath.Step(
            isCannot ? W.stepCannot : decision.outcome == "thanks" ? W.stepThanks : W.stepDecided,
            isCannot ? .cannot : .done,
            at: decision.at,
            who: decision.by,
            words: decision.words,
            stateWords: decision.outcome == "partly" ? W.statePartly : nil,
            notes: notes,
            dates
        )
    }

    private func actedAndChanged(_ theme: ThemeFacts?, _ decision: DecisionFacts?) throws -> (VoicePath.Step, VoicePath.Step) {
        guard let theme, decision != nil else {
            return (VoicePath.Step(W.stepActed, .waiting, dates), VoicePath.Step(W.stepChanged, .waiting, dates))
        }
        let actions = try tx.all(
            """
            SELECT what, \(owner), due, state, ended_at, evidence FROM actions WHERE theme = \(theme.id) AND state <> 'dropped'
            ORDER BY made_at, id
            """
        ) { row in
            (
                what: try row.next() as String, owner: try row.next() as String?, due: try row.next() as Moment,
                state: try row.next() as String,
                ended: try row.next() as Moment?, evidence: try row.next() as String
            )
        }
        let notes = actions.map { action in
            guard isInside || theme.isPublic else {
                return action.state == "done"
                    ? W.actionDoneOn(day: action.ended.map { dates.day($0) } ?? "") : W.actionDueBy(day: dates.day(action.due))
            }
            return action.state == "done"
                ? W.actionDone(what: action.what, who: action.owner ?? Common.someone, day: action.ended.map { dates.day($0) } ?? "")
                    + (action.evidence.isEmpty ? "" : " " + action.evidence)
                : W.actionDue(what: action.what, who: action.owner ?? Common.someone, day: dates.day(action.due))
        }
        let open = actions.filter { $0.state == "doing" }
        let firstDue = open.map(\.due).min()
        let acted: VoicePath.Step =
            if actions.isEmpty { VoicePath.Step(W.stepActed, .waiting, words: W.actedWaiting, dates) } else if let firstDue {
                VoicePath.Step(W.stepActed, firstDue < now ? .overdue : .now, due: firstDue, notes: notes, dates)
            } else { VoicePath.Step(W.stepActed, .done, at: actions.compactMap(\.ended).max(), notes: notes, dates) }
        let changes = try tx.all("SELECT words, since, evidence FROM changes WHERE theme = \(theme.id) ORDER BY at, id") { row in
            (words: try row.next() as String, since: try row.next() as Moment, evidence: try row.next() as String)
        }
        guard let last = changes.last else { return (acted, VoicePath.Step(W.stepChanged, .waiting, dates)) }
        let told =
            already(last.since, W.changedBefore) + changes.dropLast().map { W.changeSince(words: $0.words, day: dates.day($0.since)) }
            + (last.evidence.isEmpty || !(isInside || theme.isPublic) ? [] : [last.evidence])
        return (acted, VoicePath.Step(W.stepChanged, .done, at: last.since, words: last.words, notes: Array(told), dates))
    }

    private var owner: SQL {
        guard !isInside else { return "owner_name" }
        return "CASE WHEN owner IS NULL OR EXISTS (SELECT 1 FROM duties WHERE duties.person = actions.owner) THEN owner_name END"
    }

    private func told(_ theme: ThemeFacts?, _ decision: DecisionFacts?) throws -> VoicePath.Step {
        let replies = try ReplyTold.all(of: theme?.id, to: voice.id, tx)
        if let newest = replies.last { return told(replies, newest) }
        guard decision != nil, let due = theme?.replyDue else { return VoicePath.Step(W.stepTold, .waiting, dates) }
        return waiting(W.stepTold, W.toldWaiting, due: due)
    }

    /// Done only when nobody is still to tell them. Every reply keeps its line.
    private func told(_ replies: [ReplyTold], _ newest: ReplyTold) -> VoicePath.Step {
        let notes: [String] =
            replies.count == 1
            ? [news(of: newest)].compactMap(\.self)
            : replies.map { reply in
                [W.replyLine(day: dates.day(reply.at), who: reply.by ?? Common.someone, words: reply.words), news(of: reply)]
                    .compactMap(\.self).joined(separator: " ")
            }
        let words = replies.count == 1 ? newest.words : nil
        let due = replies.compactMap(\.stillDue).min()
        let isUnreached = replies.contains(where: \.isUnreached) && !replies.contains { $0.outcome == "told" }
        guard due != nil || isUnreached else {
            return VoicePath.Step(W.stepTold, .done, at: newest.at, who: newest.by, words: words, notes: notes, dates)
        }
        let isLate = due.map { $0 < now } ?? false
        return VoicePath.Step(
            W.stepTold,
            isLate ? .overdue : .now,
            words: words,
            due: due,
            stateWords: isLate ? nil : isUnreached ? W.stateNotReached : W.stateOnItsWay,
            notes: notes,
            dates
        )
    }

    /// Whether and when a person told them, or will.
    private func news(of reply: ReplyTold) -> String? {
        if let due = reply.stillDue { return W.willBeTold(day: dates.day(due)) }
        if reply.isUnreached { return W.notReached }
        return reply.outcome == "told" ? reply.ended.map { W.wasTold(day: dates.day($0)) } : nil
    }

    private func waiting(_ name: String, _ words: String, due: Moment) -> VoicePath.Step {
        VoicePath.Step(name, due < now ? .overdue : .waiting, words: due < now ? W.overdueWords : words, due: due, dates)
    }

    private func name(of person: PersonID?) throws -> String? {
        guard let person else { return nil }
        return try tx.first("SELECT name FROM people WHERE id = \(person)") { try $0.next() as String? } ?? nil
    }

    private func sentence(_ steps: [VoicePath.Step]) -> String {
        if let late = steps.first(where: { $0.state == .overdue }) { return W.nowOverdue(step: late.name) }
        if let next = steps.firstIndex(where: { $0.state == .waiting || $0.state == .now }) {
            // Steps after it can be done already, where a voice was put with others that are further.
            let waiting = steps[next]
            guard let last = steps[..<next].last(where: { $0.state == .done || $0.state == .cannot }) else { return W.nowReceived }
            return waiting.due.map { W.nowNext(done: last.name, next: waiting.name, day: $0) } ?? W.nowDone(done: last.name)
        }
        if steps.contains(where: { $0.name == W.stepThanks }) { return W.nowThanks }
        return steps.contains { $0.state == .cannot } ? W.nowCannot : W.nowAll
    }
}

/// The little of a theme that a receipt shows.
struct ThemeFacts {
    let id: ThemeID
    let title: String
    let isPublic: Bool
    let voices: Int
    let replyDue: Moment?

    static func find(_ id: ThemeID, _ tx: Transaction) throws -> ThemeFacts? {
        try tx.first(
            """
            SELECT id, title, reply_due, public, (SELECT COUNT(*) FROM voices WHERE voices.theme = themes.id AND voices.withdrawn_at IS NULL)
            FROM themes WHERE id = \(id)
            """
        ) { row in
            let (id, title, due): (ThemeID, String, Moment?) = (try row.next(), try row.next(), try row.next())
            return ThemeFacts(id: id, title: title, isPublic: try row.next(), voices: try row.next(), replyDue: due)
        }
    }
}

/// The newest decision on a theme.
struct DecisionFacts {
    let outcome: String
    let words: String
    let reasons: String
    let dissent: String
    let at: Moment
    let by: String?

    static func newest(of theme: ThemeID, name: SQL, _ tx: Transaction) throws -> DecisionFacts? {
        try tx.first(
            """
            SELECT decisions.outcome, decisions.words, decisions.reasons, decisions.dissent, decisions.at, \(name)
            FROM decisions LEFT JOIN people ON people.id = decisions.by_whom
            WHERE decisions.theme = \(theme) ORDER BY decisions.at DESC, decisions.id DESC
            """
        ) { row in
            DecisionFacts(
                outcome: try row.next(),
                words: try row.next(),
                reasons: try row.next(),
                dissent: try row.next(),
                at: try row.next(),
                by: try row.next()
            )
        }
    }
}
