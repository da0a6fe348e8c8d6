import Finding
import HTML
import Kernel
import OpenReferral
import Services
import Store
import Trail

/// A need by which entries are found, and what people say for it.
public struct Need: Sendable, Encodable {
    public let id: TermID
    public let number: Int
    public let name: String
    public let about: String
    public let said: [String]
    public let isGone: Bool
    public let version: Int

    static let columns: SQL = "id, number, name, about, said, is_gone, version"

    init(_ row: inout Row) throws {
        id = try row.next()
        number = try row.next()
        name = try row.next()
        about = try row.next()
        said = (try row.next() as String).split(separator: "\n").map { String($0) }
        isGone = try row.next()
        version = try row.next()
    }

    public var term: ORUK.TaxonomyTerm {
        var term = ORUK.TaxonomyTerm(id: id.text, name: name, description: about.isEmpty ? name : about)
        term.taxonomy = W.needs
        term.taxonomyID = Needs.taxonomy
        term.term = name
        return term
    }
}

public enum NeedStore {
    /// Those that are in use, in the order of the alphabet.
    public static func all(_ tx: Transaction) throws -> [Need] {
        try tx.all("SELECT \(Need.columns) FROM directory_needs WHERE is_gone = 0 ORDER BY name\(tx.dialect.byteOrder), id") {
            try Need(&$0)
        }
    }

    public static func find(_ id: TermID, _ tx: Transaction) throws -> Need {
        guard let found = try tx.first("SELECT \(Need.columns) FROM directory_needs WHERE id = \(id)", { try Need(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }
}

/// Adds a need, or changes what it is called and what people say for it.
public enum ChangeNeed {
    public static func add(name: String, about: String, said: [String], by deed: Deed, _ tx: Transaction) throws -> TermID {
        try DirectoryPolicy.edit(by: deed.actor)
        let id: TermID = deed.newID()
        let number = try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM directory_needs")
        try tx.run(
            """
            INSERT INTO directory_needs (id, number, name, about, said)
            VALUES (\(id), \(number), \(name), \(about), \(said.joined(separator: "\n")))
            """
        )
        try record("need.added", id, deed, tx)
        return id
    }

    public static func run(
        _ id: TermID,
        name: String,
        about: String,
        said: [String],
        version: Int,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let need = try NeedStore.find(id, tx)
        try EditCheck.newest(
            version,
            is: need.version,
            fields: [
                (W.needName, need.name, name), (W.needAbout, need.about, about),
                (W.needSaid, need.said.joined(separator: "\n"), said.joined(separator: "\n")),
            ],
            again: .path("/directory/needs", id)
        )
        try tx.run(
            """
            UPDATE directory_needs SET name = \(name), about = \(about), said = \(said.joined(separator: "\n")), version = version + 1
            WHERE id = \(id)
            """
        )
        try record("need.changed", id, deed, tx)
    }

    /// A need that came with a feed, under its own id; one that is here already stays as it is.
    public static func take(_ id: TermID, name: String, about: String, by deed: Deed, _ tx: Transaction) throws {
        try DirectoryPolicy.edit(by: deed.actor)
        let number = try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM directory_needs")
        let added = try tx.run(
            """
            INSERT INTO directory_needs (id, number, name, about, said) VALUES (\(id), \(number), \(name), \(about), '') ON CONFLICT (id) DO NOTHING
            """
        )
        if added > 0 { try record("need.added", id, deed, tx) }
    }

    private static func record(_ what: String, _ id: TermID, _ deed: Deed, _ tx: Transaction) throws {
        try tx.run("UPDATE directory_head SET needs_seq = needs_seq + 1 WHERE id = 1")
        try Trail.record(what, TrailSubject("need", id), at: .organisation, by: deed, in: tx)
    }
}
