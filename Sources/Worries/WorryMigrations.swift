import Store

public enum WorryMigrations {
    public static let worries = Migration("2026-11-23-14-worries") { engine in
        [
            """
            CREATE TABLE worries (
                id TEXT PRIMARY KEY,
                service TEXT REFERENCES services (id),
                words TEXT NOT NULL,
                about TEXT NOT NULL,
                page TEXT NOT NULL,
                contact TEXT NOT NULL,
                person TEXT REFERENCES people (id),
                at BIGINT NOT NULL,
                due BIGINT NOT NULL,
                seen_at BIGINT,
                seen_by TEXT REFERENCES people (id),
                ended_at BIGINT,
                ended_by TEXT REFERENCES people (id),
                outcome TEXT NOT NULL DEFAULT '',
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX worries_waiting ON worries (due) WHERE ended_at IS NULL",
            "CREATE INDEX worries_ended ON worries (ended_at DESC, id) WHERE ended_at IS NOT NULL",
            // What was done, line by line; nothing in it is ever changed.
            """
            CREATE TABLE worry_notes (
                id TEXT PRIMARY KEY,
                worry TEXT NOT NULL REFERENCES worries (id),
                at BIGINT NOT NULL,
                by_whom TEXT NOT NULL REFERENCES people (id),
                kind TEXT NOT NULL CHECK (kind IN ('seen', 'did', 'ended', 'opened')),
                words TEXT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX worry_notes_by_worry ON worry_notes (worry, at, id)",
        ]
    }
}
