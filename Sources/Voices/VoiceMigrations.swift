import Store

public enum VoiceMigrations {
    public static let voices = Migration("2026-11-23-08-voices") { engine in
        [
            """
            CREATE TABLE voices (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                project TEXT NOT NULL REFERENCES projects (id),
                group_id TEXT REFERENCES project_groups (id),
                session TEXT REFERENCES sessions (id),
                theme TEXT REFERENCES themes (id),
                themed_at BIGINT,
                themed_by TEXT,
                perspective TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('idea', 'concern', 'experience', 'praise', 'question')),
                channel TEXT NOT NULL CHECK (channel IN ('online', 'phone', 'session', 'paper', 'text')),
                speaker TEXT REFERENCES people (id),
                speaker_name TEXT,
                scribe TEXT REFERENCES people (id),
                read_back BIGINT NOT NULL CHECK (read_back IN (0, 1)),
                consent TEXT NOT NULL CHECK (consent IN ('group', 'project', 'public', 'public-named')),
                consent_at BIGINT NOT NULL,
                words TEXT,
                digest TEXT NOT NULL,
                salt TEXT,
                version BIGINT NOT NULL,
                reply_by TEXT NOT NULL CHECK (reply_by IN ('receipt', 'phone', 'email', 'text', 'letter', 'in-person')),
                reply_to TEXT,
                reply_when TEXT,
                said_at BIGINT NOT NULL,
                recorded_at BIGINT NOT NULL,
                hear_due BIGINT NOT NULL,
                discuss_due BIGINT NOT NULL,
                decide_due BIGINT NOT NULL,
                heard_at BIGINT,
                heard_by TEXT REFERENCES people (id),
                heard_answer TEXT,
                withdrawn_at BIGINT,
                passed_at BIGINT,
                held_because TEXT
            )\(engine.strict)
            """,
            // Before the narrower ones: of two indexes that cost it the same, SQLite takes the younger. A test looks at the plans.
            "CREATE INDEX voices_by_project ON voices (project, said_at DESC, id)",
            // The public list: newest first, only what may be shown. PostgreSQL and SQLite both use a partial index for it.
            """
            CREATE INDEX voices_public ON voices (project, said_at DESC, id)
            WHERE withdrawn_at IS NULL AND passed_at IS NOT NULL AND consent IN ('public', 'public-named')
            """,
            // Said for everybody, and nobody has read it yet or somebody holds it back.
            """
            CREATE INDEX voices_not_passed ON voices (project, said_at DESC, id)
            WHERE withdrawn_at IS NULL AND passed_at IS NULL AND consent IN ('public', 'public-named')
            """,
            // The rest of what a member may read, circle by circle: each voice stands in exactly one of these, so saying one costs the same.
            """
            CREATE INDEX voices_in_project ON voices (project, said_at DESC, id)
            WHERE withdrawn_at IS NULL AND consent = 'project'
                AND (passed_at IS NOT NULL OR speaker IS NOT NULL OR channel <> 'online')
            """,
            """
            CREATE INDEX voices_in_group ON voices (group_id, said_at DESC, id)
            WHERE withdrawn_at IS NULL AND consent = 'group' AND group_id IS NOT NULL
            """,
            // Within themes: what may be quoted, and how many there are from each perspective. Empty until a voice is put in a theme.
            """
            CREATE INDEX voices_public_in_theme ON voices (theme, said_at DESC, id)
            WHERE theme IS NOT NULL AND withdrawn_at IS NULL AND passed_at IS NOT NULL AND consent IN ('public', 'public-named')
            """,
            """
            CREATE INDEX voices_counted ON voices (theme, perspective)
            WHERE theme IS NOT NULL AND withdrawn_at IS NULL AND passed_at IS NOT NULL AND consent IN ('public', 'public-named')
            """,
            "CREATE INDEX voices_by_theme ON voices (theme, said_at)",
            "CREATE INDEX voices_by_speaker ON voices (speaker, project, said_at DESC, id) WHERE speaker IS NOT NULL",
            "CREATE INDEX voices_by_session ON voices (session, said_at)",
            "CREATE INDEX voices_to_hear ON voices (project, hear_due, id) WHERE heard_at IS NULL AND withdrawn_at IS NULL",
            """
            CREATE INDEX voices_to_theme ON voices (project, discuss_due, id)
            WHERE theme IS NULL AND heard_at IS NOT NULL AND withdrawn_at IS NULL
            """,
            """
            CREATE TABLE voice_versions (
                voice TEXT NOT NULL REFERENCES voices (id),
                version BIGINT NOT NULL,
                words TEXT,
                digest TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT NOT NULL,
                PRIMARY KEY (voice, version)
            )\(engine.strict)
            """,
            """
            CREATE TABLE follow_ups (
                id TEXT PRIMARY KEY,
                voice TEXT NOT NULL REFERENCES voices (id),
                at BIGINT NOT NULL,
                from_speaker BIGINT NOT NULL CHECK (from_speaker IN (0, 1)),
                person TEXT REFERENCES people (id),
                words TEXT,
                seen_at BIGINT,
                by_slip BIGINT NOT NULL DEFAULT 0 CHECK (by_slip IN (0, 1))
            )\(engine.strict)
            """,
            "CREATE INDEX follow_ups_by_voice ON follow_ups (voice, at)",
            "CREATE INDEX follow_ups_to_read ON follow_ups (at) WHERE from_speaker = 1 AND seen_at IS NULL",
            """
            CREATE TABLE receipts (
                digest TEXT PRIMARY KEY,
                voice TEXT NOT NULL REFERENCES voices (id),
                issue BIGINT NOT NULL,
                made_at BIGINT NOT NULL,
                made_by TEXT NOT NULL,
                by_staff BIGINT NOT NULL CHECK (by_staff IN (0, 1)),
                revoked_at BIGINT,
                UNIQUE (voice, issue)
            )\(engine.strict)
            """,
        ]
    }

    /// How far each version may be read once another has taken its place. What was changed before is for the speaker and those who run the
    /// project alone: nobody wrote down how far it had gone.
    public static let earlierWords = Migration("2026-11-25-01-earlier-words") { _ in
        ["ALTER TABLE voice_versions ADD COLUMN reach TEXT CHECK (reach IN ('group', 'project'))"]
    }

    /// What a voice is about besides its project's question goes when the voice does: which place of help somebody spoke of says enough about
    /// them. So it stands here and not with the rooms that know such places.
    public static let subjects = Migration("2026-12-01-40-voice-subjects") { engine in
        [
            """
            CREATE TABLE voice_subjects (
                voice TEXT PRIMARY KEY REFERENCES voices (id),
                subject TEXT NOT NULL,
                at BIGINT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX voice_subjects_by_subject ON voice_subjects (subject)",
            """
            INSERT INTO voice_subjects (voice, subject, at)
            SELECT directory_voices.voice, directory_voices.entry, directory_voices.at FROM directory_voices
            JOIN voices ON voices.id = directory_voices.voice WHERE voices.withdrawn_at IS NULL
            """,
            "DROP TABLE directory_voices",
        ]
    }
}
