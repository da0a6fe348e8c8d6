import Store

public enum RatingMigrations {
    public static let ratings = Migration("2026-11-23-13-ratings") { engine in
        [
            // `together` is a score that a whole session gave as one, said aloud; `people` is then not known, or how many they were.
            """
            CREATE TABLE ratings (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                project TEXT NOT NULL REFERENCES projects (id),
                session TEXT REFERENCES sessions (id),
                voice TEXT UNIQUE REFERENCES voices (id),
                perspective TEXT NOT NULL,
                score BIGINT NOT NULL CHECK (score BETWEEN 0 AND 10),
                words TEXT,
                together BIGINT NOT NULL CHECK (together IN (0, 1)),
                people BIGINT,
                public BIGINT NOT NULL CHECK (public IN (0, 1)),
                channel TEXT NOT NULL,
                by_whom TEXT NOT NULL,
                at BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            // With all that an average needs, so that it is read off the index.
            "CREATE INDEX ratings_by_project ON ratings (project, perspective, together, at DESC, score)",
            "CREATE INDEX ratings_by_session ON ratings (session)",
            // One a person and session, one a person for the project as a whole, one a perspective said together. Those by phone are as many as rang.
            "CREATE UNIQUE INDEX ratings_own ON ratings (session, by_whom) WHERE voice IS NULL AND together = 0 AND channel = 'online' AND session IS NOT NULL",
            """
            CREATE UNIQUE INDEX ratings_own_in_general ON ratings (project, by_whom)
            WHERE voice IS NULL AND together = 0 AND channel = 'online' AND session IS NULL
            """,
            "CREATE UNIQUE INDEX ratings_together ON ratings (session, perspective) WHERE together = 1",
        ]
    }
}
