import Store

public enum StatementsMigrations {
    public static let rounds = Migration("2026-11-24-16-statements") { engine in
        [
            """
            CREATE TABLE rounds (
                id TEXT PRIMARY KEY,
                number BIGINT NOT NULL UNIQUE,
                service TEXT NOT NULL REFERENCES services (id),
                project TEXT NOT NULL REFERENCES projects (id),
                title TEXT NOT NULL,
                question TEXT NOT NULL,
                held BIGINT NOT NULL CHECK (held IN (0, 1)),
                state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
                opens_at BIGINT,
                closes_at BIGINT,
                perspectives TEXT NOT NULL,
                made_by TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL,
                opened_at BIGINT,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX rounds_by_project ON rounds (project, made_at DESC, id)",
            """
            CREATE TABLE statements (
                id TEXT PRIMARY KEY,
                round TEXT NOT NULL REFERENCES rounds (id),
                number BIGINT NOT NULL,
                words TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'merged', 'reworded', 'rejected', 'withdrawn')),
                became TEXT REFERENCES statements (id),
                reason TEXT,
                author BIGINT,
                made_at BIGINT NOT NULL,
                looked_at BIGINT,
                looked_by TEXT REFERENCES people (id),
                UNIQUE (round, number)
            )\(engine.strict)
            """,
            // The desk asks for those that wait, in all projects.
            "CREATE INDEX statements_waiting ON statements (round, made_at) WHERE state = 'waiting'",
            // A statement that came from a theme, or that was taken to the group as one. By an id of its own, as themes are merged.
            """
            CREATE TABLE statement_themes (
                id TEXT PRIMARY KEY,
                statement TEXT NOT NULL REFERENCES statements (id),
                theme TEXT NOT NULL REFERENCES themes (id),
                way TEXT NOT NULL CHECK (way IN ('from', 'to')),
                figures TEXT NOT NULL,
                at BIGINT NOT NULL,
                by_whom TEXT NOT NULL
            )\(engine.strict)
            """,
            "CREATE INDEX statement_themes_by_theme ON statement_themes (theme)",
            "CREATE INDEX statement_themes_by_statement ON statement_themes (statement)",
            """
            CREATE TABLE responders (
                number BIGINT PRIMARY KEY,
                project TEXT NOT NULL REFERENCES projects (id),
                perspective TEXT NOT NULL,
                person TEXT REFERENCES people (id),
                channel TEXT NOT NULL CHECK (channel IN ('online', 'phone', 'paper')),
                scribe TEXT REFERENCES people (id),
                made_at BIGINT NOT NULL
            )\(engine.strict)
            """,
            // One perspective a person and project, whatever else happens.
            "CREATE UNIQUE INDEX responders_by_person ON responders (project, person) WHERE person IS NOT NULL",
            // The private link by which a stranger comes back; of its code only a digest is kept.
            """
            CREATE TABLE answering_links (
                digest TEXT PRIMARY KEY,
                responder BIGINT NOT NULL REFERENCES responders (number),
                round TEXT NOT NULL REFERENCES rounds (id),
                made_at BIGINT NOT NULL
            )\(engine.strict)
            """,
            // Small rows, found by their key: an answer changed is the same row. No foreign keys, since the use case has just read both ends and
            // looking twice more costs a third of the write. `seq` is the trail's number of the change; an answer taken back is empty.
            """
            CREATE TABLE responses (
                round BIGINT NOT NULL,
                responder BIGINT NOT NULL,
                statement BIGINT NOT NULL,
                answer BIGINT CHECK (answer IN (-1, 0, 1)),
                seq BIGINT NOT NULL,
                PRIMARY KEY (round, responder, statement)
            )\(engine.strictByKey)
            """,
            // What is new since somebody looked.
            "CREATE INDEX responses_by_seq ON responses (round, seq)",
            // What was told outside the room, so that nothing can be worked out from two figures: one a statement, and 0 for the people who answered.
            """
            CREATE TABLE told_figures (
                round BIGINT NOT NULL,
                statement BIGINT NOT NULL,
                told TEXT NOT NULL,
                PRIMARY KEY (round, statement)
            )\(engine.strict)
            """,
            """
            CREATE TABLE told_rounds (
                round BIGINT PRIMARY KEY,
                seq BIGINT NOT NULL,
                at BIGINT NOT NULL,
                picture TEXT NOT NULL,
                picture_seq BIGINT NOT NULL
            )\(engine.strict)
            """,
        ]
    }
}
