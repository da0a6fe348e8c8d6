import HTML
import Kernel
import Projects
import Services
import Store
import Trail
import Web

/// What a theme is called and what people said, as somebody wrote it.
public struct ThemeDraft: Sendable {
    public var title: String
    public var said: String
    public var isPublic: Bool

    static let titleLimit = 120
    static let saidLimit = 2_000

    public init(title: String, said: String, isPublic: Bool) {
        self.title = title
        self.said = said
        self.isPublic = isPublic
    }

    init(_ form: inout Form) throws {
        title = form.line("title", limit: Self.titleLimit, empty: W.titleEmpty)
        said = form.text("said", limit: Self.saidLimit)
        isPublic = form["public"] == "yes"
        try form.check()
    }
}

/// Begins a theme: voices that belong together get a name.
public enum StartTheme {
    @discardableResult
    public static func run(_ draft: ThemeDraft, in project: Project, by deed: Deed, _ tx: Transaction) throws -> Theme {
        try ThemePolicy.tend(in: project.place, by: deed.actor)
        let id: ThemeID = deed.newID()
        try tx.run(
            """
            INSERT INTO themes (id, service, project, title, said, public, state, made_by, made_at, moved_at, version)
            VALUES (\(id), \(project.service), \(project.id), \(draft.title), \(draft.said), \(draft.isPublic), \(Theme.State.open),
                    \(deed.actor.personID), \(deed.at), \(deed.at), 1)
            """
        )
        try Trail.record(
            "theme.started",
            TrailSubject("theme", id),
            at: project.place,
            facts: ["public": draft.isPublic ? "yes" : "no"],
            by: deed,
            in: tx
        )
        return try ThemeStore.find(id, tx)
    }
}

/// Changes a theme's name, summary or who may see it. The older words are kept.
public enum EditTheme {
    /// - Parameter version: the one the form was opened on; where there is a newer one nothing is overwritten.
    @discardableResult
    public static func run(_ id: ThemeID, _ draft: ThemeDraft, version: Int, again: SafeURL = .path("/"), by deed: Deed, _ tx: Transaction)
        throws
        -> Theme
    {
        let theme = try ThemeStore.find(id, tx)
        try ThemePolicy.tend(in: theme.place, by: deed.actor)
        let sides = [
            (W.title, theme.title, draft.title), (W.said, theme.said, draft.said),
            (W.shownToAll, theme.isPublic ? W.yes : W.no, draft.isPublic ? W.yes : W.no),
        ]
        try EditCheck.newest(version, is: theme.version, fields: sides, again: again)
        try keep(theme, by: deed, tx)
        try tx.run(
            """
            UPDATE themes SET title = \(draft.title), said = \(draft.said), public = \(draft.isPublic), version = version + 1,
                moved_at = \(tx.dialect.greatest("moved_at", "\(deed.at)"))
            WHERE id = \(id)
            """
        )
        try Trail.record(
            "theme.edited",
            TrailSubject("theme", id),
            at: theme.place,
            facts: ["version": "\(version + 1)", "public": draft.isPublic ? "yes" : "no"],
            by: deed,
            in: tx
        )
        return try ThemeStore.find(id, tx)
    }

    /// Puts the words a theme has now among its older versions.
    static func keep(_ theme: Theme, by deed: Deed, _ tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO theme_versions (theme, version, title, said, public, at, by_whom)
            VALUES (\(theme.id), \(theme.version), \(theme.title), \(theme.said), \(theme.isPublic), \(deed.at), \(deed.actor.trailName))
            """
        )
    }
}
