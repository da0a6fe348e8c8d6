import Directory
import Foundation
import HTTPTypes
import HouseSupport
import Kernel
import OpenReferral
import PathSupport
import Store
import TestSupport
import Testing

@testable import DirectoryImports

/// Feeds that are meant to break what reads them, and feeds that reach for what is not theirs.
@Suite struct HostileFeeds {
    private static let one = "00000000-0000-4000-8000-000000000001"

    private func take(_ house: TestHouse, from name: String = "feed", _ services: String) async throws -> TakeFeed.Count {
        let clock = house.clock
        let body = #"{"last_page":true,"contents":[\#(services)]}"#
        let feed = TakeFeed.Feed(name: "A feed", address: "https://\(name).example/oruk")
        let reader = FeedReader(base: feed.address, pause: { _ in }) { url in
            url.contains("/services?") ? (200, Array(body.utf8)) : (404, [])
        }
        return try await TakeFeed(feed, into: house.db, clock: { clock.now }).run(reader)
    }

    private static func place(_ line: String) -> String {
        #""service_at_locations":[{"id":"00000000-0000-4000-9000-000000000001","location":{"id":"00000000-0000-4000-a000-000000000001","location_type":"physical","addresses":[{"id":"00000000-0000-4000-b000-000000000001","address_1":"\#(line)","city":"Sale","state_province":"England","postal_code":"M33 4BP","country":"GB","address_type":"physical"}]}}]"#
    }

    static let bombs = [
        #""minimum_age":1e300,"maximum_age":-1e300"#,
        #""cost_options":[{"id":"00000000-0000-4000-8000-000000000002","amount":1e300}]"#,
        #""schedules":[{"id":"00000000-0000-4000-8000-000000000002","freq":"WEEKLY","interval":1e300,"byday":"MO,TU,WE,TH,FR,SA,SU","opens_at":"00:00","closes_at":"23:59","dtstart":"2026-01-01"}]"#,
        #""schedules":[{"id":"00000000-0000-4000-8000-000000000002","freq":"MONTHLY","byday":"-9223372036854775808MO,-9223372036854775808TU,-9223372036854775808WE,-9223372036854775808TH,-9223372036854775808FR,-9223372036854775808SA,-9223372036854775808SU","opens_at":"00:00","closes_at":"23:59","dtstart":"2026-01-01"}]"#,
        #""schedules":[{"id":"00000000-0000-4000-8000-000000000002","freq":"MONTHLY","bymonthday":"99999999999999999999,-9223372036854775808","opens_at":"00:00","closes_at":"23:59"}]"#,
        #""email":1e300,"url":-1e300"#,
    ]

    @Test(arguments: bombs) func `Numbers that no whole number holds stop nothing, neither now nor when the entry is read`(bomb: String)
        async throws
    {
        try await Engine.sqlite.withHouse { house in
            let count = try await take(house, #"{"id":"\#(Self.one)","name":"Zebra","status":"active",\#(bomb)}"#)
            #expect(count.new == 1)
            let stranger = house.browser(.stranger)
            for path in [
                "/directory?q=zebra", "/directory?q=zebra&open=yes&age=14&free=yes", "/directory/entries/\(Self.one)", "/oruk/services",
            ] {
                #expect(try await stranger.get(path).status == 200, "\(path)")
            }
            #expect(try await house.browser(.otherParent).get("/directory/entries/\(Self.one)/edit").status == 200)
        }
    }

    @Test func `A letter with a hundred thousand accents holds up nobody`() async throws {
        let pile = "pile a" + String(repeating: "\u{301}\u{323}", count: 60_000)
        try await Engine.sqlite.withHouse { house in
            _ = try await take(house, #"{"id":"\#(Self.one)","name":"\#(pile)","description":"\#(pile)","status":"active"}"#)
            #expect(try await house.browser(.stranger).get("/directory?q=pile").text.contains("pile"))
            // What is kept is what has to be sorted at each search: minutes for all of it, nothing for thirty.
            let id = try #require(EntryID(Self.one))
            let name = try await house.db.read { tx in try EntryStore.find(id, tx).name }
            #expect(name.unicodeScalars.count < 60)
        }
    }

    @Test func `A text as long as a book is cut, and overrides that turn words round are left out`() async throws {
        let book = String(repeating: "word ", count: 600_000)
        try await Engine.sqlite.withHouse { house in
            _ = try await take(house, #"{"id":"\#(Self.one)","name":"a\u202Eb","description":"\#(book)","status":"active"}"#)
            let id = try #require(EntryID(Self.one))
            let service = try await house.db.read { tx in try EntryStore.find(id, tx).service }
            #expect(service.name == "ab")
            #expect((service.description?.utf8.count ?? 0) <= 20_000)
        }
    }

    @Test(arguments: Engine.all) func `A feed says nothing of organisations that others brought in or wrote`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let clinic = try await house.does(.otherParent) { deed, tx in
                var draft = EntryDraft()
                (draft.name, draft.provider) = ("Real clinic", "The Trust")
                return try AddEntry.run(draft, by: deed, tx)
            }
            let trust = try await house.db.read { tx in try #require(EntryStore.find(clinic, tx).provider) }
            let theirs = #""organization":{"id":"\#(trust)","name":"Not the Trust","description":"d"}"#
            _ = try await take(house, #"{"id":"\#(Self.one)","name":"Club","status":"active",\#(theirs)}"#)
            let id = try #require(EntryID(Self.one))
            let club = try await house.db.read { tx in try #require(EntryStore.find(id, tx).provider) }
            func name(_ provider: ProviderID) async throws -> String {
                try await house.db.read { tx in try ProviderStore.find(provider, tx).name }
            }
            #expect(try await name(trust) == "The Trust")
            #expect(try await name(club) == "Not the Trust")
            // Its own it may rename, and finds again under the same id.
            let renamed = theirs.replacing("Not the Trust", with: "Ours")
            _ = try await take(house, #"{"id":"\#(Self.one)","name":"Club","email":"new@example.org","status":"active",\#(renamed)}"#)
            #expect(try await name(club) == "Ours")
        }
    }

    @Test(arguments: Engine.all) func `What only later sounds like a refuge is held back then`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await take(house, #"{"id":"\#(Self.one)","name":"Willow Club","status":"active",\#(Self.place("9 Open Lane"))}"#)
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get("/directory/entries/\(Self.one)").status == 200)
            let later =
                #"{"id":"\#(Self.one)","name":"Willow Club","description":"We are a women’s refuge.","status":"active",\#(Self.place("9 New Lane"))}"#
            #expect(try await take(house, later).changed == 1)
            #expect(try await stranger.get("/directory/entries/\(Self.one)").status == 404)
            for path in ["/directory/list.csv", "/oruk/services"] {
                #expect(!(try await stranger.get(path).text.contains("New Lane")), "\(path)")
            }
        }
    }

    @Test(arguments: Engine.all) func `What was taken out is not read through what became part of it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            func add(_ name: String, _ line: String) async throws -> EntryID {
                try await house.does(.otherParent) { deed, tx in
                    var draft = EntryDraft()
                    (draft.name, draft.addresses) = (name, [.init(line: line, town: "Sale", postcode: "M33 4BP")])
                    return try AddEntry.run(draft, by: deed, tx)
                }
            }
            let (first, second, third) = (try await add("A", "1 Lane"), try await add("B", "2 Lane"), try await add("C", "13 Hidden Lane"))
            try await house.does(.otherParent) { deed, tx in
                try MergeEntries.run(first, into: second, by: deed, tx)
                try MergeEntries.run(second, into: third, by: deed, tx)
            }
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get("/directory/entries/\(first)").text.contains("13 Hidden Lane"))
            try await house.does(.otherParent) { deed, tx in try WithdrawEntry.run(third, why: "It must not be public", by: deed, tx) }
            for id in [first, second, third] {
                let answer = try await stranger.get("/directory/entries/\(id)")
                #expect(answer.status == 410 && !answer.text.contains("Hidden"), "\(id)")
            }
        }
    }

    @Test(arguments: Engine.all) func `Two directories with the same places are kept apart, and each is found again`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let two = "00000000-0000-4000-8000-000000000002"
            func services(_ id: String) -> String {
                #"{"id":"\#(Self.one)","name":"Club","status":"active",\#(Self.place("1 Lane"))},"#
                    + #"{"id":"\#(id)","name":"Other","status":"active",\#(Self.place("1 Lane"))}"#
            }
            #expect(try await take(house, from: "first", services(two)).new == 2)
            #expect(try await take(house, from: "second", services(two)).new == 2)
            let places = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM directory_places") }
            #expect(places == 4)
            #expect(try await take(house, from: "first", services(two)) == TakeFeed.Count(new: 0, changed: 0, same: 2, held: 0))
            #expect(try await take(house, from: "second", services(two)) == TakeFeed.Count(new: 0, changed: 0, same: 2, held: 0))
        }
    }
}
