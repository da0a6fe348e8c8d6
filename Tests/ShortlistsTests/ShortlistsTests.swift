import Directory
import Foundation
import HTTPTypes
import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import Shortlists

@Suite struct PassingOnALists {
    static func entry(_ name: String, in house: TestHouse, _ change: @escaping @Sendable (inout EntryDraft) -> Void = { _ in })
        async throws -> EntryID
    {
        var draft = EntryDraft()
        draft.name = name
        draft.phone = "0161 496 0000"
        change(&draft)
        let written = draft
        return try await house.does(.otherParent) { deed, tx in try AddEntry.run(written, by: deed, tx) }
    }

    static func list(of who: Character, _ entries: [EntryID], in house: TestHouse) async throws -> ShortlistID {
        try await house.does(who) { deed, tx in
            let list = try StartList.run(title: "For Kim", by: deed, tx).list
            for entry in entries { try PutOnList.run(entry, on: list, as: ListHolder(deed.actor), by: deed, tx) }
            return list
        }
    }

    static func link(to list: ShortlistID, of who: Character, in house: TestHouse) async throws -> String {
        try await house.does(who) { deed, tx in try PassOn.run(list, days: 30, as: ListHolder(deed.actor), by: deed, tx) }
    }

    @Test(arguments: Engine.all) func `A stranger's list is in their browser, and nobody else opens it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (club, group) = (try await Self.entry("Club", in: house), try await Self.entry("Group", in: house))
            let stranger = house.browser(.stranger)
            let first = try await stranger.post("/lists/places", ["entry": club.text])
            let second = try await stranger.post("/lists/places", ["entry": group.text])
            let path = try #require(first.location).components(separatedBy: "?")[0]
            #expect(first.status == 303 && second.location?.hasPrefix(path) == true && stranger.pocket?.utf8.count == 29)
            let page = try await stranger.get(path)
            #expect(page.text.contains("Club") && page.text.contains("Group") && page.text.contains(stranger.pocket ?? "?"))
            #expect(page.headers[.cacheControl] == "private, no-store" && page.text.contains("noindex"))
            for who in Character.allCases { #expect(try await house.browser(who).get(path).status == 404) }
            let code = stranger.pocket ?? ""
            let kept = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM shortlists WHERE digest = \(code)") }
            #expect(kept == 0, "the database holds no code, only its digest")
        }
    }

    @Test(arguments: Engine.all) func `Two strangers who press the same button of the same kept page get a list each`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let club = try await Self.entry("Club", in: house)
            let page = try await house.browser(.stranger).get("/directory/entries/\(club)")
            let again = try await house.browser(.stranger).get("/directory/entries/\(club)")
            let token = try #require(page.field("submission"))
            #expect(again.field("submission") == token, "the page is kept for all strangers")
            var lists: Set<String> = []
            for _ in 1...2 {
                let browser = house.browser(.stranger)
                // The first press makes the list, the second finds it there.
                for _ in 1...2 {
                    let list = try await browser.post("/lists/places", ["entry": club.text, "submission": token]).location ?? ""
                    #expect(try await browser.get(list).status == 200)
                    lists.insert(list)
                }
            }
            #expect(lists.count == 2)
        }
    }

    @Test(arguments: Engine.all) func `Its owner's address opens it again, after a look`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let club = try await Self.entry("Club", in: house)
            let (first, later) = (house.browser(.stranger), house.browser(.stranger))
            let list = try #require(try await first.post("/lists/places", ["entry": club.text]).location).components(separatedBy: "?")[0]
            let code = try #require(first.pocket)
            let look = try await later.get("/lists/link/\(code.uppercased())")
            #expect(look.status == 200 && look.text.contains("Club") && later.pocket == nil, "looking makes it nobody's list")
            #expect(try await later.post("/lists/link/\(code)/opening").location == list && later.pocket == code)
            #expect(try await later.get(list).status == 200)
            #expect(try await later.get("/passed/\(code)").status == 404, "an owner's code is no link")
            // Forgotten in this browser, there for the address.
            _ = try await later.post(list + "/forgetting")
            #expect(later.pocket == nil)
            #expect(try await later.get(list).status == 404)
            #expect(try await later.get("/lists/link/\(code)").status == 200)
        }
    }

    @Test(arguments: Engine.all) func `Somebody signed in lists for themselves alone`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let club = try await Self.entry("Club", in: house)
            let list = try await Self.list(of: .parent, [club], in: house)
            for who in Character.allCases {
                #expect(try await house.browser(who).get("/lists/\(list)").status == (who == .parent ? 200 : 404))
            }
            let change = try await house.allowed { deed, tx in
                try ChangeList.run(list, title: "Mine", notes: [:], as: ListHolder(deed.actor), by: deed, tx)
            }
            let pass = try await house.allowed { deed, tx in
                _ = try PassOn.run(list, days: 7, as: ListHolder(deed.actor), by: deed, tx)
            }
            let end = try await house.allowed { deed, tx in try ThrowAway.run(list, as: ListHolder(deed.actor), by: deed, tx) }
            #expect(change == [.parent] && pass == [.parent] && end == [.parent])
        }
    }

    @Test(arguments: Engine.all) func `Whichever button is pressed, what was typed beside each place is kept`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (club, group) = (try await Self.entry("Club", in: house), try await Self.entry("Group", in: house))
            let list = try await Self.list(of: .parent, [club, group], in: house)
            let browser = house.browser(.parent)
            let sent = try await browser.post(
                "/lists/\(list)",
                ["title": "Ours", "why-\(club)": "Ask for Sam", "why-\(group)": "Near school", "do": "up \(group)"]
            )
            #expect(sent.status == 303)
            let places = try await house.db.read { tx in try ListStore.places(of: list, tx) }
            #expect(places.map(\.entry) == [group, club] && places.map(\.note) == ["Near school", "Ask for Sam"])
            let long = String(repeating: "x", count: 201)
            let refused = try await browser.post("/lists/\(list)", ["title": "", "why-\(club)": long, "do": "off \(group)"])
            #expect(refused.status == 422 && refused.text.contains(long) && refused.hiddenProblems.isEmpty)
            #expect(try await house.db.read { tx in try ListStore.places(of: list, tx).count } == 2)
            _ = try await browser.post("/lists/\(list)", ["title": "Ours", "why-\(club)": "", "why-\(group)": "", "do": "off \(group)"])
            #expect(try await house.db.read { tx in try ListStore.places(of: list, tx).map(\.entry) } == [club])
        }
    }

    @Test(arguments: Engine.all) func `A link shows what is so now, says what changed or went, and shows no secret address`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let club = try await Self.entry("Club", in: house) {
                $0.addresses = [.init(line: "1 Oak Road", town: "Sale", postcode: "M33 4BP")]
            }
            let (gone, same) = (try await Self.entry("Gone", in: house), try await Self.entry("Same", in: house))
            let list = try await Self.list(of: .clinician, [club, gone, same], in: house)
            let code = try await Self.link(to: list, of: .clinician, in: house)
            let stranger = house.browser(.stranger)
            let before = try await stranger.get("/passed/\(code)").text
            #expect(before.contains("1 Oak Road") && before.contains("0161 496 0000") && !before.contains("This changed on"))
            house.clock.turn(days: 2)
            try await house.does(.otherParent) { deed, tx in
                var draft = EntryDraft()
                (draft.name, draft.phone, draft.isSecret) = ("Club", "0161 496 9999", true)
                try ChangeEntry.run(club, to: draft, version: 1, by: deed, tx)
                try WithdrawEntry.run(gone, why: "Closed", by: deed, tx)
                try ConfirmEntry.run(same, by: deed, tx)
            }
            for path in ["/passed/\(code)", "/passed/\(code)/print"] {
                let after = try await stranger.get(path)
                #expect(after.text.contains("0161 496 9999") && !after.text.contains("Oak Road"))
                #expect(after.text.components(separatedBy: "This changed on").count == 2, "being checked is no change")
                #expect(after.text.contains("no longer in the directory"))
                #expect(after.headers[.cacheControl] == "private, no-store" && after.text.contains("noindex"))
            }
        }
    }

    @Test(arguments: Engine.all) func `A link ends when its day comes and when somebody ends it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let list = try await Self.list(of: .parent, [try await Self.entry("Club", in: house)], in: house)
            let (one, two) = (try await Self.link(to: list, of: .parent, in: house), try await Self.link(to: list, of: .parent, in: house))
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get("/passed/\(one)").status == 200)
            let links = try await house.db.read { tx in try ListLink.open(list, at: house.now, tx) }
            let ended = try await house.db.read { tx in
                try tx.value("SELECT id FROM list_links WHERE digest = \(ListCode.digest(one, for: .link))") as ListLinkID?
            }
            #expect(links.count == 2)
            #expect(try await house.browser(.parent).post("/lists/\(list)/links/\(try #require(ended))/end").status == 303)
            #expect(try await stranger.get("/passed/\(one)").status == 404)
            #expect(try await stranger.get("/passed/\(two)").status == 200)
            house.clock.turn(days: 31)
            #expect(try await stranger.get("/passed/\(two)").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Who has left the service opens none of the lists they made there, and families keep theirs`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let list = try await Self.list(of: .clinician, [try await Self.entry("Club", in: house)], in: house)
            let code = try await Self.link(to: list, of: .clinician, in: house)
            let browser = house.browser(.clinician)
            let asked = ["who": "Kim", "channel": "text", "number": "07700 900123", "agreed": "yes"] as KeyValuePairs
            #expect(try await browser.post("/lists/\(list)/sending", asked).status == 303)
            let sending = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM list_sendings") as String? })
            #expect(try await browser.get("/sendings/\(sending)").text.contains("07700 900123"))
            _ = try await house.db.write { tx in try tx.run("DELETE FROM members WHERE person = \(house.cast.person(.clinician))") }
            // What was still to be sent, and to whom, is no longer theirs either.
            #expect(try await browser.get("/sendings/\(sending)").status == 404)
            #expect(try await browser.post("/sendings/\(sending)/link").status == 404)
            #expect(try await !browser.get("/sendings").text.contains("Kim"))
            #expect(try await browser.get("/lists/\(list)").status == 404)
            #expect(try await !browser.get("/lists").text.contains("For Kim"))
            #expect(try await browser.post("/lists/\(list)", ["title": "Mine"]).status == 404)
            let passed = try await house.browser(.stranger).get("/passed/\(code)").text
            #expect(passed.contains("Club") && passed.contains("Somebody at Barnet CAMHS"))
        }
    }

    @Test(arguments: Engine.all) func `What a stranger wrote beside a place is said to be their words`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let list = try await Self.list(of: .parent, [try await Self.entry("Club", in: house)], in: house)
            let code = try await Self.link(to: list, of: .parent, in: house)
            let page = try await house.browser(.stranger).get("/passed/\(code)").text
            #expect(page.contains("their own words, not ours") && !page.contains("Barnet CAMHS"))
        }
    }

    @Test(arguments: Engine.all) func `What a clinician adds after passing a list on goes on another one`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (club, group) = (try await Self.entry("Club", in: house), try await Self.entry("Group", in: house))
            let browser = house.browser(.clinician)
            func add(_ entry: EntryID) async throws -> String {
                try #require(try await browser.post("/lists/places", ["entry": entry.text]).location).components(separatedBy: "?")[0]
            }
            let first = try await add(club)
            #expect(try await add(group) == first)
            _ = try await browser.post(first + "/links", ["days": "7", "then": "link"])
            let second = try await add(group)
            #expect(second != first)
            house.clock.turn(days: 1)
            #expect(try await add(club) != second, "tomorrow is another family's")
            _ = try await browser.post(first + "/hand")
            #expect(try await add(club) == first)
        }
    }

    @Test(arguments: Engine.all) func `Neither the trail nor the log of forms knows what is on a list`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let club = try await Self.entry("Club", in: house)
            let before = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM trail WHERE subject = \(club) OR facts LIKE \("%\(club)%")")
            }
            let stranger = house.browser(.stranger)
            let list = try #require(
                try await stranger.post("/lists/places", ["entry": club.text, "submission": "mark-of-this-form-0001"]).location
            )
            _ = try await stranger.post(list.components(separatedBy: "?")[0], ["title": "Mine", "why-\(club)": "secretwhy", "do": "save"])
            let found = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM trail WHERE subject = \(club) OR facts LIKE \("%\(club)%") OR facts LIKE '%secretwhy%'")
                    - before
                    + tx.count("SELECT COUNT(*) FROM submissions WHERE location LIKE '%/lists/%'")
            }
            let told = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail WHERE what LIKE 'list.%'") }
            #expect(found == 0 && told == 3)
        }
    }

    @Test(arguments: Engine.all)
    func `A list to be sent is seen by the service's scribes and who asked, and its number goes when it is done`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let list = try await Self.list(of: .clinician, [try await Self.entry("Club", in: house)], in: house)
            let browser = house.browser(.clinician)
            let refused = try await browser.post("/lists/\(list)/sending", ["who": "Kim", "channel": "text", "number": "07700 900123"])
            #expect(refused.status == 422 && refused.text.contains("Ask them first") && refused.text.contains("07700 900123"))
            let asked = ["who": "Kim", "channel": "text", "number": "07700 900123", "agreed": "yes"] as KeyValuePairs
            #expect(try await browser.post("/lists/\(list)/sending", asked).status == 303)
            let id = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM list_sendings") as String? })
            for who in Character.allCases {
                let page = try await house.browser(who).get("/sendings/\(id)")
                #expect((page.status == 200) == [.clinician, .facilitator].contains(who), "\(who)")
                let all = try await house.browser(who).get("/sendings")
                #expect(all.text.contains("To Kim") == [.clinician, .facilitator].contains(who), "\(who)")
            }
            let made = try await house.browser(.facilitator).post("/sendings/\(id)/link")
            let link = try #require(made.text.firstMatch(of: #/https://heard\.example(/passed/[a-z0-9-]+)/#)).1
            #expect(made.text.contains("Somebody at Barnet CAMHS sent you a list of places that may help") && !made.text.contains("Club"))
            #expect(try await house.browser(.stranger).get(String(link)).status == 200)
            #expect(try await house.browser(.facilitator).post("/sendings/\(id)/tries", ["outcome": "sent"]).status == 303)
            let left = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM list_sendings WHERE contact IS NOT NULL OR who <> '' OR ended_at IS NULL")
            }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.all) func `On the phone a scribe finds by age and cost, adds, reads out and writes down the answer`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let club = try await Self.entry("Music club", in: house) {
                ($0.minimumAge, $0.maximumAge, $0.cost) = (13, 17, .free)
            }
            _ = try await Self.entry("Music for adults", in: house) { $0.minimumAge = 18 }
            let scribe = house.browser(.scribe)
            for who in Character.allCases {
                let isOpen = try await house.browser(who).get("/lists/phone").status == 200
                #expect(isOpen == [.scribe, .facilitator, .clinician].contains(who), "\(who)")
            }
            let found = try await scribe.get("/lists/phone?q=music&age=14&free=yes").text
            #expect(found.contains("Music club") && !found.contains("Music for adults"))
            #expect(found.contains("It is for people from 13 to 17 years old. About the cost: It costs nothing. Somebody checked this on"))
            #expect(try await scribe.get("/lists/phone?q=music&age=old").text.contains("Write an age in years"))
            let added = try await scribe.post(
                "/lists/places",
                ["entry": club.text, "list": "new", "then": "phone", "back": "/lists/phone?q=music&age=14"]
            )
            let path = try #require(added.location)
            #expect(path.hasSuffix("/phone?q=music&age=14"))
            let page = try await scribe.get(path).text
            #expect(page.contains("The first place is called Music club.") && page.contains("0 1 6 1, … 4 9 6, … 0 0 0 0"))
            for words in ["from 13 to 17 years old.", "About the cost: It costs nothing.", "We do not know who has to ask them."] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(!page.contains("How to get in:"))
            let here = path.components(separatedBy: "?")[0]
            _ = try await scribe.post(here, ["read-\(club)": "yes", "said-\(club)": "Will ring on Monday"])
            #expect(try await scribe.get(here).text.contains("Will ring on Monday"))
            let read = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM shortlist_places WHERE read_at IS NOT NULL") }
            #expect(read == 1)
        }
    }

    @Test(arguments: Engine.all) func `What a browser carried goes into an account when its owner says so`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            let club = try await Self.entry("Club", in: house)
            let list = try #require(try await stranger.post("/lists/places", ["entry": club.text]).location).components(separatedBy: "?")[0]
            let parent = house.browser(.parent)
            parent.pocket = stranger.pocket
            #expect(try await parent.post(list + "/keeping").status == 303)
            #expect(parent.pocket == nil)
            #expect(try await parent.get(list).status == 200)
            #expect(try await stranger.get(list).status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Lists without an account go after ninety days in which nobody changed them`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let club = try await Self.entry("Club", in: house)
            _ = try await house.browser(.stranger).post("/lists/places", ["entry": club.text])
            _ = try await Self.list(of: .parent, [club], in: house)
            for (days, left) in [(89, 2), (2, 1)] {
                house.clock.turn(days: days)
                let now = house.now
                try await house.db.write { tx in try SweepLists.run(at: now, tx) }
                #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM shortlists") } == left)
            }
        }
    }

    @Test(arguments: [
        ("0161 496 0000", "0 1 6 1|4 9 6|0 0 0 0"), ("01614960000", "0 1 6 1|4 9 6|0 0 0 0"), ("02079460123", "0 2 0|7 9 4 6|0 1 2 3"),
        ("07700900123", "0 7 7 0 0|9 0 0|1 2 3"), ("(0800) 1111", "0 8 0 0|1 1 1 1"), ("116123", "1 1 6 1 2 3"), ("none", ""),
        ("+441614960000", "plus 4 4|1 6 1 4|9 6 0|0 0 0"), ("08001111", "0 8 0 0|1 1 1|1"),
    ]) func `A number is read out digit by digit, in the groups people use`(written: String, spoken: String) {
        #expect(SpokenNumber.groups(written).joined(separator: "|") == spoken)
    }
}
