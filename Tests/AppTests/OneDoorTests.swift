import Actions
import Decisions
import Discussion
import Foundation
import HouseSupport
import Kernel
import Messages
import Projects
import Statements
import Store
import TestSupport
import Testing
import Voices
import Worries

/// One door: every page there is, asked for by every kind of person, as HTML and as JSON.
///
/// A route that is not in this table fails the test: whoever adds a page says here whom it is for.
@Suite struct TheOneDoor {
    /// Words that only their own room may read. They must not come out of any door for anybody else.
    static let secrets: [(words: String, readers: Set<Character>)] = [
        ("secretyoungroom", [.facilitator, .moderator, .youngPerson]),
        ("secretparentsroom", [.facilitator, .moderator, .scribe, .parent, .otherParent, .clinician]),
        ("secretworry", [.safeguarding]),
        ("020 7946 0999", [.facilitator, .scribe]),
    ]

    static let everybody = Set(Character.allCases)
    static let signedIn = everybody.subtracting([.stranger])
    static let members: Set<Character> = [.clinician, .parent, .otherParent, .youngPerson]
    static let runs: Set<Character> = [.facilitator, .moderator]
    static let writes: Set<Character> = [.facilitator, .scribe]
    static let administrator: Set<Character> = [.administrator]
    static let administers: Set<Character> = [.administrator, .facilitator]

    static let insiders = members.union([.facilitator, .moderator, .scribe, .publisher, .owner])

    /// Whom each page is for, in a house with one thing of each kind. Empty: nobody, since there is no such thing in this house.
    static let audience: [String: Set<Character>] = [
        "/": everybody,
        "/:service": everybody,
        "/:service/changes.atom": everybody,
        "/:service/projects/:project": everybody,
        "/:service/projects/:project/activities": everybody,
        "/:service/projects/:project/activities/:activity": [.facilitator],
        "/:service/projects/:project/groups": [
            .administrator, .facilitator, .moderator, .scribe, .safeguarding, .publisher, .owner, .clinician, .parent, .otherParent,
            .youngPerson,
        ],
        "/:service/projects/:project/groups/:group": [.administrator, .facilitator, .moderator, .clinician, .parent, .otherParent],
        "/:service/projects/:project/groups/:group/invitations/:invitation": [],
        "/:service/projects/:project/groups/:group/members/:person": [],
        "/:service/projects/:project/groups/:group/settings": administers,
        "/:service/projects/:project/people": [.administrator, .facilitator, .safeguarding],
        "/:service/projects/:project/ratings": insiders,
        "/:service/projects/:project/ratings/mine": members,
        "/:service/projects/:project/ratings/phone": writes,
        "/:service/projects/:project/ratings/together": writes,
        "/:service/projects/:project/rounds": insiders,
        "/:service/projects/:project/rounds/:round": insiders,
        "/:service/projects/:project/rounds/:round/all": insiders,
        "/:service/projects/:project/rounds/:round/answering": members,
        "/:service/projects/:project/rounds/:round/answering/mine": members,
        "/:service/projects/:project/rounds/:round/edit": [.facilitator],
        "/:service/projects/:project/rounds/:round/joining": members,
        "/:service/projects/:project/rounds/:round/paper": writes,
        "/:service/projects/:project/rounds/:round/phone": writes,
        "/:service/projects/:project/rounds/:round/sheet": writes,
        "/:service/projects/:project/rounds/:round/statements": runs,
        "/:service/projects/:project/rounds/:round/statements/:statement": runs,
        "/:service/projects/:project/rounds/:round/statements/:statement/proposal": runs,
        "/:service/projects/:project/rounds/new": [.facilitator],
        "/:service/projects/:project/say": [.facilitator, .scribe, .clinician, .parent, .otherParent, .youngPerson],
        "/:service/projects/:project/sessions": everybody,
        "/:service/projects/:project/sessions/:session": everybody,
        "/:service/projects/:project/sessions/:session/attendance": [.facilitator],
        "/:service/projects/:project/sessions/:session/calendar.ics": everybody,
        "/:service/projects/:project/sessions/:session/capture": writes,
        "/:service/projects/:project/sessions/:session/change": [.facilitator],
        "/:service/projects/:project/sessions/new": [.facilitator],
        "/:service/projects/:project/settings": administers,
        "/:service/projects/:project/themes": insiders,
        "/:service/projects/:project/themes/:theme": insiders,
        "/:service/projects/:project/themes/:theme/actions/new": [.facilitator],
        "/:service/projects/:project/themes/:theme/changes/:change/edit": [],
        "/:service/projects/:project/themes/:theme/changes/new": [.facilitator, .owner],
        "/:service/projects/:project/themes/:theme/decisions/new": [.facilitator],
        "/:service/projects/:project/themes/:theme/discussions/new": runs,
        "/:service/projects/:project/themes/:theme/edit": runs,
        "/:service/projects/:project/themes/:theme/merging": runs,
        "/:service/projects/:project/themes/:theme/replies/new": [.facilitator, .publisher],
        "/:service/projects/:project/themes/:theme/voices": runs,
        "/:service/projects/:project/themes/new": runs,
        "/:service/projects/:project/themes/sort": runs,
        "/:service/projects/:project/voices": [.facilitator, .moderator, .scribe, .clinician, .parent, .otherParent, .youngPerson],
        "/:service/projects/:project/voices/paper": writes,
        "/:service/projects/:project/voices/phone": writes,
        "/:service/projects/new": administrator,
        "/:service/settings": administrator,
        "/:service/settings/perspectives": administrator,
        "/:service/settings/perspectives/:perspective": administrator,
        "/:service/themes/:theme": everybody,
        "/:service/you-said-we-did": everybody,
        "/accessibility": everybody,
        // Behind a code of its own, which no fixture has: whoever holds it holds what it opens.
        "/answering/:code": [],
        "/answering/:code/map": [],
        "/answering/:code/mine": [],
        "/answering/:code/slip": [],
        "/actions/:action": insiders,
        "/actions/:action/completion": [.facilitator, .owner],
        "/actions/:action/date": [.facilitator, .owner],
        "/actions/:action/dropping": [.facilitator, .owner],
        "/actions/:action/edit": [.facilitator, .owner],
        "/desk": signedIn,
        "/desk/:list": signedIn,
        "/desk/overdue": signedIn,
        "/help": everybody,
        "/join/:token": [],
        "/key": everybody,
        "/me": signedIn,
        "/me/close": signedIn,
        "/me/key": signedIn,
        "/me/key/fresh": signedIn,
        "/me/name": signedIn,
        "/me/password": [],
        "/me/two-steps": [],
        "/me/voices": signedIn,
        "/organisation": administrator,
        "/organisation/name": administrator,
        "/organisation/people": administrator,
        "/organisation/people/:person": administrator,
        "/organisation/people/invitations/:invitation": [],
        "/organisation/people/invite": administrator,
        "/organisation/services/new": administrator,
        "/privacy": everybody,
        "/receipt": everybody,
        "/receipts/:code": everybody,
        "/receipts/:code/slip": everybody,
        "/sign-in": everybody,
        "/sign-in/code": [],
        "/sign-out": signedIn,
        "/tellings": writes,
        "/tellings/:telling": writes,
        "/voices/:voice": [.facilitator, .moderator, .youngPerson],
        "/voices/:voice/receipt": [],
        "/worried": everybody,
        "/worried/sent/:worry": everybody,
        "/worries": [.safeguarding],
        "/worries/:worry": [.safeguarding],
    ]

    @Test(arguments: Engine.all) func `Every page is opened by those it is for and by nobody else`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let places = try await Fixture.settle(in: house)
            let pages = house.routes.filter { $0.hasPrefix("GET ") }.map { String($0.dropFirst(4)) }
            let unlisted = pages.filter { Self.audience[$0] == nil }
            #expect(unlisted.isEmpty, "say in the table whom these are for: \(unlisted.sorted())")
            for page in pages {
                guard let audience = Self.audience[page] else { continue }
                for who in Character.allCases {
                    for json in [false, true] {
                        let answer = try await house.browser(who).get(places.path(page), json: json)
                        let isOpen = answer.status == 200
                        #expect(isOpen == audience.contains(who), "\(page) as \(who) gave \(answer.status)")
                        #expect(answer.status < 500, "\(page) as \(who)")
                        // Whoever holds a receipt's code holds what it opens.
                        for secret in Self.secrets where !secret.readers.contains(who) && !page.hasPrefix("/receipts/") {
                            #expect(!answer.text.contains(secret.words), "\(page) told \(who) what is \(secret.words)")
                        }
                    }
                }
            }
        }
    }

    @Test func `No form does anything for a stranger but those that are meant for strangers`() async throws {
        try await Engine.sqlite.withHouse { house in
            let places = try await Fixture.settle(in: house)
            let forStrangers: Set<String> = ["/sign-in", "/sign-in/code", "/key", "/join/:token", "/receipt", "/worried", "/demo/become"]
            let before = try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") }
            for route in house.routes where route.hasPrefix("POST ") {
                let path = String(route.dropFirst(5))
                guard !forStrangers.contains(path), !path.hasPrefix("/receipts/") else { continue }
                let answer = try await house.browser(.stranger).post(places.path(path), ["words": "x", "answer": "x", "sure": "yes"])
                let isSignIn = answer.status == 303 && (answer.location ?? "").hasPrefix("/sign-in")
                #expect(isSignIn || [401, 403, 404].contains(answer.status), "\(path) gave a stranger \(answer.status)")
            }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") } == before)
        }
    }

    @Test func `No form does anything for somebody who belongs to nothing`() async throws {
        try await Engine.sqlite.withHouse { house in
            let places = try await Fixture.settle(in: house)
            let own: Set<String> = [
                "/sign-in", "/sign-in/code", "/sign-out", "/key", "/join/:token", "/receipt", "/worried", "/demo/become",
            ]
            for route in house.routes where route.hasPrefix("POST ") {
                let path = String(route.dropFirst(5))
                guard !own.contains(path), !path.hasPrefix("/receipts/"), !path.hasPrefix("/me") else { continue }
                let answer = try await house.browser(.outsider).post(places.path(path), ["words": "x", "answer": "x", "sure": "yes"])
                #expect([403, 404].contains(answer.status), "\(path) gave an outsider \(answer.status)")
            }
        }
    }
}

/// One thing of each kind, and the addresses they make.
struct Fixture {
    let ids: [String: String]

    func path(_ route: String) -> String {
        route.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix(":") ? ids[String(part.dropFirst())] ?? "missing" : String(part)
        }.joined(separator: "/")
    }

    static func settle(in house: TestHouse) async throws -> Fixture {
        let deed = house.deed(.facilitator)
        let scribe = house.deed(.scribe)
        let cast = house.cast
        let youngDeed = house.deed(.youngPerson)
        return try await house.db.write { tx in
            let project = try ProjectStore.find(cast.project, tx)
            func say(_ words: String, _ perspective: String, _ group: GroupID) throws -> VoiceID {
                try SayVoice(words: words, kind: .idea, perspective: perspective, consent: .group, channel: .session, group: group)
                    .run(in: project, zone: "Europe/London", by: deed, tx).id
            }
            let young = try say("secretyoungroom", "young-people", cast.young)
            let parents = try SayVoice(
                words: "secretparentsroom",
                kind: .idea,
                perspective: "parents-and-carers",
                consent: .group,
                channel: .phone,
                group: cast.parents,
                wasReadBack: true,
                replyBy: .phone,
                replyTo: "020 7946 0999"
            ).run(in: project, zone: "Europe/London", by: scribe, tx)
            try HearVoice.run(parents.id, answer: "An answer.", by: deed, tx)
            _ = youngDeed
            let theme = try StartTheme.run(
                ThemeDraft(title: "Ringing", said: "People want calls.", isPublic: true),
                in: project,
                by: deed,
                tx
            )
            try SortVoice.run(parents.id, from: nil, into: theme.id, by: deed, tx)
            _ = try RecordDiscussion.run(theme.id, .init(at: deed.at, notes: "We talked."), by: deed, tx)
            _ = try RecordDecision.run(theme.id, .init(.agreed, words: "We will ring.", at: deed.at), by: deed, tx)
            let action = try StartAction.run(
                on: theme.id,
                ActionDraft(what: "Ring", owner: .person(cast.person(.owner))),
                due: deed.at,
                by: deed,
                tx
            )
            let draft = RoundDraft(title: "Ringing", question: "What about ringing?", perspectives: ["young-people", "parents-and-carers"])
            let round = try StartRound.run(draft, in: project, by: deed, tx)
            let statement = try AddStatements.run(["Ring me."], from: theme.id, to: round.id, by: deed, tx)
            try TurnRound.open(round.id, by: deed, tx)
            let telling: TellingID? = try tx.value("SELECT id FROM tellings")
            let worry: WorryID = deed.newID()
            try tx.run(
                """
                INSERT INTO worries (id, service, words, about, page, contact, at, due)
                VALUES (\(worry), \(cast.service), 'secretworry', 'secretworry', '/', '020 7946 0998', \(deed.at), \(deed.at))
                """
            )
            let activity: ActivityID = deed.newID()
            try tx.run(
                """
                INSERT INTO activities (id, project, name, level, why, who, place)
                VALUES (\(activity), \(cast.project), 'Meeting', 'consulting', 'Because.', 'Parents', 1)
                """
            )
            return Fixture(ids: [
                "service": "barnet-camhs", "project": "stepped-model", "group": cast.parents.text, "session": cast.session.text,
                "voice": young.text, "code": parents.code ?? "", "theme": theme.id.text, "action": action.text,
                "telling": telling?.text ?? "",
                "worry": worry.text, "activity": activity.text, "perspective": "young-people", "person": cast.person(.outsider).text,
                "token": "no-such-invitation", "invitation": cast.session.text, "list": "hear",
                "round": round.id.text, "statement": statement.first?.text ?? "",
            ])
        }
    }
}
