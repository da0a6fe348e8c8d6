import Store

public enum JobMigrations {
    public static let jobs = Migration("2026-11-23-15-jobs") { engine in
        [
            """
            CREATE TABLE jobs (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                payload TEXT NOT NULL,
                due BIGINT NOT NULL,
                tries BIGINT NOT NULL DEFAULT 0,
                held_until BIGINT NOT NULL DEFAULT 0,
                failed TEXT
            )\(engine.strict)
            """,
            "CREATE INDEX jobs_due ON jobs (due) WHERE failed IS NULL",
            """
            CREATE TABLE submissions (
                token TEXT PRIMARY KEY,
                location TEXT NOT NULL,
                at BIGINT NOT NULL
            )\(engine.strict)
            """,
        ]
    }
}
