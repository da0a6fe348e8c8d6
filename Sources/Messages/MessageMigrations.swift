import Store

public enum MessageMigrations {
    /// Comes after voices and replies: it points at both.
    public static let tellings = Migration("2026-11-23-12-tellings") { engine in
        [
            // One row for each person who asked to be told in a way that somebody has to do: the call-back list.
            """
            CREATE TABLE tellings (
                id TEXT PRIMARY KEY,
                voice TEXT NOT NULL REFERENCES voices (id),
                project TEXT NOT NULL REFERENCES projects (id),
                news TEXT NOT NULL CHECK (news IN ('heard', 'reply', 'answer')),
                reply TEXT REFERENCES replies (id),
                channel TEXT NOT NULL CHECK (channel IN ('phone', 'email', 'text', 'letter', 'in-person')),
                due BIGINT NOT NULL,
                made_at BIGINT NOT NULL,
                tries BIGINT NOT NULL DEFAULT 0,
                ended_at BIGINT,
                ended_by TEXT REFERENCES people (id),
                outcome TEXT CHECK (outcome IN ('told', 'no-answer', 'wrong-contact', 'rather-not', 'withdrawn')),
                note TEXT NOT NULL DEFAULT '',
                CHECK (ended_at IS NOT NULL OR outcome IS NULL)
            )\(engine.strict)
            """,
            // Every time somebody tried: never changed, but for the note, which goes with the words of a voice that is taken back.
            """
            CREATE TABLE calls (
                id TEXT PRIMARY KEY,
                voice TEXT NOT NULL REFERENCES voices (id),
                at BIGINT NOT NULL,
                by_whom TEXT NOT NULL REFERENCES people (id),
                outcome TEXT NOT NULL CHECK (outcome IN ('told', 'no-answer', 'wrong-contact', 'rather-not')),
                note TEXT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX calls_by_voice ON calls (voice, at, id)",
            "CREATE INDEX tellings_to_do ON tellings (project, due, id) WHERE ended_at IS NULL",
            "CREATE INDEX tellings_by_voice ON tellings (voice, made_at)",
        ]
    }
}
