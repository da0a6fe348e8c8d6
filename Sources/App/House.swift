import Actions
import Decisions
import Desk
import Directory
import DirectoryFeed
import DirectoryImports
import DirectoryPages
import DirectoryWork
import Discussion
import Experiences
import HTML
import Kernel
import Logging
import Messages
import Pathways
import People
import Projects
import PublicRecord
import Ratings
import ReadAloud
import Readers
import Receipts
import Referrals
import Replies
import Services
import Sessions
import Shortlists
import Statements
import Steps
import Store
import Themes
import Trail
import Voices
import Web
import WhatWeThink
import Worries

/// The whole product on one database: the only place that knows every slice.
public struct House {
    public let db: Database
    public let site: Site
    /// What each round's answers come to, as this process remembers it.
    public let states = RoundStates()

    /// - Parameters:
    ///   - clock: what time it is; tests hand in their own.
    ///   - chance: where ids and tokens come from.
    ///   - passwords: what a password's digest costs; tests hand in a cheap one.
    public init(
        db: Database,
        facts: SiteFacts,
        clock: @escaping @Sendable () -> Moment = { .now() },
        chance: Chance = .system,
        passwords: Passwords = Passwords(),
        trustsProxy: Bool = false,
        logger: Logger
    ) {
        self.db = db
        let seen = SeenLately(db: db)
        let parts = Site.Parts(
            clock: clock,
            chance: chance,
            recognise: { tx, digest, now in try SignIns.recognise(digest, at: now, seen: seen, tx) },
            trail: TrailReader(newest: { try Trail.newest(in: $0) }, places: { try Trail.places(since: $1, in: $0) }),
            navigation: Navigation.links,
            trustsProxy: trustsProxy
        )
        site = Site(db: db, facts: facts, parts: parts, logger: logger)
        addRoutes(passwords)
    }

    private func addRoutes(_ passwords: Passwords) {
        // Paths with fixed words first, `/:service` last: the router prefers fixed words, this order says the same to people.
        PeopleRoutes.add(to: site, db: db, passwords: passwords, said: MyVoices.newest)
        WorriesRoutes.add(to: site)
        DeskRoutes.add(to: site)
        ReceiptsRoutes.add(to: site)
        VoicesRoutes.add(to: site, subjects: .entries)
        MessagesRoutes.add(
            to: site,
            also: ShortlistsRoutes.toSend,
            mayRead: { voice, actor, tx in VoicePolicy.mayRead(try VoiceStore.find(voice, tx), by: actor) }
        )
        ServicesRoutes.add(to: site, others: .ofThisHouse)
        ProjectsRoutes.add(to: site)
        SessionsRoutes.add(to: site)
        DiscussionRoutes.add(to: site)
        DecisionsRoutes.add(to: site)
        ActionsRoutes.add(to: site)
        RepliesRoutes.add(to: site)
        ThemesRoutes.add(to: site)
        RatingsRoutes.add(to: site)
        StatementsRoutes.add(to: site, states: states)
        WhatWeThinkRoutes.add(to: site, states: states)
        StepsRoutes.add(to: site)
        PathwaysRoutes.add(to: site, with: .ofThisHouse)
        ReadersRoutes.add(to: site)
        ReadAloudRoutes.add(to: site)
        let indexes = DirectoryIndexes()
        FindingRoutes.add(to: site, indexes: indexes, beside: .ofThisHouse)
        ExperiencesRoutes.add(to: site)
        WorkRoutes.add(to: site)
        ShortlistsRoutes.add(to: site, indexes: indexes, beside: ReferralsRoutes.besideLists)
        ReferralsRoutes.add(to: site)
        FeedRoutes.add(to: site, indexes: indexes)
        ImportsRoutes.add(to: site)
        FeedsRoutes.add(to: site)
        PublicRecordRoutes.add(to: site)
    }
}

/// The links in the header.
enum Navigation {
    static func links(for actor: Actor) -> [Link] {
        var links = [Link("Places that can help", to: .path("/directory"))]
        guard let someone = actor.person else { return links }
        links.append(Link("My lists", to: .path("/lists")))
        if !someone.memberships.isEmpty { links.append(Link("What I said", to: .path("/me/voices"))) }
        if !someone.grants.isEmpty || !actor.staffProjects.isEmpty { links.append(Link("Desk", to: .path("/desk"))) }
        if ServicePolicy.maySetUp(actor) { links.append(Link("Organisation", to: Organisation.url)) }
        return links
    }
}
