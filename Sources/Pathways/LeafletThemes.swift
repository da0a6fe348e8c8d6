import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Voices

/// The themes that a leaflet goes back to: what people asked for.
public enum LeafletThemes {
    struct Row: Sendable {
        let id: ThemeID
        let title: String
        let isPublic: Bool
        let place: Place
    }

    static func of(_ leaflet: LeafletID, _ tx: Transaction) throws -> [Row] {
        try tx.all(
            """
            SELECT DISTINCT themes.id, themes.title, themes.public, themes.service, themes.project FROM leaflet_themes
            JOIN themes ON themes.id = leaflet_themes.theme WHERE leaflet_themes.leaflet = \(leaflet) ORDER BY themes.title, themes.id
            """
        ) { row in
            Row(
                id: try row.next(),
                title: try row.next(),
                isPublic: try row.next(),
                place: Place(service: try row.next(), project: try row.next())
            )
        }
    }

    /// What became of what people asked for in these themes, and since when.
    static func changes(_ themes: [ThemeID], _ tx: Transaction) throws -> [(words: String, since: Moment)] {
        try tx.all("SELECT words, since FROM changes WHERE theme IN \(list: themes) ORDER BY since, id") { row in
            (words: try row.next(), since: try row.next())
        }
    }

    /// The newest of what people said in these themes that anybody at all may read.
    static func voices(_ themes: [ThemeID], _ tx: Transaction) throws -> [(words: String, perspective: String, at: Moment)] {
        // 3: enough to hear who asked; the theme's page has them all.
        try tx.all(
            """
            SELECT voices.words, voices.perspective, voices.said_at FROM voices
            WHERE voices.theme IN \(list: themes) AND voices.theme IS NOT NULL AND \(VoicePolicy.everybodys)
            ORDER BY voices.said_at DESC, voices.id LIMIT 3
            """
        ) { row in (words: try row.next(), perspective: try row.next(), at: try row.next()) }
    }

    /// The pages that this theme led to, as far as anybody can read them.
    public static func pages(of theme: ThemeID, _ tx: Transaction) throws -> [Link] {
        try tx.all(
            """
            SELECT DISTINCT leaflets.title, services.slug, leaflets.slug FROM leaflet_themes
            JOIN leaflets ON leaflets.id = leaflet_themes.leaflet JOIN services ON services.id = leaflets.service
            WHERE leaflet_themes.theme = \(theme) AND EXISTS (
                SELECT 1 FROM leaflet_texts WHERE leaflet_texts.leaflet = leaflets.id AND leaflet_texts.state = 'published')
            ORDER BY leaflets.title, leaflets.slug
            """
        ) { row in
            let (title, service, slug): (String, String, String) = (try row.next(), try row.next(), try row.next())
            return Link(title, to: .path("/", service, "pathways", slug))
        }
    }

    static func check(_ themes: [ThemeID], in service: Service, by actor: Actor, _ tx: Transaction) throws {
        for id in themes {
            let theme = try ThemeStore.find(id, tx)
            guard theme.service == service.id, theme.isPublic || ThemePolicy.mayRead(in: theme.place, by: actor) else {
                throw Refusal.notFound
            }
        }
    }

    static func set(_ themes: [ThemeID], of leaflet: LeafletID, by deed: Deed, _ tx: Transaction) throws {
        try tx.run("DELETE FROM leaflet_themes WHERE leaflet = \(leaflet)")
        for theme in themes {
            let id: LeafletID = deed.newID()
            try tx.run("INSERT INTO leaflet_themes (id, leaflet, theme) VALUES (\(id), \(leaflet), \(theme))")
        }
    }
}
