import Store

public enum ReadAloudMigrations {
    public static let sounds = Migration("2026-11-25-17-sounds") { engine in
        [
            """
            CREATE TABLE leaflet_sounds (
                text TEXT PRIMARY KEY REFERENCES leaflet_texts (id),
                type TEXT NOT NULL CHECK (type IN ('audio/mpeg', 'audio/wav')),
                length BIGINT NOT NULL,
                milliseconds BIGINT NOT NULL,
                digest TEXT NOT NULL,
                voice TEXT NOT NULL,
                made_at BIGINT NOT NULL
            )\(engine.strict)
            """,
            """
            CREATE TABLE leaflet_sound_pieces (
                text TEXT NOT NULL REFERENCES leaflet_texts (id),
                number BIGINT NOT NULL,
                bytes \(engine.bytes) NOT NULL,
                PRIMARY KEY (text, number)
            )\(engine.strict)
            """,
        ]
    }
}
