import Kernel
import Services
import Store
import Trail
import Words

/// Says that a text is clear, as somebody who would need it: shown on the page as "read by 4 young people and 2 parents in …".
///
/// Meant to be shown with its number, however small: whoever signs off is told so, and no name stands there.
public enum SignOff {
    /// - Parameter asked: the groups that were asked to read it, which the room above knows.
    public static func run(_ text: LeafletText, edition: Int, asked: [GroupID], in service: Service, by deed: Deed, _ tx: Transaction)
        throws
    {
        let membership = try LeafletPolicy.signOff(text, asked: asked, in: ServicePeople(of: service, tx), by: deed.actor)
        try Reading.current(text)
        try Reading.same(text, edition)
        let person = try deed.someone().id
        let there = try tx.count(
            "SELECT COUNT(*) FROM leaflet_sign_offs WHERE text = \(text.id) AND edition = \(text.edition) AND person = \(person)"
        )
        guard there == 0 else { return }
        try tx.run(
            """
            INSERT INTO leaflet_sign_offs (text, edition, person, group_id, perspective, at)
            VALUES (\(text.id), \(text.edition), \(person), \(membership.group), \(membership.perspective), \(deed.at))
            """
        )
        try Trail.record("leaflet.signed-off", TrailSubject("leaflet-text", text.id), at: service.place, by: deed, in: tx)
    }

    /// Somebody thinks better of it.
    public static func takeBack(_ text: LeafletText, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        try LeafletPolicy.work(in: ServicePeople(of: service, tx), by: deed.actor)
        let person = try deed.someone().id
        try tx.run("DELETE FROM leaflet_sign_offs WHERE text = \(text.id) AND person = \(person)")
        try Trail.record("leaflet.sign-off-taken-back", TrailSubject("leaflet-text", text.id), at: service.place, by: deed, in: tx)
    }
}

/// Who has read a text as it is now.
public struct SignOffs: Sendable, Encodable {
    struct Row: Sendable, Encodable {
        let perspective: String
        let people: Int
    }

    let rows: [Row]
    /// The newest.
    let at: Moment?

    public var isEmpty: Bool { rows.isEmpty }

    /// "4 young people and 2 parents and carers", nil for nobody.
    func words(_ perspectives: Perspectives) -> String? {
        guard !rows.isEmpty else { return nil }
        return listed(
            perspectives.all.compactMap { one in
                rows.first { $0.perspective == one.key }.map { row in
                    row.people == 1 ? W.oneOf(who: one.one) : W.someOf(number: "\(row.people)", who: one.label.lowercasedFirst)
                }
            }
        )
    }
}

public enum SignOffStore {
    public static func count(of text: LeafletText, _ tx: Transaction) throws -> SignOffs {
        let rows = try tx.all(
            """
            SELECT perspective, COUNT(*), MAX(at) FROM leaflet_sign_offs WHERE text = \(text.id) AND edition = \(text.edition)
            GROUP BY perspective ORDER BY perspective
            """
        ) { row in (SignOffs.Row(perspective: try row.next(), people: try row.next()), try row.next(Moment.self)) }
        return SignOffs(rows: rows.map(\.0), at: rows.map(\.1).max())
    }

    /// Whether this person signed off the words as they are now.
    public static func has(_ person: PersonID?, signed text: LeafletText, _ tx: Transaction) throws -> Bool {
        guard let person else { return false }
        return try tx.count(
            "SELECT COUNT(*) FROM leaflet_sign_offs WHERE text = \(text.id) AND edition = \(text.edition) AND person = \(person)"
        ) > 0
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
