import Directory
import Finding
import HTML
import Kernel
import OpenReferral
import Store
import Web

public enum FeedRoutes {
    // 200 items are some 300 KB: a piece of a stream that nobody waits for.
    private static let piece = 200

    public static func add(to site: Site, indexes: DirectoryIndexes) {
        site.data("/oruk") { visit, _ in
            let url = SafeURL.path("/oruk/openapi.json").absolute(on: visit.site.base)
            return .whole(try ORUK.bytes(ORUK.Details(openapiURL: url.description)))
        }
        site.data("/oruk/openapi.json") { _, _ in .whole(PackageResources.openapi_json) }
        addServices(to: site, indexes)
        addPlaces(to: site, indexes)
        addOrganizations(to: site)
        addTaxonomies(to: site)
    }

    private static func addServices(to site: Site, _ indexes: DirectoryIndexes) {
        site.data("/oruk/services") { visit, tx in
            let question = try FeedQuestion(visit, tx)
            let numbers = try indexes.current(tx).numbers(answering: question.finding)
            return try list(numbers, question) { part, tx in
                try FeedServices.whole(part, tx).map { FeedServices.shaped($0, question) }
            }(tx)
        }
        site.data("/oruk/services/:id") { visit, tx in .whole(try ORUK.bytes(FeedServices.find(visit.id("id"), tx))) }
    }

    private static func addPlaces(to site: Site, _ indexes: DirectoryIndexes) {
        site.data("/oruk/service_at_locations") { visit, tx in
            let question = try FeedQuestion(visit, tx)
            let index = try indexes.current(tx)
            let places = index.places(of: index.numbers(answering: question.finding))
            return try list(places, question) { part, tx in try FeedServices.places(part, full: question.isFull, tx) }(tx)
        }
        site.data("/oruk/service_at_locations/:id") { visit, tx in
            let id: EntryID = try visit.id("id")
            return .whole(try ORUK.bytes(FeedServices.place(id.text, tx)))
        }
    }

    private static func addOrganizations(to site: Site) {
        site.data("/oruk/organizations") { visit, tx in
            let question = try FeedQuestion(visit, tx)
            let words = question.finding.words
            let total = try FeedServices.countOrganizations(words, tx)
            return try list(Array(0..<total), question) { part, tx in
                let found = try FeedServices.organizations(words, limit: part.count, offset: part.first ?? 0, tx)
                return question.withServices ? try found.map { try FeedServices.withItsServices($0, tx) } : found
            }(tx)
        }
        site.data("/oruk/organizations/:id") { visit, tx in
            let question = try FeedQuestion(visit, tx)
            return .whole(try ORUK.bytes(FeedServices.organization(visit.id("id"), withServices: question.withServices, tx)))
        }
    }

    private static func addTaxonomies(to site: Site) {
        site.data("/oruk/taxonomies") { visit, tx in
            let question = try FeedQuestion(visit, tx)
            let found = try FeedTerms.taxonomies(tx).filter { has(question.finding.words, $0.name) }
            return try list(found, question) { part, _ in part }(tx)
        }
        site.data("/oruk/taxonomies/:id") { visit, tx in
            let id: TermID = try visit.id("id")
            guard var found = try FeedTerms.taxonomies(tx).first(where: { $0.id == id.text }) else { throw Refusal.notFound }
            found.taxonomyTerms = try FeedTerms.terms(tx).filter { $0.taxonomyID == id.text }
            return .whole(try ORUK.bytes(found))
        }
        site.data("/oruk/taxonomy_terms") { visit, tx in
            let question = try FeedQuestion(visit, tx)
            let found = try FeedTerms.terms(tx).filter { term in
                has(question.finding.words, term.name) && (question.taxonomy.map { $0 == term.taxonomyID } ?? true)
                    && (question.parent.map { $0 == term.parentID } ?? true) && (!question.topOnly || term.parentID == nil)
            }
            return try list(found, question) { part, _ in part }(tx)
        }
        site.data("/oruk/taxonomy_terms/:id") { visit, tx in
            let id: TermID = try visit.id("id")
            guard let found = try FeedTerms.terms(tx).first(where: { $0.id == id.text }) else { throw Refusal.notFound }
            return .whole(try ORUK.bytes(found))
        }
    }

    private static func has(_ words: String, _ name: String) -> Bool {
        let wanted = Folding.words(words)
        let there = Set(Folding.words(name))
        return wanted.allSatisfy { word in there.contains { $0.hasPrefix(word) } }
    }

    /// The page that was asked for, or everything a line each.
    private static func list<Key: Sendable, Item: Encodable & Sendable>(
        _ keys: [Key],
        _ question: FeedQuestion,
        _ make: @escaping @Sendable ([Key], Transaction) throws -> [Item]
    ) -> (Transaction) throws -> OpenData {
        { tx in
            if question.isNDJSON {
                return .pieces(type: "application/x-ndjson") { number, tx in
                    let start = number * piece
                    guard start < keys.count else { return nil }
                    let items = try make(Array(keys[start..<min(start + piece, keys.count)]), tx)
                    return try items.reduce(into: [UInt8]()) { $0 += try ORUK.bytes($1) + [UInt8(ascii: "\n")] }
                }
            }
            let items = try make(Array(keys[question.paging.range(of: keys.count)]), tx)
            return .whole(try ORUK.bytes(ORUK.ResultPage(items, question.paging, total: keys.count)))
        }
    }
}
