import HTML
import Kernel
import Services
import Store

public enum LeafletStore {
    public static func find(slug: String, in service: ServiceID, _ tx: Transaction) throws -> Leaflet {
        let found = try tx.first("SELECT \(Leaflet.columns) FROM leaflets WHERE leaflets.service = \(service) AND leaflets.slug = \(slug)")
        {
            try Leaflet(&$0)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    public static func find(_ id: LeafletID, _ tx: Transaction) throws -> Leaflet {
        guard let found = try tx.first("SELECT \(Leaflet.columns) FROM leaflets WHERE leaflets.id = \(id)", { try Leaflet(&$0) }) else {
            throw Refusal.notFound
        }
        return found
    }

    /// Whether anything of it was ever out: then its address is known, also once it was taken back.
    static func wasPublished(_ id: LeafletID, _ tx: Transaction) throws -> Bool {
        try tx.count("SELECT COUNT(*) FROM leaflet_texts WHERE leaflet = \(id) AND published_at IS NOT NULL") > 0
    }

    /// What this actor may know of, by title.
    static func all(in people: ServicePeople, for actor: Actor, _ tx: Transaction) throws -> [Leaflet] {
        try tx.all(
            """
            SELECT \(Leaflet.columns) FROM leaflets WHERE leaflets.service = \(people.service.id) AND \(LeafletPolicy.readable(in: people, by: actor))
            ORDER BY leaflets.title\(tx.dialect.byteOrder), leaflets.id
            """
        ) { try Leaflet(&$0) }
    }

    /// What anybody can read, by title, each with the summary of its plain English text.
    public static func published(in service: ServiceID, _ tx: Transaction) throws -> [(leaflet: Leaflet, summary: String)] {
        try tx.all(
            """
            SELECT \(Leaflet.columns), leaflet_texts.summary FROM leaflets JOIN leaflet_texts ON leaflet_texts.leaflet = leaflets.id
            WHERE leaflets.service = \(service) AND leaflet_texts.state = 'published' AND leaflet_texts.form = 'plain'
                AND leaflet_texts.language = \(LeafletText.original)
            ORDER BY leaflets.title\(tx.dialect.byteOrder), leaflets.id
            """
        ) { row in (try Leaflet(&row), try row.next()) }
    }

    /// Whether anybody can read anything of it.
    public static func isAnyPublished(in service: ServiceID, _ tx: Transaction) throws -> Bool {
        try tx.value(
            """
            SELECT 1 FROM leaflets JOIN leaflet_texts ON leaflet_texts.leaflet = leaflets.id
            WHERE leaflets.service = \(service) AND leaflet_texts.state = 'published' LIMIT 1
            """,
            as: Int.self
        ) != nil
    }

    /// The words of the glossary, each with its place on the page that explains them.
    public static func glossary(of service: Service, _ tx: Transaction) throws -> [(leaflet: Leaflet, summary: String, url: SafeURL)] {
        try published(in: service.id, tx).filter { $0.leaflet.kind == .word }.map {
            ($0.leaflet, $0.summary, SafeURL.path("/", service.slug, "pathways", "words", fragment: "word-" + $0.leaflet.slug))
        }
    }
}

public enum TextStore {
    public static func find(_ id: LeafletTextID, of leaflet: LeafletID? = nil, _ tx: Transaction) throws -> LeafletText {
        let found = try tx.first("SELECT \(LeafletText.columns) FROM leaflet_texts WHERE leaflet_texts.id = \(id)") { try LeafletText(&$0) }
        guard let found, leaflet.map({ $0 == found.leaflet }) ?? true else { throw Refusal.notFound }
        return found
    }

    /// Every version there is, newest first, plain English before the others.
    public static func all(of leaflet: LeafletID, _ tx: Transaction) throws -> [LeafletText] {
        try tx.all(
            """
            SELECT \(LeafletText.columns) FROM leaflet_texts WHERE leaflet_texts.leaflet = \(leaflet)
            ORDER BY CASE WHEN leaflet_texts.form = 'plain' THEN 0 ELSE 1 END,
                CASE WHEN leaflet_texts.language = \(LeafletText.original) THEN 0 ELSE 1 END, leaflet_texts.language, leaflet_texts.number DESC
            """
        ) { try LeafletText(&$0) }
    }

    static func newest(of leaflet: LeafletID, _ form: LeafletText.Form, _ language: String, where state: SQL, _ tx: Transaction) throws
        -> LeafletText?
    {
        try tx.first(
            """
            SELECT \(LeafletText.columns) FROM leaflet_texts WHERE leaflet_texts.leaflet = \(leaflet) AND leaflet_texts.form = \(form)
                AND leaflet_texts.language = \(language) AND \(state) ORDER BY leaflet_texts.number DESC
            """
        ) { try LeafletText(&$0) }
    }
}
