import HTML
import Kernel
import Services
import Store
import Web

/// What changed in a service, for feed readers (Atom, RFC 4287): every change and every "we can't, because…", newest first.
///
/// It quotes nobody. A feed reader keeps what it once fetched, so a voice that is withdrawn could not be taken back from it.
enum Feed {
    static func url(of service: Service) -> SafeURL { .path("/", service.slug, "changes.atom") }
    static func link(of service: Service) -> Link { Link(W.feedTitle(service: service.name), to: url(of: service)) }

    private struct Entry {
        let id: String
        let at: Moment
        /// When its words, or those of its theme, were last changed.
        let edited: Moment
        let title: String
        let words: String
        let theme: ThemeID
        let said: String

        init(_ row: inout Row, answer: String) throws {
            id = try row.next()
            at = try row.next()
            edited = max(at, try row.next(Moment?.self) ?? at)
            title = try row.next()
            words = "\(answer): \(try row.next(String.self))"
            theme = try row.next()
            said = try row.next()
        }
    }

    static func answer(_ visit: Visit, _ tx: Transaction) throws -> Answer {
        let here = try ServiceVisit(visit, tx)
        let service = here.service
        let madeAt: Moment? = try tx.value("SELECT made_at FROM services WHERE id = \(service.id)")
        let entries = try entries(of: service.id, tx)
        let base = visit.site.base
        let page = SafeURL.path("/", service.slug, "you-said-we-did").absolute(on: base)
        let newest = entries.map(\.edited).max() ?? madeAt ?? visit.at
        let feed = XML.element(
            "feed",
            ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en-GB"],
            [
                .element("id", words: "urn:uuid:\(service.id)"),
                .element("title", words: W.feedTitle(service: service.name)),
                .element("subtitle", words: W.youSaidLead),
                .element("updated", words: newest.iso),
                .element("author", [:], [.element("name", words: service.name)]),
                .element("link", ["rel": "self", "type": "application/atom+xml", "href": url(of: service).absolute(on: base).description]),
                .element("link", ["rel": "alternate", "type": "text/html", "href": page.description]),
            ] + entries.map { element($0, in: service, base) }
        )
        return .bytes(feed.document, type: "application/atom+xml; charset=utf-8", here.home())
    }

    private static func element(_ entry: Entry, in service: Service, _ base: SafeURL) -> XML {
        .element(
            "entry",
            [:],
            [
                .element("id", words: "urn:uuid:\(entry.id)"),
                .element("title", words: entry.title),
                .element("updated", words: entry.edited.iso),
                .element("published", words: entry.at.iso),
                .element(
                    "link",
                    [
                        "rel": "alternate", "type": "text/html",
                        "href": PublicThemes.url(entry.theme, in: service).absolute(on: base).description,
                    ]
                ),
                .element("content", ["type": "text"], [.text("\(W.youSaid): \(entry.said)\n\n\(entry.words)")]),
            ]
        )
    }

    /// As the trail has it: of the entry itself or of its theme, whichever was later.
    private static func lastEdit(of subject: SQL, _ what: String) -> SQL {
        """
        (SELECT MAX(trail.at) FROM trail WHERE (trail.subject = \(subject) AND trail.what = \(what))
            OR (trail.subject = themes.id AND trail.what = 'theme.edited'))
        """
    }

    private static func entries(of service: ServiceID, _ tx: Transaction) throws -> [Entry] {
        let changes = try tx.all(
            """
            SELECT changes.id, changes.at, \(lastEdit(of: "changes.id", "change.edited")), themes.title, changes.words, themes.id, themes.said FROM changes JOIN themes ON themes.id = changes.theme
            WHERE changes.service = \(service) AND \(PublicThemes.condition) ORDER BY changes.at DESC, changes.id LIMIT 50
            """
        ) { try Entry(&$0, answer: W.weDid) }
        let refusals = try tx.all(
            """
            SELECT decisions.id, decisions.at, \(lastEdit(of: "themes.id", "theme.edited")), themes.title, decisions.words || ' ' || decisions.reasons, themes.id, themes.said
            FROM themes JOIN decisions ON decisions.theme = themes.id
            WHERE themes.service = \(service) AND \(PublicThemes.condition) AND decisions.outcome = 'cannot' ORDER BY decisions.at DESC, decisions.id LIMIT 50
            """
        ) { try Entry(&$0, answer: W.weCannot) }
        return (changes + refusals).sorted { ($0.at, $1.id) > ($1.at, $0.id) }.prefix(50).map { $0 }
    }
}
