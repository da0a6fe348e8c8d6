import HTML
import Kernel
import Services
import Store

extension Subject {
    public enum Leaflet {}
    public enum LeafletText {}
}

public typealias LeafletID = ID<Subject.Leaflet>
public typealias LeafletTextID = ID<Subject.LeafletText>

/// One page of a service in plain words: a pathway, a policy, what happens at a visit, a right, or what a word means.
///
/// Its words are in its texts (`LeafletText`); this is what stays the same from version to version.
public struct Leaflet: Sendable, Encodable {
    public enum Kind: String, Sendable, Codable, CaseIterable, Column {
        case pathway, visit, about, rights, policy, word
    }

    public let id: LeafletID
    public let service: ServiceID
    public let slug: String
    public let kind: Kind
    public let title: String
    /// The document that it says in plain words; empty where there is none.
    public let standsFor: String
    /// Read by families and young people, and so held to reading age 11.
    public let isForFamilies: Bool
    public let owner: PersonID?
    public let ownerName: String?
    /// By when somebody has to look whether it is still true.
    public let reviewDue: Moment?
    /// Of a word: other forms of it, such as "triaged, triaging".
    public let also: String
    public let version: Int

    public func url(in service: Service) -> SafeURL { .path("/", service.slug, "pathways", slug) }

    /// The word and its other forms.
    public var terms: [String] {
        ([title] + also.split(separator: ",").map { String($0) }).map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    }

    private enum CodingKeys: String, CodingKey { case id, slug, kind, title, standsFor, isForFamilies, ownerName, reviewDue, also, version }

    static let columns: SQL = """
        leaflets.id, leaflets.service, leaflets.slug, leaflets.kind, leaflets.title, leaflets.stands_for, leaflets.for_families, leaflets.owner,
        (SELECT name FROM people WHERE people.id = leaflets.owner), leaflets.review_due, leaflets.also, leaflets.version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        slug = try row.next()
        kind = try row.next()
        title = try row.next()
        standsFor = try row.next()
        isForFamilies = try row.next()
        owner = try row.next()
        ownerName = try row.next()
        reviewDue = try row.next()
        also = try row.next()
        version = try row.next()
    }
}

extension String {
    var trimmingSpaces: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
