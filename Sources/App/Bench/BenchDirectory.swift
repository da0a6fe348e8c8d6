import Directory
import DirectoryImports
import Finding
import Foundation
import Kernel
import OpenReferral
import Store

extension BenchData {
    /// Fills the directory of an empty database with made-up services around made-up towns, through the same use case as a feed.
    ///
    /// - Returns: how long it took, in seconds.
    public static func fillDirectory(_ db: Database, services: Int, tell: @escaping @Sendable (String) -> Void) async throws -> Double {
        let points = DirectoryTowns.postcodes
        _ = try await db.write { tx in try BringPostcodes.run(points, by: Deed(by: .system("bench"), at: .now()), tx) }
        let began = Date()
        let feed = TakeFeed.Feed(name: "Made up", address: "bench")
        let take = TakeFeed(
            feed,
            into: db,
            tell: { count in if count.all.isMultiple(of: 10_000) { tell("\(count.all) services, \(residentMiB) MiB") } }
        )
        _ = try await take.run((0..<services).lazy.map(DirectoryTowns.service))
        return Date().timeIntervalSince(began)
    }

    /// Brings a list in CSV into the directory of an empty database, as an editor would on the pages: taken, columns as guessed, every row
    /// checked, and what is fine brought in.
    ///
    /// - Returns: how long it took, in seconds.
    /// - Throws: whatever is wrong with the file.
    public static func fillDirectory(_ db: Database, list path: String) async throws -> Double {
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let began = Date()
        let file = try ImportFile(bytes)
        _ = try await db.write { tx in
            let deed = Deed(by: .system("bench"), at: .now())
            let id = try StartImport.run(file, name: "A list", licence: "", note: "", by: deed, tx)
            try NameColumns.run(id, try Import.find(id, tx).columns, by: deed, tx)
            try BringIn.run(id, by: deed, tx)
        }
        return Date().timeIntervalSince(began)
    }

    /// Of this process, as the kernel counts it.
    private static var residentMiB: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1_024
    }
}

/// The same services on every machine: nothing in here is left to chance.
enum DirectoryTowns {
    /// 500 towns on a grid over England, each with an outward code.
    static var postcodes: [(postcode: Postcode, point: Point)] {
        (0..<500).compactMap { town in
            guard let postcode = Postcode(code(town)), let point = point(town) else { return nil }
            return (postcode, point)
        }
    }

    private static func code(_ town: Int) -> String {
        let letters = Array("ABCDEFGHIJ")
        return "\(letters[town / 50])\(letters[town / 10 % 5])\(town % 10 + 1)"
    }

    private static func point(_ town: Int) -> Point? {
        Point(latitude: 50.5 + Double(town / 25) * 0.22, longitude: -3.5 + Double(town % 25) * 0.2)
    }

    static func service(_ number: Int) -> ORUK.Service {
        func pick(_ list: [String], _ step: Int) -> String { list[number / step % list.count] }
        // Spread by a multiplication, so that neighbours in number are no neighbours on the map.
        let town = number &* 7_919 % 500
        var service = ORUK.Service(id: StableID.of("bench:\(number)"), name: "\(pick(kinds, 1)) \(pick(groups, 13)) \(number)")
        service.description = "\(pick(sentences, 1)) \(pick(sentences, 17)) \(pick(sentences, 291)) For \(pick(whom, 5))."
        let low = [nil, 5.0, 11, 13, 16, 18][number % 6]
        (service.minimumAge, service.maximumAge) = (low, low.map { $0 + Double(number % 9) })
        if let point = point(town) {
            var location = ORUK.Location(id: StableID.of("bench-location:\(number)"), locationType: .physical)
            // Within some three miles of the town.
            (location.latitude, location.longitude) = (
                point.latitude + Double(number % 89 - 44) / 1_000, point.longitude + Double(number % 61 - 30) / 1_000
            )
            service.serviceAtLocations = [ORUK.ServiceAtLocation(id: StableID.of("bench-place:\(number)"), location: location)]
        }
        service.organization = ORUK.Organization(
            id: StableID.of("bench-organization:\(number / 20)"),
            name: "\(pick(groups, 20)) of town \(number / 20)",
            description: "Made up."
        )
        return service
    }

    private static let kinds = [
        "Anxiety", "Autism", "Art", "Music", "Walking", "Counselling", "Listening", "Family", "Young carers", "Bereavement", "Eating",
        "Sleep",
        "Drop-in",
    ]
    private static let groups = [
        "group", "club", "café", "service", "project", "helpline", "network", "centre", "circle", "trust", "place",
    ]
    private static let whom = ["children", "teenagers", "young people", "parents", "families", "everybody", "carers"]
    private static let sentences = [
        "Meet others who feel as you do.", "Qualified counsellors see people for six sessions.", "Bring a friend or come alone.",
        "Support for people who feel lonely or isolated.", "We run courses on worry and low mood.", "A safe space to be yourself.",
        "Help with school, exams and bullying.", "Someone to talk to on the telephone every evening.", "Advice about rights and benefits.",
        "Gentle exercise in the park.", "Crafts, cooking and a cup of tea.", "For those who lost somebody.", "Mentors of your own age.",
        "Speech and language support.", "Online groups for those who cannot travel.", "Family therapy and workshops for parents.",
        "A quiet room whenever it gets too much.",
    ]
}
