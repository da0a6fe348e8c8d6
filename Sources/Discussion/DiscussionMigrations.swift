import Store

public enum DiscussionMigrations {
    /// Comes before voices, which point at themes.
    public static let themes = Migration("2026-11-23-07-themes") { engine in
        [
            """
            CREATE TABLE themes (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                project TEXT NOT NULL REFERENCES projects (id),
                title TEXT NOT NULL,
                said TEXT NOT NULL,
                public BIGINT NOT NULL CHECK (public IN (0, 1)),
                state TEXT NOT NULL CHECK (state IN ('open', 'discussed', 'agreed', 'doing', 'done', 'cannot', 'thanks')),
                made_by TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL,
                discussed_at BIGINT,
                decided_at BIGINT,
                changed_at BIGINT,
                reply_due BIGINT,
                replied_at BIGINT,
                moved_at BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX themes_by_project ON themes (project, moved_at DESC, id)",
            "CREATE INDEX themes_by_service ON themes (service, public, moved_at DESC, id)",
            // What a theme was called before: an edit keeps the older words, a merge keeps those of the theme that went.
            """
            CREATE TABLE theme_versions (
                theme TEXT NOT NULL,
                version BIGINT NOT NULL,
                title TEXT NOT NULL,
                said TEXT NOT NULL,
                public BIGINT NOT NULL CHECK (public IN (0, 1)),
                at BIGINT NOT NULL,
                by_whom TEXT NOT NULL,
                PRIMARY KEY (theme, version)
            )\(engine.strict)
            """,
            // Old links lead on to the theme that the merged one became part of.
            """
            CREATE TABLE merged_themes (
                theme TEXT PRIMARY KEY,
                became TEXT NOT NULL REFERENCES themes (id),
                at BIGINT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX merged_themes_by_new ON merged_themes (became)",
            """
            CREATE TABLE discussions (
                id TEXT PRIMARY KEY,
                theme TEXT NOT NULL REFERENCES themes (id),
                session TEXT REFERENCES sessions (id),
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id),
                notes TEXT NOT NULL,
                next TEXT NOT NULL,
                released BIGINT NOT NULL CHECK (released IN (0, 1))
            )\(engine.strict)
            """,
            "CREATE INDEX discussions_by_theme ON discussions (theme, at)",
        ]
    }
}
