import HTML
import Kernel
import Markdown
import Services
import Store
import Web
import Words

/// `/:service/pathways/:leaflet/versions`: every version that was published, with what changed.
struct VersionsPage: Page {
    struct Version: Sendable, Encodable {
        let link: Link
        let changed: String
    }

    let heading = W.allVersions
    let caption: String?
    let surroundings: Surroundings
    let versions: [Version]

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try LeafletVisit(visit, tx)
        let dates = at.here.at.dates
        let texts = try TextStore.all(of: at.leaflet.id, tx).filter { $0.publishedAt != nil }
        guard !texts.isEmpty else { throw Refusal.notFound }
        caption = at.leaflet.title
        surroundings = at.here.at.surroundings(at.here.link, at.link).wearing(.leaflets)
        versions = texts.map { text in
            let link = Link(text.name(dates), to: at.url.below("versions", text.id))
            return Version(link: link, changed: text.changed.isEmpty ? W.firstVersion : text.changed)
        }
    }

    var html: HTML {
        table(
            caption: W.allVersions,
            columns: [TableColumn(W.version), TableColumn(W.whatChanged)],
            rows: versions.map { TableRow(a($0.link.label, to: $0.link.url), [HTML($0.changed)]) },
            isCaptionOnlySpoken: true
        )
    }
}

/// `/:service/pathways/:leaflet/versions/:published`: one version whole, as everybody could read it then.
struct VersionPage: Page {
    /// A version that came after this one, and what it made different.
    struct Later: Sendable, Encodable {
        let name: String
        let changed: String
    }

    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let summary: String
    let body: [String]
    let form: LeafletText.Form
    let language: Tongue
    /// That it is old, and which one holds now; nil of the one that does.
    let warning: String?
    let now: Link
    let changed: String
    let later: [Later]
    let all: Link
    let listening: Listening?
    let phone: Link?
    private let words: HTML

    private enum CodingKeys: String, CodingKey { case summary, body, form, language, phone, warning, now, changed, later, all, listening }

    init(_ visit: Visit, _ above: RoomsAbove, _ tx: Transaction) throws {
        let at = try LeafletVisit(visit, tx)
        let (leaflet, service, dates) = (at.leaflet, at.service, at.here.at.dates)
        let published = try TextStore.all(of: leaflet.id, tx).filter { $0.publishedAt != nil }
        let id: LeafletTextID = try visit.id("published")
        guard let text = published.first(where: { $0.id == id }), let tongue = Tongue.of(text.language) else { throw Refusal.notFound }
        let same = published.filter { $0.form == text.form && $0.language == text.language && $0.number > text.number }
        let current = same.first { $0.state == .published }
        heading = text.title
        caption = text.name(dates)
        var around = at.here.at.surroundings(at.here.link, at.link, Link(W.allVersions, to: at.url.below("versions"))).wearing(.leaflets)
        // Whoever searches shall find what holds now.
        around.isListed = false
        surroundings = around
        summary = text.summary
        body = text.spoken
        form = text.form
        language = tongue
        warning = current.map { W.oldVersion(day: $0.publishedAt.map { dates.day($0) } ?? "") }
        now = Link(W.newestVersion, to: (current ?? text).address(below: at.url))
        changed = text.changed.isEmpty ? W.firstVersion : text.changed
        later = same.reversed().map { Later(name: $0.name(dates), changed: $0.changed) }
        all = Link(W.allVersions, to: at.url.below("versions"))
        listening = try above.listening(text, leaflet, service, tx)
        phone = service.phone.map { Link($0, to: .tel($0)) }
        words = text.form == .easy ? EasyRead(text.body).html : try LeafletPage.linked(text, leaflet, service, tx)
    }

    var html: HTML {
        HTML {
            if let warning { warningText(warning) }
            p { a(now.label, to: now.url) }
            inLanguage(language.code, isRightToLeft: language.isRightToLeft, class: "leaflet") {
                p(summary, class: "lead")
                words
            }
            if let phone { LeafletPage.ring(phone, surroundings.service?.label ?? "", form, language) }
            if let listening { listening.html(of: heading) }
            section(W.whatChanged) {
                p(changed)
                if !later.isEmpty {
                    p(W.changedLater)
                    definitions(later.map { ($0.name, HTML($0.changed)) })
                }
                p { a(all.label, to: all.url) }
            }
        }
    }
}

extension LeafletText {
    /// "Plain English, version 2, 3 March 2026"
    func name(_ dates: Dates) -> String {
        W.versionLine(form: formWords, number: "\(number)", day: publishedAt.map { dates.day($0) } ?? "")
    }

    /// Heading by heading and paragraph by paragraph, as the page says it.
    var spoken: [String] { form == .easy ? EasyRead(body).lines.map(\.words) : Markdown(body).paragraphs }

    /// Where people read it, once it is published.
    func address(below url: SafeURL) -> SafeURL {
        url.adding("form", form == .easy ? "easy" : nil).adding("language", language == Self.original ? nil : language)
    }
}
