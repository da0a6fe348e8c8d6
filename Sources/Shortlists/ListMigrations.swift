import Store

public enum ListMigrations {
    public static let lists = Migration("2026-11-25-20-shortlists") { engine in
        [
            // Whose it is: an account's, or a code's, of which only the digest is kept.
            """
            CREATE TABLE shortlists (
                id TEXT PRIMARY KEY,
                owner TEXT REFERENCES people (id),
                digest TEXT UNIQUE,
                service TEXT REFERENCES services (id),
                title TEXT NOT NULL,
                for_family BIGINT NOT NULL DEFAULT 0 CHECK (for_family IN (0, 1)),
                made_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                in_hand_at BIGINT,
                version BIGINT NOT NULL DEFAULT 1,
                CHECK ((owner IS NULL) <> (digest IS NULL))
            )\(engine.strict)
            """,
            "CREATE INDEX shortlists_by_owner ON shortlists (owner, changed_at)",
            """
            CREATE TABLE shortlist_places (
                list TEXT NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
                entry TEXT NOT NULL REFERENCES directory_entries (id),
                place BIGINT NOT NULL,
                note TEXT NOT NULL DEFAULT '',
                added_at BIGINT NOT NULL,
                read_at BIGINT,
                said TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (list, entry)
            )\(engine.strict)
            """,
            """
            CREATE TABLE list_links (
                id TEXT PRIMARY KEY,
                list TEXT NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
                digest TEXT NOT NULL UNIQUE,
                made_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                ended_at BIGINT
            )\(engine.strict)
            """,
            "CREATE INDEX list_links_by_list ON list_links (list, made_at)",
            // A list that a person is to send: how to reach somebody goes when that is done.
            """
            CREATE TABLE list_sendings (
                id TEXT PRIMARY KEY,
                list TEXT NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
                service TEXT NOT NULL REFERENCES services (id),
                channel TEXT NOT NULL CHECK (channel IN ('text', 'email')),
                who TEXT NOT NULL,
                contact TEXT,
                asked_by TEXT NOT NULL REFERENCES people (id),
                made_at BIGINT NOT NULL,
                due BIGINT NOT NULL,
                tries BIGINT NOT NULL DEFAULT 0,
                ended_at BIGINT,
                ended_by TEXT REFERENCES people (id),
                outcome TEXT CHECK (outcome IN ('sent', 'wrong-contact', 'rather-not'))
            )\(engine.strict)
            """,
            "CREATE INDEX list_sendings_to_do ON list_sendings (service, due, id) WHERE ended_at IS NULL",
        ]
    }
}
