import Store

public enum DirectoryMigrations {
    public static let directory = Migration("2026-11-25-19-directory") { engine in
        tables(engine) + work(engine) + beginning
    }

    /// What is searched of an entry also says in which town it is and of what it says nothing. Of entries that were there before, the first town.
    public static let unsaid = Migration("2026-12-01-10-directory-unsaid") { engine in
        let town = engine.member("document", ["service_at_locations", "0", "location", "addresses", "0", "city"])
        func has(_ trait: Trait) -> SQL { "document LIKE \("%\(trait.id)%")" }
        let ways = Trait.ways.map(has).joined(separator: " OR ")
        return [
            """
            UPDATE directory_entries SET finding = finding || '\n' || COALESCE(replace(replace(\(town), '\n', ' '), ';', ' '), '') || '\n' ||
                CAST((CASE WHEN document LIKE '%"cost_options"%' OR document LIKE '%"fees"%' THEN 128 ELSE 0 END
                + CASE WHEN \(has(.waiting)) THEN 256 ELSE 0 END + CASE WHEN \(ways) THEN 512 ELSE 0 END) AS TEXT)
            """
        ]
    }

    /// The same number or website on two entries; and what was left out of a place of a feed that came in all the same.
    public static let reach = Migration("2026-12-01-20-directory-reach") { engine in
        [
            """
            CREATE TABLE directory_reach (
                entry TEXT NOT NULL REFERENCES directory_entries (id),
                kind TEXT NOT NULL CHECK (kind IN ('phone', 'site')),
                word TEXT NOT NULL,
                PRIMARY KEY (entry, kind, word)
            )\(engine.strictByKey)
            """,
            "CREATE INDEX directory_reach_by_word ON directory_reach (kind, word)",
            "ALTER TABLE directory_feeds ADD COLUMN notes BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE directory_feed_faults ADD COLUMN is_note BIGINT NOT NULL DEFAULT 0 CHECK (is_note IN (0, 1))",
        ]
    }

    private static func tables(_ engine: Dialect) -> [SQL] {
        [
            // Grows with every change of an entry or a need: how processes know what to read anew.
            """
            CREATE TABLE directory_head (
                id BIGINT PRIMARY KEY CHECK (id = 1),
                seq BIGINT NOT NULL,
                needs_seq BIGINT NOT NULL
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_sources (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('csv', 'oruk')),
                name TEXT NOT NULL,
                address TEXT,
                licence TEXT NOT NULL,
                -- What everybody is told about entries from here.
                note TEXT NOT NULL,
                modified_after TEXT,
                made_by TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_providers (
                id TEXT PRIMARY KEY,
                number BIGINT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                folded TEXT NOT NULL,
                document TEXT NOT NULL,
                source TEXT REFERENCES directory_sources (id),
                changed_at BIGINT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX directory_providers_by_name ON directory_providers (folded)",
            """
            CREATE TABLE directory_entries (
                id TEXT PRIMARY KEY,
                number BIGINT NOT NULL UNIQUE,
                seq BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('shown', 'held', 'withdrawn', 'merged')),
                name TEXT NOT NULL,
                folded TEXT NOT NULL,
                provider TEXT REFERENCES directory_providers (id),
                document TEXT NOT NULL,
                finding TEXT NOT NULL,
                secret BIGINT NOT NULL CHECK (secret IN (0, 1)),
                source TEXT REFERENCES directory_sources (id),
                source_key TEXT,
                -- The document as its source last sent it: what tells our own changes from theirs.
                source_document TEXT,
                became TEXT REFERENCES directory_entries (id),
                assured_at BIGINT,
                review_due BIGINT NOT NULL,
                made_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX directory_entries_by_seq ON directory_entries (seq)",
            "CREATE INDEX directory_entries_by_name ON directory_entries (folded)",
            "CREATE INDEX directory_entries_by_review ON directory_entries (review_due)",
            "CREATE INDEX directory_entries_by_provider ON directory_entries (provider)",
            "CREATE UNIQUE INDEX directory_entries_by_source ON directory_entries (source, source_key)",
            """
            CREATE TABLE directory_places (
                id TEXT PRIMARY KEY,
                entry TEXT NOT NULL REFERENCES directory_entries (id),
                postcode TEXT
            )\(engine.strict)
            """,
            "CREATE INDEX directory_places_by_entry ON directory_places (entry)",
            "CREATE INDEX directory_places_by_postcode ON directory_places (postcode)",
            """
            CREATE TABLE directory_versions (
                entry TEXT NOT NULL REFERENCES directory_entries (id),
                version BIGINT NOT NULL,
                state TEXT NOT NULL,
                document TEXT NOT NULL,
                provider TEXT REFERENCES directory_providers (id),
                secret BIGINT NOT NULL CHECK (secret IN (0, 1)),
                what TEXT NOT NULL,
                why TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id),
                by_name TEXT,
                PRIMARY KEY (entry, version)
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_needs (
                id TEXT PRIMARY KEY,
                number BIGINT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                about TEXT NOT NULL,
                said TEXT NOT NULL,
                parent TEXT REFERENCES directory_needs (id),
                is_gone BIGINT NOT NULL DEFAULT 0 CHECK (is_gone IN (0, 1)),
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            // Taxonomies and terms of other directories, as they sent them.
            """
            CREATE TABLE directory_terms (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('taxonomy', 'term')),
                number BIGINT NOT NULL UNIQUE,
                taxonomy TEXT,
                document TEXT NOT NULL,
                source TEXT NOT NULL REFERENCES directory_sources (id)
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_postcodes (
                code TEXT PRIMARY KEY,
                latitude \(engine.real) NOT NULL,
                longitude \(engine.real) NOT NULL
            )\(engine.strictByKey)
            """,
            "CREATE INDEX directory_postcodes_outward ON directory_postcodes (latitude, longitude) WHERE length(code) < 5",
        ]
    }

    private static func work(_ engine: Dialect) -> [SQL] {
        [
            // Who vouches for an entry, and the digest of the link by which they do.
            """
            CREATE TABLE directory_owners (
                entry TEXT PRIMARY KEY REFERENCES directory_entries (id),
                name TEXT NOT NULL,
                contact TEXT NOT NULL,
                digest TEXT NOT NULL UNIQUE,
                made_at BIGINT NOT NULL,
                made_by TEXT REFERENCES people (id)
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_told (
                id TEXT PRIMARY KEY,
                entry TEXT NOT NULL REFERENCES directory_entries (id),
                words TEXT NOT NULL,
                told_at BIGINT NOT NULL,
                settled_at BIGINT,
                settled_by TEXT REFERENCES people (id),
                answer TEXT
            )\(engine.strict)
            """,
            "CREATE INDEX directory_told_by_entry ON directory_told (entry, told_at)",
            // Which discussions led to the directory.
            """
            CREATE TABLE directory_themes (
                theme TEXT PRIMARY KEY REFERENCES themes (id),
                at BIGINT NOT NULL,
                by_whom TEXT REFERENCES people (id)
            )\(engine.strict)
            """,
            // Feeds that somebody looks after: when they are taken, and how that went the last time.
            """
            CREATE TABLE directory_feeds (
                source TEXT PRIMARY KEY REFERENCES directory_sources (id),
                state TEXT NOT NULL CHECK (state IN ('idle', 'waiting', 'taking')),
                is_stopping BIGINT NOT NULL DEFAULT 0 CHECK (is_stopping IN (0, 1)),
                -- When it is taken by itself; nil where it is only taken when somebody asks.
                next_at BIGINT,
                began_at BIGINT,
                -- When it last got on: what has not for long was left by a process that is gone.
                beat_at BIGINT,
                ended_at BIGINT,
                added BIGINT NOT NULL DEFAULT 0,
                changed BIGINT NOT NULL DEFAULT 0,
                same BIGINT NOT NULL DEFAULT 0,
                held BIGINT NOT NULL DEFAULT 0,
                faults BIGINT NOT NULL DEFAULT 0,
                problem TEXT
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_feed_faults (
                source TEXT NOT NULL REFERENCES directory_feeds (source),
                number BIGINT NOT NULL,
                page BIGINT NOT NULL,
                place BIGINT NOT NULL,
                name TEXT NOT NULL,
                sentence TEXT NOT NULL,
                PRIMARY KEY (source, number)
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_imports (
                id TEXT PRIMARY KEY REFERENCES directory_sources (id),
                state TEXT NOT NULL CHECK (state IN ('columns', 'checked', 'done')),
                header TEXT NOT NULL,
                columns TEXT NOT NULL,
                encoding TEXT NOT NULL,
                ended_at BIGINT
            )\(engine.strict)
            """,
            """
            CREATE TABLE directory_import_rows (
                import TEXT NOT NULL REFERENCES directory_imports (id),
                line BIGINT NOT NULL,
                cells TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('fine', 'look', 'in', 'out')),
                findings TEXT NOT NULL,
                entry TEXT REFERENCES directory_entries (id),
                decided_at BIGINT,
                decided_by TEXT REFERENCES people (id),
                PRIMARY KEY (import, line)
            )\(engine.strict)
            """,
        ]
    }

    private static var beginning: [SQL] {
        let needs = FirstNeeds.all.enumerated().map { place, need -> SQL in
            let said = need.said.joined(separator: "\n")
            return """
                INSERT INTO directory_needs (id, number, name, about, said)
                VALUES (\(StableID.of("need:\(need.name)")), \(place + 1), \(need.name), \(need.about), \(said))
                """
        }
        return ["INSERT INTO directory_head (id, seq, needs_seq) VALUES (1, 0, 0)"] + needs
    }
}

/// The needs that every directory begins with; the organisation changes them as it likes. Frozen with the migration.
enum FirstNeeds {
    struct Need {
        let name: String
        let about: String
        let said: [String]

        init(_ name: String, _ about: String, _ said: String...) {
            self.name = name
            self.about = about
            self.said = said
        }
    }

    static let all = [
        Need(
            "Anxiety",
            "Worry and fear that get in the way.",
            "anxious",
            "anxiety",
            "worried",
            "worrying",
            "panic",
            "panic attack",
            "stress",
            "scared",
            "ocd"
        ),
        Need(
            "Feeling low",
            "Sadness that does not lift.",
            "depression",
            "depressed",
            "sad",
            "low mood",
            "down",
            "hopeless",
            "self esteem",
            "confidence"
        ),
        Need(
            "Sleep",
            "Trouble getting to sleep or staying asleep.",
            "can’t sleep",
            "cannot sleep",
            "insomnia",
            "sleeping",
            "nightmares",
            "tired"
        ),
        Need(
            "Self-harm",
            "Hurting yourself, or thinking of it.",
            "self harm",
            "selfharm",
            "cutting",
            "hurting myself",
            "hurting herself",
            "hurting himself"
        ),
        Need("Thoughts of suicide", "Thinking about ending your life.", "suicidal", "suicide", "want to die", "samaritans"),
        Need(
            "Feeling lonely",
            "Having nobody to be with or talk to.",
            "lonely",
            "loneliness",
            "alone",
            "no friends",
            "isolated",
            "isolation",
            "make friends"
        ),
        Need(
            "Someone to talk to",
            "Counselling, and people who listen.",
            "counselling",
            "counsellor",
            "talk to somebody",
            "talk to someone",
            "therapy",
            "therapist",
            "listening",
            "listening ear",
            "talking therapies"
        ),
        Need("Autism", "Autistic people and their families.", "autistic", "asd", "asperger", "aspergers", "on the spectrum"),
        Need("ADHD", "Trouble with attention and keeping still.", "add", "attention", "hyperactive"),
        Need(
            "Eating",
            "Trouble with food or how you see your body.",
            "eating disorder",
            "anorexia",
            "bulimia",
            "not eating",
            "won’t eat",
            "binge"
        ),
        Need("Anger", "Anger that is hard to handle.", "angry", "temper", "outbursts", "aggressive", "violent"),
        Need("Bullying", "Being hurt by others, at school or online.", "bullied", "bully", "picked on"),
        Need("School", "Trouble going to school or at school.", "school refusal", "won’t go to school", "exams", "exam stress", "excluded"),
        Need("Loss and grief", "After somebody died.", "grief", "grieving", "bereavement", "bereaved", "died", "death"),
        Need(
            "Family and relationships",
            "Trouble at home or between people.",
            "family",
            "relationship",
            "parents splitting up",
            "divorce",
            "separation",
            "arguing"
        ),
        Need("Young carers", "Looking after somebody at home.", "carer", "carers", "young carer", "caring for", "looking after my mum"),
        Need(
            "Parents",
            "For parents who need support themselves.",
            "parenting",
            "postnatal",
            "postnatal depression",
            "new baby",
            "mums",
            "dads",
            "support for parents"
        ),
        Need(
            "LGBT+",
            "Lesbian, gay, bisexual and trans people.",
            "lgbt",
            "gay",
            "lesbian",
            "bisexual",
            "trans",
            "transgender",
            "gender",
            "coming out",
            "queer"
        ),
        Need(
            "Drugs and alcohol",
            "Drinking or taking drugs, your own or somebody else’s.",
            "drugs",
            "alcohol",
            "drinking",
            "cannabis",
            "addiction"
        ),
        Need(
            "Abuse at home",
            "Being hurt or controlled by somebody close.",
            "domestic abuse",
            "domestic violence",
            "abused",
            "hit",
            "unsafe at home"
        ),
        Need("Sexual violence", "After something sexual that you did not want.", "rape", "sexual abuse", "sexual assault", "raped"),
        Need("After a crime", "Help for victims and witnesses.", "victim", "crime", "mugged", "attacked"),
        Need("Hearing voices", "Hearing or seeing what others do not.", "voices", "psychosis", "seeing things"),
        Need(
            "Learning disability",
            "People who need more help to learn and to live on their own.",
            "learning disabilities",
            "learning difficulties",
            "special needs",
            "send"
        ),
        Need(
            "Illness and disability",
            "Living with a long illness or a disability.",
            "disabled",
            "disability",
            "cancer",
            "long term illness",
            "dementia",
            "memory loss"
        ),
        Need(
            "Your culture and language",
            "Help from people who know where you come from.",
            "south asian",
            "african",
            "caribbean",
            "bme",
            "refugee",
            "asylum",
            "muslim",
            "jewish",
            "black"
        ),
        Need(
            "Things to do",
            "Groups, art, music and sport.",
            "art",
            "arts",
            "crafts",
            "music",
            "dance",
            "sport",
            "activities",
            "drop in",
            "youth club",
            "youth group",
            "bored"
        ),
        Need(
            "Knowing your rights",
            "Advice, and somebody who speaks up for you.",
            "advocate",
            "advocacy",
            "rights",
            "benefits",
            "advice",
            "complain"
        ),
    ]
}
