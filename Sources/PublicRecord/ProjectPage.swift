import Discussion
import HTML
import Kernel
import Projects
import Services
import Statements
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
    let rounds: [RoundLine]
    /// Nothing has begun: nothing is promised yet, and nothing can have been said.
    let isPlanned: Bool
    let activities: [ActivityLine]
    private let rungs: [Rung]
    let promises: [String]
    let sessions: [HeldSession]
    let themes: [ThemeLine]
    let reflection: [Retold]
    let ratings: [RatingLine]
    let together: [TogetherLine]
    let voices: [KeptRow]
    /// nil where nothing can have been said yet.
    let counted: String?
    /// Where the rest of what was said can be read.
    let all: Link?
    /// Where the rest of the themes are.
    let moreThemes: Link?
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
        case about, phase, say, joining, phone, rounds, activities, promises, sessions, themes, reflection, ratings, together, voices,
            counted, all,
            moreThemes
    }

    // A page that a phone can take in: the newest of each, and a way to all of them.
    private static let mostThemes = 5
    private static let mostVoices = 3

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
        isPlanned = project.state == .planned
        ways = try Self.ways(here, tx)
        rounds = try RoundLine.all(in: here, tx).map(\.short)
        let doing = try ActivityStore.all(of: project.id, tx)
        activities = doing.map { ActivityLine($0) }
        rungs = ActivityLine.ladder(doing)
        promises = project.state == .planned ? [] : Self.promises(project.clocks)
        sessions = try HeldSession.all(of: here, tx)
        let (lines, rest) = try Self.themes(here, tx)
        themes = lines
        moreThemes = rest
        reflection = Retold.parts(of: project.reflection)
        ratings = try RatingLine.all(of: project.id, here.perspectives, tx)
        together = try TogetherLine.all(of: here, tx)
        let slice = try PublicVoices.list(in: here, part: .newest, size: Self.mostVoices, tx)
        voices = try PublicVoices.rows(slice.entries.map(\.id), in: here, tx)
        let number = try PublicVoices.count(in: project.place, tx)
        counted = isPlanned && voices.isEmpty ? nil : AllVoicesPage.counted(number)
        all = slice.older == nil ? nil : Link(Self.readAll(number, actor), to: AllVoicesPage.url(here))
        surroundings = here.home(feed: Feed.link(of: service))
        news = .path("/", service.slug, "you-said-we-did")
    }

    /// Whoever is signed in may read more than everybody: how much more is not counted.
    private static func readAll(_ number: Int, _ actor: Actor) -> String {
        actor.person == nil && number <= PublicVoices.mostCounted ? W.readAllVoices(number: String(number)) : W.readAllHere
    }

    private static func joining(_ project: Project, maySay: Bool) -> String {
        switch project.state {
        case .planned: W.joinPlanned
        case .finished: W.joinFinished
        case .open: maySay ? W.joinOpen : W.joinByInvitation
        }
    }

    /// Where the people of the project do their work.
    private static func ways(_ here: ProjectVisit, _ tx: Transaction) throws -> [Link] {
        guard ThemePolicy.mayRead(in: here.place, by: here.actor) else { return [] }
        let writes = (try? VoicePolicy.scribe(in: here.place, by: here.actor)) != nil
        let runs = VoicePolicy.runs(here.place, here.actor)
        var ways: [Link] = []
        if writes, here.project.state == .open {
            ways += [Link(W.wayPhoneCall, to: here.here("voices", "phone")), Link(W.wayPaper, to: here.here("voices", "paper"))]
        }
        ways += try ProjectLinks.rooms(here, tx).map { Link(W.wayGroup(name: $0.label), to: $0.url) }
        if runs || writes || here.actor.isMember(of: here.project.id) {
            ways += [
                Link(writes ? W.waySessionsWrite : W.waySessions, to: here.here("sessions")),
                Link(W.whatPeopleSaid, to: here.here("voices")),
            ]
        }
        ways += [Link(W.wayThemes, to: here.here("themes")), Link(W.wayRatings, to: here.here("ratings"))]
        if runs { ways += [Link(W.wayGroups, to: here.here("groups")), Link(W.wayRounds, to: here.here("rounds"))] }
        return ways
    }

    private static func promises(_ clocks: Clocks) -> [String] {
        [
            W.promiseHear(within: clocks.hear.inWords), W.promiseDiscuss(within: clocks.discuss.inWords),
            W.promiseDecide(within: clocks.decide.inWords), W.promiseReply(within: clocks.reply.inWords),
        ]
    }

    private static func themes(_ here: ProjectVisit, _ tx: Transaction) throws -> ([ThemeLine], more: Link?) {
        let found = try PublicThemes.list(in: here.project, for: here.actor, most: mostThemes + 1, tx)
        let all = found.prefix(mostThemes)
        let waiting = all.filter { $0.state == "open" || $0.state == "discussed" }.map(\.id)
        let dues = try PublicThemes.dues(waiting, in: here.place, for: here.actor, tx)
        let lines = all.map { theme in
            ThemeLine(
                title: theme.title,
                url: PublicThemes.url(theme.id, in: here.service),
                state: .of(theme: theme.state),
                late: theme.late(dues[theme.id], here.dates, at: here.visit.at),
                seenBy: theme.isPublic ? nil : W.seenByProject
            )
        }
        guard found.count > mostThemes else { return (lines, nil) }
        let mayWork = PublicThemes.mayReadAll(in: here.place, by: here.actor)
        let url = mayWork ? here.here("themes") : SafeURL.path("/", here.service.slug, "you-said-we-did")
        return (lines, Link(mayWork ? W.allThemes : W.allNews, to: url))
    }

    // MARK: As a page

    var html: HTML {
        div(class: "columns") {
            div(class: "aside") {
                haveYourSay
                if !ways.isEmpty { nav(label: W.waysLabel) { ul(class: "plain") { for way in ways { li { a(way.label, to: way.url) } } } } }
                if !promises.isEmpty { section(W.promises) { ul { for promise in promises { li(promise) } } } }
            }
            div {
                p { badge(W.phase, phase) }
                if !rounds.isEmpty { section(W.roundsHeading, id: "rounds") { for round in rounds { round.line } } }
                if !about.isEmpty { section(W.aboutProject) { HTML::words(about) } }
                if !themes.isEmpty { section(W.themes, id: "themes") { themeList } }
                if !isPlanned || !voices.isEmpty { section(W.whatPeopleSaid, id: "voices") { voiceList } }
                if !activities.isEmpty { section(W.levels) { levels } }
                if !sessions.isEmpty { section(W.sessionsHeld) { sessionList } }
                if !ratings.isEmpty || !together.isEmpty { section(W.listened) { ratingList } }
                if !reflection.isEmpty { section(W.reflection) { for part in reflection { part.html } } }
            }
        }
    }

    private var haveYourSay: HTML {
        nextSteps(isPlanned ? W.notBegun : W.haveYourSay) {
            p(joining)
            if let say { p { buttonLink(W.haveYourSay, to: say) } }
            if let phone { phoneLine(phone) }
        }
    }

    private var levels: HTML {
        HTML {
            p(W.levelsLead)
            for activity in activities { activity.html }
            details(W.wholeLadder) { ladder(label: W.wholeLadder, rungs: rungs) }
        }
    }

    private var themeList: HTML {
        HTML {
            ul(class: "plain rows") {
                for theme in themes {
                    li {
                        a(theme.title, to: theme.url)
                        " "
                        if let late = theme.late { tag(late, .attention) } else { tag(theme.state.words, theme.state.tone) }
                        if let seenBy = theme.seenBy { p(seenBy, class: "quiet") }
                    }
                }
            }
            p { a(moreThemes?.label ?? W.allNews, to: moreThemes?.url ?? news) }
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
            if let counted { p(counted, class: "quiet") }
            for voice in voices { voice.html }
            if voices.isEmpty { emptyState(W.nothingSaidYet, next: say.map { Link(W.haveYourSay, to: $0) }) }
            if let all { p { a(all.label, to: all.url) } }
        }
    }
}
