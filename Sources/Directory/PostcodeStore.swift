import Finding
import Kernel
import Store
import Trail

/// Where postcodes are: a table that people bring along, so that nothing is asked of anybody outside.
public enum PostcodeStore {
    /// Points by postcode, full ones and first halves.
    public static func points(_ postcodes: [Postcode], _ tx: Transaction) throws -> [String: Point] {
        guard !postcodes.isEmpty else { return [:] }
        let keys = Array(Set(postcodes.flatMap { [$0.key, $0.outward] }))
        var found: [String: Point] = [:]
        for start in stride(from: 0, to: keys.count, by: 500) {
            let some = Array(keys[start..<min(start + 500, keys.count)])
            for (code, point) in try tx.all(
                "SELECT code, latitude, longitude FROM directory_postcodes WHERE code IN \(list: some)",
                { row in
                    (try row.next() as String, Point(latitude: try row.next(), longitude: try row.next()))
                }
            ) { found[code] = point }
        }
        return found
    }

    /// Where this is, as exactly as we know; nil where we do not.
    public static func point(_ postcode: Postcode, _ tx: Transaction) throws -> Point? {
        let found = try points([postcode], tx)
        return found[postcode.key] ?? found[postcode.outward]
    }

    /// First halves whose middle lies within these degrees, at most 80: what a map names its parts by.
    public static func outward(within latitudes: ClosedRange<Double>, _ longitudes: ClosedRange<Double>, _ tx: Transaction) throws
        -> [(code: String, point: Point)]
    {
        // The very condition of the index directory_postcodes_outward, so that a table of two million postcodes is not read through.
        let rows = try tx.all(
            """
            SELECT code, latitude, longitude FROM directory_postcodes WHERE length(code) < 5
                AND latitude BETWEEN \(latitudes.lowerBound) AND \(latitudes.upperBound)
                AND longitude BETWEEN \(longitudes.lowerBound) AND \(longitudes.upperBound)
            ORDER BY code LIMIT 80
            """
        ) { row in
            (code: try row.next() as String, point: Point(latitude: try row.next(), longitude: try row.next()))
        }
        return rows.compactMap { row in row.point.map { (row.code, $0) } }
    }

    public static func count(_ tx: Transaction) throws -> Int { try tx.count("SELECT COUNT(*) FROM directory_postcodes") }
}

/// Brings in where postcodes are, and works out anew where every entry is that was nowhere before.
public enum BringPostcodes {
    /// - Returns: how many were new or moved.
    @discardableResult
    public static func run(_ points: [(postcode: Postcode, point: Point)], by deed: Deed, _ tx: Transaction) throws -> Int {
        try DirectoryPolicy.edit(by: deed.actor)
        for start in stride(from: 0, to: points.count, by: 200) {
            let rows = points[start..<min(start + 200, points.count)].map { one -> SQL in
                "(\(one.postcode.key), \(one.point.latitude), \(one.point.longitude))"
            }
            try tx.run(
                """
                INSERT INTO directory_postcodes (code, latitude, longitude) VALUES \(rows.joined(separator: ", "))
                ON CONFLICT (code) DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude
                """
            )
        }
        try refresh(tx)
        try Trail.record(
            "directory.postcodes-brought",
            TrailSubject("directory"),
            at: .organisation,
            facts: ["count": "\(points.count)"],
            by: deed,
            in: tx
        )
        return points.count
    }

    private static func refresh(_ tx: Transaction) throws {
        let ids = try tx.values("SELECT DISTINCT entry FROM directory_places WHERE postcode IS NOT NULL", as: EntryID.self)
        guard !ids.isEmpty else { return }
        let seq = try EntryStore.nextSeq(tx)
        for id in ids {
            let entry = try EntryStore.find(id, tx)
            let provider = try entry.provider.flatMap { try ProviderStore.names([$0], tx)[$0] }
            let finding = FindingItem(entry, provider: provider, try PostcodeStore.points(entry.service.postcodes, tx)).text
            try tx.run("UPDATE directory_entries SET finding = \(finding), seq = \(seq) WHERE id = \(id) AND finding <> \(finding)")
        }
    }
}
