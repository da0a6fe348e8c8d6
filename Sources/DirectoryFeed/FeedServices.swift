import Directory
import Foundation
import Kernel
import OpenReferral
import Store

/// Entries as the standard shows them: whole, with who runs them.
enum FeedServices {
    static func whole(_ numbers: [Int], _ tx: Transaction) throws -> [ORUK.Service] {
        let entries = try EntryStore.shown(numbers, tx)
        let providers = try ProviderStore.all(entries.compactMap(\.provider), tx)
        return entries.map { whole($0, $0.provider.flatMap { providers[$0] }) }
    }

    /// Throws `.notFound` for what not everybody sees.
    static func find(_ id: EntryID, _ tx: Transaction) throws -> ORUK.Service {
        let entry = try EntryStore.find(id, tx)
        guard entry.state == .shown else { throw Refusal.notFound }
        return whole(entry, try entry.provider.map { try ProviderStore.find($0, tx) })
    }

    private static func whole(_ entry: Entry, _ provider: ORUK.Organization?) -> ORUK.Service {
        var service = entry.isSecret ? entry.service.withoutAddress : entry.service
        service.organization = provider
        service.organizationID = provider?.id
        service.lastModified = time(entry.changedAt)
        service.assuredDate = entry.assuredAt.map { String(time($0).prefix(10)) }
        return service
    }

    /// `2026-03-10T16:30:00.123Z`: the standard asks for milliseconds.
    static func time(_ moment: Moment) -> String {
        moment.date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
    }

    /// Without what is nested in it.
    static func bare(_ service: ORUK.Service) -> ORUK.Service {
        var bare = service
        (bare.schedules, bare.serviceAreas, bare.serviceAtLocations, bare.languages) = (nil, nil, nil, nil)
        (bare.organization, bare.funding, bare.costOptions, bare.contacts, bare.attributes) = (nil, nil, nil, nil, nil)
        bare.additionalURLs = nil
        return bare
    }

    /// Its id and when it changed, with the two members that the schema asks of every service.
    static func minimal(_ service: ORUK.Service) -> ORUK.Service {
        var minimal = ORUK.Service(id: service.id, name: service.name, status: service.status)
        minimal.lastModified = service.lastModified
        return minimal
    }

    static func shaped(_ service: ORUK.Service, _ question: FeedQuestion) -> ORUK.Service {
        if question.isMinimal { return minimal(service) }
        return question.isFull ? service : bare(service)
    }

    // MARK: Places

    static func places(_ wanted: [(number: Int, place: String)], full: Bool, _ tx: Transaction) throws -> [ORUK.ServiceAtLocation] {
        let services = try whole(Array(Set(wanted.map(\.number))), tx)
        var byPlace: [String: ORUK.ServiceAtLocation] = [:]
        for service in services {
            for place in service.serviceAtLocations ?? [] { byPlace[place.id] = shown(place, of: service, full: full) }
        }
        return wanted.compactMap { byPlace[$0.place] }
    }

    static func place(_ id: String, _ tx: Transaction) throws -> ORUK.ServiceAtLocation {
        let entry: EntryID? = try tx.value("SELECT entry FROM directory_places WHERE id = \(id)")
        guard let entry else { throw Refusal.notFound }
        let service = try find(entry, tx)
        guard let place = service.serviceAtLocations?.first(where: { $0.id == id }) else { throw Refusal.notFound }
        return shown(place, of: service, full: true)
    }

    private static func shown(_ place: ORUK.ServiceAtLocation, of service: ORUK.Service, full: Bool) -> ORUK.ServiceAtLocation {
        var place = place
        place.serviceID = service.id
        place.locationID = place.location?.id
        var whole = full ? service : bare(service)
        whole.serviceAtLocations = nil
        place.service = whole
        return place
    }

    // MARK: Organizations

    /// Those that run something everybody sees, in the order in which they came in.
    static func organizations(_ words: String, limit: Int, offset: Int, _ tx: Transaction) throws -> [ORUK.Organization] {
        try tx.all(
            "SELECT document FROM directory_providers WHERE \(running(words, tx.dialect)) ORDER BY number LIMIT \(limit) OFFSET \(offset)"
        ) { try ORUK.read(ORUK.Organization.self, Array((try $0.next() as String).utf8)) }
    }

    static func countOrganizations(_ words: String, _ tx: Transaction) throws -> Int {
        try tx.count("SELECT COUNT(*) FROM directory_providers WHERE \(running(words, tx.dialect))")
    }

    private static func running(_ words: String, _ dialect: Dialect) -> SQL {
        let runs: SQL = """
            EXISTS (SELECT 1 FROM directory_entries WHERE directory_entries.provider = directory_providers.id AND directory_entries.state = 'shown')
            """
        return words.isEmpty ? runs : "\(runs) AND \(dialect.contains("directory_providers.name", words))"
    }

    static func organization(_ id: ProviderID, withServices: Bool, _ tx: Transaction) throws -> ORUK.Organization {
        guard try tx.count("SELECT COUNT(*) FROM directory_entries WHERE provider = \(id) AND state = 'shown'") > 0 else {
            throw Refusal.notFound
        }
        let found = try ProviderStore.find(id, tx)
        return withServices ? try withItsServices(found, tx) : found
    }

    static func withItsServices(_ organization: ORUK.Organization, _ tx: Transaction) throws -> ORUK.Organization {
        var whole = organization
        let numbers = try tx.values(
            "SELECT number FROM directory_entries WHERE provider = \(organization.id) AND state = 'shown' ORDER BY number LIMIT 1000",
            as: Int.self
        )
        whole.services = try self.whole(numbers, tx).map { service in
            var service = service
            service.organization = nil
            return service
        }
        return whole
    }
}
