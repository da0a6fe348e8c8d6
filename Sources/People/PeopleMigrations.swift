import Store

/// The tables of people, how they get in, and what they may do. Frozen: a change is a new migration.
public enum PeopleMigrations {
    public static let people = Migration("2026-11-23-02-people") { engine in
        [
            """
            CREATE TABLE installation (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL
            )\(engine.strict)
            """,
            """
            CREATE TABLE people (
                id TEXT PRIMARY KEY,
                name TEXT,
                email TEXT UNIQUE,
                password TEXT,
                key_digest TEXT UNIQUE,
                totp TEXT,
                totp_on BIGINT NOT NULL DEFAULT 0 CHECK (totp_on IN (0, 1)),
                totp_last BIGINT NOT NULL DEFAULT 0,
                demo TEXT,
                form_digest TEXT UNIQUE,
                made_at BIGINT NOT NULL,
                closed_at BIGINT,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            """
            CREATE TABLE recovery_codes (
                person TEXT NOT NULL REFERENCES people (id),
                digest TEXT NOT NULL,
                used_at BIGINT,
                PRIMARY KEY (person, digest)
            )\(engine.strict)
            """,
            """
            CREATE TABLE sign_ins (
                digest TEXT PRIMARY KEY,
                person TEXT NOT NULL REFERENCES people (id),
                csrf TEXT NOT NULL,
                stage TEXT NOT NULL CHECK (stage IN ('whole', 'code-wanted')),
                made_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                fresh_key TEXT,
                fresh_at BIGINT,
                CHECK ((fresh_key IS NULL) = (fresh_at IS NULL))
            )\(engine.strict)
            """,
            "CREATE INDEX sign_ins_by_person ON sign_ins (person)",
            """
            CREATE TABLE tries (
                bucket TEXT PRIMARY KEY,
                failures BIGINT NOT NULL,
                first_at BIGINT NOT NULL,
                wait_until BIGINT NOT NULL
            )\(engine.strict)
            """,
        ]
    }

    /// Comes after services and projects: it points at them.
    public static let belonging = Migration("2026-11-23-05-belonging") { engine in
        [
            """
            CREATE TABLE duties (
                person TEXT NOT NULL REFERENCES people (id),
                duty TEXT NOT NULL,
                reach TEXT NOT NULL CHECK (reach IN ('organisation', 'service', 'project')),
                reach_id TEXT NOT NULL,
                given_by TEXT,
                given_at BIGINT NOT NULL,
                PRIMARY KEY (person, duty, reach, reach_id)
            )\(engine.strict)
            """,
            """
            CREATE TABLE members (
                person TEXT NOT NULL REFERENCES people (id),
                group_id TEXT NOT NULL REFERENCES project_groups (id),
                project TEXT NOT NULL REFERENCES projects (id),
                perspective TEXT NOT NULL,
                joined_at BIGINT NOT NULL,
                left_at BIGINT,
                left_by TEXT,
                left_why TEXT,
                PRIMARY KEY (person, group_id)
            )\(engine.strict)
            """,
            "CREATE INDEX members_by_group ON members (group_id)",
            "CREATE INDEX members_by_project ON members (project, perspective)",
            """
            CREATE TABLE invitations (
                id TEXT PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE,
                kind TEXT NOT NULL CHECK (kind IN ('first', 'staff', 'group', 'password')),
                email TEXT,
                name TEXT,
                person TEXT REFERENCES people (id),
                duty TEXT,
                reach TEXT,
                reach_id TEXT,
                group_id TEXT REFERENCES project_groups (id),
                perspective TEXT,
                uses BIGINT NOT NULL,
                uses_left BIGINT NOT NULL CHECK (uses_left >= 0),
                made_by TEXT,
                made_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                revoked_at BIGINT
            )\(engine.strict)
            """,
            "CREATE INDEX invitations_by_group ON invitations (group_id, made_at)",
        ]
    }
}
