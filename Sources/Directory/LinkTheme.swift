import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Trail

/// Says which discussion led to the directory, so that whoever asked for it finds what became of it.
public enum LinkTheme {
    public static func run(_ id: ThemeID, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let theme = try ThemeStore.find(id, tx)
        let added = try tx.run(
            """
            INSERT INTO directory_themes (theme, at, by_whom) VALUES (\(id), \(deed.at), \(deed.actor.personID)) ON CONFLICT (theme) DO NOTHING
            """
        )
        guard added > 0 else { return }
        try Trail.record("directory.linked", TrailSubject("theme", id), at: theme.place, by: deed, in: tx)
    }

    /// The discussions that everybody may read of, with their pages.
    public static func shown(_ tx: Transaction) throws -> [Link] {
        let rows = try tx.all(
            """
            SELECT themes.id, themes.title, services.slug FROM directory_themes JOIN themes ON themes.id = directory_themes.theme
            JOIN services ON services.id = themes.service WHERE themes.public = 1 ORDER BY directory_themes.at, themes.id
            """
        ) { row in (id: try row.next() as ThemeID, title: try row.next() as String, slug: try row.next() as String) }
        return rows.map { Link($0.title, to: .path("/", $0.slug, "themes", $0.id)) }
    }
}
