import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// What waits for the safeguarding lead, soonest due first, and what is finished. Where there is more than one page of it, the newest stand
/// above: whoever fills the list with nonsense must not hide the one that came just now.
struct WorriesPage: Page {
    let heading = W.listHeading
    let newest: [Line]
    let waiting: [Line]
    let ended: [Line]
    let page: Int
    let pages: Int
    let surroundings = Surroundings(breadcrumbs: [Link(W.desk, to: .path("/desk"))], isPrivate: true)

    struct Line: Encodable, Sendable {
        let title: String
        let url: SafeURL
        let service: String
        let told: String
        let state: String
        let tone: Tone
    }

    private enum CodingKeys: String, CodingKey { case newest, waiting, ended, page, pages }

    private static let most = 50
    private static let mostNew = 10

    init(_ visit: Visit, _ tx: Transaction) throws {
        try WorryPolicy.list(by: visit.actor)
        let services = Dictionary(try ServiceStore.all(tx).map { ($0.id, $0) }) { first, _ in first }
        let all = try WaitingWorries.count(for: visit.actor, at: visit.at, tx)?.waiting ?? 0
        pages = max(1, (all + Self.most - 1) / Self.most)
        page = min(visit.query.page, pages)
        waiting = try WorryStore.waiting(for: visit.actor, most: Self.most, skipping: (page - 1) * Self.most, tx).map {
            Line($0, services, at: visit.at)
        }
        newest = pages == 1 ? [] : try WorryStore.newest(for: visit.actor, most: Self.mostNew, tx).map { Line($0, services, at: visit.at) }
        ended = try WorryStore.ended(for: visit.actor, most: 50, tx).map { Line($0, services, at: visit.at) }
    }

    var html: HTML {
        HTML {
            p(W.listLead)
            if !newest.isEmpty { section(W.newestHeading) { list(newest) } }
            section(W.waitingHeading) {
                if waiting.isEmpty { emptyState(W.noneWaiting) } else { list(waiting) }
                pagination(page: page, of: pages) { .path("/worries", query: ["page": $0]) }
            }
            if !ended.isEmpty { section(W.endedHeading) { list(ended) } }
        }
    }

    private func list(_ lines: [Line]) -> HTML {
        ul(class: "plain") {
            for line in lines {
                li {
                    a(line.title, to: line.url)
                    " "
                    tag(line.state, line.tone)
                    p("\(line.service) · \(line.told)", class: "quiet")
                }
            }
        }
    }
}

extension WorriesPage.Line {
    init(_ worry: Worry, _ services: [ServiceID: Service], at now: Moment) {
        let found = worry.service.flatMap { services[$0] }
        let dates = Dates(zone: found?.zone ?? "Europe/London")
        let lateness = Lateness(worry.due, at: now, zone: dates.zone)
        title = W.worryOf(when: dates.dayAndTime(worry.at))
        url = WorryPage.url(worry.id)
        service = found?.name ?? W.serviceNone
        told = worry.contact.isEmpty ? W.noContact : W.hasContact
        if worry.endedAt != nil {
            (state, tone) = (W.stateEnded, .good)
        } else if worry.seenAt != nil {
            (state, tone) = (W.stateSeen, .waiting)
        } else {
            (state, tone) = (lateness.words, lateness.isLate ? .stop : .attention)
        }
    }
}

/// One worry, for the safeguarding lead alone.
struct WorryPage: Page {
    let heading: String
    let caption: String?
    let words: String
    let about: String
    let contact: String
    let from: String
    let due: String
    let state: String
    let notes: [Note]
    let isSeen: Bool
    let isEnded: Bool
    let problems: Problems
    let surroundings: Surroundings
    private let here: SafeURL
    private let version: Int
    private let form: Form

    struct Note: Encodable, Sendable {
        let what: String
        let on: String
        let by: String
        let words: String
    }

    private enum CodingKeys: String, CodingKey { case words, about, contact, from, due, state, notes, isSeen, isEnded }

    static func url(_ id: WorryID) -> SafeURL { .path("/worries", id) }
    static let limit = 4_000

    init(_ visit: Visit, _ tx: Transaction) throws {
        try WorryPolicy.list(by: visit.actor)
        let worry = try WorryStore.find(visit.id("worry"), for: visit.actor, tx)
        let service = try worry.service.map { try ServiceStore.find($0, tx) }
        let dates = Dates(zone: service?.zone ?? "Europe/London")
        heading = W.worryOf(when: dates.dayAndTime(worry.at))
        caption = service?.name ?? W.serviceNone
        words = worry.words
        about = worry.about
        contact = worry.contact
        from = worry.page
        due = dates.weekday(worry.due)
        isSeen = worry.seenAt != nil
        isEnded = worry.endedAt != nil
        state = isEnded ? W.stateEnded : isSeen ? W.stateSeen : Lateness(worry.due, at: visit.at, zone: dates.zone).words
        notes = try WorryStore.notes(of: worry.id, tx).map { note in
            Note(what: Self.name(note.kind), on: dates.dayAndTime(note.at), by: note.by ?? Common.someone, words: note.words)
        }
        problems = visit.form.problems
        form = visit.form
        version = worry.version
        here = Self.url(worry.id)
        surroundings = Surroundings(
            breadcrumbs: [Link(W.desk, to: .path("/desk")), Link(W.listHeading, to: .path("/worries"))],
            isPrivate: true
        )
    }

    private static func name(_ kind: WorryNote.Kind) -> String {
        switch kind {
        case .seen: W.noteSeen
        case .did: W.noteDid
        case .ended: W.noteEnded
        case .opened: W.noteOpened
        }
    }

    var html: HTML {
        HTML {
            p { tag(state, isEnded ? .good : isSeen ? .waiting : .attention) }
            summaryList([
                SummaryRow(W.rowWords, html: HTML::words(words)), SummaryRow(W.rowAbout, about), SummaryRow(W.rowContact, contact),
                SummaryRow(W.rowFrom, from), SummaryRow(W.rowDue, due),
            ])
            if !notes.isEmpty { section(W.notesHeading) { ol(class: "plain") { for note in notes { li { noteLine(note) } } } } }
            section(W.doHeading) { doing }
        }
    }

    private func noteLine(_ note: Note) -> HTML {
        HTML {
            p {
                strong(note.what)
                " · \(note.on) · \(note.by)"
            }
            if !note.words.isEmpty { HTML::words(note.words) }
        }
    }

    private var doing: HTML {
        HTML {
            if !isSeen { postButton(W.seeButton, to: below("seeing")) }
            HTML::form(post: isEnded ? below("opening") : below("answers"), help: [.asksBeforeLeaving]) {
                hidden("version", version)
                textArea(
                    "words",
                    label: isEnded ? W.openLabel : W.didLabel,
                    value: form.value("words", or: ""),
                    hint: isEnded ? nil : W.didHint,
                    problems: problems,
                    limit: Self.limit,
                    rows: 5
                )
                if !isEnded { checkbox("ends", label: W.endsLabel, isChecked: form.has("ends"), hint: W.endsHint) }
                buttons { button(isEnded ? W.openButton : Common.save) }
            }
        }
    }

    private func below(_ part: String) -> SafeURL { SafeURL(local: here.description + SafeURL.path("/", part).description) ?? here }
}
