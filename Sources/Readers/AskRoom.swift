import HTML
import Kernel
import Pathways
import Projects
import Services
import Store
import Trail
import Web
import Words

/// Sends a text to a room: its people find it among what waits for them, and say what they think, paragraph by paragraph.
public enum AskRoom {
    static let limit = 500

    public static func run(_ text: LeafletText, _ group: GroupID, words: String, in service: Service, by deed: Deed, _ tx: Transaction)
        throws
    {
        let people = try ServicePeople(of: service, tx)
        try LeafletPolicy.edit(in: people, by: deed.actor)
        try Reading.current(text)
        guard people.projects.contains(try ProjectStore.group(group, tx).project) else { throw Refusal.notFound }
        try tx.run(
            """
            INSERT INTO leaflet_askings (text, group_id, words, at, by_whom) VALUES (\(text.id), \(group), \(words), \(deed.at), \(deed.actor.personID))
            ON CONFLICT (text, group_id) DO UPDATE SET words = excluded.words, at = excluded.at
            """
        )
        try Trail.record(
            "leaflet.room-asked",
            TrailSubject("leaflet-text", text.id),
            at: service.place,
            facts: ["group": group.text],
            by: deed,
            in: tx
        )
    }
}

/// A text that waits for the people of a group to read it.
struct Asking: Sendable {
    let text: LeafletTextID
    let slug: String
    let title: String
    let group: String
    let words: String
    let at: Moment
}

/// Which texts wait for somebody to read them, for the lists of this room and of rooms above it.
public enum WaitingTexts {
    /// A condition on `leaflet_askings` with its `leaflet_texts`: what a group of theirs was asked about since it was last published, and they did
    /// not write. It waits until they say of its newest words that it is clear, or which part is not.
    public static func condition(for actor: Actor) -> SQL {
        let groups = (actor.person?.memberships ?? []).filter { !$0.isStaff }.map(\.group)
        return """
            leaflet_askings.group_id IN \(list: groups) AND leaflet_texts.state <> 'replaced'
                AND (leaflet_texts.published_at IS NULL OR leaflet_askings.at >= leaflet_texts.published_at)
                AND (leaflet_texts.written_by IS NULL OR leaflet_texts.written_by <> \(actor.personID))
                AND NOT EXISTS (
                    SELECT 1 FROM leaflet_sign_offs WHERE leaflet_sign_offs.text = leaflet_texts.id
                        AND leaflet_sign_offs.person = \(actor.personID) AND leaflet_sign_offs.edition = leaflet_texts.edition)
                AND NOT EXISTS (
                    SELECT 1 FROM leaflet_understanding WHERE leaflet_understanding.text = leaflet_texts.id AND understands = 0
                        AND leaflet_understanding.person = \(actor.personID) AND leaflet_understanding.edition = leaflet_texts.edition)
            """
    }
}

enum AskingStore {
    /// What waits for this actor's groups.
    static func waiting(for actor: Actor, in service: Service, _ tx: Transaction) throws -> [Asking] {
        guard actor.person != nil else { return [] }
        return try tx.all(
            """
            SELECT leaflet_texts.id, leaflets.slug, leaflet_texts.title, project_groups.name, leaflet_askings.words, leaflet_askings.at
            FROM leaflet_askings JOIN leaflet_texts ON leaflet_texts.id = leaflet_askings.text JOIN leaflets ON leaflets.id = leaflet_texts.leaflet
            JOIN project_groups ON project_groups.id = leaflet_askings.group_id
            WHERE leaflets.service = \(service.id) AND \(WaitingTexts.condition(for: actor))
            ORDER BY leaflet_askings.at DESC, leaflet_texts.id
            """
        ) { row in
            Asking(
                text: try row.next(),
                slug: try row.next(),
                title: try row.next(),
                group: try row.next(),
                words: try row.next(),
                at: try row.next()
            )
        }
    }

    /// The groups that were asked about a text, and their names.
    static func groups(of text: LeafletTextID, _ tx: Transaction) throws -> [(id: GroupID, name: String)] {
        try tx.all(
            """
            SELECT project_groups.id, project_groups.name FROM leaflet_askings JOIN project_groups ON project_groups.id = leaflet_askings.group_id
            WHERE leaflet_askings.text = \(text) ORDER BY leaflet_askings.at, project_groups.id
            """
        ) { row in (try row.next(), try row.next()) }
    }
}

extension ReadersRoutes {
    /// What stands at the head of the service's list of pages for whoever was asked.
    public static func waiting(_ visit: Visit, in service: Service, _ tx: Transaction) throws -> [WaitingText] {
        let dates = Dates(zone: service.zone)
        return try AskingStore.waiting(for: visit.actor, in: service, tx).map { asking in
            let words = W.askedOn(group: asking.group, day: dates.day(asking.at)) + (asking.words.isEmpty ? "" : " " + asking.words)
            return WaitingText(Link(asking.title, to: service.url.below("pathways", asking.slug, "texts", asking.text)), words: words)
        }
    }
}
