import Store

public enum ReadersMigrations {
    public static let readers = Migration("2026-11-25-17-readers") { engine in
        [
            // Rooms that were asked what they think of a draft.
            """
            CREATE TABLE leaflet_askings (
                text TEXT NOT NULL REFERENCES leaflet_texts (id),
                group_id TEXT NOT NULL REFERENCES project_groups (id),
                words TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id),
                PRIMARY KEY (text, group_id)
            )\(engine.strict)
            """,
            "CREATE INDEX leaflet_askings_by_group ON leaflet_askings (group_id)",
            """
            CREATE TABLE leaflet_comments (
                id TEXT PRIMARY KEY,
                text TEXT NOT NULL REFERENCES leaflet_texts (id),
                edition BIGINT NOT NULL,
                paragraph BIGINT NOT NULL,
                group_id TEXT NOT NULL REFERENCES project_groups (id),
                person TEXT REFERENCES people (id),
                perspective TEXT NOT NULL,
                words TEXT NOT NULL,
                at BIGINT NOT NULL,
                answer TEXT NOT NULL DEFAULT '',
                answered_by TEXT REFERENCES people (id),
                answered_at BIGINT
            )\(engine.strict)
            """,
            "CREATE INDEX leaflet_comments_by_text ON leaflet_comments (text, paragraph, at)",
            """
            CREATE TABLE leaflet_understanding (
                text TEXT NOT NULL REFERENCES leaflet_texts (id),
                edition BIGINT NOT NULL,
                part TEXT NOT NULL,
                person TEXT NOT NULL REFERENCES people (id),
                perspective TEXT NOT NULL,
                understands BIGINT NOT NULL CHECK (understands IN (0, 1)),
                PRIMARY KEY (text, edition, part, person)
            )\(engine.strictByKey)
            """,
            // What was told of it outside the room, for ever: EqualVoice.Disclosure decides by it what may be told next.
            """
            CREATE TABLE leaflet_told (
                text TEXT NOT NULL REFERENCES leaflet_texts (id),
                edition BIGINT NOT NULL,
                part TEXT NOT NULL,
                told TEXT NOT NULL,
                PRIMARY KEY (text, edition, part)
            )\(engine.strict)
            """,
        ]
    }
}
