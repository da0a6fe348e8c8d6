import HTML
import Kernel
import Markdown
import Readability
import Services
import Store
import Trail
import Web

/// The words of a leaflet, as somebody wrote them.
public struct TextDraft: Sendable {
    public var title: String
    public var summary: String
    public var body: String
    public var changed: String
    public var form: LeafletText.Form
    public var language: String

    static let titleLimit = 100
    static let summaryLimit = 300
    static let bodyLimit = 40_000
    static let changedLimit = 500

    public init(
        title: String,
        summary: String,
        body: String,
        changed: String = "",
        form: LeafletText.Form = .plain,
        language: String = LeafletText.original
    ) {
        self.title = title
        self.summary = summary
        self.body = body
        self.changed = changed
        self.form = form
        self.language = language
    }

    init(_ form: inout Web.Form, as kind: LeafletText.Form, language: String) {
        title = form.line("title", limit: Self.titleLimit, empty: W.titleEmpty)
        summary = form.text("summary", limit: Self.summaryLimit, empty: W.summaryEmpty)
        body = form.text("body", limit: Self.bodyLimit, empty: W.bodyEmpty)
        changed = form.text("changed", limit: Self.changedLimit)
        self.form = kind
        self.language = language
    }

    /// Throws `Problems` on `body` for what cannot be shown: tags, pictures, links that lead nowhere good, tables that are too large.
    func check() throws {
        var problems = Problems()
        if form == .easy { EasyRead(body).check(&problems) }
        if form == .plain {
            let left = Markdown(body).leftOut
            for one in Markdown.LeftOut.allCases where left.contains(one) { problems.add("body", one.sentence) }
        }
        try problems.orContinue()
    }

    /// The whole as plain paragraphs, title and summary first.
    var paragraphs: [String] {
        [title, summary] + (form == .easy ? EasyRead(body).lines.map(\.words) : Markdown(body).paragraphs)
    }

    /// Only of English: the measures are made for nothing else.
    var age: ReadingAge? { language == LeafletText.original ? ReadingAge(of: paragraphs) : nil }
}

extension LeafletText {
    var draft: TextDraft { TextDraft(title: title, summary: summary, body: body, changed: changed, form: form, language: language) }
}

/// Writes a text of a leaflet: a new version of it, or more words in a draft.
public enum WriteText {
    /// Begins a new version. Where there is a draft of it already, that one is to be mended: throws `Refusal.stale` with both.
    @discardableResult
    public static func new(_ draft: TextDraft, of leaflet: Leaflet, in service: Service, by deed: Deed, _ tx: Transaction) throws
        -> LeafletText
    {
        try LeafletPolicy.work(in: ServicePeople(of: service, tx), by: deed.actor)
        guard Tongue.of(draft.language) != nil else { throw Problems("language", W.languageEmpty) }
        try draft.check()
        if let open = try TextStore.newest(
            of: leaflet.id,
            draft.form,
            draft.language,
            where: "leaflet_texts.state IN ('draft', 'checked')",
            tx
        ) {
            throw stale(open, draft, leaflet, service)
        }
        let number = try (TextStore.newest(of: leaflet.id, draft.form, draft.language, where: "1 = 1", tx)?.number ?? 0) + 1
        if number > 1, draft.changed.isEmpty { throw Problems("changed", W.changedEmpty) }
        let id: LeafletTextID = deed.newID()
        let follows = try follows(draft, leaflet, tx)
        try tx.run(
            """
            INSERT INTO leaflet_texts (id, leaflet, form, language, number, title, summary, body, changed, state, follows, written_by, written_at, edition)
            VALUES (\(id), \(leaflet.id), \(draft.form), \(draft.language), \(number), \(draft.title), \(draft.summary), \(draft.body), \(draft.changed),
                    \(LeafletText.State.draft), \(follows), \(deed.actor.personID), \(deed.at), 1)
            """
        )
        try keepAge(draft.age, of: id, tx)
        try record("leaflet.text-written", id, draft, number, service, deed, tx)
        return try TextStore.find(id, tx)
    }

    /// Puts a draft in other words. It is a draft again then, though it was checked; what people signed off was the edition before.
    ///
    /// - Parameter edition: the one the form was opened on; where there is a newer one both are shown side by side.
    public static func edit(
        _ text: LeafletText,
        to draft: TextDraft,
        edition: Int,
        of leaflet: Leaflet,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try LeafletPolicy.work(in: ServicePeople(of: service, tx), by: deed.actor)
        guard text.isOpen else { throw Refusal.notAllowed(because: W.notADraft) }
        try draft.check()
        if text.number > 1, draft.changed.isEmpty { throw Problems("changed", W.changedEmpty) }
        guard text.edition == edition else { throw stale(text, draft, leaflet, service) }
        let follows = try follows(draft, leaflet, tx)
        try tx.run(
            """
            UPDATE leaflet_texts SET title = \(draft.title), summary = \(draft.summary), body = \(draft.body), changed = \(draft.changed),
                state = \(LeafletText.State.draft), follows = \(follows), written_by = \(deed.actor.personID), written_at = \(deed.at),
                checked_by = NULL, checked_at = NULL, edition = edition + 1
            WHERE id = \(text.id)
            """
        )
        try keepAge(draft.age, of: text.id, tx)
        try record("leaflet.text-edited", text.id, draft, text.number, service, deed, tx)
    }

    /// A translation, and an easy-read text, follow the plain English version that people read now.
    private static func follows(_ draft: TextDraft, _ leaflet: Leaflet, _ tx: Transaction) throws -> Int? {
        guard draft.form == .easy || draft.language != LeafletText.original else { return nil }
        let original = try TextStore.newest(of: leaflet.id, .plain, LeafletText.original, where: "leaflet_texts.state = 'published'", tx)
        guard let original else { throw Refusal.notAllowed(because: W.originalFirst) }
        return original.number
    }

    private static func keepAge(_ age: ReadingAge?, of id: LeafletTextID, _ tx: Transaction) throws {
        try tx.run(
            """
            UPDATE leaflet_texts SET flesch_kincaid = \(age?.fleschKincaid), smog = \(age?.smog), ari = \(age?.ari), dale_chall = \(age?.daleChall)
            WHERE id = \(id)
            """
        )
    }

    private static func stale(_ theirs: LeafletText, _ yours: TextDraft, _ leaflet: Leaflet, _ service: Service) -> Refusal {
        let sides = [
            (W.title, theirs.title, yours.title), (W.summary, theirs.summary, yours.summary), (W.body, theirs.body, yours.body),
            (W.whatChanged, theirs.changed, yours.changed),
        ]
        let fields = sides.filter { $0.1 != $0.2 }.map { StaleEdit.Field(label: $0.0, theirs: $0.1, yours: $0.2) }
        return .stale(StaleEdit(fields: fields, again: leaflet.url(in: service).below("texts", theirs.id, "edit").description))
    }

    private static func record(
        _ what: String,
        _ id: LeafletTextID,
        _ draft: TextDraft,
        _ number: Int,
        _ service: Service,
        _ deed: Deed,
        _ tx: Transaction
    ) throws {
        let facts = ["form": draft.form.rawValue, "language": draft.language, "number": "\(number)"]
        try Trail.record(what, TrailSubject("leaflet-text", id), at: service.place, facts: facts, by: deed, in: tx)
    }
}

extension Markdown.LeftOut {
    /// What a writer is told.
    var sentence: String {
        switch self {
        case .html: W.leftHTML
        case .picture: W.leftPicture
        case .link: W.leftLink
        case .table: W.leftTable
        case .nesting: W.leftNesting
        case .length: W.leftLength
        }
    }
}
