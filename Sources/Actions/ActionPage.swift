import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// `/actions/:action`: one action, whose it is, by when, and what became of it.
struct ActionPage: Page {
    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let action: Action
    let theme: Link?
    let stateWords: String
    let dueWords: String
    let isOverdue: Bool
    let moves: [String]
    let endWords: String?
    /// What has just been done here.
    let news: String?
    let ways: [Link]
    let drop: Link?

    init(_ here: ActionVisit, _ tx: Transaction) throws {
        let dates = here.project.dates
        let now = here.visit.at
        action = here.action
        heading = action.what.count > 80 ? W.action : action.what
        caption = here.theme.title
        surroundings = here.surroundings()
        theme = here.maySeeTheme ? Link(here.theme.title, to: here.themeURL) : nil
        isOverdue = action.isOverdue(at: now)
        stateWords = action.state.label(isOverdue: isOverdue)
        dueWords = dates.day(action.due)
        news = here.visit.query["done"].flatMap(Self.news)
        moves = try ActionStore.moves(of: action.id, tx).map { move in
            W.moved(
                day: dates.day(move.at),
                who: move.by ?? Common.someone,
                was: dates.day(move.was),
                due: dates.day(move.due),
                reason: move.reason
            )
        }
        endWords = here.action.endedAt.map { W.endedBy(day: dates.day($0), who: here.action.endedBy ?? Common.someone) }
        guard here.mayTend else {
            ways = []
            drop = nil
            return
        }
        let id = action.id
        let isOpen = action.state == .doing
        let change = Link(
            W.recordChange,
            to: SafeURL.path(
                "/",
                here.project.service.slug,
                "projects",
                here.project.project.slug,
                "themes",
                here.theme.id,
                "changes",
                "new"
            ).adding("action", id)
        )
        ways =
            isOpen
            ? [
                Link(W.finish, to: .path("/actions", id, "completion")), Link(W.move, to: .path("/actions", id, "date")),
                Link(W.editAction, to: .path("/actions", id, "edit")),
            ] : action.state == .done && here.maySeeTheme ? [change] : []
        drop = isOpen ? Link(W.drop, to: .path("/actions", id, "dropping")) : nil
    }

    private static func news(_ done: String) -> String? {
        switch done {
        case "edited": W.newsEdited
        case "finished": W.newsFinished
        case "dropped": W.newsDropped
        case "date": W.newsMoved
        default: nil
        }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            p { tag(stateWords, action.state.tone(isOverdue: isOverdue)) }
            summaryList(rows)
            if !moves.isEmpty {
                section(W.movedHeading) { ul { for move in moves { li(move) } } }
            }
            if let first = ways.first {
                p { buttonLink(first.label, to: first.url) }
                ul { for way in ways.dropFirst() + [drop].compactMap(\.self) { li { a(way.label, to: way.url) } } }
            }
        }
    }

    private var rows: [SummaryRow] {
        var rows = [SummaryRow(W.what, action.what), SummaryRow(W.owner, action.ownerName), SummaryRow(W.due, dueWords)]
        if let theme { rows.append(SummaryRow(W.theme, html: a(theme.label, to: theme.url))) }
        if let endWords { rows.append(SummaryRow(W.ended, endWords)) }
        if !action.evidence.isEmpty { rows.append(SummaryRow(W.evidence, action.evidence)) }
        if let url = action.evidenceURL { rows.append(SummaryRow(W.evidenceLink, html: a(url.description, to: url))) }
        if !action.reason.isEmpty { rows.append(SummaryRow(W.reason, action.reason)) }
        return rows
    }
}

extension Action.State {
    /// "Being done", "Done", "Not done", or "Overdue".
    public func label(isOverdue: Bool) -> String {
        switch self {
        case .doing: isOverdue ? W.overdue : W.doing
        case .done: W.done
        case .dropped: W.dropped
        }
    }

    public func tone(isOverdue: Bool) -> Tone {
        switch self {
        case .doing: isOverdue ? .attention : .waiting
        case .done: .good
        case .dropped: .neutral
        }
    }
}
