import Discussion
import Kernel
import Store
import Trail

/// Records that an action was done, with what shows it.
public enum FinishAction {
    public static func run(_ id: ActionID, _ evidence: Evidence, by deed: Deed, _ tx: Transaction) throws {
        let (_, theme) = try Tending.findOpen(id, by: deed, tx)
        guard !evidence.words.isEmpty else { throw Problems("evidence", W.evidenceEmpty) }
        try tx.run(
            """
            UPDATE actions SET state = \(Action.State.done), ended_at = \(deed.at), ended_by = \(deed.actor.personID), evidence = \(evidence.words),
                evidence_url = \(evidence.webLink), version = version + 1
            WHERE id = \(id)
            """
        )
        try Ending.record("action.done", id, theme, deed, tx)
    }
}

/// Records that an action will not be done, and why.
public enum DropAction {
    public static func run(_ id: ActionID, reason: String, by deed: Deed, _ tx: Transaction) throws {
        let (_, theme) = try Tending.findOpen(id, by: deed, tx)
        guard !reason.isEmpty else { throw Problems("reason", W.reasonEmpty) }
        try tx.run(
            """
            UPDATE actions SET state = \(Action.State.dropped), ended_at = \(deed.at), ended_by = \(deed.actor.personID), reason = \(reason),
                version = version + 1
            WHERE id = \(id)
            """
        )
        try Ending.record("action.dropped", id, theme, deed, tx)
    }
}

private enum Ending {
    static func record(_ what: String, _ id: ActionID, _ theme: Theme, _ deed: Deed, _ tx: Transaction) throws {
        let state = try ThemeStore.settle(theme.id, at: deed.at, tx)
        try Trail.record(
            what,
            TrailSubject("action", id),
            at: theme.place,
            facts: ["theme": theme.id.text, "state": state.rawValue],
            by: deed,
            in: tx
        )
    }
}

/// Moves the day by which an action is to be done, with the reason.
public enum MoveDate {
    public static func run(_ id: ActionID, to due: Moment, reason: String, by deed: Deed, _ tx: Transaction) throws {
        let (action, theme) = try Tending.findOpen(id, by: deed, tx)
        guard !reason.isEmpty else { throw Problems("reason", W.reasonEmpty) }
        guard action.due != due else { throw Problems("due", W.sameDay) }
        try tx.run(
            """
            INSERT INTO action_dates (action, version, was, due, reason, at, by_whom)
            VALUES (\(id), \(action.version), \(action.due), \(due), \(reason), \(deed.at), \(deed.actor.personID))
            """
        )
        try tx.run("UPDATE actions SET due = \(due), version = version + 1 WHERE id = \(id)")
        try Trail.record(
            "action.moved",
            TrailSubject("action", id),
            at: theme.place,
            facts: ["theme": theme.id.text, "from": action.due.iso, "to": due.iso],
            by: deed,
            in: tx
        )
    }
}
