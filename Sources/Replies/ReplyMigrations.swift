import Store

public enum ReplyMigrations {
    public static let replies = Migration("2026-11-23-11-replies") { engine in
        [
            """
            CREATE TABLE replies (
                id TEXT PRIMARY KEY,
                theme TEXT NOT NULL REFERENCES themes (id),
                words TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id)
            )\(engine.strict)
            """,
            "CREATE INDEX replies_by_theme ON replies (theme, at)",
        ]
    }
}
