import Decisions
import Discussion
import Kernel
import Projects
import Services
import Store
import Trail

/// Records what is different in the service now, because of what people said.
public enum RecordChange {
    static let limit = 2_000

    @discardableResult
    public static func run(
        on id: ThemeID,
        words: String,
        since: Moment,
        from action: ActionID? = nil,
        evidence: Evidence = Evidence(""),
        by deed: Deed,
        _ tx: Transaction
    ) throws -> ChangeID {
        let theme = try ThemeStore.find(id, tx)
        let source = try action.map { try ActionStore.find($0, tx) }
        guard source?.theme ?? id == id else { throw Refusal.notFound }
        if !(source.map { ActionPolicy.isOwner(of: $0, in: theme.place, deed.actor) } ?? false) {
            try ThemePolicy.read(in: theme.place, by: deed.actor)
        }
        try ActionPolicy.change(from: source, in: theme.place, by: deed.actor)
        guard let decision = try DecisionStore.newest(of: id, tx), decision.outcome == .agreed || decision.outcome == .partly else {
            throw Refusal.notAllowed(because: W.decideFirst)
        }
        let change: ChangeID = deed.newID()
        try tx.run(
            """
            INSERT INTO changes (id, service, project, theme, action, words, since, at, by_whom, evidence, evidence_url, version)
            VALUES (\(change), \(theme.service), \(theme.project), \(id), \(action), \(words), \(since), \(deed.at), \(deed.actor.personID),
                    \(evidence.words), \(evidence.webLink), 1)
            """
        )
        try owe(theme, deed.at, tx)
        let state = try ThemeStore.settle(id, at: deed.at, tx)
        try Trail.record(
            "service.changed",
            TrailSubject("change", change),
            at: theme.place,
            facts: ["theme": id.text, "state": state.rawValue],
            by: deed,
            in: tx
        )
        return change
    }

    /// Something changed: the people who asked are to be told, within the same time as of a decision.
    private static func owe(_ theme: Theme, _ now: Moment, _ tx: Transaction) throws {
        let project = try ProjectStore.find(theme.project, tx)
        let due = project.clocks.reply.due(from: now, zone: try ServiceStore.find(theme.service, tx).zone)
        try tx.run("UPDATE themes SET changed_at = \(now), reply_due = \(min(theme.replyDue ?? due, due)) WHERE id = \(theme.id)")
    }
}

/// Puts a change in other words: everybody reads them.
public enum EditChange {
    public static func run(
        _ id: ChangeID,
        words: String,
        evidence: Evidence,
        version: Int,
        again: String = "",
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let change = try ChangeStore.find(id, tx)
        let theme = try ThemeStore.find(change.theme, tx)
        try ThemePolicy.read(in: theme.place, by: deed.actor)
        try ActionPolicy.word(in: theme.place, by: deed.actor)
        guard change.version == version else {
            throw Refusal.stale(
                StaleEdit(
                    fields: [
                        StaleEdit.Field(label: W.changeWords, theirs: change.words, yours: words),
                        StaleEdit.Field(label: W.evidence, theirs: change.evidence, yours: evidence.words),
                    ],
                    again: again
                )
            )
        }
        try tx.run(
            """
            UPDATE changes SET words = \(words), evidence = \(evidence.words), evidence_url = \(evidence.webLink), version = version + 1
            WHERE id = \(id)
            """
        )
        try Trail.record(
            "change.edited",
            TrailSubject("change", id),
            at: theme.place,
            facts: ["theme": theme.id.text, "version": "\(version + 1)"],
            by: deed,
            in: tx
        )
    }
}
