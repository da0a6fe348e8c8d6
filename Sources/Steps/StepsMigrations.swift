import Store

public enum StepsMigrations {
    public static let steps = Migration("2026-11-25-18-steps") { engine in
        [
            """
            CREATE TABLE steps (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                number BIGINT NOT NULL,
                name TEXT NOT NULL,
                offers TEXT NOT NULL,
                for_whom TEXT NOT NULL,
                moving TEXT NOT NULL,
                wait TEXT NOT NULL,
                wait_true_on BIGINT,
                version BIGINT NOT NULL DEFAULT 1,
                removed_at BIGINT
            )\(engine.strict)
            """,
            "CREATE INDEX steps_by_service ON steps (service, number)",
            """
            CREATE TABLE step_models (
                service TEXT PRIMARY KEY REFERENCES services (id),
                intro TEXT NOT NULL,
                coming_back TEXT NOT NULL,
                decided TEXT NOT NULL,
                disagree TEXT NOT NULL,
                version BIGINT NOT NULL
            )\(engine.strict)
            """,
            // What it said before, whole.
            """
            CREATE TABLE step_versions (
                subject TEXT NOT NULL,
                version BIGINT NOT NULL,
                words TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT NOT NULL,
                PRIMARY KEY (subject, version)
            )\(engine.strict)
            """,
        ]
    }
}
