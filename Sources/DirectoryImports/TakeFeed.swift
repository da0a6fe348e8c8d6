import Directory
import Finding
import Foundation
import Kernel
import OpenReferral
import Store
import Trail

/// Brings another directory in, and later what changed in it. What was changed here stays as it was changed here.
public struct TakeFeed: Sendable {
    public struct Count: Sendable, Equatable {
        public var new = 0
        public var changed = 0
        public var same = 0
        /// New, and held back until somebody decides whether the address may be shown.
        public var held = 0

        public var all: Int { new + changed + same }

        static func + (left: Count, right: Count) -> Count {
            Count(
                new: left.new + right.new,
                changed: left.changed + right.changed,
                same: left.same + right.same,
                held: left.held + right.held
            )
        }
    }

    /// Whose feed it is.
    public struct Feed: Sendable {
        public var name: String
        public var address: String
        public var licence: String
        public var note: String

        public init(name: String, address: String, licence: String = "", note: String = "") {
            self.name = name
            self.address = address
            self.licence = licence
            self.note = note
        }
    }

    let db: Database
    let feed: Feed
    let clock: @Sendable () -> Moment
    let tell: @Sendable (Count) async throws -> Void
    let faults: @Sendable ([FeedFault]) async throws -> Void

    public init(
        _ feed: Feed,
        into db: Database,
        clock: @escaping @Sendable () -> Moment = { .now() },
        tell: @escaping @Sendable (Count) async throws -> Void = { _ in },
        faults: @escaping @Sendable ([FeedFault]) async throws -> Void = { _ in }
    ) {
        self.feed = feed
        self.db = db
        self.clock = clock
        self.tell = tell
        self.faults = faults
    }

    private func deed() -> Deed { Deed(by: .system("import"), at: clock()) }

    /// From an address, by the standard's own questions; the second time only what changed since the first.
    public func run(_ reader: FeedReader) async throws -> Count {
        let source = try await source()
        var count = Count()
        var newest = source.after
        // Not every feed has these two lists; a service brings along who runs it all the same.
        try await whereThere(reader, "organizations", as: ORUK.Organization.self, key: \.id) { try await take($0, source.id) }
        try await whereThere(reader, "taxonomies", as: ORUK.Taxonomy.self, key: \.id) { try await take($0, source.id) }
        try await whereThere(reader, "taxonomy_terms", as: ORUK.TaxonomyTerm.self, key: \.id) { try await take($0, source.id) }
        let query = source.after.map { ["modified_after": $0] } ?? [:]
        try await reader.each("services", query, as: ORUK.Service.self, key: \.id, faults: faults) { services in
            count = count + (try await take(services, source.id))
            newest = max(newest ?? "", services.compactMap(\.lastModified).max() ?? "")
            try await tell(count)
        }
        // Only what was read to its end counts as read.
        let reached = newest
        _ = try await db.write { tx in
            try tx.run("UPDATE directory_sources SET modified_after = \(reached.flatMap { $0.isEmpty ? nil : $0 }) WHERE id = \(source.id)")
        }
        return count
    }

    /// A list that not every feed has. Where it leads somewhere forbidden, nothing else will do either.
    private func whereThere<Item: Decodable & Sendable>(
        _ reader: FeedReader,
        _ path: String,
        as type: Item.Type,
        key: @Sendable (Item) -> String,
        _ take: ([Item]) async throws -> Void
    ) async throws {
        do { try await reader.each(path, as: type, key: key, take) } catch let problem as FeedProblem {
            switch problem {
            case .inside, .unknownHost, .stopped: throw problem
            case .noAnswer, .notJSON, .tooLarge, .loops: break
            }
        }
    }

    /// From services at hand, such as the lines of a file.
    public func run(_ services: some Sequence<ORUK.Service>) async throws -> Count {
        let source = try await source()
        var count = Count()
        var some: [ORUK.Service] = []
        for service in services {
            some.append(service)
            guard some.count == Self.batch else { continue }
            count = count + (try await take(some, source.id))
            some = []
            try await tell(count)
        }
        return count + (try await take(some, source.id))
    }

    // 200: a transaction of some 50 ms, between which others write.
    static let batch = 200

    /// The feed's row, made the first time; sources are kept apart by their address.
    private func source() async throws -> (id: ImportID, after: String?) {
        let (feed, deed) = (feed, deed())
        return try await db.write { tx in try Self.source(feed, by: deed, tx) }
    }

    static func source(_ feed: Feed, by deed: Deed, _ tx: Transaction) throws -> (id: ImportID, after: String?) {
        let known = try tx.first("SELECT id, modified_after FROM directory_sources WHERE kind = 'oruk' AND address = \(feed.address)") {
            row in
            (id: try row.next() as ImportID, after: try row.next() as String?)
        }
        if let known { return known }
        let id: ImportID = deed.newID()
        try tx.run(
            """
            INSERT INTO directory_sources (id, kind, name, address, licence, note, made_by, made_at)
            VALUES (\(id), 'oruk', \(feed.name), \(feed.address), \(feed.licence), \(feed.note), \(deed.actor.personID), \(deed.at))
            """
        )
        try Trail.record("directory.feed-named", TrailSubject("import", id), at: .organisation, by: deed, in: tx)
        return (id, nil)
    }

    private func take(_ organizations: [ORUK.Organization], _ source: ImportID) async throws {
        let deed = deed()
        try await db.write { tx in for one in organizations { try FeedEntry.put(one, source, deed, tx) } }
    }

    private func take(_ taxonomies: [ORUK.Taxonomy], _ source: ImportID) async throws {
        try await db.write { tx in for one in taxonomies { try OtherTerms.put(one, source, tx) } }
    }

    /// Needs of another house of ours become needs here; words of others are kept as theirs.
    private func take(_ terms: [ORUK.TaxonomyTerm], _ source: ImportID) async throws {
        let deed = deed()
        try await db.write { tx in
            for term in terms {
                if term.taxonomyID == Needs.taxonomy, let id = TermID(term.id) {
                    try ChangeNeed.take(id, name: term.name, about: term.description, by: deed, tx)
                } else {
                    try OtherTerms.put(term, source, tx)
                }
            }
        }
    }

    private func take(_ services: [ORUK.Service], _ source: ImportID) async throws -> Count {
        guard !services.isEmpty else { return Count() }
        let deed = deed()
        return try await db.write { tx in try FeedEntry.take(services, source, deed, tx) }
    }
}

/// A service of a feed as an entry of ours.
enum FeedEntry {
    /// Puts in what is new and renews what changed, in one transaction.
    static func take(_ services: [ORUK.Service], _ source: ImportID, _ deed: Deed, _ tx: Transaction) throws -> TakeFeed.Count {
        var count = TakeFeed.Count()
        var fresh: [(entry: Entry, origin: EntryStore.Origin?)] = []
        let services = once(services)
        let known = try known(services.map(\.id), of: source, tx)
        var number = try EntryStore.nextNumber(tx)
        var places = try PlaceIDs(of: services, tx)
        for service in services {
            let service = places.own(service, of: try known[service.id]?.id ?? freshID(service, source, tx))
            if let old = known[service.id] {
                if try renew(old, service, source, deed, tx) { count.changed += 1 } else { count.same += 1 }
            } else {
                let entry = try made(service, number, source, deed, tx)
                fresh.append((entry, EntryStore.Origin(key: service.id, document: try document(entry.service))))
                number += 1
                count.new += 1
                if entry.state == .held { count.held += 1 }
            }
        }
        try EntryStore.insert(fresh, tx)
        try keepTerms(of: services, source, tx)
        guard count.new + count.changed > 0 else { return count }
        let facts = ["new": "\(count.new)", "changed": "\(count.changed)"]
        try Trail.record("directory.feed-read", TrailSubject("import", source), at: .organisation, facts: facts, by: deed, in: tx)
        return count
    }

    /// The first of those that a feed calls the same, also where it does so in capitals.
    private static func once(_ services: [ORUK.Service]) -> [ORUK.Service] {
        var seen: Set<String> = []
        return services.filter { seen.insert(EntryID($0.id)?.text ?? $0.id).inserted }
    }

    /// What services are listed under where they come from, also where their feed has no list of it.
    private static func keepTerms(of services: [ORUK.Service], _ source: ImportID, _ tx: Transaction) throws {
        let terms = services.flatMap { ($0.attributes ?? []).compactMap(\.taxonomyTerm) }
        let ours = Set(try NeedStore.all(tx).map(\.id.text) + Trait.allCases.map(\.id))
        let theirs = Dictionary(terms.filter { !ours.contains($0.id) }.map { ($0.id, $0) }) { first, _ in first }
        let known = Set(try OtherTerms.terms(tx).map(\.id))
        for term in theirs.values.sorted(by: { $0.id < $1.id }) where !known.contains(term.id) { try OtherTerms.put(term, source, tx) }
    }

    /// Those that came from this source before, by its own ids.
    static func known(_ keys: [String], of source: ImportID, _ tx: Transaction) throws -> [String: (id: EntryID, document: String)] {
        let rows = try tx.all(
            """
            SELECT source_key, id, COALESCE(source_document, '') FROM directory_entries
            WHERE source = \(source) AND source_key IN \(list: keys)
            """
        ) { row in (try row.next() as String, (id: try row.next() as EntryID, document: try row.next() as String)) }
        return Dictionary(rows) { first, _ in first }
    }

    static func document(_ service: ORUK.Service) throws -> String { String(decoding: try ORUK.bytes(service), as: UTF8.self) }

    static func put(_ organization: ORUK.Organization, _ source: ImportID, _ deed: Deed, _ tx: Transaction) throws {
        var organization = FeedCheck.checked(organization)
        guard let id = try providerID(organization.id, source, tx) else { return }
        organization.id = id.text
        try ProviderStore.put(organization, source: source, at: deed.at, tx)
    }

    /// What an organisation of this source is called here: as there, but where somebody else's has that name already. A feed speaks for its own.
    private static func providerID(_ theirs: String, _ source: ImportID, _ tx: Transaction) throws -> ProviderID? {
        let own = ProviderID(StableID.of("\(source):\(theirs)"))
        guard let id = ProviderID(theirs) else { return own }
        return try ProviderStore.isFree(id, for: source, tx) ? id : own
    }

    static func made(_ service: ORUK.Service, _ number: Int, _ source: ImportID, _ deed: Deed, _ tx: Transaction) throws -> Entry {
        let id = try freshID(service, source, tx)
        let isSuspect = mayHaveToStaySecret(service)
        var entry = Entry(id: id, number: number, service: own(service, id), state: isSuspect ? .held : .shown, source: source, at: deed.at)
        entry.provider = try provider(service, source, deed, tx)
        date(&entry, service, deed)
        return entry
    }

    /// As at its source, unless an entry here has that id already.
    private static func freshID(_ service: ORUK.Service, _ source: ImportID, _ tx: Transaction) throws -> EntryID {
        if let id = EntryID(service.id), try tx.count("SELECT COUNT(*) FROM directory_entries WHERE id = \(id)") == 0 { return id }
        guard let id = EntryID(StableID.of("\(source):\(service.id)")) else { throw Refusal.notFound }
        return id
    }

    /// Whether a person has to decide about its address first.
    private static func mayHaveToStaySecret(_ service: ORUK.Service) -> Bool {
        guard service.serviceAtLocations != nil else { return false }
        let words = [service.name, service.description ?? "", service.organization?.name ?? ""]
        return Prose.mustStaySecret(words.joined(separator: ". ")) != nil
    }

    /// - Returns: whether anything changed at the source.
    static func renew(
        _ old: (id: EntryID, document: String),
        _ service: ORUK.Service,
        _ source: ImportID,
        _ deed: Deed,
        _ tx: Transaction
    ) throws -> Bool {
        let theirs = own(service, old.id)
        let document = try document(theirs)
        guard document != old.document else { return false }
        var entry = try EntryStore.find(old.id, tx)
        let before = entry.service
        entry.service = try merged(ours: before, before: old.document, theirs: theirs)
        // What a person let through before is theirs to let through; what only now sounds like a refuge waits for them.
        if !entry.isSecret, entry.state == .shown, mayHaveToStaySecret(entry.service), !mayHaveToStaySecret(before) { entry.state = .held }
        if entry.isSecret { entry.service = entry.service.withoutAddress }
        entry.provider = try provider(service, source, deed, tx) ?? entry.provider
        date(&entry, service, deed)
        try EntryStore.renew(&entry, origin: EntryStore.Origin(key: service.id, document: entry.isSecret ? "" : document), by: deed, tx)
        return true
    }

    /// Without what we keep beside the document and what nothing can be made of, and with ids that are ours where theirs are none.
    private static func own(_ service: ORUK.Service, _ id: EntryID) -> ORUK.Service {
        var own = FeedCheck.checked(service).service
        own.id = id.text
        (own.organization, own.organizationID, own.lastModified, own.assuredDate) = (nil, nil, nil, nil)
        return own
    }

    private static func provider(_ service: ORUK.Service, _ source: ImportID, _ deed: Deed, _ tx: Transaction) throws -> ProviderID? {
        guard let organization = service.organization else {
            guard let id = try service.organizationID.flatMap({ try providerID($0, source, tx) }) else { return nil }
            return try ProviderStore.names([id], tx).keys.first
        }
        let id = try providerID(organization.id, source, tx)
        if let id, try ProviderStore.names([id], tx)[id] == organization.name { return id }
        try put(organization, source, deed, tx)
        return id
    }

    private static func date(_ entry: inout Entry, _ service: ORUK.Service, _ deed: Deed) {
        if let changed = service.lastModified.flatMap(moment) { entry.changedAt = changed }
        guard let day = service.assuredDate, let noon = Moment(iso: "\(day.prefix(10))T12:00:00Z") else { return }
        entry.assuredAt = noon
        entry.reviewDue = noon.adding(days: Entry.reviewDays)
    }

    /// ISO 8601, with or without fractions of a second.
    private static func moment(_ text: String) -> Moment? {
        if let date = try? Date(
            text,
            strategy: .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
        ) {
            return Moment(date)
        }
        return Moment(iso: text)
    }

    /// Member by member: what was changed here since the source last sent it stays, the rest is what the source says now.
    private static func merged(ours: ORUK.Service, before: String, theirs: ORUK.Service) throws -> ORUK.Service {
        func members(_ bytes: [UInt8]) throws -> [String: Member] { try JSONDecoder().decode([String: Member].self, from: Data(bytes)) }
        let (mine, now) = (try members(ORUK.bytes(ours)), try members(ORUK.bytes(theirs)))
        guard let then = try? members(Array(before.utf8)) else { return ours }
        var merged: [String: Member] = [:]
        for key in Set(mine.keys).union(now.keys) {
            let isOurs = mine[key] != then[key]
            merged[key] = isOurs ? mine[key] : now[key]
        }
        return try ORUK.read(ORUK.Service.self, Array(try JSONEncoder().encode(merged)))
    }

    /// Any JSON value, comparable.
    private indirect enum Member: Codable, Equatable {
        case text(String), number(Double), truth(Bool), list([Member]), object([String: Member]), nothing

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .nothing
            } else if let value = try? container.decode(Bool.self) {
                self = .truth(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else if let value = try? container.decode(String.self) {
                self = .text(value)
            } else if let value = try? container.decode([Member].self) {
                self = .list(value)
            } else {
                self = .object(try container.decode([String: Member].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .truth(let value): try container.encode(value)
            case .list(let value): try container.encode(value)
            case .object(let value): try container.encode(value)
            case .nothing: try container.encodeNil()
            }
        }
    }
}

/// Whose the ids of places are: two entries cannot both have one, whatever feeds say. The one that came later gets one of its own, the same each
/// time.
private struct PlaceIDs {
    private var owners: [String: EntryID]

    init(of services: [ORUK.Service], _ tx: Transaction) throws {
        let ids = services.flatMap { ($0.serviceAtLocations ?? []).map(\.id) }
        let rows = try tx.all("SELECT id, entry FROM directory_places WHERE id IN \(list: Array(Set(ids)).sorted())") { row in
            (try row.next() as String, try row.next() as EntryID)
        }
        owners = Dictionary(rows) { first, _ in first }
    }

    mutating func own(_ service: ORUK.Service, of entry: EntryID) -> ORUK.Service {
        var service = service
        var seen = Set<String>()
        service.serviceAtLocations = service.serviceAtLocations?.enumerated().map { number, place in
            var place = place
            if owners[place.id].map({ $0 != entry }) ?? false || !seen.insert(place.id).inserted {
                place.id = StableID.of("\(entry):place:\(number):\(place.id)")
            }
            owners[place.id] = entry
            return place
        }
        return service
    }
}
