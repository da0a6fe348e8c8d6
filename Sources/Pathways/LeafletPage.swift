import Discussion
import HTML
import Kernel
import Markdown
import Projects
import Readability
import Services
import Store
import Web
import Words

/// `/:service/pathways/:leaflet`: what people read; `?form=easy`, `?language=ar`, `?print=large`.
struct LeafletPage: Page {
    struct Other: Sendable, Encodable {
        let label: String
        let url: SafeURL
        let language: String
    }

    /// Something that somebody said, who let everybody read it.
    struct Said: Sendable, Encodable {
        let words: String
        let by: String
    }

    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let summary: String
    /// Heading by heading and paragraph by paragraph, as the page says it.
    let body: [String]
    let form: LeafletText.Form
    let language: Tongue
    let isLarge: Bool
    /// What whoever reads should know first: that it is out of date, or behind the English.
    let warnings: [String]
    /// That it is behind the English, for those who do not read English.
    let behind: String?
    /// The number of the service.
    let phone: Link?
    /// What a sheet of paper says of its age.
    let printed: String?
    /// Where anybody says that something on it is wrong or hard: it becomes a voice with the name of the page in it.
    let wrong: SafeURL?
    let facts: [FormPage.Fact]
    let readBy: String?
    let asked: [Link]
    let voices: [Said]
    let changes: [String]
    /// What each newer version made different, and why.
    let history: [FormPage.Fact]
    let others: [Other]
    let versions: SafeURL
    let listening: Listening?
    let mend: SafeURL?
    /// Where people of a group say what is not clear.
    let say: SafeURL?
    private let words: HTML

    private enum CodingKeys: String, CodingKey {
        case summary, body, form, language, warnings, behind, phone, wrong, facts, readBy, asked, voices, changes, history, others,
            listening, versions
    }

    init(_ visit: Visit, _ above: RoomsAbove, _ tx: Transaction) throws {
        let at = try LeafletVisit(visit, tx)
        let (leaflet, service, dates) = (at.leaflet, at.service, at.here.at.dates)
        let every = try TextStore.all(of: leaflet.id, tx)
        let published = every.filter { $0.state == .published }
        let kind = LeafletText.Form(rawValue: visit.query["form"] ?? "") ?? .plain
        let code = visit.query["language"] ?? LeafletText.original
        guard let text = published.first(where: { $0.form == kind && $0.language == code }), let tongue = Tongue.of(code) else {
            throw Refusal.notFound
        }
        heading = text.title
        caption = leaflet.kind.shelf
        surroundings = at.here.at.surroundings(at.here.link).wearing(.leaflets)
        summary = text.summary
        body = text.spoken
        form = kind
        language = tongue
        isLarge = visit.query["print"] == "large"
        let original = published.first { $0.isOriginal }
        warnings = Self.warnings(text, leaflet, original, dates, visit.at)
        let isBehind = text.follows.map { original?.number ?? 0 > $0 } ?? false
        behind = isBehind ? tongue.behind : nil
        phone = service.phone.map { Link($0, to: .tel($0)) }
        let address = text.address(below: at.url).absolute(on: visit.site.base).description
        printed = text.publishedAt.map { W.printedVersion(number: "\(text.number)", day: dates.day($0), address: address) }
        facts = Self.facts(text, leaflet, dates)
        readBy = try SignOffStore.count(of: text, tx).told(at.here.at.perspectives, dates)
        let themes = try LeafletThemes.of(leaflet.id, tx).filter { $0.isPublic || ThemePolicy.mayRead(in: $0.place, by: visit.actor) }
        asked = themes.map { Link($0.title, to: .path("/", service.slug, "themes", $0.id)) }
        wrong = try Self.wrong(text.title, themes, service, tx)
        let open = themes.filter(\.isPublic).map(\.id)
        voices = try LeafletThemes.voices(open, tx).map { one in
            Said(
                words: one.words,
                by: W.saidBy(who: at.here.at.perspectives.one(one.perspective).uppercasedFirst, month: dates.month(one.at))
            )
        }
        changes = try LeafletThemes.changes(open, tx).map { W.changeSince(words: $0.words, day: dates.day($0.since)) }
        history = every.filter { $0.form == kind && $0.language == code && !$0.changed.isEmpty }
            .compactMap { older in older.publishedAt.map { FormPage.Fact(dates.day($0), older.changed) } }
        others = Self.others(published, than: text, at.url, isLarge)
        listening = try above.listening(text, leaflet, service, tx)
        versions = at.url.below("versions")
        mend = at.here.mayWork ? at.url.below("work") : nil
        say = at.here.people.membership(visit.actor) != nil ? at.url(of: text.id) : nil
        words = kind == .easy ? EasyRead(text.body).html : try Self.linked(text, leaflet, service, tx)
    }

    /// The words of the glossary are linked where they first stand; on English pages only, since they are English.
    static func linked(_ text: LeafletText, _ leaflet: Leaflet, _ service: Service, _ tx: Transaction) throws -> HTML {
        let markdown = Markdown(text.body)
        guard text.language == LeafletText.original else { return markdown.html() }
        let words = try LeafletStore.glossary(of: service, tx).filter { $0.leaflet.id != leaflet.id }
        return markdown.linking(words.flatMap { word in word.leaflet.terms.map { ($0, word.url) } }).html()
    }

    private static func warnings(_ text: LeafletText, _ leaflet: Leaflet, _ original: LeafletText?, _ dates: Dates, _ now: Moment)
        -> [String]
    {
        var warnings: [String] = []
        if let due = leaflet.reviewDue, due < now { warnings.append(W.reviewOverdue(day: dates.day(due))) }
        if let follows = text.follows, let original, original.number > follows {
            warnings.append(W.behind(day: original.publishedAt.map { dates.day($0) } ?? "", changed: original.changed))
        }
        return warnings
    }

    /// In the project that it came of, where anybody may say something there, or else in the first one that is open.
    private static func wrong(_ title: String, _ themes: [LeafletThemes.Row], _ service: Service, _ tx: Transaction) throws -> SafeURL? {
        let open = try ProjectStore.all(in: service.id, tx).filter { $0.state == .open && $0.isOpenToPublic }
        let own = themes.compactMap(\.place.project)
        guard let project = open.first(where: { own.contains($0.id) }) ?? open.first else { return nil }
        return project.url(in: service).below("say").adding("words", W.somethingWrongWords(title: title) + " ")
    }

    private static func facts(_ text: LeafletText, _ leaflet: Leaflet, _ dates: Dates) -> [FormPage.Fact] {
        var facts: [FormPage.Fact] = []
        if let at = text.publishedAt { facts.append(.init(W.version, W.versionOf(number: "\(text.number)", day: dates.day(at)))) }
        if let age = text.age { facts.append(.init(W.readingAge, W.readingAgeAbout(age: "\(age.years)"))) }
        if !text.reason.isEmpty { facts.append(.init(W.whyHard, text.reason)) }
        if !leaflet.standsFor.isEmpty { facts.append(.init(W.standsFor, leaflet.standsFor)) }
        if let owner = leaflet.ownerName { facts.append(.init(W.owner, owner)) }
        if let due = leaflet.reviewDue { facts.append(.init(W.reviewDue, dates.day(due))) }
        return facts
    }

    private static func others(_ published: [LeafletText], than text: LeafletText, _ url: SafeURL, _ isLarge: Bool) -> [Other] {
        let texts = published.filter { $0.id != text.id }.compactMap { other -> Other? in
            guard let tongue = Tongue.of(other.language) else { return nil }
            let isEnglish = other.language == LeafletText.original
            let name = other.form == .easy ? isEnglish ? W.easyRead : W.easyReadIn(language: tongue.name) : tongue.name
            return Other(label: name, url: other.address(below: url), language: other.language)
        }
        let size =
            isLarge
            ? Other(label: W.usualPrint, url: text.address(below: url), language: "en")
            : Other(label: W.largePrint, url: text.address(below: url).adding("print", "large"), language: "en")
        return text.form == .plain ? texts + [size] : texts
    }

    var html: HTML {
        HTML {
            nav(label: W.otherWays, class: "ways") {
                if let listening { a(listening.heading, to: .anchor(Listening.place)) }
                for one in others { a(one.label, to: one.url, language: one.language) }
                printButton(W.printThis)
            }
            if let behind {
                inLanguage(language.code, isRightToLeft: language.isRightToLeft, class: "warning-text") { p { strong(behind) } }
            }
            for warning in warnings { warningText(warning) }
            inLanguage(language.code, isRightToLeft: language.isRightToLeft, class: isLarge ? "leaflet large-print large-page" : "leaflet")
            {
                p(summary, class: "lead")
                words
            }
            if let phone { LeafletPage.ring(phone, surroundings.service?.label ?? "", form, language) }
            if let printed { p(printed, class: "only-printed") }
            div(class: "screen-only") { rest }
        }
    }

    /// The number to ring, which every page has below its words, on paper too.
    static func ring(_ phone: Link, _ service: String, _ form: LeafletText.Form, _ language: Tongue) -> HTML {
        let words = language.code == LeafletText.original ? W.ringService(service: service) : W.serviceNumber(service: service)
        let line = p(class: "ring") {
            words + " "
            a(phone.label, to: phone.url)
        }
        guard form == .easy else { return inset { line } }
        return div(class: "easy-read") {
            Picture.phone.html
            line
        }
    }

    /// What stands on the screen alone: where the page comes from, what changed, and what can be done about it.
    private var rest: HTML {
        HTML {
            if let wrong { p { a(W.somethingWrong, to: wrong) } }
            if let listening { listening.html(of: heading) }
            if let readBy { inset { p(readBy) } }
            section(W.whyThere) {
                if !asked.isEmpty {
                    p(W.askedFor)
                    ul { for one in asked { li { a(one.label, to: one.url) } } }
                }
                for one in voices { quote(one.words, by: one.by) }
                if !changes.isEmpty {
                    p(W.changedHere)
                    ul { for change in changes { li(change) } }
                }
                summaryList(facts.map { SummaryRow($0.label, $0.words) })
            }
            section(W.whatChanged) {
                if history.isEmpty { p(W.nothingChanged) } else { definitions(history.map { ($0.label, HTML($0.words)) }) }
                p { a(W.allVersions, to: versions) }
            }
            if say != nil || mend != nil {
                buttons {
                    if let say { buttonLink(W.sayClear, to: say, kind: .secondary) }
                    if let mend { buttonLink(W.mend, to: mend, kind: .secondary) }
                }
            }
        }
    }
}

extension SignOffs {
    /// "Read by 4 young people and 2 parents and carers in March 2026."
    public func told(_ perspectives: Perspectives, _ dates: Dates) -> String? {
        guard let words = words(perspectives), let at else { return nil }
        return W.readBy(who: words, month: dates.month(at))
    }
}

extension LeafletText {
    /// "Plain English", "Easy read", "Cymraeg"
    public var formWords: String { Self.formWords(form, language) }

    public static func formWords(_ form: Form, _ language: String) -> String {
        let isEnglish = language == Self.original
        let name = Tongue.of(language)?.name ?? language
        return form == .easy ? isEnglish ? W.easyRead : W.easyReadIn(language: name) : isEnglish ? W.plainEnglish : name
    }
}
