import Store

public enum SessionsMigrations {
    public static let sessions = Migration("2026-11-23-06-sessions") { engine in
        [
            """
            CREATE TABLE sessions (
                id TEXT PRIMARY KEY,
                project TEXT NOT NULL REFERENCES projects (id),
                group_id TEXT REFERENCES project_groups (id),
                activity TEXT REFERENCES activities (id),
                title TEXT NOT NULL,
                starts_at BIGINT NOT NULL,
                minutes BIGINT NOT NULL,
                way TEXT NOT NULL CHECK (way IN ('in-person', 'video', 'phone')),
                place TEXT NOT NULL,
                about TEXT NOT NULL,
                notes TEXT NOT NULL DEFAULT '',
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX sessions_by_project ON sessions (project, starts_at)",
            """
            CREATE TABLE attendance (
                session TEXT NOT NULL REFERENCES sessions (id),
                perspective TEXT NOT NULL,
                people BIGINT,
                PRIMARY KEY (session, perspective)
            )\(engine.strict)
            """,
        ]
    }
}
