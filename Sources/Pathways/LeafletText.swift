import Kernel
import Readability
import Store

/// One version of a leaflet's words, in one form and one language.
public struct LeafletText: Sendable, Encodable {
    public enum Form: String, Sendable, Codable, CaseIterable, Column {
        case plain
        /// One idea a sentence, with pictures, in large letters: written and checked by people.
        case easy
    }

    public enum State: String, Sendable, Codable, Column {
        case draft, checked, published
        /// There is a newer one.
        case replaced
    }

    /// Where nothing else is said, and the language that translations follow.
    public static let original = "en"

    public let id: LeafletTextID
    public let leaflet: LeafletID
    public let form: Form
    /// A BCP 47 tag.
    public let language: String
    /// 1, 2, 3 … of this form and language.
    public let number: Int
    public let title: String
    public let summary: String
    /// Markdown, or, in easy read, lines with a picture each (`EasyRead`).
    public let body: String
    /// What is different from the version before, in words.
    public internal(set) var changed: String
    public let state: State
    /// The number of the plain English version that an easy-read text or a translation follows.
    public let follows: Int?
    public let writtenBy: PersonID?
    public let writer: String?
    public let writtenAt: Moment
    public let checker: String?
    public let checkedAt: Moment?
    public let publishedAt: Moment?
    /// Nil where the text is too short, or not in English.
    public let age: ReadingAge?
    /// Why it is published although it is for readers over 11.
    public let reason: String
    /// Counts every change of the draft: what somebody read and signed off is the text of one edition.
    public let edition: Int

    public var isOpen: Bool { state == .draft || state == .checked }
    public var isOriginal: Bool { form == .plain && language == Self.original }

    /// The oldest reader a page for families may need to be.
    public static let oldest = 11

    public var isTooHard: Bool { (age?.years ?? 0) > Self.oldest }

    private enum CodingKeys: String, CodingKey {
        case id, form, language, number, title, summary, body, changed, state, follows, writer, writtenAt, checker, checkedAt, publishedAt,
            age, reason
        case edition
    }

    static let columns: SQL = """
        leaflet_texts.id, leaflet_texts.leaflet, leaflet_texts.form, leaflet_texts.language, leaflet_texts.number, leaflet_texts.title,
        leaflet_texts.summary, leaflet_texts.body, leaflet_texts.changed, leaflet_texts.state, leaflet_texts.follows, leaflet_texts.written_by,
        (SELECT name FROM people WHERE people.id = leaflet_texts.written_by), leaflet_texts.written_at,
        (SELECT name FROM people WHERE people.id = leaflet_texts.checked_by), leaflet_texts.checked_at, leaflet_texts.published_at,
        leaflet_texts.flesch_kincaid, leaflet_texts.smog, leaflet_texts.ari, leaflet_texts.dale_chall, leaflet_texts.reason, leaflet_texts.edition
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        leaflet = try row.next()
        form = try row.next()
        language = try row.next()
        number = try row.next()
        title = try row.next()
        summary = try row.next()
        body = try row.next()
        changed = try row.next()
        state = try row.next()
        follows = try row.next()
        writtenBy = try row.next()
        writer = try row.next()
        writtenAt = try row.next()
        checker = try row.next()
        checkedAt = try row.next()
        publishedAt = try row.next()
        let ages = [try row.next(Double?.self), try row.next(Double?.self), try row.next(Double?.self), try row.next(Double?.self)]
            .compactMap { $0 }
        age = ages.count == 4 ? ReadingAge(fleschKincaid: ages[0], smog: ages[1], ari: ages[2], daleChall: ages[3]) : nil
        reason = try row.next()
        edition = try row.next()
    }
}
