import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Trail
import Web

/// What a leaflet is, apart from its words, as somebody wrote it.
public struct LeafletDetails: Sendable {
    public var kind: Leaflet.Kind
    public var standsFor: String
    public var isForFamilies: Bool
    public var owner: PersonID?
    public var reviewDue: Moment?
    public var also: String
    /// The themes that asked for it.
    public var themes: [ThemeID]

    public init(
        kind: Leaflet.Kind,
        standsFor: String = "",
        isForFamilies: Bool = true,
        owner: PersonID? = nil,
        reviewDue: Moment? = nil,
        also: String = "",
        themes: [ThemeID] = []
    ) {
        self.kind = kind
        self.standsFor = standsFor
        self.isForFamilies = isForFamilies
        self.owner = owner
        self.reviewDue = reviewDue
        self.also = also
        self.themes = themes
    }
}

/// Begins a leaflet: its address and what it is; its first text is written with it.
public enum StartLeaflet {
    /// First parts of addresses below `/:service/pathways` that lead somewhere else.
    static let reserved: Set<String> = ["new", "words", "steps", "waiting"]

    @discardableResult
    public static func run(_ details: LeafletDetails, _ draft: TextDraft, in service: Service, by deed: Deed, _ tx: Transaction) throws
        -> LeafletText
    {
        let people = try ServicePeople(of: service, tx)
        try LeafletPolicy.work(in: people, by: deed.actor)
        try LeafletThemes.check(details.themes, in: service, by: deed.actor, tx)
        let id: LeafletID = deed.newID()
        let slug = try slug(of: draft.title, in: service, tx)
        try tx.run(
            """
            INSERT INTO leaflets (id, service, slug, kind, title, stands_for, for_families, owner, review_due, also, made_by, made_at, version)
            VALUES (\(id), \(service.id), \(slug), \(details.kind), \(draft.title), \(details.standsFor), \(details.isForFamilies), \(details.owner),
                    \(details.reviewDue), \(details.also), \(deed.actor.personID), \(deed.at), 1)
            """
        )
        try LeafletThemes.set(details.themes, of: id, by: deed, tx)
        try Trail.record(
            "leaflet.started",
            TrailSubject("leaflet", id),
            at: service.place,
            facts: ["kind": details.kind.rawValue],
            by: deed,
            in: tx
        )
        return try WriteText.new(draft, of: LeafletStore.find(id, tx), in: service, by: deed, tx)
    }

    private static func slug(of title: String, in service: Service, _ tx: Transaction) throws -> String {
        let slug = Slug.of(title)
        guard !slug.isEmpty else { throw Problems("title", W.titleLetters) }
        let taken = try tx.count("SELECT COUNT(*) FROM leaflets WHERE service = \(service.id) AND slug = \(slug)") > 0
        guard !taken, !reserved.contains(slug) else { throw Problems("title", W.titleTaken) }
        return slug
    }
}

/// Changes what a leaflet is, but not its words.
public enum ChangeLeaflet {
    public static func run(
        _ leaflet: Leaflet,
        to details: LeafletDetails,
        version: Int,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try LeafletPolicy.edit(in: ServicePeople(of: service, tx), by: deed.actor)
        try EditCheck.newest(
            version,
            is: leaflet.version,
            fields: [
                (W.standsFor, leaflet.standsFor, details.standsFor), (W.also, leaflet.also, details.also),
                (W.forFamilies, leaflet.isForFamilies ? W.yes : W.no, details.isForFamilies ? W.yes : W.no),
            ],
            again: leaflet.url(in: service).below("settings")
        )
        let before = try LeafletThemes.of(leaflet.id, tx).map(\.id)
        try LeafletThemes.check(details.themes.filter { !before.contains($0) }, in: service, by: deed.actor, tx)
        try tx.run(
            """
            UPDATE leaflets SET kind = \(details.kind), stands_for = \(details.standsFor), for_families = \(details.isForFamilies), owner = \(details.owner),
                review_due = \(details.reviewDue), also = \(details.also), version = version + 1
            WHERE id = \(leaflet.id)
            """
        )
        try LeafletThemes.set(details.themes, of: leaflet.id, by: deed, tx)
        try Trail.record(
            "leaflet.changed",
            TrailSubject("leaflet", leaflet.id),
            at: service.place,
            facts: ["version": "\(version + 1)"],
            by: deed,
            in: tx
        )
    }
}
