import Finding
import HouseSupport
import Kernel
import OpenReferral
import PathSupport
import Store
import TestSupport
import Testing
import Trail

@testable import Directory

@Suite struct KeepingADirectory {
    static func draft(_ name: String, _ change: (inout EntryDraft) -> Void = { _ in }) -> EntryDraft {
        var draft = EntryDraft()
        draft.name = name
        draft.description = "For young people aged 13 to 25."
        draft.addresses = [.init(line: "1 High Street", town: "Sale", postcode: "M33 4BP")]
        draft.phone = "0161 496 0000"
        draft.when = "Tuesdays 7-9pm"
        change(&draft)
        return draft
    }

    @Test(arguments: Engine.all) func `Only editors write, and everybody reads`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let entry = try await house.does(.otherParent) { deed, tx in try AddEntry.run(Self.draft("Club"), by: deed, tx) }
            for who in Character.allCases {
                #expect(try await house.browser(who).get("/directory/entries/\(entry)").status == 200)
            }
            let add = try await house.allowed { deed, tx in try AddEntry.run(Self.draft("Other"), by: deed, tx) }
            let change = try await house.allowed { deed, tx in try ChangeEntry.run(entry, to: Self.draft("Club"), version: 1, by: deed, tx)
            }
            let withdraw = try await house.allowed { deed, tx in try WithdrawEntry.run(entry, why: "W", by: deed, tx) }
            #expect(add == [.otherParent] && change == [.otherParent] && withdraw == [.otherParent])
        }
    }

    @Test(arguments: Engine.all) func `What was written comes back from the document as it was`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let written = Self.draft("Club") {
                $0.provider = "The Trust"
                ($0.minimumAge, $0.maximumAge) = (13, 25)
                ($0.cost, $0.costWords) = (.paid, "£30 for 6 weeks")
                $0.traits = [.waysSelf, .stepFree, .waiting]
                $0.wait = "About 6 weeks"
                $0.languages = ["Urdu"]
                $0.email = "club@example.org"
                $0.url = "https://example.org/"
            }
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(written, by: deed, tx) }
            let entry = try await house.db.read { tx in try EntryStore.find(id, tx) }
            #expect(EntryDraft(entry, provider: "The Trust") == written)
            #expect(entry.service.schedules?.map(\.hours) == ["WEEKLY;;;TU;;19:00;21:00"])
            #expect(entry.service.costOptions?.first?.amount == 30)
        }
    }

    @Test(arguments: Engine.all) func `A change is kept with what was before, and can be undone`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(Self.draft("Club"), by: deed, tx) }
            try await house.does(.otherParent) { deed, tx in
                try ChangeEntry.run(id, to: Self.draft("Club for all") { $0.phone = "" }, version: 1, by: deed, tx)
            }
            let history = try await house.browser(.otherParent).get("/directory/entries/\(id)/history").text
            #expect(history.contains("0161 496 0000") && history.contains("Club for all"))
            try await house.does(.otherParent) { deed, tx in try UndoChange.run(id, to: 1, by: deed, tx) }
            let (entry, versions) = try await house.db.read { tx in (try EntryStore.find(id, tx), try EntryVersion.all(of: id, tx)) }
            #expect(entry.name == "Club" && entry.service.phone == "0161 496 0000" && entry.version == 3)
            #expect(versions.map(\.service.name) == ["Club for all", "Club"])
        }
    }

    @Test(arguments: Engine.all) func `Two editors at once overwrite nothing`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(Self.draft("Club"), by: deed, tx) }
            let browser = house.browser(.otherParent)
            #expect(try await browser.post("/directory/entries/\(id)", ["name": "First", "version": "1"]).status == 303)
            let second = try await browser.post("/directory/entries/\(id)", ["name": "Second", "version": "1"])
            #expect(second.status == 409 && second.text.contains("First") && second.text.contains("Second"))
        }
    }

    @Test(arguments: Engine.all) func `A secret address is nowhere, not even in what was before`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(Self.draft("Refuge"), by: deed, tx) }
            try await house.does(.otherParent) { deed, tx in
                try ChangeEntry.run(id, to: Self.draft("Refuge") { $0.isSecret = true }, version: 1, by: deed, tx)
            }
            try await house.does(.otherParent) { deed, tx in try UndoChange.run(id, to: 1, by: deed, tx) }
            let left = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM directory_entries WHERE document LIKE '%High Street%' OR finding LIKE '%,%'")
                    + tx.count("SELECT COUNT(*) FROM directory_versions WHERE document LIKE '%High Street%'")
                    + tx.count("SELECT COUNT(*) FROM directory_places") + tx.count("SELECT COUNT(*) FROM trail WHERE facts LIKE '%Street%'")
            }
            #expect(left == 0)
            let page = try await house.browser(.stranger).get("/directory/entries/\(id)").text
            #expect(page.contains("kept secret") && !page.contains("High Street"))
        }
    }

    @Test(arguments: Engine.all) func `Undoing brings secrecy back, and no place that another entry has by now`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let (one, two) = try await house.does(.otherParent) { deed, tx in
                let one = try AddEntry.run(Self.draft("Haven") { $0.isSecret = true }, by: deed, tx)
                try ChangeEntry.run(one, to: Self.draft("Haven"), version: 1, by: deed, tx)
                try UndoChange.run(one, to: 1, by: deed, tx)
                let two = try AddEntry.run(Self.draft("Club"), by: deed, tx)
                try ChangeEntry.run(two, to: Self.draft("Club") { $0.addresses = [] }, version: 1, by: deed, tx)
                return (one, two)
            }
            let entry = try await house.db.read { tx in try EntryStore.find(one, tx) }
            #expect(entry.isSecret && entry.service.serviceAtLocations == nil)
            try await house.does(.otherParent) { deed, tx in
                let old = try #require(try EntryVersion.all(of: two, tx).last?.service.serviceAtLocations?.first)
                let other = try AddEntry.run(Self.draft("Other") { $0.addresses = [] }, by: deed, tx)
                try tx.run("INSERT INTO directory_places (id, entry) VALUES (\(old.id), \(other))")
                try UndoChange.run(two, to: 1, by: deed, tx)
            }
            #expect(try await house.db.read { tx in try EntryStore.find(two, tx).service.serviceAtLocations?.count } == 1)
        }
    }

    @Test(arguments: Engine.all) func `An owner confirms and mends by a link, and a newer link ends the older`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(Self.draft("Club"), by: deed, tx) }
            let token = try await house.does(.otherParent) { deed, tx in
                try NameOwner.run(id, name: "Ada", contact: "ada@example.org", by: deed, tx)
            }
            house.clock.turn(days: 200)
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get("/directory/entries/\(id)").text.contains("Not checked lately"))
            #expect(try await stranger.post("/directory/confirm/\(token)").status == 303)
            #expect(!(try await stranger.get("/directory/entries/\(id)").text.contains("Not checked lately")))
            let mended = try await stranger.post("/directory/confirm/\(token)/mending", ["name": "Club by the park", "version": "2"])
            #expect(mended.status == 303)
            let entry = try await house.db.read { tx in try EntryStore.find(id, tx) }
            #expect(entry.name == "Club by the park")
            _ = try await house.does(.otherParent) { deed, tx in try NameOwner.run(id, name: "Bo", contact: "", by: deed, tx) }
            #expect(try await stranger.get("/directory/confirm/\(token)").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Two that are the same become one, with the places of both`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let ids = try await house.does(.otherParent) { deed, tx in
                [
                    try AddEntry.run(Self.draft("Club"), by: deed, tx),
                    try AddEntry.run(
                        Self.draft("Club") { $0.addresses = [.init(line: "2 Low Street", town: "Sale", postcode: "M33 7ZF")] },
                        by: deed,
                        tx
                    ),
                ]
            }
            try await house.does(.otherParent) { deed, tx in try MergeEntries.run(ids[1], into: ids[0], by: deed, tx) }
            let page = try await house.browser(.stranger).get("/directory/entries/\(ids[1])").text
            #expect(page.contains("1 High Street") && page.contains("2 Low Street"))
            let found = try await house.browser(.stranger).get("/directory?q=club", json: true).json()
            #expect(found["total"] as? Int == 1)
        }
    }

    @Test(arguments: Engine.all) func `How to get there and ways without phoning come back, are shown, and leave with a secret address`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let written = Self.draft("Club") {
                ($0.gettingThere, $0.text, $0.chat) = ("Bus 41, side door", "07700 900123", "https://example.org/chat")
            }
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(written, by: deed, tx) }
            let entry = try await house.db.read { tx in try EntryStore.find(id, tx) }
            #expect(EntryDraft(entry, provider: "") == written)
            let stranger = house.browser(.stranger)
            let page = try await stranger.get("/directory/entries/\(id)").text
            #expect(
                page.contains("Bus 41, side door") && page.contains("Send a text to 07700 900123")
                    && page.contains("https://example.org/chat")
            )
            #expect(EntryFacts(entry).known.map(\.words).contains("07700 900123"))
            let feed = try await stranger.get("/oruk/services/\(id)").text
            #expect(
                feed.contains(#""transportation":"Bus 41, side door""#) && feed.contains(#""type":"text""#)
                    && feed.contains("additional_urls")
            )
            #expect(try await stranger.get("/directory/list.csv").text.contains("Bus 41"))
            try await house.does(.otherParent) { deed, tx in
                var secret = written
                secret.isSecret = true
                try ChangeEntry.run(id, to: secret, version: 1, by: deed, tx)
            }
            #expect(!(try await stranger.get("/directory/entries/\(id)").text.contains("Bus 41")))
            let left = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM directory_versions WHERE document LIKE '%Bus 41%'")
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.all) func `Whoever writes times is told how they were read`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let editor = house.browser(.otherParent)
            let added = try await editor.post("/directory/entries", ["name": "Club", "when": "Tuesdays 4-6pm, Saturdays 25pm"])
            let page = try await editor.get(added.location ?? "").text
            #expect(page.contains("We read this as: Tuesdays, 4pm to 6pm.") && page.contains("could not read the rest"))
            let other = try await editor.post("/directory/entries", ["name": "Other", "when": "Sometimes"])
            #expect(try await editor.get(other.location ?? "").text.contains("search cannot tell when it is open"))
        }
    }

    @Test func `Times stand before the other words they were written in`() {
        var service = ORUK.Service(id: StableID.of("x"), name: "X")
        let words = "Drop in at the Life Centre cafe on Fridays 10am-12pm for mothers"
        service.schedules = Prose.times(words)
        #expect(OpeningWords(service).shown == "Fridays, 10am to noon\n" + words)
        service.schedules = Prose.times("Tuesdays 7-9pm")
        #expect(OpeningWords(service).shown == "Tuesdays 7-9pm")
        service.schedules?[0].description = nil
        #expect(OpeningWords(service).shown == "Tuesdays, 7pm to 9pm")
        service.schedules = Prose.times("Last Monday of every month 10.30am-12noon")
        #expect(OpeningWords(service).read == ["Last Monday of the month, 10:30am to noon"])
    }

    @Test(arguments: Engine.all) func `The history says all that was changed, and that it was made secret`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in
                let id = try AddEntry.run(Self.draft("Club"), by: deed, tx)
                let need = try #require(try NeedStore.all(tx).first { $0.name == "Sleep" })
                let changed = Self.draft("Club") {
                    $0.needs = [need.id]
                    $0.status = .temporarilyClosed
                    $0.isSecret = true
                }
                try ChangeEntry.run(id, to: changed, version: 1, by: deed, tx)
                return id
            }
            let history = try await house.browser(.otherParent).get("/directory/entries/\(id)/history").text
            #expect(history.contains("Sleep") && history.contains("It is closed just now") && history.contains("Keep the address secret"))
            #expect(!history.contains("High Street"))
        }
    }

    @Test(arguments: Engine.all) func `Two with the same number stand beside each other, with why`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in
                _ = try AddEntry.run(Self.draft("Another name") { $0.phone = "+44 161 4960000" }, by: deed, tx)
                return try AddEntry.run(Self.draft("Club"), by: deed, tx)
            }
            let editor = house.browser(.otherParent)
            let page = try await editor.get("/directory/entries/\(id)/merging").text
            #expect(page.contains("They have the same phone number, 01614960000.") && page.contains("The other one"))
            #expect(try await editor.get("/directory/work").text.contains("2 places reached at 01614960000"))
        }
    }

    @Test(arguments: Engine.all) func `Who checked it is said without a person's name, and the list of work confirms in its lines`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in
                try AddEntry.run(Self.draft("Club") { $0.provider = "The Trust" }, by: deed, tx)
            }
            let (stranger, editor) = (house.browser(.stranger), house.browser(.otherParent))
            #expect(try await stranger.get("/directory/entries/\(id)").text.contains("Checked by people who look after this directory"))
            let token = try await house.does(.otherParent) { deed, tx in try NameOwner.run(id, name: "Ada", contact: "", by: deed, tx) }
            house.clock.turn(days: 200)
            let work = try await editor.get("/directory/work").text
            #expect(work.contains("Last checked") && work.contains("Ada") && work.contains("All true"))
            let confirmed = try await stranger.post("/directory/confirm/\(token)")
            let done = try await stranger.get(confirmed.location ?? "").text
            #expect(done.contains("You are done. Thank you.") && !done.contains("Yes, all of it is true"))
            let page = try await stranger.get("/directory/entries/\(id)").text
            #expect(page.contains("Checked by the people of The Trust") && !page.contains("Ada"))
            house.clock.turn(days: 200)
            let back = try await editor.post("/directory/entries/\(id)/confirmation", ["then": "work"])
            #expect(back.location == "/directory/work?done=confirmed")
        }
    }

    @Test(arguments: Engine.all) func `What anybody tells waits for an editor`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(Self.draft("Club"), by: deed, tx) }
            let stranger = house.browser(.stranger)
            #expect(try await stranger.post("/directory/entries/\(id)/told", ["words": ""]).status == 422)
            #expect(try await stranger.post("/directory/entries/\(id)/told", ["words": "It has moved"]).status == 303)
            let told = try await house.db.read { tx in try Told.waiting(tx) }
            #expect(told.map(\.words) == ["It has moved"])
            #expect(try await house.browser(.otherParent).post("/directory/told/\(told[0].id)/settling").status == 303)
            #expect(try await house.db.read { tx in try Told.waiting(tx).count } == 0)
        }
    }

    @Test(arguments: Engine.all) func `A form that is wrong keeps what was typed and says what to do`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let answer = try await house.browser(.otherParent).post(
                "/directory/entries",
                ["name": "Kept", "postcode-1": "WA154 1HF", "url": "javascript:alert(1)", "minimum-age": "30", "maximum-age": "20"]
            )
            #expect(answer.status == 422 && answer.text.contains("Kept") && answer.text.contains("WA14 1HF"))
            #expect(answer.text.contains("not a web address") && answer.text.contains("at least the youngest"))
            #expect(answer.hiddenProblems.isEmpty)
            #expect(try await house.db.read { tx in try EntryStore.isEmpty(tx) })
        }
    }
}

@Suite struct FindingInTheDirectory {
    @Test(arguments: Engine.all) func `What editors change is found differently at once`(engine: Engine) async throws {
        try await engine.withHouse { house in
            func total(_ query: String) async throws -> Int? {
                try await house.browser(.stranger).get("/directory?\(query)", json: true).json()["total"] as? Int
            }
            let id = try await house.does(.otherParent) { deed, tx in try AddEntry.run(KeepingADirectory.draft("Swimming"), by: deed, tx) }
            #expect(try await total("q=swimming") == 1)
            try await house.does(.otherParent) { deed, tx in
                try ChangeEntry.run(id, to: KeepingADirectory.draft("Running"), version: 1, by: deed, tx)
            }
            #expect(try await total("q=swimming") == 0)
            let need = try await house.does(.otherParent) { deed, tx in
                let need = try ChangeNeed.add(name: "Moving", about: "", said: ["couch potato"], by: deed, tx)
                try ChangeEntry.run(id, to: KeepingADirectory.draft("Running") { $0.needs = [need] }, version: 2, by: deed, tx)
                return need
            }
            #expect(try await total("q=couch+potato") == 1)
            #expect(try await total("need=\(need)") == 1)
            try await house.does(.otherParent) { deed, tx in try WithdrawEntry.run(id, why: "W", by: deed, tx) }
            #expect(try await total("q=running") == 0)
            #expect(try await house.browser(.stranger).get("/directory/entries/\(id)").status == 410)
        }
    }

    @Test(arguments: Engine.all) func `Distance comes from a table that people bring, also for what was there before it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            _ = try await house.does(.otherParent) { deed, tx in try AddEntry.run(KeepingADirectory.draft("Club"), by: deed, tx) }
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get("/directory?q=club&place=M33").text.contains("We do not know where M33 is"))
            try await house.does(.otherParent) { deed, tx in
                let postcodes = [("M33 4BP", 53.42, -2.32), ("M1", 53.474, -2.238)]
                let points = try postcodes.map { (try #require(Postcode($0.0)), try #require(Point(latitude: $0.1, longitude: $0.2))) }
                _ = try BringPostcodes.run(points.map { (postcode: $0.0, point: $0.1) }, by: deed, tx)
            }
            #expect(try await stranger.get("/directory?q=club&place=M1").text.contains("about 5 miles from M1"))
            #expect(try await stranger.get("/directory?q=club&place=M1&miles=3").text.contains("0 places found"))
        }
    }

    @Test func `Nonsense in the address is answered, not obeyed`() async throws {
        try await Engine.sqlite.withHouse { house in
            let stranger = house.browser(.stranger)
            for query in [
                "age=-1", "age=x", "place=75008", "place=%F0%9F%98%80", "q=" + String(repeating: "a+", count: 5_000), "need=x", "page=-3",
                "miles=1e9&place=M1",
            ] {
                let answer = try await stranger.get("/directory?" + query)
                #expect(answer.status == 200, "\(query.prefix(40))")
            }
        }
    }

    @Test func `Open now follows the clock of the place`() async throws {
        try await Engine.sqlite.withHouse { house in
            _ = try await house.does(.otherParent) { deed, tx in try AddEntry.run(KeepingADirectory.draft("Club"), by: deed, tx) }
            func total() async throws -> Int? {
                try await house.browser(.stranger).get("/directory?open=yes", json: true).json()["total"] as? Int
            }
            #expect(try await total() == 0)
            house.clock.turn(to: try #require(Moment(iso: "2026-03-10T19:30:00Z")))
            #expect(try await total() == 1)
        }
    }
}
