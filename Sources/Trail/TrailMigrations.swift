import Store

public enum TrailMigrations {
    public static let trail = Migration("2026-11-23-01-trail") { engine in
        [
            """
            CREATE TABLE trail (
                seq BIGINT PRIMARY KEY,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                what TEXT NOT NULL,
                subject_kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                service TEXT,
                project TEXT,
                facts TEXT NOT NULL,
                before TEXT NOT NULL,
                hash TEXT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX trail_by_subject ON trail (subject, seq)",
            """
            CREATE TABLE trail_head (
                id BIGINT PRIMARY KEY CHECK (id = 1),
                seq BIGINT NOT NULL,
                hash TEXT NOT NULL
            )\(engine.strict)
            """,
        ]
    }
}
