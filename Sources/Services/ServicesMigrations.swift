import Store

public enum ServicesMigrations {
    public static let services = Migration("2026-11-23-03-services") { engine in
        [
            """
            CREATE TABLE organisation (
                id BIGINT PRIMARY KEY CHECK (id = 1),
                name TEXT NOT NULL,
                about TEXT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            """
            CREATE TABLE services (
                id TEXT PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                summary TEXT NOT NULL,
                about TEXT NOT NULL,
                phone TEXT,
                zone TEXT NOT NULL DEFAULT 'Europe/London',
                made_at BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            """
            CREATE TABLE perspectives (
                service TEXT NOT NULL REFERENCES services (id),
                key TEXT NOT NULL,
                label TEXT NOT NULL,
                one TEXT NOT NULL,
                place BIGINT NOT NULL,
                staff BIGINT NOT NULL CHECK (staff IN (0, 1)),
                version BIGINT NOT NULL DEFAULT 1,
                PRIMARY KEY (service, key)
            )\(engine.strict)
            """,
        ]
    }
}
