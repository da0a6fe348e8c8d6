import Kernel
import Projects
import Store
import Trail
import Voices

/// Puts a voice into a theme, moves it to another, or takes it out.
public enum SortVoice {
    /// - Parameter from: the theme it was in when whoever sorts looked; where somebody else has moved it since, nothing is overwritten.
    public static func run(_ voice: VoiceID, from: ThemeID?, into theme: ThemeID?, again: String = "", by deed: Deed, _ tx: Transaction)
        throws
    {
        let found = try tx.first("SELECT \(Voice.columns) FROM voices WHERE id = \(voice)") { try Voice(&$0) }
        guard let found else { throw Refusal.notFound }
        try ThemePolicy.tend(in: found.place, by: deed.actor)
        guard found.withdrawnAt == nil else { throw Refusal.gone(because: W.voiceWithdrawn) }
        let target = try theme.map { try ThemeStore.find($0, tx) }
        if let target, target.project != found.project { throw Refusal.notFound }
        if found.theme == theme { return }
        guard found.theme == from else { throw try stale(found, into: target, again, tx) }
        try tx.run("UPDATE voices SET theme = \(theme), themed_at = \(deed.at), themed_by = \(deed.actor.trailName) WHERE id = \(voice)")
        for moved in [from, theme].compactMap(\.self) { try ThemeStore.settle(moved, at: deed.at, tx) }
        try Trail.record(
            theme == nil ? "voice.unthemed" : "voice.themed",
            TrailSubject("voice", voice),
            at: found.place,
            facts: ["theme": theme?.text, "from": from?.text].compactMapValues(\.self),
            by: deed,
            in: tx
        )
    }

    private static func stale(_ voice: Voice, into target: Theme?, _ again: String, _ tx: Transaction) throws -> Refusal {
        let now = try voice.theme.map { try ThemeStore.find($0, tx).title } ?? W.noTheme
        let label = String((voice.words ?? "").prefix(60))
        return Refusal.stale(
            StaleEdit(fields: [StaleEdit.Field(label: label, theirs: now, yours: target?.title ?? W.noTheme)], again: again)
        )
    }
}

/// Makes one theme of two: everything of the first becomes part of the second, and old links lead there.
public enum MergeThemes {
    public static func run(_ id: ThemeID, into other: ThemeID, by deed: Deed, _ tx: Transaction) throws {
        let theme = try ThemeStore.find(id, tx)
        let target = try ThemeStore.find(other, tx)
        try ThemePolicy.tend(in: theme.place, by: deed.actor)
        guard target.project == theme.project else { throw Refusal.notFound }
        guard id != other else { throw Problems("into", W.mergeWithItself) }
        try EditTheme.keep(theme, by: deed, tx)
        let voices = try tx.run("UPDATE voices SET theme = \(other) WHERE theme = \(id)")
        let tables: [SQL] = ["discussions", "decisions", "actions", "changes", "replies", "statement_themes", "leaflet_themes"]
        for table in tables { try tx.run("UPDATE \(table) SET theme = \(other) WHERE theme = \(id)") }
        try tx.run("UPDATE merged_themes SET became = \(other) WHERE became = \(id)")
        try tx.run("INSERT INTO merged_themes (theme, became, at) VALUES (\(id), \(other), \(deed.at))")
        try keepDates(of: theme, and: target, tx)
        try tx.run("DELETE FROM themes WHERE id = \(id)")
        try ThemeStore.settle(other, at: deed.at, tx)
        try Trail.record(
            "theme.merged",
            TrailSubject("theme", id),
            at: theme.place,
            facts: ["into": other.text, "voices": "\(voices)"],
            by: deed,
            in: tx
        )
    }

    /// The earliest discussion, the latest decision, change and answer; and the earliest answer still owed.
    private static func keepDates(of theme: Theme, and target: Theme, _ tx: Transaction) throws {
        let discussed = [theme.discussedAt, target.discussedAt].compactMap(\.self).min()
        let decided = [theme.decidedAt, target.decidedAt].compactMap(\.self).max()
        let changed = [theme.changedAt, target.changedAt].compactMap(\.self).max()
        let replied = [theme.repliedAt, target.repliedAt].compactMap(\.self).max()
        let due = [theme.replyDue, target.replyDue].compactMap(\.self).min()
        try tx.run(
            """
            UPDATE themes SET discussed_at = \(discussed), decided_at = \(decided), changed_at = \(changed), replied_at = \(replied),
                reply_due = \(due), version = version + 1
            WHERE id = \(target.id)
            """
        )
    }
}
