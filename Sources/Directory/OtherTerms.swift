import Kernel
import OpenReferral
import Store

/// Words of other directories, kept as they sent them: what their entries are listed under there, and we list under nothing of ours.
public enum OtherTerms {
    public static func put(_ taxonomy: ORUK.Taxonomy, _ source: ImportID, _ tx: Transaction) throws {
        guard TermID(taxonomy.id) != nil, !ours.contains(taxonomy.id) else { return }
        var bare = taxonomy
        bare.taxonomyTerms = nil
        try put("taxonomy", taxonomy.id, nil, String(decoding: try ORUK.bytes(bare), as: UTF8.self), source, tx)
    }

    public static func put(_ term: ORUK.TaxonomyTerm, _ source: ImportID, _ tx: Transaction) throws {
        guard TermID(term.id) != nil, !ours.contains(term.taxonomyID ?? "") else { return }
        try put("term", term.id, term.taxonomyID, String(decoding: try ORUK.bytes(term), as: UTF8.self), source, tx)
    }

    private static func put(_ kind: String, _ id: String, _ taxonomy: String?, _ document: String, _ source: ImportID, _ tx: Transaction)
        throws
    {
        let number = try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM directory_terms")
        try tx.run(
            """
            INSERT INTO directory_terms (id, kind, number, taxonomy, document, source)
            VALUES (\(id), \(kind), \(number), \(taxonomy), \(document), \(source))
            ON CONFLICT (id) DO UPDATE SET taxonomy = excluded.taxonomy, document = excluded.document
                WHERE directory_terms.source = excluded.source
            """
        )
    }

    /// In the order in which they came.
    public static func taxonomies(_ tx: Transaction) throws -> [ORUK.Taxonomy] { try read("taxonomy", tx) }
    public static func terms(_ tx: Transaction) throws -> [ORUK.TaxonomyTerm] { try read("term", tx) }

    private static func read<Thing: Decodable>(_ kind: String, _ tx: Transaction) throws -> [Thing] {
        try tx.all("SELECT document FROM directory_terms WHERE kind = \(kind) ORDER BY number") { row in
            try ORUK.read(Thing.self, Array((try row.next() as String).utf8))
        }
    }

    /// What we say ourselves stays ours, whatever a feed says under the same id.
    private static let ours: Set<String> = Set(TraitFamily.allCases.map(\.id) + [Needs.taxonomy])
}
