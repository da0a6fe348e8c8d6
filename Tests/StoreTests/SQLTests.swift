import Kernel
@testable import Store
import TestSupport
import Testing

private enum Stage: String, Column { case heard, decided }

@Test(
    arguments: Engine.all,
    [
        "'; DROP TABLE people; --", "\" OR 1=1 --", "?", "$1", "\\", "\\x41", "%s%n", "", "👩‍👩‍👧‍👦 e\u{301} \u{202e}", "a\r\nb\tc",
        String(repeating: "ö", count: 70_000),
    ]
)
func `What somebody wrote comes back as they wrote it and does nothing else`(engine: Engine, words: String) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.write { try addPerson("1", words, $0) }
        let found: [String] = try await db.read { try $0.values("SELECT name FROM people WHERE name = \(words)") }
        #expect(found.map { Array($0.utf8) } == [Array(words.utf8)])
    }
}

@Test(arguments: Engine.all) func `Text with a NUL in it is refused, and nothing around it is harmed`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        await #expect(throws: StoreError.invalid("text with a NUL character")) { try await db.write { try addPerson("1", "a\0b", $0) } }
        await #expect(throws: StoreError.invalid("a number that is not finite")) {
            try await db.write { try $0.run("INSERT INTO kinds (id, fraction) VALUES ('1', \(Double.nan))") }
        }
        try await db.write { try addPerson("1", "ab", $0) }
        try await #expect(db.read { try $0.count("SELECT COUNT(*) FROM people") } == 1)
    }
}

@Test(arguments: Engine.all) func `Every kind of value comes back as it went in`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        let bytes = (0...255).map { UInt8($0) }
        let moment = Moment(milliseconds: 1_700_000_000_123)
        try await db.write { tx in
            try tx.run(
                "INSERT INTO kinds (id, words, number, yes, fraction, raw) VALUES ('1', \(Stage.heard), \(moment), \(true), \(0.1 + 0.2), \(bytes))"
            )
            try tx.run(
                "INSERT INTO kinds (id, number, fraction, raw) VALUES ('2', \(Int64.min), \(-Double.leastNonzeroMagnitude), \([UInt8]()))"
            )
            try tx.run("INSERT INTO kinds (id, words, number) VALUES ('3', \(String?.none), \(Int?.none))")
        }
        try await db.read { tx in
            try tx.first("SELECT words, number, yes, fraction, raw FROM kinds WHERE id = '1'") { row in
                try #expect(row.next(Stage.self) == .heard)
                try #expect(row.next(Moment.self) == moment)
                try #expect(row.next(Bool.self))
                try #expect(row.next(Double.self) == 0.1 + 0.2)
                try #expect(row.next([UInt8].self) == bytes)
            }
            try tx.first("SELECT number, fraction, raw FROM kinds WHERE id = '2'") { row in
                try #expect(row.next(Int64.self) == .min)
                try #expect(row.next(Double.self) == -Double.leastNonzeroMagnitude)
                try #expect(row.next([UInt8].self) == [])
            }
            try tx.first("SELECT words, number, yes, fraction, raw FROM kinds WHERE id = '3'") { row in
                try #expect(row.next(Stage?.self) == nil)
                try #expect(row.next(Moment?.self) == nil)
                try #expect(row.next(Bool?.self) == nil)
                try #expect(row.next(Double?.self) == nil)
                try #expect(row.next([UInt8]?.self) == nil)
            }
            try #expect(tx.value("SELECT SUM(number) FROM kinds WHERE id = '1'") == moment)
            try #expect(tx.value("SELECT AVG(number) FROM kinds WHERE id = '1'") == Double(moment.milliseconds))
        }
    }
}

@Test(arguments: Engine.all) func `An unexpected NULL, type or missing column is an error that names the column and tells no content`(
    engine: Engine
) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.write { try addPerson("1", "secret", $0) }
        func fails<T: Column & Sendable>(_ sql: SQL, _ type: T.Type) async -> StoreError? {
            await #expect(throws: StoreError.self) { _ = try await db.read { try $0.value(sql, as: type) } }
        }
        #expect(await fails("SELECT age FROM people", Int.self) == .column(name: "age", expected: "Int", found: "nothing"))
        #expect(await fails("SELECT name FROM people", Int.self) == .column(name: "name", expected: "Int", found: "text"))
        #expect(await fails("SELECT name FROM people", Stage.self) == .column(name: "name", expected: "Stage", found: "text"))
        #expect(await fails("SELECT 2 AS yes", Bool.self) == .column(name: "yes", expected: "Bool", found: "a whole number"))
        await #expect(throws: StoreError.column(name: "number 2", expected: "Int", found: "no such column")) {
            try await db.read { tx in
                try tx.all("SELECT 1") { row in
                    _ = try row.next(Int.self)
                    return try row.next(Int.self)
                }
            }
        }
    }
}

@Test(arguments: Engine.all) func `Lists, splices and joins bind every value, and an empty list is an empty set`(engine: Engine)
    async throws
{
    try await engine.withDatabase(schema) { db in
        try await db.write { tx in for id in ["a", "b", "c"] { try addPerson(id, tx) } }
        try await db.read { tx in
            try #expect(tx.values("SELECT id FROM people WHERE id IN \(list: ["a", "c", "' OR 1=1"]) ORDER BY id") == ["a", "c"])
            try #expect(tx.count("SELECT COUNT(*) FROM people WHERE id IN \(list: [String]())") == 0)
            try #expect(tx.count("SELECT COUNT(*) FROM people WHERE id NOT IN \(list: [String]())") == 3)
            try #expect(tx.count("SELECT COUNT(*) FROM people WHERE age IN \(list: [Int]())") == 0)
            let conditions: [SQL] = ["id > \("a")", "name = \("Ada")"]
            try #expect(
                tx.values("SELECT id FROM people WHERE \(conditions.joined(separator: " AND ")) ORDER BY id" + " LIMIT \(1)") == ["b"]
            )
            let nobody: String? = nil
            try #expect(tx.count("SELECT COUNT(*) FROM people WHERE \(nobody) IS NULL OR id = \(nobody)") == 3)
        }
    }
}

@Test(arguments: Engine.all) func `A fixed number is written out, between values that are bound`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.write { tx in for id in ["a", "b", "c"] { try addPerson(id, tx) } }
        let question: SQL = "SELECT id FROM people WHERE id >= \("a") ORDER BY id LIMIT \(fixed: 2) OFFSET \(1)"
        try #expect(await db.read { try $0.values(question) } == ["b", "c"])
        #expect(question.text(for: .postgres) == "SELECT id FROM people WHERE id >= $1 ORDER BY id LIMIT 2 OFFSET $2")
    }
}

@Test(arguments: Engine.all) func `The same question may be asked inside its own answer`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.write { tx in for id in ["a", "b", "c"] { try addPerson(id, tx) } }
        let all: [[String]] = try await db.read { tx in
            try tx.all("SELECT id FROM people ORDER BY id") { _ in try tx.values("SELECT id FROM people ORDER BY id") }
        }
        #expect(all == Array(repeating: ["a", "b", "c"], count: 3))
    }
}

@Test(arguments: Engine.all) func `Looking for words heeds no case and takes percent signs as they are`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.write { tx in
            for (place, name) in ["Émile", "100 % sure", "1000 sure", "a_b\\c", "axb\\c"].enumerated() {
                try addPerson("\(place)", name, tx)
            }
        }
        func found(_ words: String) async throws -> [String] {
            try await db.read { try $0.values("SELECT id FROM people WHERE \($0.dialect.contains("name", words)) ORDER BY id") }
        }
        try await #expect(found("éMIL") == ["0"])
        try await #expect(found("0 % S") == ["1"])
        try await #expect(found("%\u{301}") == [])
        try await #expect(found("A_B\\") == ["3"])
        try await #expect(db.read { try $0.count("SELECT COUNT(*) FROM people WHERE name LIKE 'émile'") } == 0)
    }
}

@Test(arguments: Engine.all) func `A statement with a placeholder of its own, or with a second statement behind it, is refused`(
    engine: Engine
) async throws {
    try await engine.withDatabase(schema) { db in
        for sql: SQL in [
            "SELECT name FROM people WHERE id = ?", "SELECT name FROM people WHERE id = $1", "SELECT 1; DELETE FROM people", "SELEC 1", "",
            "-- x",
        ] {
            await #expect(throws: StoreError.self) { try await db.read { _ = try $0.all(sql) { _ in } } }
        }
    }
}

@Test(arguments: Engine.all) func `More different statements than a connection keeps do no harm`(engine: Engine) async throws {
    try await engine.withDatabase(schema) { db in
        try await db.read { tx in
            for length in 1...900 { try #expect(tx.count("SELECT COUNT(*) FROM people WHERE age IN \(list: Array(0..<length))") == 0) }
        }
    }
}
