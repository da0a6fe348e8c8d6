import Finding
import Kernel
import OpenReferral
import Store

public enum EntryStore {
    /// Throws `.notFound` where there is none.
    public static func find(_ id: EntryID, _ tx: Transaction) throws -> Entry {
        let found = try tx.first("SELECT \(Entry.columns) FROM directory_entries WHERE directory_entries.id = \(id)") { try Entry(&$0) }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// Those with these numbers, in the order in which they were asked for. Nobody sees here what is not shown.
    public static func shown(_ numbers: [Int], _ tx: Transaction) throws -> [Entry] {
        let rows = try tx.all(
            """
            SELECT \(Entry.columns) FROM directory_entries
            WHERE directory_entries.number IN \(list: numbers) AND directory_entries.state = \(Entry.State.shown)
            """
        ) { try Entry(&$0) }
        let byNumber = Dictionary(rows.map { ($0.number, $0) }) { first, _ in first }
        return numbers.compactMap { byNumber[$0] }
    }

    /// Whether anybody ever put anything in.
    public static func isEmpty(_ tx: Transaction) throws -> Bool {
        try tx.value("SELECT 1 FROM directory_entries LIMIT 1", as: Int.self) == nil
    }

    public static func count(_ state: Entry.State, _ tx: Transaction) throws -> Int {
        try tx.count("SELECT COUNT(*) FROM directory_entries WHERE state = \(state)")
    }

    // MARK: Writing

    /// Where an entry came from, as its source names it, and what it sent.
    public struct Origin: Sendable {
        public let key: String
        public let document: String

        public init(key: String, document: String) {
            self.key = key
            self.document = document
        }
    }

    public static func nextNumber(_ tx: Transaction) throws -> Int {
        try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM directory_entries")
    }

    static func nextSeq(_ tx: Transaction) throws -> Int {
        try tx.run("UPDATE directory_head SET seq = seq + 1 WHERE id = 1")
        return try tx.value("SELECT seq FROM directory_head WHERE id = 1") ?? 0
    }

    /// Puts in new entries, many in one statement. Their numbers must be fresh.
    public static func insert(_ entries: [(entry: Entry, origin: Origin?)], _ tx: Transaction) throws {
        guard !entries.isEmpty else { return }
        let seq = try nextSeq(tx)
        let names = try ProviderStore.names(entries.compactMap(\.entry.provider), tx)
        let postcodes = try PostcodeStore.points(entries.flatMap { $0.entry.service.postcodes }, tx)
        let rows = try entries.map { entry, origin -> SQL in
            let finding = FindingItem(entry, provider: entry.provider.flatMap { names[$0] }, postcodes).text
            return """
                (\(entry.id), \(entry.number), \(seq), \(entry.state), \(entry.name), \(entry.folded), \(entry.provider), \(try entry.document),
                 \(finding), \(entry.isSecret), \(entry.source), \(origin?.key), \(origin?.document), \(entry.became), \(entry.assuredAt),
                 \(entry.reviewDue), \(entry.madeAt), \(entry.changedAt), \(entry.version))
                """
        }
        try tx.run(
            """
            INSERT INTO directory_entries (id, number, seq, state, name, folded, provider, document, finding, secret, source, source_key,
                source_document, became, assured_at, review_due, made_at, changed_at, version)
            VALUES \(rows.joined(separator: ", "))
            """
        )
        try insertPlaces(entries.map(\.entry), tx)
        try EntryReach.put(entries.map(\.entry), tx)
    }

    /// Writes what an entry is now over what it was, and keeps what it was as a version of its history.
    ///
    /// - Parameters:
    ///   - what: one word for what was done, such as `changed`.
    ///   - why: in somebody's words; may be empty.
    ///   - name: of somebody without an account, such as an owner who came by a link.
    static func update(
        _ entry: inout Entry,
        what: String,
        why: String,
        name: String? = nil,
        origin: Origin? = nil,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try tx.run(
            """
            INSERT INTO directory_versions (entry, version, state, document, provider, secret, what, why, at, by_whom, by_name)
            SELECT id, version, state, document, provider, secret, \(what), \(why), \(deed.at), \(deed.actor.personID), \(name)
            FROM directory_entries WHERE id = \(entry.id)
            """
        )
        entry.version += 1
        entry.changedAt = deed.at
        if entry.isSecret { entry.service = entry.service.withoutAddress }
        entry.service = try withOwnPlaces(entry, tx)
        let provider = try entry.provider.flatMap { try ProviderStore.names([$0], tx)[$0] }
        let postcodes = try PostcodeStore.points(entry.service.postcodes, tx)
        try tx.run(
            """
            UPDATE directory_entries SET seq = \(try nextSeq(tx)), state = \(entry.state), name = \(entry.name), folded = \(entry.folded),
                provider = \(entry.provider), document = \(try entry.document),
                finding = \(FindingItem(entry, provider: provider, postcodes).text), secret = \(entry.isSecret), became = \(entry.became),
                source_document = COALESCE(\(origin?.document), source_document), assured_at = \(entry.assuredAt),
                review_due = \(entry.reviewDue), changed_at = \(entry.changedAt), version = \(entry.version)
            WHERE id = \(entry.id)
            """
        )
        try tx.run("DELETE FROM directory_places WHERE entry = \(entry.id)")
        try insertPlaces([entry], tx)
        try EntryReach.renew(entry, tx)
        if entry.isSecret { try forgetAddresses(of: entry.id, tx) }
    }

    /// What a source says now, over what it said before. When it changed is the source's own to say.
    public static func renew(_ entry: inout Entry, origin: Origin, by deed: Deed, _ tx: Transaction) throws {
        let changed = entry.changedAt
        try update(&entry, what: "renewed", why: "", origin: origin, by: deed, tx)
        entry.changedAt = changed
        try tx.run("UPDATE directory_entries SET changed_at = \(changed) WHERE id = \(entry.id)")
    }

    /// What is brought back may hold a place whose id another entry has by now.
    private static func withOwnPlaces(_ entry: Entry, _ tx: Transaction) throws -> ORUK.Service {
        var service = entry.service
        guard let places = service.serviceAtLocations, !places.isEmpty else { return service }
        let held = Set(
            try tx.values(
                "SELECT id FROM directory_places WHERE entry <> \(entry.id) AND id IN \(list: Array(Set(places.map(\.id))))",
                as: String.self
            )
        )
        service.serviceAtLocations = places.map { place in
            var place = place
            if held.contains(place.id) { place.id = StableID.of("\(entry.id):\(place.id)") }
            return place
        }
        return service
    }

    private static func insertPlaces(_ entries: [Entry], _ tx: Transaction) throws {
        let rows = entries.flatMap { entry in
            (entry.service.serviceAtLocations ?? []).map { place -> SQL in
                let postcode = place.location?.addresses?.first.flatMap { Postcode($0.postalCode)?.key }
                return "(\(place.id), \(entry.id), \(postcode))"
            }
        }
        guard !rows.isEmpty else { return }
        try tx.run("INSERT INTO directory_places (id, entry, postcode) VALUES \(rows.joined(separator: ", "))")
    }

    /// A secret address leaves the history as well: undoing something must not bring it back, and what came in with it goes too.
    private static func forgetAddresses(of id: EntryID, _ tx: Transaction) throws {
        let versions = try tx.all("SELECT version, document FROM directory_versions WHERE entry = \(id)") { row in
            (version: try row.next() as Int, document: try row.next() as String)
        }
        for (version, document) in versions {
            let service = try ORUK.read(ORUK.Service.self, Array(document.utf8))
            guard service.serviceAtLocations != nil else { continue }
            let text = String(decoding: try ORUK.bytes(service.withoutAddress), as: UTF8.self)
            try tx.run("UPDATE directory_versions SET document = \(text) WHERE entry = \(id) AND version = \(version)")
        }
        try tx.run("UPDATE directory_entries SET source_document = NULL WHERE id = \(id)")
        // The rows of files that it came in with, whatever their columns were taken for.
        try tx.run("UPDATE directory_import_rows SET cells = '[]', findings = '[]' WHERE entry = \(id)")
        // And what became part of it, which may have been the one that had the address.
        for part in try tx.values("SELECT id FROM directory_entries WHERE became = \(id)", as: EntryID.self) {
            try forgetAddresses(of: part, tx)
        }
    }
}

extension Entry {
    /// Its name as names are compared.
    public var folded: String { Folding.words(name, limit: 30).joined(separator: " ") }

    var document: String {
        get throws { String(decoding: try ORUK.bytes(service), as: UTF8.self) }
    }
}

extension ORUK.Service {
    public var postcodes: [Postcode] {
        (serviceAtLocations ?? []).compactMap { $0.location?.addresses?.first.flatMap { Postcode($0.postalCode) } }
    }
}

extension FindingItem {
    init(_ entry: Entry, provider: String?, _ postcodes: [String: Point]) {
        self.init()
        let service = entry.service
        name = entry.name
        organization = provider ?? ""
        // By parts of letters: counting letters takes long where somebody piled them up.
        description = String((service.description ?? "").unicodeScalars.prefix(2_000))
        terms = service.termIDs
        languages = (service.languages ?? []).compactMap { $0.name ?? $0.code }
        minimumAge = service.minimumAge.map { Int($0) }
        maximumAge = service.maximumAge.map { Int($0) }
        traits = Trait.allCases.reduce(into: []) { if service.has($1) { $0.insert($1.finding) } }
        if service.isFree { traits.insert(.free) }
        if service.costOptions != nil || service.fees != nil { traits.insert(.costs) }
        if service.email != nil || service.url != nil || service.textNumber != nil || service.chat != nil { traits.insert(.withoutPhoning) }
        places = (service.serviceAtLocations ?? []).map { place in
            FindingItem.Place(
                id: place.id,
                point: place.location.flatMap { $0.point(postcodes) },
                town: place.location?.addresses?.first.flatMap { $0.city == $0.address1 ? nil : $0.city } ?? ""
            )
        }
        hours = (service.schedules ?? []).compactMap(\.hours)
    }
}

extension ORUK.Location {
    /// Where it is: as its own numbers say, else as its postcode does, else as the first half of that does.
    public func point(_ postcodes: [String: Point]) -> Point? {
        if let latitude, let longitude, let point = Point(latitude: latitude, longitude: longitude) { return point }
        guard let postcode = addresses?.first.flatMap({ Postcode($0.postalCode) }) else { return nil }
        return postcodes[postcode.key] ?? postcodes[postcode.outward]
    }
}
