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

/// A feed that answers what it is told to.
private func reader(_ answer: @escaping @Sendable (_ path: String, _ page: Int) -> (Int, String)) -> FeedReader {
    FeedReader(base: "https://feed.example/oruk", pause: { _ in }) { url in
        let parts = url.split(separator: "?")
        let page = parts[1].split(separator: "&").first { $0.hasPrefix("page=") }.flatMap { Int($0.dropFirst(5)) } ?? 1
        let (status, body) = answer(String(parts[0].split(separator: "/").last ?? ""), page)
        return (status, Array(body.utf8))
    }
}

private func service(_ number: Int, _ more: String = "") -> String {
    #"{"id":"00000000-0000-4000-8000-\#(String(format: "%012d", number))","name":"Club \#(number)","status":"active"\#(more)}"#
}

private func page(_ services: [String], last: Bool, pages: Int = 1) -> String {
    #"{"total_pages":\#(pages),"last_page":\#(last),"contents":[\#(services.joined(separator: ","))]}"#
}

@Suite struct TakingFeedsIn {
    private let feed = TakeFeed.Feed(name: "A feed", address: "https://feed.example/oruk")

    private func take(_ house: TestHouse, _ reader: FeedReader) async throws -> TakeFeed.Count {
        let clock = house.clock
        return try await TakeFeed(feed, into: house.db, clock: { clock.now }).run(reader)
    }

    @Test(arguments: Engine.all) func `Our own feed brought into an empty house gives the same feed`(engine: Engine) async throws {
        try await engine.withDemo { demo in
            let there = try await demo.browser()
            let lists = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
            var all: [String: String] = [:]
            for list in lists { all[list] = try await there.get("/oruk/\(list)?per_page=1000").text }
            let original = all
            try await engine.withHouse { house in
                let count = try await take(house, reader { path, page in page == 1 ? (200, original[path] ?? "") : (404, "") })
                #expect(count.new == 59)
                // The two whose words suggest a secret address have none any more, so nothing is held back.
                #expect(count.held == 0)
                for list in lists {
                    let here = try await house.browser(.stranger).get("/oruk/\(list)?per_page=1000").text
                    #expect(here == original[list], "\(list)")
                }
                let again = try await take(house, reader { path, page in page == 1 ? (200, original[path] ?? "") : (404, "") })
                #expect(again == TakeFeed.Count(new: 0, changed: 0, same: 59, held: 0))
            }
        }
    }

    @Test(arguments: Engine.all) func `What was changed here stays, what changed there comes`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let first = page([service(1, #","description":"Old words","email":"old@example.org""#)], last: true)
            _ = try await take(house, reader { path, _ in path == "services" ? (200, first) : (404, "") })
            let id = try #require(EntryID("00000000-0000-4000-8000-000000000001"))
            try await house.does(.otherParent) { deed, tx in
                var draft = EntryDraft(try EntryStore.find(id, tx), provider: "")
                draft.description = "Our words"
                try ChangeEntry.run(id, to: draft, version: 1, by: deed, tx)
            }
            let second = page([service(1, #","description":"New words","email":"new@example.org""#)], last: true)
            let count = try await take(house, reader { path, _ in path == "services" ? (200, second) : (404, "") })
            let entry = try await house.db.read { tx in try EntryStore.find(id, tx) }
            #expect(count.changed == 1)
            #expect(entry.service.description == "Our words" && entry.service.email == "new@example.org")
        }
    }

    @Test func `A feed that lies about its pages is read to its end`() async throws {
        try await Engine.sqlite.withHouse { house in
            let count = try await take(
                house,
                reader { path, number in
                    guard path == "services" else { return (404, "") }
                    return (200, page(number <= 3 ? [service(number)] : [], last: false, pages: 1))
                }
            )
            #expect(count.new == 3)
        }
    }

    @Test func `A feed that goes round in circles is left, and what came stays`() async throws {
        try await Engine.sqlite.withHouse { house in
            await #expect(throws: FeedProblem.loops(page: 3)) {
                _ = try await take(
                    house,
                    reader { path, number in
                        path == "services" ? (200, page([service(number % 2)], last: false, pages: 9)) : (404, "")
                    }
                )
            }
            let kept = try await house.db.read { tx in try EntryStore.count(.shown, tx) }
            #expect(kept == 2)
        }
    }

    @Test func `A feed that breaks off halfway is asked again, and the next run goes on`() async throws {
        try await Engine.sqlite.withHouse { house in
            let pages = page([service(1)], last: false)
            await #expect(throws: FeedProblem.self) {
                _ = try await take(
                    house,
                    reader { path, number in path != "services" ? (404, "") : number == 1 ? (200, pages) : (500, "") }
                )
            }
            let after = try await house.db.read { tx in
                try tx.first("SELECT modified_after FROM directory_sources") { try $0.next() as String? } ?? nil
            }
            #expect(after == nil)
            let kept = try await house.db.read { tx in try EntryStore.count(.shown, tx) }
            #expect(kept == 1)
        }
    }

    @Test(arguments: ["<!doctype html><p>Sign in</p>", "[]", "", "{\"contents\":{}}"])
    func `What is no page of services says so`(body: String) async throws {
        try await Engine.sqlite.withHouse { house in
            await #expect(throws: FeedProblem.self) {
                _ = try await take(house, reader { path, _ in path == "services" ? (200, body) : (404, "") })
            }
        }
    }

    @Test(arguments: Engine.all) func `A refuge in a feed is held back until somebody decides`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let place =
                #""service_at_locations":[{"id":"00000000-0000-4000-9000-000000000001","location":{"id":"00000000-0000-4000-a000-000000000001","location_type":"physical","addresses":[{"id":"00000000-0000-4000-b000-000000000001","address_1":"5 Hidden Lane","city":"Sale","state_province":"England","postal_code":"M33 4BP","country":"GB","address_type":"physical"}]}}]"#
            let body = page([service(1, #","description":"A women's refuge",\#(place)"#)], last: true)
            let count = try await take(house, reader { path, _ in path == "services" ? (200, body) : (404, "") })
            #expect(count.held == 1)
            let stranger = house.browser(.stranger)
            #expect(!(try await stranger.get("/oruk/services").text.contains("Hidden")))
            #expect(try await stranger.get("/oruk/service_at_locations/00000000-0000-4000-9000-000000000001").status == 404)
            #expect(try await stranger.get("/directory/entries/00000000-0000-4000-8000-000000000001").status == 404)
        }
    }
}

@Suite struct ServingTheFeed {
    @Test(arguments: Engine.all) func `Parameters out of range are a problem document, and those in range are answered`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            for wrong in [
                "page=0", "page=x", "per_page=0", "per_page=100000", "format=xml", "full=maybe", "modified_after=yesterday",
                "taxonomy_term_id=7",
                "minimum_age=-1", "minimum_age=20&maximum_age=10", "start_time=25:00", "day=Monday", "postcode=75008", "proximity=5",
                "postcode=M33&proximity=-1",
            ] {
                let answer = try await stranger.get("/oruk/services?" + wrong)
                #expect(answer.status == 400, "\(wrong) gave \(answer.status)")
                #expect(answer.headers[.contentType] == "application/problem+json", "\(wrong)")
            }
            let right =
                "page=7&per_page=50&format=json&full=false&minimal=true&modified_after=2026-03-10T16:30:00.123Z&minimum_age=10&maximum_age=18&start_time=09:00&end_time=17:00&day=TU&search=club"
            #expect(try await stranger.get("/oruk/services?" + right).status == 200)
            #expect(try await stranger.get("/oruk/services/missing").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Questions narrow what is listed`(engine: Engine) async throws {
        try await engine.withDemo { demo in
            let stranger = try await demo.browser()
            func total(_ query: String, _ list: String = "services") async throws -> Int? {
                try await stranger.get("/oruk/\(list)?\(query)").json()["total_items"] as? Int
            }
            #expect(try await total("") == 59)
            #expect(try await total("", "service_at_locations") == 57)
            #expect(try await total("maximum_age=5") ?? 0 < 59)
            #expect(try await total("day=TU&start_time=19:00&end_time=20:00") == 1)
            #expect(try await total("postcode=M33&proximity=1000") ?? 0 < 20)
            #expect(try await total("search=samaritans") ?? 0 >= 1)
            let lines = try await stranger.get("/oruk/services?format=ndjson").text.split(separator: "\n")
            #expect(lines.count == 59)
            let first = try await stranger.get("/oruk/services?per_page=1")
            let etag = try #require(first.headers[.eTag])
            #expect(try await stranger.get("/oruk/services?per_page=1", headers: ["If-None-Match": etag]).status == 304)
        }
    }
}
