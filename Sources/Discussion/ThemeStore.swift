import Kernel
import Projects
import Store
import Voices

public enum ThemeStore {
    public static func find(_ id: ThemeID, _ tx: Transaction) throws -> Theme {
        guard let theme = try tx.first("SELECT \(Theme.columns) FROM themes WHERE id = \(id)", { try Theme(&$0) }) else {
            throw Refusal.notFound
        }
        return theme
    }

    /// A project's themes, the one that moved last first.
    public static func all(in project: ProjectID, _ tx: Transaction) throws -> [Theme] {
        try tx.all("SELECT \(Theme.columns) FROM themes WHERE project = \(project) ORDER BY moved_at DESC, id") { try Theme(&$0) }
    }

    /// What a theme that is no more became part of.
    public static func became(_ id: ThemeID, _ tx: Transaction) throws -> ThemeID? {
        try tx.value("SELECT became FROM merged_themes WHERE theme = \(id)")
    }

    /// Counts and clocks of the voices in each theme of a project, of those voices only that this actor may read.
    public static func gathered(in place: Place, by actor: Actor, only theme: ThemeID? = nil, _ tx: Transaction) throws -> [ThemeID:
        Gathered]
    {
        let which: SQL =
            if let theme { "voices.theme = \(theme)" } else { "voices.project = \(place.project) AND voices.theme IS NOT NULL" }
        let rows = try tx.all(
            """
            SELECT voices.theme, voices.perspective, COUNT(*), MIN(voices.discuss_due), MIN(voices.decide_due) FROM voices
            WHERE \(which) AND voices.withdrawn_at IS NULL AND \(VoicePolicy.readable(in: place, by: actor))
            GROUP BY voices.theme, voices.perspective
            """
        ) { row in
            (
                theme: try row.next() as ThemeID, perspective: try row.next() as String, count: try row.next() as Int,
                discuss: try row.next() as Moment, decide: try row.next() as Moment
            )
        }
        return rows.reduce(into: [:]) { found, row in
            var gathered = found[row.theme] ?? Gathered()
            gathered.byPerspective[row.perspective] = row.count
            gathered.discussDue = [gathered.discussDue, row.discuss].compactMap(\.self).min()
            gathered.decideDue = [gathered.decideDue, row.decide].compactMap(\.self).min()
            found[row.theme] = gathered
        }
    }

    /// Works out the theme's state from everything recorded about it and keeps it, with the time it moved.
    ///
    /// Every use case on the path ends here, so that state and record cannot differ. It counts rows of rooms that stand above this one;
    /// the rule itself is `Theme.Recorded`.
    @discardableResult
    public static func settle(_ id: ThemeID, at now: Moment, _ tx: Transaction) throws -> Theme.State {
        var recorded = Theme.Recorded()
        recorded.isDiscussed = try tx.count("SELECT COUNT(*) FROM discussions WHERE theme = \(id)") > 0
        let newest = try tx.first("SELECT outcome, at FROM decisions WHERE theme = \(id) ORDER BY at DESC, id DESC") { row in
            (outcome: try row.next() as String, at: try row.next() as Moment)
        }
        if let newest {
            recorded.decided = newest.outcome == "cannot" ? .cannot : newest.outcome == "thanks" ? .thanks : .agreed
            recorded.openActions = try tx.count("SELECT COUNT(*) FROM actions WHERE theme = \(id) AND state = 'doing'")
            recorded.actionsSince = try tx.count("SELECT COUNT(*) FROM actions WHERE theme = \(id) AND made_at >= \(newest.at)")
            recorded.changesSince = try tx.count("SELECT COUNT(*) FROM changes WHERE theme = \(id) AND at >= \(newest.at)")
        }
        let state = recorded.state
        try tx.run("UPDATE themes SET state = \(state), moved_at = \(tx.dialect.greatest("moved_at", "\(now)")) WHERE id = \(id)")
        return state
    }
}

public enum DiscussionStore {
    /// Every discussion of a theme, the oldest first.
    public static func of(_ theme: ThemeID, _ tx: Transaction) throws -> [Discussion] {
        try tx.all("SELECT \(Discussion.columns) FROM discussions WHERE theme = \(theme) ORDER BY at, id") { try Discussion(&$0) }
    }
}
