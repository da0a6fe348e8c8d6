import Finding
import Kernel
import OpenReferral
import Store

/// Who runs what stands in the directory, kept once for all their services.
public enum ProviderStore {
    public static func find(_ id: ProviderID, _ tx: Transaction) throws -> ORUK.Organization {
        let found = try tx.first("SELECT document FROM directory_providers WHERE id = \(id)") { try $0.next() as String }
        guard let found else { throw Refusal.notFound }
        return try ORUK.read(ORUK.Organization.self, Array(found.utf8))
    }

    public static func all(_ ids: [ProviderID], _ tx: Transaction) throws -> [ProviderID: ORUK.Organization] {
        let rows = try tx.all("SELECT id, document FROM directory_providers WHERE id IN \(list: Array(Set(ids)))") { row in
            (try row.next() as ProviderID, try ORUK.read(ORUK.Organization.self, Array((try row.next() as String).utf8)))
        }
        return Dictionary(rows) { first, _ in first }
    }

    public static func names(_ ids: [ProviderID], _ tx: Transaction) throws -> [ProviderID: String] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.all("SELECT id, name FROM directory_providers WHERE id IN \(list: Array(Set(ids)))") { row in
            (try row.next() as ProviderID, try row.next() as String)
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// The one with this name, made where there is none: who writes an entry types a name, not an id.
    static func named(_ name: String, by deed: Deed, _ tx: Transaction) throws -> ProviderID {
        let folded = Folding.words(name, limit: 30).joined(separator: " ")
        if let known: ProviderID = try tx.value("SELECT id FROM directory_providers WHERE folded = \(folded) ORDER BY number") {
            return known
        }
        let id: ProviderID = deed.newID()
        try put(ORUK.Organization(id: id.text, name: name, description: name), source: nil, at: deed.at, tx)
        return id
    }

    /// Whether this source may say who has this id: nobody has it, or somebody whom this source brought in.
    public static func isFree(_ id: ProviderID, for source: ImportID, _ tx: Transaction) throws -> Bool {
        try tx.count("SELECT COUNT(*) FROM directory_providers WHERE id = \(id) AND (source IS NULL OR source <> \(source))") == 0
    }

    /// Writes one as a source has it, over what it was.
    public static func put(_ organization: ORUK.Organization, source: ImportID?, at now: Moment, _ tx: Transaction) throws {
        guard let id = ProviderID(organization.id) else { throw Refusal.notFound }
        var organization = organization
        organization.services = nil
        let number = try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM directory_providers")
        let folded = Folding.words(organization.name, limit: 30).joined(separator: " ")
        let document = String(decoding: try ORUK.bytes(organization), as: UTF8.self)
        try tx.run(
            """
            INSERT INTO directory_providers (id, number, name, folded, document, source, changed_at)
            VALUES (\(id), \(number), \(organization.name), \(folded), \(document), \(source), \(now))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, document = excluded.document,
                changed_at = excluded.changed_at
            """
        )
    }
}
