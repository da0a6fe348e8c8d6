import Actions
import Decisions
import Discussion
import Kernel
import Replies
import Sessions

// What became of it: themes, and every step of their paths.
extension DemoStage {
    func start(_ theme: DemoStory.Theme, in slug: String) throws {
        let draft = ThemeDraft(title: theme.title, said: theme.said.words, isPublic: theme.shown)
        themes[theme.title] = try StartTheme.run(draft, in: project(slug), by: deed(facilitator(slug)), tx).id
    }

    func sort(_ spoken: Spoken, into theme: DemoStory.Theme, in slug: String) throws {
        try SortVoice.run(voice(spoken), from: nil, into: self.theme(theme), by: deed(facilitator(slug)), tx)
    }

    func discuss(_ theme: DemoStory.Theme, _ discussed: DemoStory.Discussed, in slug: String) throws {
        let held = try discussed.session.map { try session($0) }
        let draft = RecordDiscussion.Draft(
            session: held?.id,
            at: held?.startsAt ?? calendar.moment(discussed.recorded),
            notes: discussed.notes.words,
            next: discussed.next ?? "",
            // What the story tells of a discussion was written for everybody.
            isReleased: true
        )
        try RecordDiscussion.run(self.theme(theme), draft, by: deed(facilitator(slug)), tx)
    }

    func decide(_ theme: DemoStory.Theme, _ decided: DemoStory.Decided, in slug: String) throws {
        let held = try decided.session.map { try session($0) }
        for key in (decided.support ?? [:]).keys.sorted() { try known(perspective: key) }
        let support = (decided.support ?? [:]).sorted { $0.key < $1.key }.map { row in
            Support(row.key, present: row.value.present, agreed: row.value.agreed, against: row.value.against, unsure: row.value.unsure)
        }
        let draft = RecordDecision.Draft(
            decided.outcome,
            words: decided.words.words,
            reasons: decided.reasons?.words ?? "",
            dissent: decided.dissent?.words ?? "",
            session: held?.id,
            at: held?.startsAt ?? calendar.moment(decided.recorded),
            support: support
        )
        try RecordDecision.run(self.theme(theme), draft, by: deed(facilitator(slug)), tx)
    }

    func start(_ action: DemoStory.Action, on theme: DemoStory.Theme, in slug: String) throws {
        let draft = ActionDraft(what: action.what.words, owner: .person(try person(action.owner)))
        actions[action.what.words] = try StartAction.run(
            on: self.theme(theme),
            draft,
            due: calendar.moment(action.due.end),
            by: deed(action.by ?? facilitator(slug)),
            tx
        )
    }

    func finish(_ action: DemoStory.Action, _ done: DemoStory.Done, of theme: DemoStory.Theme) throws {
        guard let id = actions[action.what.words] else { throw UnknownKey("action", action.what.words) }
        try FinishAction.run(id, Evidence(done.evidence.words), by: deed(done.by), tx)
    }

    func change(_ theme: DemoStory.Theme, _ changed: DemoStory.Changed, in slug: String) throws {
        let action = theme.actions?.last.flatMap { actions[$0.what.words] }
        try RecordChange.run(
            on: self.theme(theme),
            words: changed.words.words,
            since: calendar.moment(changed.since.noon),
            from: action,
            evidence: Evidence(changed.evidence.words),
            by: deed(changed.by ?? facilitator(slug)),
            tx
        )
    }

    func reply(_ theme: DemoStory.Theme, _ replied: DemoStory.Replied, in slug: String) throws {
        try WriteReply.run(to: self.theme(theme), words: replied.words.words, by: deed(replied.by ?? facilitator(slug)), tx)
    }
}
