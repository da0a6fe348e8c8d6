import Foundation
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Trail

@testable import Worries

@Suite struct WorriesTests {
    @Test(arguments: Engine.all) func `Anybody can tell, and is told what happens next and by when`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            let page = try await stranger.get("/worried?from=/barnet-camhs/projects/open-door")
            #expect(page.status == 200)
            for words in [
                "call <a href=\"tel:999\">999</a>", "<a href=\"tel:111\">111</a> and choose option 2",
                "Nobody watches these pages at night", "keep it secret",
                "Wednesday 11 March 2026",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            let sent = try await stranger.post("/worried", ["words": "My friend is not safe.", "service": "barnet-camhs"])
            #expect(sent.status == 303)
            let after = try await stranger.get(try #require(sent.location))
            #expect(after.text.contains("Wednesday 11 March 2026"))
            #expect(after.text.contains(">999</a>"))
            #expect(!after.text.contains("My friend"), "who looks over a shoulder reads nothing")
        }
    }

    @Test(arguments: Engine.all) func `Only safeguarding leads know that a worry exists`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.worry("My friend is not safe.")
            for who in Character.allCases {
                let one = try await house.browser(who).get("/worries/\(id)")
                let list = try await house.browser(who).get("/worries")
                let desk = try await house.browser(who).get("/desk")
                let sent = try await house.browser(who).post("/worries/\(id)/answers", ["words": "x", "version": "1"])
                switch who {
                case .safeguarding:
                    #expect(one.text.contains("My friend is not safe."))
                    #expect(list.text.contains("/worries/\(id)"))
                    #expect(desk.text.contains("1 worry waits"))
                    #expect(sent.status == 303)
                case .stranger:
                    #expect(one.status == 303 && list.status == 303 && desk.status == 303, "sent to sign in")
                    #expect(one.location?.hasPrefix("/sign-in") == true)
                default:
                    #expect(one.status == 404, "\(who)")
                    #expect(list.status == 404, "\(who)")
                    #expect(sent.status == 404, "\(who)")
                    #expect(!desk.text.contains("worry waits"), "\(who)")
                    #expect(!desk.text.contains("worries"), "\(who)")
                }
                #expect(who == .safeguarding || !one.text.contains("My friend"), "\(who)")
            }
        }
    }

    @Test(arguments: Engine.all) func `List and policy agree about every lead and every service`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let other: ServiceID = ID(at: house.now, chance: .system)
            let (cast, now) = (house.cast, house.now)
            try await house.db.write { tx in
                try tx.run(
                    "INSERT INTO services (id, slug, name, summary, about, made_at) VALUES (\(other), 'other', 'Other', '', '', \(now))"
                )
                for service in [cast.service, other, nil] as [ServiceID?] {
                    let id: WorryID = ID(at: now, chance: .system)
                    try tx.run(
                        """
                        INSERT INTO worries (id, service, words, about, page, contact, at, due)
                        VALUES (\(id), \(service), 'w', '', '', '', \(now), \(now))
                        """
                    )
                }
            }
            let reaches: [[Grant]] = [
                [], [Grant(.safeguarding, .organisation)], [Grant(.safeguarding, .service(cast.service))],
                [Grant(.safeguarding, .service(other))],
                [Grant(.administrator, .organisation)], [Grant(.facilitator, .organisation)],
                [Grant(.safeguarding, .project(cast.project))],
            ]
            for grants in reaches {
                let actor = Actor.person(Someone(id: cast.person(.outsider), name: nil, grants: Set(grants)))
                let agreed = try await house.db.read { tx in
                    let leads = try Leads(tx)
                    let all = try tx.all("SELECT \(Worry.columns) FROM worries") { try Worry(&$0) }
                    let listed = try WorryStore.waiting(for: actor, most: 99, skipping: 0, tx).map(\.id)
                    return Set(all.filter { WorryPolicy.mayRead($0.service, by: actor, leads) }.map(\.id)) == Set(listed)
                }
                #expect(agreed, "\(grants)")
            }
            #expect(try await house.db.read { tx in try WorryStore.waiting(for: .stranger, most: 9, skipping: 0, tx).isEmpty })
        }
    }

    @Test func `A worry is the lead's of its service, else the organisation's, else every lead's`() {
        let (mine, other): (ServiceID, ServiceID) = (
            ID(at: Moment(milliseconds: 1), chance: .system), ID(at: Moment(milliseconds: 2), chance: .system)
        )
        let lead = Actor.person(
            Someone(id: ID(at: Moment(milliseconds: 3), chance: .system), name: nil, grants: [Grant(.safeguarding, .service(other))])
        )
        #expect(!WorryPolicy.mayRead(mine, by: lead, Leads(services: [mine, other], isSomebody: true)))
        #expect(!WorryPolicy.mayRead(mine, by: lead, Leads(ofOrganisation: true, services: [other], isSomebody: true)))
        #expect(WorryPolicy.mayRead(mine, by: lead, Leads(services: [other], isSomebody: true)))
    }

    @Test(arguments: Engine.all) func `A service without a lead is read by the lead of another, who finds it on their desk`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (other, now): (ServiceID, Moment) = (ID(at: house.now, chance: .system), house.now)
            _ = try await house.db.write { tx in
                try tx.run(
                    "INSERT INTO services (id, slug, name, summary, about, made_at) VALUES (\(other), 'other', 'Other', '', '', \(now))"
                )
            }
            let sent = try await house.browser(.stranger).post("/worried", ["words": "Nobody leads here.", "service": "other"])
            #expect(sent.status == 303)
            #expect(try await house.browser(.safeguarding).get("/desk").text.contains("1 worry waits"))
            let id: WorryID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM worries") })
            #expect(try await house.browser(.safeguarding).get("/worries/\(id)").text.contains("Nobody leads here."))
        }
    }

    @Test(arguments: Engine.all) func `Where nobody is lead, nothing is taken and it says whom to ring`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.db.write { tx in try tx.run("DELETE FROM duties WHERE duty = 'safeguarding'") }
            let page = try await house.browser(.stranger).get("/worried?from=/barnet-camhs")
            for words in [W.cannotTake, "020 7946 0000", "tel:999", "tel:111", "tel:08001111"] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("name=\"words\""))
            let sent = try await house.browser(.stranger).post("/worried", ["words": "My friend is not safe.", "service": "barnet-camhs"])
            #expect(sent.status == 403 && sent.text.contains(W.cannotTake))
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM worries") } == 0)
        }
    }

    @Test func `The page for worries says once that 999 is the number in danger, and leads back`() async throws {
        try await Engine.sqlite.withHouse { house in
            let page = try await house.browser(.stranger).get("/worried?from=/barnet-camhs").text
            #expect(page.components(separatedBy: "tel:999").count == 2)
            #expect(page.contains("<a href=\"/barnet-camhs\">"))
        }
    }

    @Test(arguments: Engine.all) func `The trail knows that there was a worry and not a word of it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.worry("Zebra words")
            _ = try await house.browser(.safeguarding).post(
                "/worries/\(id)/answers",
                ["words": "Spoke to Zebra.", "ends": "yes", "version": "1"]
            )
            let rows: [String] = try await house.db.read { tx in
                try tx.values("SELECT what || ' ' || facts || ' ' || subject_kind || ' ' || actor FROM trail ORDER BY seq")
            }
            #expect(rows.contains { $0.hasPrefix("worry.raised") })
            #expect(rows.contains { $0.hasPrefix("worry.ended") })
            #expect(!rows.contains { $0.contains("Zebra") })
            #expect(try await house.db.read { tx in try VerifyTrail.run(in: tx).isWhole })
        }
    }

    @Test(arguments: Engine.all) func `What is missing or too long comes back with what was typed`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            let none = try await stranger.post("/worried", ["words": "", "contact": "07700 900000"])
            #expect(none.status == 422)
            #expect(none.text.contains("Write what worries you."))
            #expect(none.text.contains("07700 900000"))
            #expect(none.text.contains("tel:999"))
            let long = try await stranger.post("/worried", ["words": String(repeating: "a", count: 4_001)])
            #expect(long.status == 422)
            #expect(long.text.contains("4000"))
            let waiting = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM worries WHERE words LIKE 'aaaa%'") }
            #expect(waiting == 0)
        }
    }

    @Test(arguments: Engine.all) func `The same form twice is one worry`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            let token = try #require(try await stranger.get("/worried").field("submission"))
            let first = try await stranger.post("/worried", ["words": "Once.", "submission": token])
            let second = try await stranger.post("/worried", ["words": "Once.", "submission": token])
            #expect(first.location == second.location)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM worries") } == 1)
            let other = try #require(try await house.browser(.stranger).get("/worried").field("submission"))
            #expect(other != token, "two people never share a form")
        }
    }

    @Test(arguments: Engine.all) func `A worry without a service, or with one that is gone, still reaches a lead`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            for service in ["", "no-such-service"] {
                let sent = try await house.browser(.stranger).post("/worried", ["words": "Somewhere.", "service": service])
                #expect(sent.status == 303)
            }
            let list = try await house.browser(.safeguarding).get("/worries", json: true).json()
            #expect((list["waiting"] as? [Any])?.count == 2)
        }
    }

    @Test(arguments: Engine.all) func `Where somebody came from is kept only if it is a page of ours`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for from in ["https://evil.example/", "//evil.example", "javascript:alert(1)", String(repeating: "/a", count: 400)] {
                _ = try await house.browser(.stranger).post("/worried", ["words": "w", "from": from])
            }
            _ = try await house.browser(.stranger).post("/worried", ["words": "w", "from": "/barnet-camhs?q=what+they+searched+for"])
            let pages: [String] = try await house.db.read { tx in try tx.values("SELECT page FROM worries ORDER BY page") }
            #expect(pages == ["", "", "", "", "/barnet-camhs"])
        }
    }

    @Test(arguments: Engine.all) func `A lead reads it, writes down what was done, finishes it and takes it up again; every line stays`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let id = try await house.worry("My friend is not safe.")
            let lead = house.browser(.safeguarding)
            #expect(try await lead.post("/worries/\(id)/seeing").status == 303)
            try await lead.send("/worries/\(id)/answers", "Rang the school.", at: "/worries/\(id)")
            try await lead.send("/worries/\(id)/answers", "They are safe.", ends: true, at: "/worries/\(id)")
            let ended = try await lead.get("/worries/\(id)")
            for words in ["Rang the school.", "They are safe.", "Finished", "My friend is not safe."] {
                #expect(ended.text.contains(words))
            }
            #expect(try await lead.get("/desk").text.contains("No worry is waiting."))
            try await lead.send("/worries/\(id)/opening", "It happened again.", at: "/worries/\(id)")
            let open = try await lead.get("/worries/\(id)").text
            for words in ["Rang the school.", "They are safe.", "It happened again."] { #expect(open.contains(words)) }
            #expect(try await lead.get("/desk").text.contains("1 worry waits"))
        }
    }

    @Test(arguments: Engine.all) func `Whoever floods the list is not refused, and does not hide the newest`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for number in 0..<60 {
                #expect(
                    try await house.browser(.stranger).post("/worried", ["words": "w \(number)", "service": "barnet-camhs"]).status == 303
                )
            }
            house.clock.turn(to: house.now.adding(minutes: 1))
            let newest = try await house.worry("My friend is not safe.")
            let lead = house.browser(.safeguarding)
            #expect(try await lead.get("/worries").text.contains("/worries/\(newest)"))
            let list = try await lead.get("/worries?page=2", json: true).json()
            #expect((list["waiting"] as? [Any])?.count == 11 && (list["newest"] as? [Any])?.count == 10)
        }
    }

    @Test(arguments: Engine.all) func `Two leads at once: the second sees what the first did`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let id = try await house.worry("w")
            let lead = house.browser(.safeguarding)
            let version = try #require(try await lead.get("/worries/\(id)").field("version"))
            #expect(try await lead.post("/worries/\(id)/answers", ["words": "First.", "version": version]).status == 303)
            let second = try await lead.post("/worries/\(id)/answers", ["words": "Second.", "version": version])
            #expect(second.status == 409)
            #expect(second.text.contains("Second."))
            #expect(try await !lead.get("/worries/\(id)").text.contains("Second."))
        }
    }

    @Test(arguments: Engine.all) func `A worry told on the evening before a bank holiday is due when the next working day ends`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            // Thursday before Good Friday 2026; Tuesday 7 April is the next working day.
            house.clock.turn(to: try #require(Moment(iso: "2026-04-02T20:00:00Z")))
            let page = try await house.browser(.stranger).get("/worried")
            #expect(page.text.contains("Tuesday 7 April 2026"))
        }
    }

    @Test(arguments: Engine.all) func `Where no lead is left, the administrator is told, and nobody else`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let warning = "Nobody is safeguarding lead for Barnet CAMHS."
            #expect(try await !house.browser(.administrator).get("/desk").text.contains(warning))
            let now = house.now
            _ = try await house.db.write { tx in
                try tx.run("UPDATE people SET closed_at = \(now) WHERE id IN (SELECT person FROM duties WHERE duty = 'safeguarding')")
            }
            #expect(try await house.browser(.administrator).get("/desk").text.contains(warning))
            #expect(try await !house.browser(.facilitator).get("/desk").text.contains(warning))
        }
    }

    @Test(arguments: Engine.all) func `A worry nobody read in time is late on the lead's desk`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.worry("w")
            house.clock.turn(days: 5)
            #expect(try await house.browser(.safeguarding).get("/desk").text.contains("1 has not been read in time."))
        }
    }
}

extension TestHouse {
    fileprivate func worry(_ words: String) async throws -> WorryID {
        let sent = try await browser(.stranger).post("/worried", ["words": words, "service": "barnet-camhs"])
        return try #require(sent.location?.split(separator: "/").last.flatMap { WorryID(String($0)) })
    }
}

extension TestBrowser {
    fileprivate func send(_ path: String, _ words: String, ends: Bool = false, at page: String) async throws {
        let version = try #require(try await get(page).field("version"))
        let answer =
            ends
            ? try await post(path, ["words": words, "version": version, "ends": "yes"])
            : try await post(path, ["words": words, "version": version])
        #expect(answer.status == 303)
    }
}
