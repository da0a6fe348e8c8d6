import Directory
import Kernel
import OpenReferral
import Store

/// The words by which the directory is sorted: the organisation's needs, and what families ask first.
enum FeedTerms {
    static func taxonomies(_ tx: Transaction) throws -> [ORUK.Taxonomy] {
        let needs = ORUK.Taxonomy(id: Needs.taxonomy, name: W.needs, description: W.needsMeaning)
        return [needs] + TraitFamily.allCases.map { ORUK.Taxonomy(id: $0.id, name: $0.label, description: $0.label) }
            + (try OtherTerms.taxonomies(tx))
    }

    static func terms(_ tx: Transaction) throws -> [ORUK.TaxonomyTerm] {
        try NeedStore.all(tx).map(\.term) + Trait.allCases.map(\.term) + OtherTerms.terms(tx)
    }

    static func ids(of taxonomy: String, _ tx: Transaction) throws -> [String] {
        try terms(tx).filter { $0.taxonomyID == taxonomy }.map(\.id)
    }
}
