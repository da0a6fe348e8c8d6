import Kernel
import Pathways
import Services
import Store
import Trail

extension Subject {
    public enum LeafletComment {}
}

public typealias LeafletCommentID = ID<Subject.LeafletComment>

/// What somebody of a group says about one paragraph of a text: for their group and for the editors.
struct LeafletComment: Sendable, Encodable {
    let id: LeafletCommentID
    let edition: Int
    let paragraph: Int
    let group: GroupID
    let person: PersonID?
    let perspective: String
    let words: String
    let at: Moment
    let answer: String
    let answeredBy: String?

    private enum CodingKeys: String, CodingKey { case id, edition, paragraph, perspective, words, at, answer, answeredBy }

    static let columns: SQL = """
        leaflet_comments.id, leaflet_comments.edition, leaflet_comments.paragraph, leaflet_comments.group_id, leaflet_comments.person,
        leaflet_comments.perspective, leaflet_comments.words, leaflet_comments.at, leaflet_comments.answer,
        (SELECT name FROM people WHERE people.id = leaflet_comments.answered_by)
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        edition = try row.next()
        paragraph = try row.next()
        group = try row.next()
        person = try row.next()
        perspective = try row.next()
        words = try row.next()
        at = try row.next()
        answer = try row.next()
        answeredBy = try row.next()
    }
}

/// Who may read what people of a group say about a text: that group and editors. Pure.
enum CommentPolicy {
    static func mayRead(of group: GroupID, in people: ServicePeople, by actor: Actor) -> Bool {
        people.isEditor(actor) || actor.isMember(of: group)
    }

    /// The same as a condition on `leaflet_comments`.
    static func readable(in people: ServicePeople, by actor: Actor) -> SQL {
        if people.isEditor(actor) { return "1 = 1" }
        let groups = (actor.person?.memberships ?? []).map(\.group)
        return "leaflet_comments.group_id IN \(list: groups)"
    }
}

enum CommentStore {
    static func all(of text: LeafletTextID, in people: ServicePeople, for actor: Actor, _ tx: Transaction) throws -> [LeafletComment] {
        try tx.all(
            """
            SELECT \(LeafletComment.columns) FROM leaflet_comments
            WHERE leaflet_comments.text = \(text) AND \(CommentPolicy.readable(in: people, by: actor))
            ORDER BY leaflet_comments.paragraph, leaflet_comments.at, leaflet_comments.id
            """
        ) { try LeafletComment(&$0) }
    }

    static func find(_ id: LeafletCommentID, of text: LeafletTextID, _ tx: Transaction) throws -> LeafletComment {
        let found = try tx.first("SELECT \(LeafletComment.columns) FROM leaflet_comments WHERE id = \(id) AND text = \(text)") {
            try LeafletComment(&$0)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }
}

/// Says something about a paragraph.
public enum CommentOnText {
    static let limit = 1_000

    @discardableResult
    public static func run(
        _ words: String,
        on text: LeafletText,
        paragraph: Int,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> LeafletCommentID {
        let people = try ServicePeople(of: service, tx)
        let membership = try LeafletPolicy.speak(in: people, by: deed.actor)
        try Reading.current(text)
        guard !words.isEmpty else { throw Problems("words", W.commentEmpty) }
        let id: LeafletCommentID = deed.newID()
        try tx.run(
            """
            INSERT INTO leaflet_comments (id, text, edition, paragraph, group_id, person, perspective, words, at)
            VALUES (\(id), \(text.id), \(text.edition), \(paragraph), \(membership.group), \(deed.actor.personID), \(membership.perspective), \(words), \(deed.at))
            """
        )
        try Trail.record("leaflet.commented", TrailSubject("leaflet-comment", id), at: service.place, by: deed, in: tx)
        return id
    }
}

/// Says what became of a comment.
public enum AnswerComment {
    public static func run(
        _ id: LeafletCommentID,
        answer: String,
        on text: LeafletText,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try LeafletPolicy.edit(in: ServicePeople(of: service, tx), by: deed.actor)
        let comment = try CommentStore.find(id, of: text.id, tx)
        guard !answer.isEmpty else { throw Problems("answer", W.answerEmpty) }
        try tx.run(
            "UPDATE leaflet_comments SET answer = \(answer), answered_by = \(deed.actor.personID), answered_at = \(deed.at) WHERE id = \(comment.id)"
        )
        try Trail.record("leaflet.comment-answered", TrailSubject("leaflet-comment", id), at: service.place, by: deed, in: tx)
    }
}

/// Takes a comment back: its words are gone, and that there was one stays.
public enum TakeBackComment {
    public static func run(_ id: LeafletCommentID, on text: LeafletText, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        try LeafletPolicy.work(in: ServicePeople(of: service, tx), by: deed.actor)
        let comment = try CommentStore.find(id, of: text.id, tx)
        guard comment.person == deed.actor.personID else { throw Refusal.notFound }
        try tx.run("UPDATE leaflet_comments SET words = '', answer = '' WHERE id = \(id)")
        try Trail.record("leaflet.comment-taken-back", TrailSubject("leaflet-comment", id), at: service.place, by: deed, in: tx)
    }
}
