import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words
import Worries

/// What waits for somebody, overdue first: one list a step of the path, and the one thing to do next.
struct DeskPage: Page {
    let heading = W.deskHeading
    let writing: WritingDown
    let next: DeskLine?
    let lists: [ShortList]
    let worries: String?
    /// Set for a safeguarding lead for whom none waits: the way to those that were answered.
    let noWorries: String?
    /// What an administrator must put right before somebody comes to harm.
    let missing: String?
    let late: String?
    let projects: [DeskChoice]
    let project: ProjectID?
    let surroundings = Surroundings(breadcrumbs: [], isPrivate: true)

    /// What is late in projects that others run.
    let watched: [DeskLine]
    /// About lists and referrals, which belong to no project.
    let families: [DeskLine]
    /// Pages in plain words that wait for somebody to check, publish, answer or renew them.
    let pages: [DeskLine]

    struct ShortList: Encodable, Sendable {
        let title: String
        /// Long and not late: folded away until it is wanted.
        let isFolded: Bool
        let count: String
        let late: String?
        let lines: [DeskLine]
        let all: SafeURL?
    }

    private enum CodingKeys: String, CodingKey {
        case writing, next, lists, watched, families, pages, worries, noWorries, missing, late, project
    }

    // 5 of each: what can be done this morning.
    private static let short = 5

    init(_ visit: Visit, _ tx: Transaction) throws {
        _ = try visit.someone()
        let desk = try Desk(visit, tx)
        project = desk.lists.only
        writing = try WritingDown(visit.actor, only: desk.lists.only, tx)
        projects = desk.choices
        var found: [Waiting] = []
        var lists: [ShortList] = []
        var lateCount = 0
        for task in Task.allCases {
            let lines = try desk.lists.list(task, Asked(limit: Self.short + 1), tx)
            guard !lines.isEmpty else { continue }
            let count = try desk.lists.count(task, at: visit.at, tx)
            found += lines
            lateCount += count.late
            lists.append(
                ShortList(
                    title: DeskWords.title(task),
                    isFolded: count.late == 0 && count.waiting > 3 && (task == .discuss || task == .decide || task == .start),
                    count: DeskWords.count(count.waiting),
                    late: count.late > 0 ? DeskWords.late(count.late) : nil,
                    lines: lines.prefix(Self.short).map { desk.line($0) }.withoutCommonProject,
                    all: lines.count > Self.short ? DeskListPage.url(task, desk.lists.only) : nil
                )
            )
        }
        self.lists = lists
        watched = try desk.lists.watched(at: visit.at, tx).map { desk.line($0, isTheirs: true) }.withoutCommonProject
        families = try DeskReferrals.lines(visit, tx)
        pages = desk.lists.only == nil ? try DeskLeaflets(visit.actor, tx).lines(at: visit.at, tx) : []
        next = found.min { $0.order < $1.order }.map { desk.line($0) } ?? families.first ?? pages.first
        let unled = try MissingLeads.services(for: visit.actor, tx)
        missing = unled.isEmpty ? nil : W.noLead(services: listed(unled))
        late = lateCount > 0 ? DeskWords.late(lateCount) : nil
        let waiting = try WaitingWorries.count(for: visit.actor, at: visit.at, tx)
        noWorries = waiting?.waiting == 0 ? W.worriesNone : nil
        worries = waiting.flatMap {
            $0.waiting == 0 ? nil : W.worries(n: $0.waiting) + ($0.late > 0 ? " " + W.worriesLate(n: $0.late) : "")
        }
    }

    var html: HTML {
        HTML {
            if let missing { warningText(missing) }
            if let worries {
                notificationBanner(worries) { p { a(W.worriesLink, to: .path("/worries")) } }
            }
            if let noWorries {
                p(class: "quiet") {
                    noWorries
                    " "
                    a(W.worriesLink, to: .path("/worries"))
                }
            }
            writing.html
            if let next { nextSteps(W.nextHeading) { nextLine(next) } }
            if projects.count > 1 { projectNav }
            if let late {
                p {
                    tag(late, .attention)
                    " "
                    a(W.overdueLink, to: DeskOverduePage.url(project))
                }
            }
            for list in lists { shortList(list) }
            if !watched.isEmpty {
                section(W.watchedHeading) {
                    p(W.watchedLead, class: "quiet")
                    deskList(watched, isMixed: true)
                }
            }
            if !families.isEmpty { section(W.familiesHeading) { deskList(families, isMixed: true) } }
            if !pages.isEmpty { section(W.pagesHeading) { deskList(pages, isMixed: true) } }
            if lists.isEmpty, watched.isEmpty, families.isEmpty, pages.isEmpty { emptyState(W.nothingWaiting) }
        }
    }

    private func nextLine(_ line: DeskLine) -> HTML {
        HTML {
            p {
                strong(line.task)
                ": "
                line.title
            }
            p([line.project, line.due ?? W.noClock].compactMap(\.self).joined(separator: " · "), class: "quiet")
            p { buttonLink(W.doNext, to: line.url) }
        }
    }

    /// One press narrows the desk down.
    private var projectNav: HTML {
        nav(label: W.filterLabel, class: "tabs") {
            ul(class: "plain") {
                li { a(W.allProjects, to: .path("/desk"), isCurrent: project == nil) }
                for one in projects {
                    li { a(one.name, to: SafeURL.path("/desk").adding("project", one.id), isCurrent: project?.text == one.id) }
                }
            }
        }
    }

    private func shortList(_ list: ShortList) -> HTML {
        let rows = HTML {
            deskList(list.lines, isMixed: false)
            if let all = list.all { p { a(W.seeAll, about: list.title, to: all) } }
        }
        return section(list.title) {
            if list.isFolded {
                details(W.noneLate(count: list.count)) { rows }
            } else {
                p {
                    list.count
                    if let late = list.late {
                        " "
                        tag(late, .attention)
                    }
                }
                rows
            }
        }
    }
}

/// One of the lists, whole, in parts of fifty.
struct DeskListPage: Page {
    let heading: String
    let lines: [DeskLine]
    let more: SafeURL?
    let surroundings = Surroundings(breadcrumbs: [Link(W.deskHeading, to: .path("/desk"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case lines, more }

    static let size = 50

    static func url(_ task: Task, _ project: ProjectID?) -> SafeURL { .path("/desk", task.rawValue).adding("project", project?.text) }

    init(_ visit: Visit, _ tx: Transaction) throws {
        _ = try visit.someone()
        guard let task = Task(rawValue: try visit.part("list")) else { throw Refusal.notFound }
        let desk = try Desk(visit, tx)
        heading = DeskWords.title(task)
        let found = try desk.lists.list(task, Asked(after: DueCursor(visit.query["after"]), limit: Self.size + 1), tx)
        lines = found.prefix(Self.size).map { desk.line($0) }.withoutCommonProject
        more = Self.more(found, Self.url(task, desk.lists.only))
    }

    /// What has no clock has no place to go on from; of that, the first fifty are shown.
    static func more(_ found: [Waiting], _ url: SafeURL) -> SafeURL? {
        guard found.count > size, let last = found.prefix(size).last, let due = last.due else { return nil }
        return url.adding("after", DueCursor(due, last.id).text)
    }

    var html: HTML {
        HTML {
            if lines.isEmpty { emptyState(W.nothingWaiting, next: Link(W.deskHeading, to: .path("/desk"))) }
            deskList(lines, isMixed: false)
            if let more { p { a(W.more, to: more) } }
        }
    }
}

/// Everything that is late, the longest first.
struct DeskOverduePage: Page {
    let heading = W.overdueHeading
    let lead: String? = W.overdueLead
    let lines: [DeskLine]
    let more: SafeURL?
    let surroundings = Surroundings(breadcrumbs: [Link(W.deskHeading, to: .path("/desk"))], isPrivate: true)

    private enum CodingKeys: String, CodingKey { case lines, more }

    static func url(_ project: ProjectID?) -> SafeURL { .path("/desk/overdue").adding("project", project?.text) }

    init(_ visit: Visit, _ tx: Transaction) throws {
        _ = try visit.someone()
        let desk = try Desk(visit, tx)
        let asked = Asked(after: DueCursor(visit.query["after"]), lateAt: visit.at, limit: DeskListPage.size + 1)
        let found = try Task.allCases.flatMap { try desk.lists.list($0, asked, tx) }.sorted { $0.order < $1.order }
        lines = found.prefix(DeskListPage.size).map { desk.line($0) }.withoutCommonProject
        more = DeskListPage.more(found, Self.url(desk.lists.only))
    }

    var html: HTML {
        HTML {
            if lines.isEmpty { emptyState(W.nothingLate, next: Link(W.deskHeading, to: .path("/desk"))) }
            deskList(lines, isMixed: true)
            if let more { p { a(W.more, to: more) } }
        }
    }
}

/// Rows: when, what and who, and the way to do it. `isMixed` where different tasks stand in one list, so that each has to be named.
func deskList(_ lines: [DeskLine], isMixed: Bool) -> HTML {
    guard !lines.isEmpty else { return .nothing }
    return ol(class: "plain desk") {
        for line in lines {
            li {
                div {
                    if let due = line.due { tag(due, line.isLate ? .attention : .waiting) }
                    if let day = line.day { span(day, class: "quiet") }
                }
                div {
                    p(line.title)
                    let facts = [isMixed ? line.task : nil, line.who, line.project].compactMap(\.self)
                    if !facts.isEmpty { p(facts.joined(separator: " · "), class: "quiet") }
                }
                a(line.verb, about: line.title, to: line.url, class: "button secondary")
            }
        }
    }
}

/// One thing that waits, in words.
struct DeskLine: Encodable, Sendable {
    let task: String
    let title: String
    let who: String?
    /// What there is to press.
    let verb: String
    /// Left out where all that stands together is of one project.
    var project: String?
    let due: String?
    let day: String?
    let isLate: Bool
    let url: SafeURL
}

extension [DeskLine] {
    /// Where all is of one project, its name need not stand in every row.
    fileprivate var withoutCommonProject: [DeskLine] {
        guard Set(map(\.project)).count == 1 else { return self }
        return map { line in
            var short = line
            short.project = nil
            return short
        }
    }
}

/// A project to narrow the desk down to.
struct DeskChoice: Encodable, Sendable {
    let id: String
    let name: String
}

/// Somebody's desk while a page of it is made.
struct Desk {
    let lists: DeskLists
    let choices: [DeskChoice]
    private let projects: [ProjectID: DeskProject]
    private let now: Moment

    init(_ visit: Visit, _ tx: Transaction) throws {
        var seen: [ProjectID: DeskProject] = [:]
        var choices: [DeskChoice] = []
        for task in [Task.hear, .call] {
            for project in try DeskReach.projects(task, for: visit.actor, tx) where seen[project.id] == nil {
                seen[project.id] = project
                // Where nothing has begun, nothing waits.
                if !project.isPlanned { choices.append(DeskChoice(id: project.id.text, name: project.title)) }
            }
        }
        for project in try DeskReach.staffProjects(of: visit.actor, tx) where seen[project.id] == nil {
            seen[project.id] = project
            choices.append(DeskChoice(id: project.id.text, name: project.title))
        }
        for project in try Self.ofOwnActions(visit.actor, tx) where seen[project.id] == nil { seen[project.id] = project }
        // A project that is none of theirs, or none at all, finds nothing: it must not look as if everything were of that project.
        let asked = visit.query["project"].map { ProjectID($0) ?? ProjectID(at: Moment(milliseconds: 0), chance: visit.chance) }
        lists = DeskLists(actor: visit.actor, only: asked)
        self.choices = choices
        projects = seen
        now = visit.at
    }

    private static func ofOwnActions(_ actor: Actor, _ tx: Transaction) throws -> [DeskProject] {
        try tx.all(
            """
            SELECT \(DeskProject.columns) FROM projects JOIN services ON services.id = projects.service WHERE projects.id IN (
                SELECT themes.project FROM actions JOIN themes ON themes.id = actions.theme
                WHERE actions.state = 'doing' AND actions.owner = \(actor.personID))
            """
        ) { try DeskProject(&$0) }
    }

    func line(_ waiting: Waiting, isTheirs: Bool = false) -> DeskLine {
        let project = projects[waiting.project]
        let dates = Dates(zone: project?.zone ?? "Europe/London")
        let lateness = waiting.due.map { Lateness($0, at: now, zone: dates.zone) }
        return DeskLine(
            task: DeskWords.title(waiting.task),
            title: waiting.title,
            who: waiting.who,
            verb: isTheirs ? W.look : DeskWords.verb(waiting.task),
            project: project?.title ?? "",
            due: lateness?.words,
            day: waiting.due.map { dates.day($0) },
            isLate: lateness?.isLate ?? false,
            url: waiting.url
        )
    }
}

enum DeskWords {
    static func title(_ task: Task) -> String {
        switch task {
        case .hear: W.taskHear
        case .sort: W.taskSort
        case .look: W.taskLook
        case .discuss: W.taskDiscuss
        case .decide: W.taskDecide
        case .start: W.taskStart
        case .act: W.taskAct
        case .tell: W.taskTell
        case .call: W.taskCall
        case .read: W.taskRead
        case .again: W.taskAgain
        }
    }

    static func verb(_ task: Task) -> String {
        switch task {
        case .hear: W.verbHear
        case .sort: W.verbSort
        case .look: W.verbLook
        case .discuss: W.verbDiscuss
        case .decide: W.verbDecide
        case .start: W.verbStart
        case .act: W.verbAct
        case .tell: W.verbTell
        case .call: W.verbCall
        case .read: W.verbRead
        case .again: W.verbAgain
        }
    }

    static func count(_ number: Int) -> String {
        number > DeskLists.mostCounted ? W.waitingMore(number: String(DeskLists.mostCounted)) : W.waiting(n: number)
    }

    static func late(_ number: Int) -> String {
        number > DeskLists.mostCounted ? W.lateMore(number: String(DeskLists.mostCounted)) : W.late(n: number)
    }

    static func channel(_ channel: String) -> String {
        switch channel {
        case "phone": W.callPhone
        case "email": W.callEmail
        case "text": W.callText
        case "letter": W.callLetter
        default: W.callInPerson
        }
    }

    /// 120 bytes of what somebody said: enough to know it again.
    static func beginning(_ words: String) -> String {
        let line = words.split(separator: "\n").joined(separator: " ")
        guard line.utf8.count > 120 else { return line.isEmpty ? W.noWords : line }
        let cut = line.unicodeScalars[..<line.utf8.index(line.startIndex, offsetBy: 120)]
        return String(cut.lastIndex(where: \.properties.isWhitespace).map { cut[..<$0] } ?? cut) + "…"
    }
}
