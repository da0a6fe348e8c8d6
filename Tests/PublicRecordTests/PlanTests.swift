import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

@testable import PublicRecord

/// Each circle has an index of its own; one that is not used makes a page slower with every voice that its reader may not read.
@Suite struct PlanTests {
    @Test(arguments: Engine.only(.sqlite)) func `Every list of voices is read off the index that holds nothing else`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (cast, cursor) = (house.cast, Cursor(house.now, house.cast.project.text))
            for part in [Part.newest, .older(than: cursor), .newer(than: cursor)] {
                for (who, wanted) in [
                    (Character.stranger, ["voices_public"]), (.outsider, ["voices_public", "voices_by_speaker"]),
                    (.youngPerson, ["voices_public", "voices_not_passed", "voices_in_project", "voices_in_group", "voices_by_speaker"]),
                    (.facilitator, ["voices_by_project"]),
                ] {
                    let used = try await house.indexes(of: PublicVoices.question(in: cast.place, for: cast.actor(who), part))
                    #expect(used == Set(wanted), "\(who)")
                }
                let theme: ThemeID = house.newID()
                #expect(try await house.indexes(of: PublicVoices.question(of: theme, in: cast.place, part)) == ["voices_public_in_theme"])
            }
        }
    }
}

extension TestHouse {
    /// The indexes on voices that SQLite reads; "a scan" where it reads the table.
    fileprivate func indexes(of question: SQL) async throws -> Set<String> {
        let plan = try await db.read { tx in
            try tx.all("EXPLAIN QUERY PLAN \(question)") { row in
                _ = (try row.next(Int.self), try row.next(Int.self), try row.next(Int.self))
                return try row.next(String.self)
            }
        }
        var found: Set<String> = []
        for line in plan where line.contains(" voices") {
            let words = line.split(separator: " ")
            if let place = words.firstIndex(of: "INDEX"), place + 1 < words.count {
                found.insert(String(words[place + 1]))
            } else {
                found.insert("a scan")
            }
        }
        // By their ids, fifty voices are looked up once it is known which.
        return found.subtracting(["sqlite_autoindex_voices_1"])
    }
}
