import Store

public enum ProjectsMigrations {
    public static let projects = Migration("2026-11-23-04-projects") { engine in
        [
            """
            CREATE TABLE projects (
                id TEXT PRIMARY KEY,
                service TEXT NOT NULL REFERENCES services (id),
                slug TEXT NOT NULL,
                title TEXT NOT NULL,
                question TEXT NOT NULL,
                about TEXT NOT NULL,
                reflection TEXT NOT NULL DEFAULT '',
                phase TEXT NOT NULL CHECK (phase IN ('design', 'delivery', 'evaluation')),
                state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'finished')),
                open_to_public BIGINT NOT NULL CHECK (open_to_public IN (0, 1)),
                hear_within BIGINT NOT NULL,
                hear_unit TEXT NOT NULL CHECK (hear_unit IN ('days', 'working-days')),
                discuss_within BIGINT NOT NULL,
                discuss_unit TEXT NOT NULL CHECK (discuss_unit IN ('days', 'working-days')),
                decide_within BIGINT NOT NULL,
                decide_unit TEXT NOT NULL CHECK (decide_unit IN ('days', 'working-days')),
                reply_within BIGINT NOT NULL,
                reply_unit TEXT NOT NULL CHECK (reply_unit IN ('days', 'working-days')),
                made_at BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1,
                UNIQUE (service, slug)
            )\(engine.strict)
            """,
            """
            CREATE TABLE activities (
                id TEXT PRIMARY KEY,
                project TEXT NOT NULL REFERENCES projects (id),
                name TEXT NOT NULL,
                level TEXT NOT NULL CHECK (level IN ('informing', 'consulting', 'engaging', 'co-designing', 'co-producing')),
                why TEXT NOT NULL,
                who TEXT NOT NULL,
                place BIGINT NOT NULL,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX activities_by_project ON activities (project, place)",
            """
            CREATE TABLE project_groups (
                id TEXT PRIMARY KEY,
                project TEXT NOT NULL REFERENCES projects (id),
                name TEXT NOT NULL,
                about TEXT NOT NULL,
                perspective TEXT,
                made_at BIGINT NOT NULL,
                closed_at BIGINT,
                version BIGINT NOT NULL DEFAULT 1
            )\(engine.strict)
            """,
            "CREATE INDEX groups_by_project ON project_groups (project, made_at)",
        ]
    }
}
