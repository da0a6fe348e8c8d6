import HTML
import Kernel
import Pathways
import Projects
import Services
import Store
import Web
import Words

/// The home of one service: how to have a say, what is going on, what changed.
struct ServiceHomePage: Page {
    let heading: String
    let lead: String?
    let about: String
    let phone: String?
    let open: [ProjectCard]
    let sessions: [ComingSession]
    let news: [ThemeBrief]
    let planned: [ProjectCard]
    let finished: [ProjectCard]
    let allNews: SafeURL
    /// Where there is anything in plain words.
    let pathways: Link?
    let surroundings: Surroundings

    struct ProjectCard: Encodable, Sendable {
        let title: String
        let url: SafeURL
        let question: String
        let phase: String
        /// Where anybody may say something at once.
        let say: SafeURL?
    }

    /// When people meet next, and what about. Where is for those who are invited.
    struct ComingSession: Encodable, Sendable {
        let title: String
        let when: String
        let way: String
        let project: Link
    }

    private enum CodingKeys: String, CodingKey { case about, phone, open, sessions, news, planned, finished, allNews, pathways }

    /// What has led to something: done, being done, or answered with a reason why not.
    static let changed: SQL = "themes.state IN ('done', 'doing', 'agreed', 'cannot')"

    init(_ visit: Visit, _ tx: Transaction) throws {
        let here = try ServiceVisit(visit, tx)
        let service = here.service
        heading = service.name
        lead = service.summary
        about = service.about
        phone = service.phone
        let projects = try ProjectStore.all(in: service.id, tx)
        open = projects.filter { $0.state == .open }.map { ProjectCard($0, in: service) }
        planned = projects.filter { $0.state == .planned }.map { ProjectCard($0, in: service) }
        finished = projects.filter { $0.state == .finished }.map { ProjectCard($0, in: service) }
        sessions = try Self.coming(projects, in: here, tx)
        let themes = try PublicThemes.slice(in: service, where: Self.changed, part: .newest, size: 5, tx)
        news = try PublicThemes.briefs(themes.entries, in: service, tx)
        allNews = .path("/", service.slug, "you-said-we-did")
        pathways = try LeafletStore.isAnyPublished(in: service.id, tx) ? Link(W.pathways, to: .path("/", service.slug, "pathways")) : nil
        surroundings = here.home(feed: Feed.link(of: service))
    }

    private static func coming(_ projects: [Project], in here: ServiceVisit, _ tx: Transaction) throws -> [ComingSession] {
        let byID = Dictionary(projects.map { ($0.id, $0) }) { first, _ in first }
        return try tx.all(
            """
            SELECT sessions.project, sessions.title, sessions.starts_at, sessions.way FROM sessions
            WHERE sessions.project IN \(list: projects.map(\.id)) AND sessions.starts_at > \(here.visit.at) ORDER BY sessions.starts_at, sessions.id LIMIT 10
            """
        ) { row in
            (
                project: try row.next(ProjectID.self), title: try row.next(String.self), at: try row.next(Moment.self),
                way: try row.next(String.self)
            )
        }
        .compactMap { session in
            byID[session.project].map { project in
                ComingSession(
                    title: session.title,
                    when: "\(here.dates.weekday(session.at)), \(here.dates.time(session.at))",
                    way: SessionWords.way(session.way),
                    project: project.link(in: here.service)
                )
            }
        }
    }

    var html: HTML {
        HTML {
            haveYourSay
            if let pathways { section(pathways.label, to: pathways.url) { p(W.pathwaysLead) } }
            if !about.isEmpty { section(W.aboutService) { HTML::words(about) } }
            if !sessions.isEmpty { section(W.comingSessions) { comingList } }
            section(W.whatChanged) {
                if !news.isEmpty { cards { for one in news { one.html } } }
                if news.isEmpty { emptyState(W.nothingChangedYet) }
                p { a(W.allNews, to: allNews) }
            }
            if !planned.isEmpty { section(W.planned) { cards { for one in planned { projectCard(one) } } } }
            if !finished.isEmpty { section(W.finished) { cards { for one in finished { projectCard(one) } } } }
        }
    }

    private var haveYourSay: HTML {
        section(W.haveYourSay) {
            for one in open { projectCard(one) }
            if open.isEmpty { p(W.nothingOpen) }
            if let phone { phoneLine(phone) }
            p { a(W.haveCode, to: .path("/receipt")) }
        }
    }

    private func projectCard(_ one: ProjectCard) -> HTML {
        card(one.title, to: one.url) {
            p(one.question)
            p { badge(W.phase, one.phase) }
            if let say = one.say { p { buttonLink(W.haveYourSay, to: say) } }
        }
    }

    private var comingList: HTML {
        HTML {
            ul {
                for one in sessions {
                    li {
                        strong(one.title)
                        ", \(one.when), \(one.way). "
                        a(one.project.label, to: one.project.url)
                    }
                }
            }
            p(W.placesForInvited, class: "quiet")
        }
    }
}

extension ServiceHomePage.ProjectCard {
    init(_ project: Project, in service: Service) {
        title = project.title
        url = project.url(in: service)
        question = project.question
        phase = project.phase.words
        say = project.state == .open && project.isOpenToPublic ? .path("/", service.slug, "projects", project.slug, "say") : nil
    }
}

enum SessionWords {
    static func way(_ way: String) -> String {
        switch way {
        case "video": W.wayVideo
        case "phone": W.wayPhone
        default: W.wayInPerson
        }
    }
}
