import Store

public enum ActionMigrations {
    public static let actions = Migration("2026-11-23-10-actions") { engine in
        [
            """
            CREATE TABLE actions (
                id TEXT PRIMARY KEY,
                theme TEXT NOT NULL REFERENCES themes (id),
                decision TEXT REFERENCES decisions (id),
                what TEXT NOT NULL,
                owner TEXT REFERENCES people (id),
                owner_name TEXT NOT NULL,
                due BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('doing', 'done', 'dropped')),
                made_by TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL,
                ended_at BIGINT,
                ended_by TEXT REFERENCES people (id),
                evidence TEXT NOT NULL DEFAULT '',
                evidence_url TEXT,
                reason TEXT NOT NULL DEFAULT '',
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX actions_by_theme ON actions (theme, made_at)",
            "CREATE INDEX actions_to_do ON actions (due) WHERE state = 'doing'",
            // A date that was moved, with the reason: a due date does not slip without a word.
            """
            CREATE TABLE action_dates (
                action TEXT NOT NULL REFERENCES actions (id),
                version BIGINT NOT NULL,
                was BIGINT NOT NULL,
                due BIGINT NOT NULL,
                reason TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id),
                PRIMARY KEY (action, version)
            )\(engine.strict)
            """,
            """
            CREATE TABLE changes (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                project TEXT NOT NULL REFERENCES projects (id),
                theme TEXT NOT NULL REFERENCES themes (id),
                action TEXT REFERENCES actions (id),
                words TEXT NOT NULL,
                since BIGINT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id),
                evidence TEXT NOT NULL,
                evidence_url TEXT,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX changes_by_theme ON changes (theme, at)",
            "CREATE INDEX changes_by_service ON changes (service, at DESC, id)",
        ]
    }
}
