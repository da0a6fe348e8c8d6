import Store
import TestSupport

/// A small world for these tests.
let schema = [
    Migration("2026-01-01-1-people") { d in
        [
            """
            CREATE TABLE people (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                age BIGINT CHECK (age >= 0)
            )\(d.strict)
            """,
            """
            CREATE TABLE voices (
                id TEXT PRIMARY KEY,
                person TEXT REFERENCES people (id),
                place BIGINT NOT NULL,
                number BIGINT NOT NULL,
                UNIQUE (place, number)
            )\(d.strict)
            """,
            """
            CREATE TABLE later (
                id TEXT PRIMARY KEY,
                person TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
            )\(d.strict)
            """,
            """
            CREATE TABLE kinds (
                id TEXT PRIMARY KEY, words TEXT, number BIGINT, yes BIGINT CHECK (yes IN (0, 1)), fraction \(d.real), raw \(d.bytes)
            )\(d.strict)
            """,
        ]
    },
    Migration("2026-01-02-1-trail-head") { d in
        [
            "CREATE TABLE trail_head (id BIGINT PRIMARY KEY, seq BIGINT NOT NULL)\(d.strict)",
            "INSERT INTO trail_head (id, seq) VALUES (1, 0)",
        ]
    },
]

func addPerson(_ id: String, _ tx: Transaction) throws { try addPerson(id, "Ada", tx) }

func addPerson(_ id: String, _ name: String, _ tx: Transaction) throws {
    try tx.run("INSERT INTO people (id, name) VALUES (\(id), \(name))")
}
