import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web
import Words

/// The page of one project: its question, how honest its levels are, what was promised, who met, what people said and what became of it.
struct ProjectPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let about: String
    let phase: String
    /// The way to say something; nil where it is not for whoever looks.
    let say: SafeURL?
    /// How else to take part.
    let joining: String
    let phone: String?
    let ways: [Link]
    let activities: [ActivityLine]
    let promises: [String]
    let sessions: [HeldSession]
    let themes: [ThemeLine]
    let reflection: String
    let ratings: [RatingLine]
    let together: [TogetherLine]
    let voices: [VoiceRow]
    let counted: String
    let more: Ways
    let surroundings: Surroundings
    private let news: SafeURL

    struct ThemeLine: Encodable, Sendable {
        let title: String
        let url: SafeURL
        let state: StateTag
        let late: String?
        /// Said where only the people of the project see it.
        let seenBy: String?
    }

    private enum CodingKeys: String, CodingKey {
        case about, phase, say, joining, phone, activities, promises, sessions, themes, reflection, ratings, together, voices, counted, more
    }

    // 50: beyond that, "You said, we did" has them all, with filters.
    private static let mostThemes = 50

    init(_ visit: Visit, _ tx: Transaction) throws {
        let here = try ProjectVisit(visit, tx)
        let (project, service, actor) = (here.project, here.service, here.actor)
        heading = project.title
        caption = W.projectCaption
        lead = project.question
        about = project.about
        phase = project.phase.words
        let maySay = (try? VoicePolicy.say(in: project, by: actor)) != nil
        say = maySay ? here.here("say") : nil
        joining = Self.joining(project, maySay: maySay)
        phone = service.phone
        ways = Self.ways(here)
        activities = try ActivityStore.all(of: project.id, tx).map { ActivityLine($0) }
        promises = Self.promises(project.clocks)
        sessions = try HeldSession.all(of: here, tx)
        themes = try Self.themes(here, tx)
        reflection = project.reflection
        ratings = try RatingLine.all(of: project.id, here.perspectives, tx)
        together = try TogetherLine.all(of: here, tx)
        let slice = try PublicVoices.slice(in: here, part: Part(visit.query), tx)
        voices = slice.entries.map { $0.row(in: service, here.perspectives, here.dates, at: visit.at) }
        counted = try Self.counted(PublicVoices.count(in: project.place, tx))
        more = slice.ways(from: here.url)
        surroundings = here.home(feed: Feed.link(of: service))
        news = .path("/", service.slug, "you-said-we-did")
    }

    private static func counted(_ number: Int) -> String {
        number > PublicVoices.mostCounted ? W.publicVoicesMore(number: String(PublicVoices.mostCounted)) : W.publicVoices(n: number)
    }

    private static func joining(_ project: Project, maySay: Bool) -> String {
        switch project.state {
        case .planned: W.joinPlanned
        case .finished: W.joinFinished
        case .open: maySay ? W.joinOpen : W.joinByInvitation
        }
    }

    /// Where the people of the project do their work.
    private static func ways(_ here: ProjectVisit) -> [Link] {
        let runs = VoicePolicy.runs(here.place, here.actor)
        guard ThemePolicy.mayRead(in: here.place, by: here.actor) else { return [] }
        var ways = [Link(W.wayThemes, to: here.here("themes")), Link(W.wayRatings, to: here.here("ratings"))]
        if runs {
            ways += [
                Link(W.waySessions, to: here.here("sessions")), Link(W.wayGroups, to: here.here("groups")),
                Link(W.wayPhoneCall, to: here.here("voices", "phone")), Link(W.wayPaper, to: here.here("voices", "paper")),
            ]
        }
        return ways
    }

    private static func promises(_ clocks: Clocks) -> [String] {
        [
            W.promiseHear(within: clocks.hear.inWords), W.promiseDiscuss(within: clocks.discuss.inWords),
            W.promiseDecide(within: clocks.decide.inWords), W.promiseReply(within: clocks.reply.inWords),
        ]
    }

    private static func themes(_ here: ProjectVisit, _ tx: Transaction) throws -> [ThemeLine] {
        let all = try PublicThemes.list(in: here.project, for: here.actor, most: mostThemes, tx)
        let waiting = all.filter { $0.state == "open" || $0.state == "discussed" }.map(\.id)
        let dues = try PublicThemes.dues(waiting, in: here.place, for: here.actor, tx)
        return all.map { theme in
            ThemeLine(
                title: theme.title,
                url: PublicThemes.url(theme.id, in: here.service),
                state: .of(theme: theme.state),
                late: theme.late(dues[theme.id], here.dates, at: here.visit.at),
                seenBy: theme.isPublic ? nil : W.seenByProject
            )
        }
    }

    // MARK: As a page

    var html: HTML {
        HTML {
            p { badge(W.phase, phase) }
            haveYourSay
            if !ways.isEmpty { nav(label: W.waysLabel) { ul(class: "plain") { for way in ways { li { a(way.label, to: way.url) } } } } }
            if !about.isEmpty { section(W.aboutProject) { HTML::words(about) } }
            if !activities.isEmpty { section(W.levels) { levels } }
            section(W.promises) { ul { for promise in promises { li(promise) } } }
            if !themes.isEmpty { section(W.themes, id: "themes") { themeList } }
            if !sessions.isEmpty { section(W.sessionsHeld) { sessionList } }
            if !ratings.isEmpty || !together.isEmpty { section(W.listened) { ratingList } }
            if !reflection.isEmpty { section(W.reflection) { HTML::words(reflection) } }
            section(W.whatPeopleSaid, id: "voices") { voiceList }
        }
    }

    private var haveYourSay: HTML {
        nextSteps(W.haveYourSay) {
            p(joining)
            if let say { p { buttonLink(W.haveYourSay, to: say) } }
            if let phone { phoneLine(phone) }
        }
    }

    private var levels: HTML {
        HTML {
            p(W.levelsLead)
            for activity in activities { activity.html }
        }
    }

    private var themeList: HTML {
        HTML {
            ul(class: "plain") {
                for theme in themes {
                    li {
                        a(theme.title, to: theme.url)
                        " "
                        tag(theme.state.words, theme.state.tone)
                        if let late = theme.late {
                            " "
                            tag(late, .attention)
                        }
                        if let seenBy = theme.seenBy { p(seenBy, class: "quiet") }
                    }
                }
            }
            p { a(W.allNews, to: news) }
        }
    }

    private var sessionList: HTML {
        ul { for one in sessions { li { one.html } } }
    }

    private var ratingList: HTML {
        HTML {
            for one in together { one.html }
            for one in ratings { p(one.words) }
            p(W.ratingsSmall, class: "quiet")
        }
    }

    private var voiceList: HTML {
        HTML {
            p(counted, class: "quiet")
            for voice in voices { voice.html }
            if voices.isEmpty { emptyState(W.nothingSaidYet, next: say.map { Link(W.haveYourSay, to: $0) }) }
            more.html
        }
    }
}
