import Store

public enum DecisionMigrations {
    public static let decisions = Migration("2026-11-23-09-decisions") { engine in
        [
            """
            CREATE TABLE decisions (
                id TEXT PRIMARY KEY,
                theme TEXT NOT NULL REFERENCES themes (id),
                session TEXT REFERENCES sessions (id),
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id),
                outcome TEXT NOT NULL CHECK (outcome IN ('agreed', 'partly', 'cannot', 'thanks')),
                words TEXT NOT NULL,
                reasons TEXT NOT NULL,
                dissent TEXT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX decisions_by_theme ON decisions (theme, at)",
            """
            CREATE TABLE decision_support (
                decision TEXT NOT NULL REFERENCES decisions (id),
                perspective TEXT NOT NULL,
                present BIGINT,
                agreed BIGINT,
                against BIGINT,
                unsure BIGINT,
                PRIMARY KEY (decision, perspective)
            )\(engine.strict)
            """,
        ]
    }
}
