import CSV
import DemoCase
import Directory
import HTTPTypes
import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import DirectoryImports

@Suite struct BringingInFiles {
    private func taken(_ text: String, in house: TestHouse) async throws -> ImportID {
        let file = try ImportFile(Array(text.utf8))
        return try await house.does(.otherParent) { deed, tx in
            let id = try StartImport.run(file, name: "A list", licence: "OGL", note: "", by: deed, tx)
            try NameColumns.run(id, try Import.find(id, tx).columns, by: deed, tx)
            return id
        }
    }

    @Test(arguments: Engine.all) func `The real file comes in whole: what has to be decided waits, and nothing is lost`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await taken(String(decoding: TraffordServices.file, as: UTF8.self), in: house)
            let rows = try await house.db.read { tx in try ImportRow.all(of: id, tx) }
            #expect(rows.count == 60)
            let look = rows.filter { $0.state == .look }
            #expect(
                look.map { $0.cells[1] } == [
                    "Trafford Domestic Abuse Service", "Altrincham Anxiety Group (Trafford Self Help Services)", "Dance System CIC",
                    "Being There",
                    "Manchester Rape Crisis",
                ]
            )
            let came = try await house.does(.otherParent) { deed, tx in try BringIn.run(id, by: deed, tx) }
            #expect(came == 55)
            #expect(try await house.db.read { tx in try EntryStore.count(.shown, tx) } == 55)
            let notes = rows.flatMap(\.findings).filter { $0.field == "when" }
            #expect(notes.count >= 9)
        }
    }

    @Test(arguments: Engine.all) func `An address that must stay secret is shown to a person, and then kept nowhere`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await taken(
                "name,description,address,postcode\nA refuge,For victims of domestic abuse,5 Hidden Lane,M16 0PN\n",
                in: house
            )
            let browser = house.browser(.otherParent)
            let path = "/directory/imports/\(id)/rows/2"
            let page = try await browser.get(path).text
            #expect(page.contains("Hidden Lane") && page.contains("may have to stay secret"))
            #expect(try await house.db.read { tx in try EntryStore.isEmpty(tx) })
            let decided = try await browser.post(
                path,
                ["decision": "add", "name": "A refuge", "secret": "yes", "address-1": "5 Hidden Lane", "postcode-1": "M16 0PN"]
            )
            #expect(decided.status == 303)
            let left = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM directory_entries WHERE document LIKE '%Hidden%' OR source_document LIKE '%Hidden%'")
                    + tx.count("SELECT COUNT(*) FROM directory_import_rows WHERE cells LIKE '%Hidden%' OR cells LIKE '%0PN%'")
                    + tx.count("SELECT COUNT(*) FROM directory_places")
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.all) func `What turns secret later leaves its row, its history and what became part of it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await taken(
                "name,address,postcode\nQuiet place,5 Hidden Lane,M1 3HF\nSame place,5 Hidden Lane,M1 3HF\n",
                in: house
            )
            try await house.does(.otherParent) { deed, tx in _ = try BringIn.run(id, by: deed, tx) }
            let ids = try await house.db.read { tx in try tx.values("SELECT id FROM directory_entries ORDER BY number", as: EntryID.self) }
            guard ids.count == 2 else { Issue.record("\(ids.count) came in"); return }
            try await house.does(.otherParent) { deed, tx in
                try MergeEntries.run(ids[1], into: ids[0], by: deed, tx)
                let entry = try EntryStore.find(ids[0], tx)
                var draft = EntryDraft(entry, provider: "")
                draft.isSecret = true
                try ChangeEntry.run(ids[0], to: draft, version: entry.version, by: deed, tx)
            }
            let left = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM directory_entries WHERE document LIKE '%Hidden%' OR source_document LIKE '%Hidden%'")
                    + tx.count("SELECT COUNT(*) FROM directory_versions WHERE document LIKE '%Hidden%'")
                    + tx.count("SELECT COUNT(*) FROM directory_import_rows WHERE cells LIKE '%Hidden%'")
            }
            #expect(left == 0)
            for line in [2, 3] {
                let page = try await house.browser(.otherParent).get("/directory/imports/\(id)/rows/\(line)")
                #expect(page.status == 200 && !page.text.contains("Hidden"))
            }
        }
    }

    @Test func `A small file with thousands of columns is refused in words`() throws {
        let wide = "name," + String(repeating: "x,", count: 2_000) + "y\na\n"
        #expect(throws: Problems.self) { try ImportFile(Array(wide.utf8)) }
        #expect(throws: Problems.self) { try ImportFile(Array(("name,about\na" + String(repeating: ",b", count: 2_000) + "\n").utf8)) }
    }

    @Test(arguments: Engine.all) func `A row that is left out as secret, or joins a secret place, keeps no address either`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let id = try await taken(
                "name,description,where,postcode\nHaven,A refuge,5 Hidden Lane,M16 0PN\nHaven,A refuge,5 Hidden Lane,M16 0PNX\n",
                in: house
            )
            let entry = try await house.does(.otherParent) { deed, tx in
                var draft = EntryDraft()
                (draft.name, draft.isSecret) = ("Haven", true)
                return try AddEntry.run(draft, by: deed, tx)
            }
            try await house.does(.otherParent) { deed, tx in
                var draft = EntryDraft()
                (draft.name, draft.isSecret) = ("Haven", true)
                try DecideRow.run(2, of: id, .leaveOut, draft: draft, by: deed, tx)
                draft.isSecret = false
                try DecideRow.run(3, of: id, .join(entry), draft: draft, by: deed, tx)
            }
            let left = try await house.db.read { tx in
                try tx.count(
                    "SELECT COUNT(*) FROM directory_import_rows WHERE cells LIKE '%Hidden%' OR cells LIKE '%0PN%' OR findings LIKE '%0PN%'"
                )
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.all) func `A second place of the same is added to the first`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await taken(
                "name,address,postcode\nBeing There,1 First Road,M1 3HF\nBeing There,2 Second Road,M1 5NH\n",
                in: house
            )
            try await house.does(.otherParent) { deed, tx in _ = try BringIn.run(id, by: deed, tx) }
            let entry = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM directory_entries", as: EntryID.self) })
            let answer = try await house.browser(.otherParent).post(
                "/directory/imports/\(id)/rows/3",
                ["decision": "join:\(entry)", "name": "Being There", "address-1": "2 Second Road", "postcode-1": "M1 5NH"]
            )
            #expect(answer.status == 303)
            let (state, places) = try await house.db.read { tx in
                (try Import.find(id, tx).state, try tx.count("SELECT COUNT(*) FROM directory_places"))
            }
            #expect(state == .done && places == 2)
        }
    }

    @Test(arguments: Engine.all) func `Rows that say something doubtful are looked at first, with what it is`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let table = """
                name,ages,when,postcode
                One,11-17,Tuesdays 4-6pm,M33 4BP
                Two,16+,Sometimes 25pm,M33 4BP
                Three,grown-ups,,M33 4BP
                Four,,,M33 4BP,more
                One,,,M33 4BP
                """
            let id = try await taken(table + "\n", in: house)
            let rows = try await house.db.read { tx in try ImportRow.all(of: id, tx) }
            #expect(rows.map(\.state) == [.fine, .look, .look, .look, .look])
            let said = rows.map { $0.findings.filter { $0.kind == .look }.map(\.sentence).joined() }
            #expect(
                said[1].contains("25pm") && said[2].contains("grown-ups") && said[3].contains("1 more cell")
                    && said[4].contains("Row 2 of this")
            )
            let page = try await house.browser(.otherParent).get("/directory/imports/\(id)").text
            #expect(page.contains("Rows to look at"))
            try await house.does(.otherParent) { deed, tx in _ = try BringIn.run(id, by: deed, tx) }
            let found = try await house.browser(.stranger).get("/directory?q=one&age=12", json: true).json()
            #expect(found["total"] as? Int == 1)
        }
    }

    @Test func `A file in Windows-1252 is read with its letters`() throws {
        let file = try ImportFile(Array("name,description\nCaf".utf8) + [0xe9] + Array(",Children".utf8) + [0x92] + Array("s help\n".utf8))
        #expect(file.encoding == .windows1252)
        #expect(file.rows.first?.cells == ["Café", "Children’s help"])
    }

    @Test(arguments: [
        ("", "nothing in this file"), ("name\nA\n", "only one column"), ("name,postcode\n", "no rows"), ("name,x\n\"a,b\n", "never closed"),
        ("PK\u{3}\u{4}zip", "spreadsheet"),
    ])
    func `A file that is no list is answered with what to do`(text: String, words: String) {
        let problems = #expect(throws: Problems.self) { try ImportFile(Array(text.utf8)) }
        #expect(problems?["file"]?.contains(words) ?? false, "\(problems?["file"] ?? "")")
    }

    @Test func `A file is sent from the page, with its bytes untouched`() async throws {
        try await Engine.sqlite.withHouse { house in
            let browser = house.browser(.otherParent)
            let part =
                "--xyz\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nA list\r\n--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(browser.csrf)\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\nname,town\nCaf"
            let body = Array(part.utf8) + [0xe9] + Array(",Sale\n\r\n--xyz--\r\n".utf8)
            let answer = try await browser.ask(
                .post,
                "/directory/imports",
                body: body,
                headers: ["Content-Type": "multipart/form-data; boundary=xyz", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"]
            )
            #expect(answer.status == 303)
            let page = try await browser.get(answer.location ?? "").text
            #expect(page.contains("Windows-1252") && page.contains("Café"))
        }
    }
}

@Suite struct BringingTables {
    @Test(arguments: Engine.all) func `A long table comes in a few rows at a time, and what is doubtful waits`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            var table = "name,description,postcode,organisation\n"
            for number in 1...1_000 { table += "Club \(number),For teenagers aged 13 to 19,M33 4BP,Trust \(number % 7)\n" }
            table += "Club 5,Again,M33 4BP,\nOdd,Nowhere,12345,\nHaven,A women's refuge ,M33 4BP,\n"
            let bytes = Array(table.utf8) + Array("Caf\u{e9},Tea,,\n".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
            let clock = house.clock
            let count = try await BringTable(into: house.db, clock: { clock.now }).run(ByteSource(bytes), name: "A table", licence: "")
            #expect(count == BringTable.Count(inside: 1_001, look: 3))
            let (shown, providers, id) = try await house.db.read { tx in
                (
                    try EntryStore.count(.shown, tx), try tx.count("SELECT COUNT(*) FROM directory_providers"),
                    try tx.value("SELECT id FROM directory_sources") as ImportID?
                )
            }
            #expect(shown == 1_001 && providers == 7)
            #expect(try await house.browser(.stranger).get("/directory?q=caf%C3%A9").text.contains("Café"))
            let page = try await house.browser(.otherParent).get("/directory/imports/\(id?.text ?? "")").text
            #expect(page.contains("Haven") && page.contains("may have to stay secret") && page.contains("3 rows have to be looked at"))
            #expect(!(try await house.browser(.stranger).get("/directory?q=haven").text.contains(">Haven<")))
        }
    }

    @Test func `A table without a name for anything says so`() async throws {
        try await Engine.sqlite.withHouse { house in
            await #expect(throws: Problems.self) {
                _ = try await BringTable(into: house.db).run(ByteSource(Array("a,b\n1,2\n".utf8)), name: "X", licence: "")
            }
        }
    }
}
