import Store

public enum ExperienceMigrations {
    public static let experiences = Migration("2026-11-25-20-experiences") { engine in
        [
            // Which entry a voice is said about. Its words stay with the voice and its consent.
            """
            CREATE TABLE directory_voices (
                voice TEXT PRIMARY KEY REFERENCES voices (id),
                entry TEXT NOT NULL REFERENCES directory_entries (id),
                at BIGINT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX directory_voices_by_entry ON directory_voices (entry)",
        ]
    }
}
