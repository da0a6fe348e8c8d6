import Directory
import Finding
import Foundation
import HTML
import HTTPTypes
import HouseSupport
import Kernel
import OpenReferral
import PathSupport
import Store
import TestSupport
import Testing
import Web

@testable import DirectoryPages

extension TestHouse {
    /// Three places with a postcode that is known, one with one that is not, and one whose address is secret.
    func settlePlaces() async throws {
        try await does(.otherParent) { deed, tx in
            let table: [(String, Double, Double)] = [
                ("M33", 53.4247, -2.3214), ("M33 4BP", 53.4190, -2.3290), ("WA14", 53.3870, -2.3650), ("M1", 53.4742, -2.2381),
                ("WA15", 53.3980, -2.3350),
            ]
            try BringPostcodes.run(
                table.compactMap { code, latitude, longitude in
                    guard let postcode = Postcode(code), let point = Point(latitude: latitude, longitude: longitude) else { return nil }
                    return (postcode, point)
                },
                by: deed,
                tx
            )
            for (number, postcode) in ["M33 4BP", "M33 4BP", "WA14 1AA", "ZE1 0AA", "M33 4BP"].enumerated() {
                var draft = EntryDraft()
                draft.name = "Club \(number + 1)"
                draft.isSecret = number == 4
                if !draft.isSecret { draft.addresses = [.init(line: "\(number + 1) High Street", town: "Sale", postcode: postcode)] }
                try AddEntry.run(draft, by: deed, tx)
            }
        }
    }
}

@Suite struct TheMap {
    @Test(arguments: Engine.all) func `Pins have the numbers of the list, and who is not on it is counted`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let stranger = house.browser(.stranger)
            let answer = try await stranger.get("/directory?q=club&view=map", json: true).json()
            let results = try #require(answer["results"] as? [[String: Any]])
            let map = try #require(answer["map"] as? [String: Any])
            let pins = try #require(map["pins"] as? [[String: Any]])
            let numbers = Dictionary(
                uniqueKeysWithValues: results.compactMap { one -> (String, Int)? in
                    guard let entry = one["entry"] as? [String: Any], let label = entry["label"] as? String,
                        let number = one["number"] as? Int
                    else { return nil }
                    return (label, number)
                }
            )
            #expect(numbers.count == 5 && pins.count == 3)
            #expect(pins.allSatisfy { numbers[$0["name"] as? String ?? ""] == $0["number"] as? Int })
            #expect(map["notOnMap"] as? Int == 2)
            let page = try await stranger.get("/directory?q=club&view=map").text
            #expect(page.contains("2 of these are not on the map"))
            #expect(page.components(separatedBy: "data-point=").count == 4)
            // No library on this machine of the tests: nothing to move around in, and nothing asked of anybody.
            #expect(!page.contains("data-movable"))
            let list = try await stranger.get("/directory?q=club").text
            #expect(!list.contains("<svg") && list.contains("view=map"))
        }
    }

    @Test(arguments: Engine.all) func `The directory's first page is kept for strangers, and nothing that somebody asked`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let stranger = house.browser(.stranger)
            let tag = try #require(try await stranger.get("/directory").headers[.eTag])
            #expect(try await stranger.get("/directory", headers: ["If-None-Match": tag]).status == 304)
            #expect(try await stranger.get("/directory?q=club&place=M33").headers[.eTag] == nil)
        }
    }

    @Test(arguments: Engine.all) func `Whoever says where they are sees circles around it, and districts by name`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let page = try await house.browser(.stranger).get("/directory?place=m33&view=map&miles=50").text
            #expect(page.contains("class=\"ring\"") && page.contains("class=\"you\"") && page.contains(">M33<"))
            #expect(page.contains(">WA15<"), "a district without a pin on its name")
            let names = try await house.db.read { tx in try PostcodeStore.outward(within: 53.4...53.5, -2.4...(-2.2), tx).map(\.code) }
            #expect(names == ["M1", "M33"])
        }
    }

    @Test(arguments: Engine.all) func `Pictures of the ground are let in from one host, on the map's page alone`(engine: Engine)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leaflet-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("script".utf8).write(to: folder.appending(path: "leaflet.js"))
        #expect(MapFacts.Library(folder: folder.path()) == nil, "a script without its sheet is no library")
        try Data("style".utf8).write(to: folder.appending(path: "leaflet.css"))
        let facts = MapFacts(
            library: MapFacts.Library(folder: folder.path()),
            tiles: MapFacts.Tiles(address: "https://tiles.example.org/{z}/{x}/{y}.png", by: "The Mappers")
        )
        let script = try #require(facts.library?.scriptURL.description)
        try await engine.withHouse(maps: facts) { house in
            try await house.settlePlaces()
            let stranger = house.browser(.stranger)
            let map = try await stranger.get("/directory?q=club&view=map")
            let policy = HTTPField.Name("Content-Security-Policy")
            #expect(policy.flatMap { map.headers[$0] }?.contains("img-src 'self' data: https://tiles.example.org;") == true)
            #expect(map.text.contains("data-movable") && map.text.contains("The Mappers") && map.text.contains("which area you look at"))
            let list = try await stranger.get("/directory?q=club")
            #expect(policy.flatMap { list.headers[$0] }?.contains("tiles") == false)
            #expect(try await stranger.get(script).text == "script")
        }
    }

    @Test(arguments: [
        "http://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/{z}/{x}.png",
        "https://evil.example; script-src */{z}/{x}/{y}",
        "https:///{z}/{x}/{y}", "https://me@tiles.example.org/{z}/{x}/{y}.png",
    ]) func `What is no address of pictures is refused`(address: String) { #expect(MapFacts.Tiles(address: address, by: "X") == nil) }

    @Test func `A mile is as long up as across, and north is up`() throws {
        let points = try [(53.40, -2.40), (53.50, -2.20)].map { try #require(Point(latitude: $0.0, longitude: $0.1)) }
        let frame = try #require(MapFrame(points))
        let (south, north) = (frame.spot(points[0]), frame.spot(points[1]))
        #expect(north.y < south.y && north.x > south.x)
        let drawn = ((north.x - south.x) * (north.x - south.x) + (north.y - south.y) * (north.y - south.y)).squareRoot()
        let real = points[0].metres(to: points[1])
        #expect(abs(drawn / frame.scale / real - 1) < 0.005)
        #expect(points.allSatisfy { MapFrame.holds(frame.spot($0), margin: PinPlaces.radius) })
    }

    @Test func `Pins on one spot stand apart, each on the sheet`() {
        let spots = [(x: Double, y: Double)](repeating: (x: 180, y: 190), count: 20) + [(x: 13, y: 13), (x: 14, y: 14)]
        let places = PinPlaces.apart(spots)
        for (number, one) in places.enumerated() {
            #expect(MapFrame.holds(one, margin: PinPlaces.radius))
            for other in places[..<number] {
                let (x, y) = (one.x - other.x, one.y - other.y)
                #expect(x * x + y * y >= 4 * PinPlaces.radius * PinPlaces.radius - 0.01)
            }
        }
    }
}

@Suite struct NamesOnTheMap {
    @Test func `A name covers neither a pin nor another name`() throws {
        var room = NameRoom(pins: [(100, 100)])
        let first = room.place("Sale", at: [(100, 100), (100, 78)])
        #expect(first?.y == 78)
        let second = room.place("Sale", at: [(101, 79), (2, 200)])
        #expect(second == nil, "taken, or over the edge")
    }
}
