import HTML
import Kernel
import Store
import Trail

/// Who runs this installation, such as an NHS trust.
public struct Organisation: Sendable, Encodable {
    public let name: String
    public let about: String
    public let version: Int

    public static let url = SafeURL.path("/organisation")

    public init(name: String, about: String, version: Int) {
        self.name = name
        self.about = about
        self.version = version
    }

    /// nil until somebody has named it.
    public static func find(_ tx: Transaction) throws -> Organisation? {
        try tx.first("SELECT name, about, version FROM organisation WHERE id = 1") { row in
            Organisation(name: try row.next(), about: try row.next(), version: try row.next())
        }
    }
}

/// Gives the organisation its name, or changes it.
public enum NameOrganisation {
    /// - Parameter version: of the organisation when the form was opened; 0 where it had no name yet.
    @discardableResult
    public static func run(name: String, about: String, version: Int, by deed: Deed, _ tx: Transaction) throws -> Organisation {
        try ServicePolicy.setUp(by: deed.actor)
        let before = try Organisation.find(tx)
        try EditCheck.newest(
            version,
            is: before?.version ?? 0,
            fields: [(W.name, before?.name ?? "", name), (W.about, before?.about ?? "", about)],
            again: .path("/organisation/name")
        )
        let after = Organisation(name: name, about: about, version: version + 1)
        try tx.run(
            """
            INSERT INTO organisation (id, name, about, version) VALUES (1, \(name), \(about), \(after.version))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, about = excluded.about, version = excluded.version
            """
        )
        try Trail.record("organisation.named", TrailSubject("organisation"), at: .organisation, by: deed, in: tx)
        return after
    }
}
