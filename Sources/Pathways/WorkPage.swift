import HTML
import Kernel
import Readability
import Services
import Store
import Web
import Words

/// `/:service/pathways/:leaflet/work`: all its texts, and what can be done next.
struct WorkPage: Page {
    struct Line: Sendable, Encodable {
        let link: Link
        let state: String
        let who: String
        let age: String
        let tone: Tone
    }

    let heading: String
    let caption: String? = W.work
    let lead: String? = W.workLead
    let surroundings: Surroundings
    let lines: [Line]
    let ways: [Link]
    let page: Link?

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try LeafletVisit(visit, tx)
        try LeafletPolicy.work(in: at.here.people, by: visit.actor)
        let texts = try TextStore.all(of: at.leaflet.id, tx)
        let dates = at.here.at.dates
        heading = at.leaflet.title
        surroundings = at.surroundings()
        lines = texts.map { text in
            Line(
                link: Link(W.textLine(form: text.formWords, number: "\(text.number)"), to: at.url(of: text.id)),
                state: text.state.words,
                who: W.writtenOn(who: text.writer ?? Common.someone, day: dates.day(text.writtenAt)),
                age: text.age.map { "\($0.years)" } ?? W.noAge,
                tone: text.state.tone
            )
        }
        let original = texts.first { $0.isOriginal && $0.isOpen }
        let mend = original.map { at.url(of: $0.id).below("edit") } ?? at.url.below("texts", "new")
        let isPublished = texts.contains { $0.isOriginal && $0.state == .published }
        page = isPublished ? at.link : nil
        ways =
            [Link(original == nil ? W.mend : W.editDraft, to: mend)]
            + (isPublished
                ? [
                    Link(W.writeEasy, to: at.url.below("texts", "new").adding("form", "easy")),
                    Link(W.translate, to: at.url.below("texts", "new").adding("form", "other")),
                ] : [])
            + (at.here.isEditor ? [Link(W.settings, to: at.url.below("settings"))] : [])
    }

    var html: HTML {
        HTML {
            if let page { p { a(W.seePage, to: page.url) } }
            table(
                caption: W.texts,
                columns: [TableColumn(W.text), TableColumn(W.state), TableColumn(W.writer), .number(W.readingAge)],
                rows: lines.map { line in
                    TableRow(a(line.link.label, to: line.link.url), [tag(line.state, line.tone), HTML(line.who), HTML(line.age)])
                },
                isCaptionOnlySpoken: true
            )
            if let first = ways.first { p { buttonLink(first.label, to: first.url) } }
            ul { for way in ways.dropFirst() { li { a(way.label, to: way.url) } } }
        }
    }
}

extension LeafletText.State {
    public var words: String {
        switch self {
        case .draft: W.stateDraft
        case .checked: W.stateChecked
        case .published: W.statePublished
        case .replaced: W.stateReplaced
        }
    }

    public var tone: Tone {
        switch self {
        case .draft, .checked: .waiting
        case .published: .good
        case .replaced: .neutral
        }
    }
}
