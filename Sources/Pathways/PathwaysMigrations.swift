import Store

public enum PathwaysMigrations {
    public static let leaflets = Migration("2026-11-25-17-leaflets") { engine in
        [
            """
            CREATE TABLE leaflets (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                slug TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('pathway', 'visit', 'about', 'rights', 'policy', 'word')),
                title TEXT NOT NULL,
                stands_for TEXT NOT NULL,
                for_families BIGINT NOT NULL CHECK (for_families IN (0, 1)),
                owner TEXT REFERENCES people (id),
                review_due BIGINT,
                also TEXT NOT NULL,
                made_by TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1,
                UNIQUE (service, slug)
            )\(engine.strict)
            """,
            """
            CREATE TABLE leaflet_texts (
                id TEXT PRIMARY KEY,
                leaflet TEXT NOT NULL REFERENCES leaflets (id),
                form TEXT NOT NULL CHECK (form IN ('plain', 'easy')),
                language TEXT NOT NULL,
                number BIGINT NOT NULL,
                title TEXT NOT NULL,
                summary TEXT NOT NULL,
                body TEXT NOT NULL,
                changed TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'published', 'replaced')),
                follows BIGINT,
                written_by TEXT REFERENCES people (id),
                written_at BIGINT NOT NULL,
                checked_by TEXT REFERENCES people (id),
                checked_at BIGINT,
                published_by TEXT REFERENCES people (id),
                published_at BIGINT,
                flesch_kincaid \(engine.real),
                smog \(engine.real),
                ari \(engine.real),
                dale_chall \(engine.real),
                reason TEXT NOT NULL DEFAULT '',
                edition BIGINT NOT NULL DEFAULT 1,
                UNIQUE (leaflet, form, language, number)
            )\(engine.strict)
            """,
            // One version of each form and language is the one that people read.
            "CREATE UNIQUE INDEX leaflet_texts_published ON leaflet_texts (leaflet, form, language) WHERE state = 'published'",
            // Two drafts of the same would be two truths: whoever comes second mends the first.
            "CREATE UNIQUE INDEX leaflet_texts_open ON leaflet_texts (leaflet, form, language) WHERE state IN ('draft', 'checked')",
            // The themes that asked for it. By an id of its own, as themes are merged.
            """
            CREATE TABLE leaflet_themes (
                id TEXT PRIMARY KEY,
                leaflet TEXT NOT NULL REFERENCES leaflets (id),
                theme TEXT NOT NULL REFERENCES themes (id)
            )\(engine.strict)
            """,
            "CREATE INDEX leaflet_themes_by_leaflet ON leaflet_themes (leaflet)",
            "CREATE INDEX leaflet_themes_by_theme ON leaflet_themes (theme)",
            """
            CREATE TABLE leaflet_sign_offs (
                text TEXT NOT NULL REFERENCES leaflet_texts (id),
                edition BIGINT NOT NULL,
                person TEXT NOT NULL REFERENCES people (id),
                group_id TEXT NOT NULL REFERENCES project_groups (id),
                perspective TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (text, edition, person)
            )\(engine.strictByKey)
            """,
        ]
    }
}
