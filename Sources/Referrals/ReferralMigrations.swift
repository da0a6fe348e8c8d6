import Store

public enum ReferralMigrations {
    // Who gets in touch with the place; nil of what was written down before.
    public static let firstCall = Migration("2026-12-01-30-who-makes-the-first-call") { _ in
        ["ALTER TABLE referrals ADD COLUMN first_call TEXT CHECK (first_call IN ('family', 'staff'))"]
    }

    public static let referrals = Migration("2026-11-25-21-referrals") { engine in
        [
            """
            CREATE TABLE referral_settings (
                service TEXT PRIMARY KEY REFERENCES services (id),
                ask_days BIGINT NOT NULL CHECK (ask_days BETWEEN 7 AND 180)
            )\(engine.strict)
            """,
            // What a family opens by a link, of which only the digest is kept, or in their account.
            """
            CREATE TABLE family_pages (
                list TEXT PRIMARY KEY REFERENCES shortlists (id),
                service TEXT NOT NULL REFERENCES services (id),
                digest TEXT NOT NULL UNIQUE,
                person TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX family_pages_by_person ON family_pages (person)",
            // There is no referral without consent, and none of its words once that was taken back: the table itself takes no other.
            """
            CREATE TABLE referrals (
                id TEXT PRIMARY KEY,
                list TEXT NOT NULL REFERENCES family_pages (list),
                service TEXT NOT NULL REFERENCES services (id),
                by_whom TEXT NOT NULL REFERENCES people (id),
                made_at BIGINT NOT NULL,
                withdrawn_at BIGINT,
                ask_due BIGINT NOT NULL,
                asked_at BIGINT,
                news_at BIGINT,
                version BIGINT NOT NULL DEFAULT 1,
                entry TEXT REFERENCES directory_entries (id),
                who TEXT,
                why TEXT,
                consent_by TEXT CHECK (consent_by IN ('young-person', 'parent', 'both')),
                consent_how TEXT CHECK (consent_how IN ('in-person', 'phone', 'writing')),
                consent_at BIGINT,
                way TEXT CHECK (way IN ('page', 'phone', 'text', 'email')),
                contact TEXT,
                state TEXT CHECK (state IN ('asked', 'has-place', 'waiting', 'could-not', 'not-wanted')),
                came_words TEXT,
                came_at BIGINT,
                came_family BIGINT CHECK (came_family IN (0, 1)),
                helped TEXT CHECK (helped IN ('yes', 'bit', 'no', 'never')),
                helped_words TEXT,
                helped_at BIGINT,
                helped_family BIGINT CHECK (helped_family IN (0, 1)),
                CHECK (
                    (withdrawn_at IS NULL AND entry IS NOT NULL AND who IS NOT NULL AND why IS NOT NULL AND consent_by IS NOT NULL
                        AND consent_how IS NOT NULL AND consent_at IS NOT NULL AND way IS NOT NULL AND state IS NOT NULL)
                    OR (withdrawn_at IS NOT NULL AND entry IS NULL AND who IS NULL AND why IS NULL AND consent_by IS NULL
                        AND consent_how IS NULL AND consent_at IS NULL AND way IS NULL AND contact IS NULL AND state IS NULL
                        AND came_words IS NULL AND helped IS NULL AND helped_words IS NULL)
                )
            )\(engine.strict)
            """,
            "CREATE INDEX referrals_by_list ON referrals (list, made_at)",
            "CREATE INDEX referrals_by_whom ON referrals (by_whom, made_at)",
            "CREATE INDEX referrals_by_entry ON referrals (entry) WHERE helped IS NOT NULL",
            "CREATE INDEX referrals_to_ask ON referrals (ask_due) WHERE asked_at IS NULL AND withdrawn_at IS NULL",
            """
            CREATE TABLE referral_steps (
                id TEXT PRIMARY KEY,
                referral TEXT NOT NULL REFERENCES referrals (id) ON DELETE CASCADE,
                at BIGINT NOT NULL,
                what TEXT NOT NULL,
                family BIGINT NOT NULL CHECK (family IN (0, 1))
            )\(engine.strict)
            """,
            "CREATE INDEX referral_steps_by_referral ON referral_steps (referral, at, id)",
            // What editors were told of whether an entry helped: who counts again must remember it.
            """
            CREATE TABLE referral_told (
                entry TEXT PRIMARY KEY REFERENCES directory_entries (id),
                told TEXT NOT NULL
            )\(engine.strict)
            """,
        ]
    }
}
