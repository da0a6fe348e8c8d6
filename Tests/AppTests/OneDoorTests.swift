import Actions
import Decisions
import Directory
import DirectoryImports
import Discussion
import Foundation
import HouseSupport
import Kernel
import Messages
import Pathways
import Readers
import People
import Projects
import Referrals
import Services
import Shortlists
import Statements
import Steps
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
        ("secretparentsroom", group.union([.facilitator, .moderator, .scribe])),
        ("secretofcolleague", [.facilitator, .moderator, .youngPerson]),
        ("secretworry", [.safeguarding]),
        ("020 7946 0999", [.facilitator, .scribe]),
        ("secretcomment", group.union([.facilitator, .publisher])),
        ("secretowner", editors),
        ("secrettold", editors),
        ("secretreferral", [.clinician, .referralKeeper, .parent]),
        ("secretlist", [.clinician, .parent]),
        ("020 7946 0555", [.clinician, .facilitator]),
    ]

    /// Whoever holds a code holds what it opens.
    static func isBehindACode(_ route: String) -> Bool {
        ["/receipts/", "/passed/:code", "/family/:code", "/lists/link/:code"].contains { route.hasPrefix($0) }
    }

    static let everybody = Set(Character.everyKind)
    static let signedIn = everybody.subtracting([.stranger, .halfSignedIn, .closed])
    static let members: Set<Character> = [.clinician, .parent, .otherParent, .youngPerson, .manager, .peerStaff, .parentOfAnotherGroup]
    /// In the parents' Tuesday group.
    static let group: Set<Character> = [.clinician, .parent, .otherParent, .manager, .peerStaff]
    static let runs: Set<Character> = [.facilitator, .moderator]
    static let writes: Set<Character> = [.facilitator, .scribe]
    static let administrator: Set<Character> = [.administrator]
    static let administers: Set<Character> = [.administrator, .facilitator]

    /// Who looks after the directory: in this house, one of the parents.
    static let editors: Set<Character> = [.otherParent]

    /// Works with families: takes part as staff, facilitates or writes down.
    static let works: Set<Character> = [.clinician, .manager, .peerStaff, .facilitator, .scribe]

    static let insiders = members.union([.facilitator, .moderator, .scribe, .publisher, .owner])

    /// People of the service's projects, and those who edit its pages.
    static let worksOnPages = readsDrafts.union(edits)
    /// In any project of the service.
    static let readsDrafts = members.union([.memberOfAnotherProject])
    static let edits: Set<Character> = [.facilitator, .publisher]

    /// Whom each page is for, in a house with one thing of each kind. Empty: nobody, since there is no such thing in this house.
    static let audience: [String: Set<Character>] = [
        "/": everybody,
        "/:service": everybody,
        "/:service/changes.atom": everybody,
        "/:service/pathways": everybody,
        "/:service/pathways/:leaflet": everybody,
        "/:service/pathways/:leaflet/settings": edits,
        "/:service/pathways/:leaflet/texts/:text": worksOnPages,
        "/:service/pathways/:leaflet/texts/:text/asking": edits,
        "/:service/pathways/:leaflet/texts/:text/comments/:comment": edits,
        "/:service/pathways/:leaflet/texts/:text/comments/new": readsDrafts,
        "/:service/pathways/:leaflet/texts/:text/edit": worksOnPages,
        // Nothing was checked.
        "/:service/pathways/:leaflet/texts/:text/publication": [],
        "/:service/pathways/:leaflet/texts/new": worksOnPages,
        "/:service/pathways/:leaflet/sounds/:published": everybody,
        "/:service/pathways/:leaflet/versions": everybody,
        "/:service/pathways/:leaflet/versions/:published": everybody,
        "/:service/pathways/:leaflet/work": worksOnPages,
        "/:service/pathways/new": worksOnPages,
        "/:service/pathways/steps": everybody,
        "/:service/pathways/steps/:step/edit": edits,
        "/:service/pathways/steps/edit": edits,
        "/:service/pathways/steps/new": edits,
        "/:service/pathways/words": everybody,
        "/:service/projects/:project": everybody,
        "/:service/projects/:project/activities": everybody,
        "/:service/projects/:project/activities/:activity": [.facilitator],
        "/:service/projects/:project/groups": insiders.union([.administrator, .safeguarding]),
        "/:service/projects/:project/groups/:group": group.union([.administrator, .facilitator, .moderator]),
        "/:service/projects/:project/groups/:group/invitations/:invitation": administers,
        "/:service/projects/:project/groups/:group/members/:person": [.facilitator],
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
        "/:service/projects/:project/rounds/:round/paper/slips": writes,
        "/:service/projects/:project/rounds/:round/phone": writes,
        "/:service/projects/:project/rounds/:round/sheet": writes,
        "/:service/projects/:project/rounds/:round/statements": runs,
        "/:service/projects/:project/rounds/:round/statements/:statement": runs,
        "/:service/projects/:project/rounds/:round/statements/:statement/proposal": runs,
        "/:service/projects/:project/rounds/new": [.facilitator],
        "/:service/projects/:project/say": members.union([.facilitator, .scribe]),
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
        "/:service/projects/:project/themes/:theme/changes/:change/edit": [.facilitator, .publisher],
        "/:service/projects/:project/themes/:theme/changes/new": [.facilitator, .owner],
        "/:service/projects/:project/themes/:theme/decisions/new": [.facilitator],
        "/:service/projects/:project/themes/:theme/discussions/new": runs,
        "/:service/projects/:project/themes/:theme/edit": runs,
        "/:service/projects/:project/themes/:theme/merging": runs,
        "/:service/projects/:project/themes/:theme/replies/new": [.facilitator, .publisher],
        "/:service/projects/:project/themes/:theme/voices": runs,
        "/:service/projects/:project/themes/new": runs,
        "/:service/projects/:project/themes/sort": runs,
        "/:service/projects/:project/voices": members.union([.facilitator, .moderator, .scribe]),
        "/:service/projects/:project/voices/paper": writes,
        "/:service/projects/:project/voices/phone": writes,
        "/:service/projects/new": administrator,
        "/:service/settings": administrator,
        "/:service/settings/referrals": administrator,
        "/:service/settings/perspectives": administrator,
        "/:service/settings/perspectives/:perspective": administrator,
        "/:service/themes/:theme": everybody,
        "/:service/you-said-we-did": everybody,
        "/accessibility": everybody,
        // Behind a code of its own: whoever holds it holds what it opens.
        "/answering/:code": everybody,
        "/answering/:code/map": everybody,
        "/answering/:code/mine": everybody,
        "/answering/:code/slip": everybody,
        "/actions/:action": insiders,
        "/actions/:action/completion": [.facilitator, .owner],
        "/actions/:action/date": [.facilitator, .owner],
        "/actions/:action/dropping": [.facilitator, .owner],
        "/actions/:action/edit": [.facilitator, .owner],
        "/desk": signedIn,
        "/desk/:list": signedIn,
        "/desk/overdue": signedIn,
        "/directory": everybody,
        // Whoever holds an owner's link holds what it opens.
        "/directory/confirm/:token": everybody,
        "/directory/confirm/:token/mending": everybody,
        "/directory/entries/:entry": everybody,
        "/directory/entries/:entry/edit": editors,
        "/directory/entries/:entry/helped": editors,
        "/directory/entries/:entry/history": editors,
        "/directory/entries/:entry/merging": editors,
        "/directory/entries/:entry/owner": editors,
        "/directory/entries/:entry/said": everybody,
        "/directory/entries/:entry/told": everybody,
        "/directory/entries/:entry/words": everybody,
        "/directory/entries/:entry/withdrawal": editors,
        "/directory/entries/new": editors,
        "/directory/feeds": editors,
        "/directory/feeds/:feed": editors,
        "/directory/feeds/:feed/removal": editors,
        "/directory/feeds/new": editors,
        "/directory/imports/:import": editors,
        "/directory/imports/:import/rows/:line": editors,
        "/directory/imports/new": editors,
        "/directory/list.csv": everybody,
        "/directory/needs": everybody,
        "/directory/needs/:need": editors,
        "/directory/needs/new": editors,
        "/directory/postcodes": editors,
        "/directory/work": editors,
        // Whoever holds a family's link holds what it opens; one of the parents keeps it in their account.
        "/family/:code": everybody,
        "/family/:code/slip": everybody,
        "/family/kept/:list": [.parent],
        "/help": everybody,
        "/join/:token": everybody,
        "/key": everybody,
        // Strangers have lists too.
        "/lists": everybody,
        "/lists/:list": [.clinician],
        "/lists/:list/phone": [.clinician],
        "/lists/:list/places/:entry/referral": [.clinician],
        "/lists/:list/sending": [.clinician],
        "/lists/link/:code": everybody,
        "/lists/phone": works,
        "/me": signedIn,
        "/me/close": signedIn,
        "/me/key": signedIn,
        "/me/key/fresh": signedIn,
        "/me/name": signedIn,
        "/me/password": [.facilitator],
        "/me/two-steps": [.facilitator],
        "/me/voices": signedIn,
        "/organisation": administrator,
        "/organisation/name": administrator,
        "/organisation/people": administrator,
        "/organisation/people/:person": administrator,
        "/organisation/people/invitations/:invitation": administrator,
        "/organisation/people/invite": administrator,
        "/organisation/services/new": administrator,
        "/oruk": everybody,
        "/oruk/openapi.json": everybody,
        "/oruk/organizations": everybody,
        "/oruk/organizations/:id": [],
        "/oruk/service_at_locations": everybody,
        "/oruk/service_at_locations/:id": [],
        "/oruk/services": everybody,
        "/oruk/services/:id": everybody,
        "/oruk/taxonomies": everybody,
        "/oruk/taxonomies/:id": [],
        "/oruk/taxonomy_terms": everybody,
        "/oruk/taxonomy_terms/:id": [],
        "/passed/:code": everybody,
        "/passed/:code/print": everybody,
        "/privacy": everybody,
        "/receipt": everybody,
        "/receipts/:code": everybody,
        "/receipts/:code/slip": everybody,
        "/referrals": [.clinician, .manager, .peerStaff, .referralKeeper],
        "/referrals/:referral": [.clinician, .referralKeeper],
        "/sendings": works,
        "/sendings/:sending": [.clinician, .facilitator],
        "/sign-in": everybody,
        "/sign-in/code": [.halfSignedIn],
        "/sign-out": signedIn,
        "/tellings": writes,
        "/tellings/:telling": writes,
        "/tellings/:telling/letter": writes,
        "/voices/:voice": [.facilitator, .moderator, .youngPerson],
        "/voices/:voice/receipt": [.youngPerson],
        "/worried": everybody,
        "/worried/sent/:worry": everybody,
        "/worries": [.safeguarding],
        "/worries/:worry": [.safeguarding],
    ]

    @Test(arguments: Engine.all) func `Every page is opened by those it is for and by nobody else`(engine: Engine) async throws {
        try await engine.withHouse(hasEveryKind: true) { house in
            let places = try await Fixture.settle(in: house)
            let pages = house.routes.filter { $0.hasPrefix("GET ") }.map { String($0.dropFirst(4)) }
            let unlisted = pages.filter { Self.audience[$0] == nil }
            #expect(unlisted.isEmpty, "say in the table whom these are for: \(unlisted.sorted())")
            for page in pages {
                guard let audience = Self.audience[page] else { continue }
                for who in Character.everyKind {
                    for json in [false, true] {
                        let answer = try await house.browser(who).get(places.path(page), json: json)
                        let isOpen = answer.status == 200
                        #expect(isOpen == audience.contains(who), "\(page) as \(who) gave \(answer.status)")
                        #expect(answer.status < 500, "\(page) as \(who)")
                        // Whoever holds a receipt's code holds what it opens.
                        for secret in Self.secrets where !secret.readers.contains(who) && !Self.isBehindACode(page) {
                            #expect(!answer.text.contains(secret.words), "\(page) told \(who) what is \(secret.words)")
                        }
                    }
                }
            }
        }
    }

    /// Whom each form does something for, or tells what is wrong with it; as `audience`.
    static let forms: [String: Set<Character>] = {
        let project = "/:service/projects/:project"
        let grouped: [(Set<Character>, String, [String])] = [
            (
                everybody, "",
                [
                    "/key", "/receipt", "/sign-in", "/sign-out", "/worried", "/answering/:code/answers", "/answering/:code/statements",
                    "/answering/:code/withdrawal", "/receipts/:code/answers", "/receipts/:code/codes", "/receipts/:code/consent",
                    "/receipts/:code/rating", "/receipts/:code/telling", "/receipts/:code/withdrawal", "/receipts/:code/words",
                ]
            ),
            (everybody, "/lists", ["", "/places", "/link/:code/opening"]),
            (
                [.clinician], "/lists/:list",
                [
                    "", "/end", "/forgetting", "/hand", "/keeping", "/links", "/links/:link/end", "/phone",
                    "/places/:entry/referral", "/sending",
                ]
            ),
            ([.clinician, .facilitator], "/sendings/:sending", ["/link", "/tries"]),
            (everybody, "/family/:code/referrals/:referral", ["/coming", "/helping", "/withdrawal"]),
            ([.parent], "/family/kept/:list/referrals/:referral", ["/coming", "/helping", "/withdrawal"]),
            ([.parent], "/family/:code", ["/keeping"]),
            ([.parent], "/family/kept/:list", ["/end"]),
            ([.clinician, .referralKeeper], "/referrals/:referral", ["/coming", "/helping", "/links", "/seeing", "/withdrawal"]),
            (administrator, "/:service/settings", ["/referrals"]),
            (everybody, "/directory", ["/confirm/:token", "/confirm/:token/mending", "/entries/:entry/told"]),
            (
                editors, "/directory",
                [
                    "/entries", "/entries/:entry", "/entries/:entry/confirmation", "/entries/:entry/merging", "/entries/:entry/owner",
                    "/entries/:entry/showing", "/entries/:entry/undoing", "/entries/:entry/withdrawal", "/feeds", "/feeds/:feed/nights",
                    "/feeds/:feed/removal", "/feeds/:feed/stopping", "/feeds/:feed/taking", "/imports",
                    "/imports/:import/columns", "/imports/:import/entries", "/imports/:import/rows/:line", "/needs", "/needs/:need",
                    "/postcodes", "/told/:told/settling",
                ]
            ),
            // Whoever arranges groups does not let themselves in, and who is in another room of the project stays there.
            (everybody.subtracting([.administrator, .facilitator, .youngPerson]), "", ["/join/:token"]),
            (signedIn, "", ["/me/close", "/me/key", "/me/key/kept", "/me/name"]),
            ([.halfSignedIn], "", ["/sign-in/code"]),
            ([.facilitator], "/me", ["/password", "/two-steps", "/two-steps/begin", "/two-steps/codes", "/two-steps/end"]),
            (
                administrator, "",
                [
                    "/organisation/name", "/organisation/people/:person/duties", "/organisation/people/:person/duties/end",
                    "/organisation/people/:person/password-link", "/organisation/people/:person/two-steps/end",
                    "/organisation/people/invitations", "/organisation/people/invitations/:invitation/end", "/organisation/services/new",
                    "/:service/projects/new", "/:service/settings", "/:service/settings/perspectives",
                    "/:service/settings/perspectives/:perspective", "/:service/settings/perspectives/:perspective/order",
                    project + "/people", project + "/people/:person/:duty/end",
                ]
            ),
            (
                administers, project,
                [
                    "/groups", "/groups/:group/closing", "/groups/:group/invitations",
                    "/groups/:group/invitations/:invitation/revocation", "/groups/:group/settings", "/settings",
                ]
            ),
            (
                [.facilitator], project,
                [
                    "/activities", "/activities/:activity", "/activities/:activity/order", "/groups/:group/members/:person", "/rounds",
                    "/rounds/:round", "/rounds/:round/closing", "/rounds/:round/opening", "/sessions/:session/attendance",
                    "/sessions/:session/change", "/sessions/new", "/themes/:theme/actions", "/themes/:theme/decisions",
                ]
            ),
            (group, project, ["/groups/:group/leaving"]),
            (
                members, project,
                [
                    "/ratings/mine", "/rounds/:round/answering/answers", "/rounds/:round/answering/statements", "/rounds/:round/joining",
                ]
            ),
            (members.union(writes), project, ["/say/again", "/say/check", "/voices"]),
            (
                writes, project,
                [
                    "/ratings/phone", "/ratings/together", "/rounds/:round/paper", "/rounds/:round/phone", "/sessions/:session/capture",
                    "/sessions/:session/slips", "/voices/paper", "/voices/phone",
                ]
            ),
            (writes, "", ["/tellings/:telling/tries"]),
            (
                runs, project,
                [
                    "/rounds/:round/statements", "/rounds/:round/statements/:statement/merging",
                    "/rounds/:round/statements/:statement/proposal", "/rounds/:round/statements/:statement/rejection",
                    "/rounds/:round/statements/:statement/rewording", "/themes", "/themes/:theme", "/themes/:theme/discussions",
                    "/themes/:theme/merging", "/themes/:theme/voices", "/themes/sort",
                ]
            ),
            (runs, "/voices/:voice", ["/answers", "/hearing", "/holding", "/release"]),
            ([.facilitator], "/voices/:voice", ["/consent", "/receipts", "/withdrawal", "/words"]),
            (
                [.youngPerson], "/voices/:voice/receipt",
                ["/answers", "/codes", "/consent", "/rating", "/telling", "/withdrawal", "/words"]
            ),
            ([.facilitator, .owner], project, ["/themes/:theme/changes"]),
            ([.facilitator, .publisher], project, ["/themes/:theme/changes/:change", "/themes/:theme/replies"]),
            ([.facilitator, .owner], "/actions/:action", ["", "/completion", "/date", "/dropping"]),
            ([.safeguarding], "/worries/:worry", ["/answers", "/opening", "/seeing"]),
            (worksOnPages, "/:service/pathways", ["", "/:leaflet/texts", "/:leaflet/texts/:text", "/:leaflet/texts/:text/sign-off/end"]),
            (
                edits, "/:service/pathways",
                [
                    "/:leaflet/settings", "/:leaflet/texts/:text/asking", "/:leaflet/texts/:text/comments/:comment", "/steps",
                    "/steps/:step",
                    "/steps/:step/up", "/steps/edit",
                ]
            ),
            // Never whoever wrote it, who is the facilitator here.
            ([.publisher, .clinician, .manager, .peerStaff], "/:service/pathways", ["/:leaflet/texts/:text/check"]),
            (
                [.parent, .otherParent, .youngPerson, .parentOfAnotherGroup, .memberOfAnotherProject], "/:service/pathways",
                ["/:leaflet/texts/:text/sign-off"]
            ),
            (readsDrafts, "/:service/pathways", ["/:leaflet/texts/:text/comments", "/:leaflet/texts/:text/understanding"]),
            ([.parent], "/:service/pathways", ["/:leaflet/texts/:text/comments/:comment/end"]),
            // There is nothing in this house that they could do: no demo, no second round, nothing answered or waiting, a perspective in use.
            (
                [], "",
                [
                    "/demo/become", "/:service/pathways/:leaflet/texts/:text/publication", "/answering/:code/rounds",
                    project + "/rounds/:round/statements/:statement/keeping",
                    project + "/rounds/:round/answering/withdrawal",
                    "/:service/settings/perspectives/:perspective/removal",
                ]
            ),
        ]
        let each = grouped.flatMap { audience, above, paths in paths.map { (above + $0, audience) } }
        return Dictionary(uniqueKeysWithValues: each)
    }()

    private struct Question {
        let path: String
        let who: Character
        let isFilled: Bool
    }

    /// What forms ask for, so that nobody is refused for what they left out.
    private static let filled: KeyValuePairs = [
        "words": "x", "answer": "x", "new-words": "x", "title": "x", "said": "x", "name": "x", "notes": "x", "reasons": "x", "sure": "yes",
        "outcome": "agreed", "consent": "public", "because": "names", "asked-words": "phone", "asked-consent": "phone",
        "asked-withdrawal": "phone", "perspective": "young-people", "kind": "idea", "state": "open", "duty": "moderator", "way": "up",
    ]

    @Test func `Every form does something for those it is for, and for nobody else`() async throws {
        var questions: [Question] = []
        try await withAHouse { house in
            let all = house.routes.filter { $0.hasPrefix("POST ") }.map { String($0.dropFirst(5)) }
            let unlisted = all.filter { Self.forms[$0] == nil }
            #expect(unlisted.isEmpty, "say in the table whom these are for: \(unlisted.sorted())")
            for path in all {
                for who in Character.everyKind {
                    questions.append(Question(path: path, who: who, isFilled: false))
                    // Filled in only by those who must be refused: what others do is tested in their own rooms.
                    if Self.forms[path]?.contains(who) == false { questions.append(Question(path: path, who: who, isFilled: true)) }
                }
            }
        }
        while !questions.isEmpty {
            let asked = questions
            var done = 0
            try await withAHouse { house in done = try await Self.ask(asked, in: house) }
            questions.removeFirst(done)
        }
    }

    /// Asks until one of them changed the house.
    private static func ask(_ questions: [Question], in house: TestHouse) async throws -> Int {
        let places = try await Fixture.settle(in: house)
        let before = try await trail(house)
        for (place, question) in questions.enumerated() {
            let answer = try await house.browser(question.who).post(places.path(question.path), question.isFilled ? filled : [:])
            let isSentToSignIn = answer.status == 303 && (answer.location ?? "").hasPrefix("/sign-in") && question.path != "/sign-out"
            let isRefused = [401, 403, 404].contains(answer.status) || isSentToSignIn || answer.location == "/sign-in"
            let isFor = forms[question.path]?.contains(question.who) ?? false
            #expect(isRefused == !isFor, "\(question.path) as \(question.who) gave \(answer.status), filled \(question.isFilled)")
            #expect(answer.status < 500, "\(question.path) as \(question.who)")
            for secret in secrets where !secret.readers.contains(question.who) && !isBehindACode(question.path) {
                #expect(!answer.text.contains(secret.words), "\(question.path) told \(question.who) what is \(secret.words)")
            }
            if answer.status < 400, !isSentToSignIn { return place + 1 }
        }
        #expect(try await trail(house) == before, "what was refused changed something")
        return questions.count
    }

    private static func trail(_ house: TestHouse) async throws -> Int {
        try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail") }
    }

    private func withAHouse(_ body: (TestHouse) async throws -> Void) async throws {
        try await Engine.sqlite.withHouse(hasEveryKind: true) { house in try await body(house) }
    }
}

/// One thing of each kind, and the addresses they make.
struct Fixture {
    let ids: [String: String]
    /// Where the same name stands for something else: by a part of the route with a slash behind it.
    let others: [(part: String, ids: [String: String])]

    func path(_ route: String) -> String {
        let special = others.first { (route + "/").contains($0.part) }?.ids ?? [:]
        return route.split(separator: "/", omittingEmptySubsequences: false).map { part in
            let name = String(part.dropFirst())
            return part.hasPrefix(":") ? special[name] ?? ids[name] ?? "missing" : String(part)
        }.joined(separator: "/")
    }

    /// In a house with every kind of person.
    static func settle(in house: TestHouse) async throws -> Fixture {
        let cast = house.cast
        let said = try await voices(in: house)
        let work = try await house.db.write { tx in try self.work(on: said.parents, in: house, tx) }
        let more = try await house.db.write { tx in try self.more(in: house, tx) }
        let pages = try await house.db.write { tx in try self.pages(in: house, tx) }
        let directory = try await house.db.write { tx in try self.directory(in: house, tx) }
        let lists = try await house.db.write { tx in try self.lists(entry: directory.ids["entry"] ?? "", in: house, tx) }
        let staff = try await house.browser(.administrator).post(
            "/organisation/people/invitations",
            ["name": "New", "email": "new@example.org", "duty": "scribe", "reach": "service:\(cast.service)"]
        )
        let ids = [
            "service": "barnet-camhs", "project": "stepped-model", "group": cast.parents.text, "session": cast.session.text,
            "voice": said.young.text, "code": said.code, "perspective": "young-people", "person": cast.person(.outsider).text,
            "list": "hear", "duty": "moderator",
        ]
        return Fixture(
            ids: ids.merging(work) { own, _ in own }.merging(more.ids) { own, _ in own }
                .merging(pages) { own, _ in own }.merging(directory.ids) { own, _ in own }.merging(lists.ids) { own, _ in own },
            others: lists.others + [
                ("/directory/confirm/", ["token": directory.token]), ("/entries/:entry/showing/", ["entry": directory.held]),
                ("/organisation/people/invitations/", ["invitation": (staff.location ?? "").components(separatedBy: "/").last ?? ""]),
                ("/voices/:voice/receipt/", ["voice": said.own.text]), ("/answering/:code/", ["code": more.answering]),
                ("/members/:person/", ["person": cast.person(.parent).text]),
                ("/people/:person/:duty/end/", ["person": cast.person(.moderator).text]),
            ]
        )
    }

    /// What was said in the young people's room, in the parents', by the young person's own account, and to somebody who has left since.
    private static func voices(in house: TestHouse) async throws -> (young: VoiceID, parents: VoiceID, own: VoiceID, code: String) {
        let (deed, scribe, own, cast) = (house.deed(.facilitator), house.deed(.scribe), house.deed(.youngPerson), house.cast)
        let left = Deed(
            by: .person(Someone(id: cast.person(.exColleague), name: nil, grants: [Grant(.facilitator, .service(cast.service))])),
            at: house.now
        )
        return try await house.db.write { tx in
            let project = try ProjectStore.find(cast.project, tx)
            func say(_ words: String, by deed: Deed) throws -> VoiceID {
                try SayVoice(words: words, kind: .idea, perspective: "young-people", consent: .group, channel: .session, group: cast.young)
                    .run(in: project, zone: "Europe/London", by: deed, tx).id
            }
            let young = try say("secretyoungroom", by: deed)
            try HearVoice.run(try say("secretofcolleague", by: left), answer: "secretofcolleague", by: left, tx)
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
            let mine = try SayVoice(
                words: "secretyoungroom",
                kind: .idea,
                perspective: "young-people",
                consent: .group,
                speaker: cast.person(.youngPerson),
                group: cast.young
            ).run(in: project, zone: "Europe/London", by: own, tx)
            return (young, parents.id, mine.id, parents.code ?? "")
        }
    }

    /// An entry of the directory with an owner and something told about it, one that is held back, and a file of which one row is to be decided.
    private static func directory(in house: TestHouse, _ tx: Transaction) throws -> (ids: [String: String], token: String, held: String) {
        let editor = house.deed(.otherParent)
        var draft = EntryDraft()
        draft.name = "A place"
        let entry = try AddEntry.run(draft, by: editor, tx)
        draft.name = "A place that is held back"
        let held = try AddEntry.run(draft, state: .held, by: editor, tx)
        let token = try NameOwner.run(entry, name: "An owner", contact: "secretowner", by: editor, tx)
        try TellChange.run(entry, words: "secrettold", by: editor, tx)
        let feed = try AddFeed.run(.init(name: "A feed", address: "https://feed.example/oruk"), by: editor, tx)
        let list = try ImportFile(Array("name,postcode\nAnother place,nowhere".utf8))
        let file = try StartImport.run(list, name: "A list", licence: "", note: "", by: editor, tx)
        try NameColumns.run(file, [.name, .postcode], by: editor, tx)
        let ids = [
            "entry": entry.text, "feed": feed.text, "id": entry.text, "import": file.text, "line": "2",
            "need": try NeedStore.all(tx).first?.id.text ?? "",
            "told": try Told.waiting(tx).first?.id ?? "",
        ]
        return (ids, token, held.text)
    }

    /// A list that a clinician made for a family, which is passed on and to be sent; somebody referred to its place, who keeps the page in
    /// their account; another list; and one of a stranger.
    private static func lists(entry: String, in house: TestHouse, _ tx: Transaction) throws
        -> (ids: [String: String], others: [(part: String, ids: [String: String])])
    {
        let (deed, entry) = (house.deed(.clinician), try #require(EntryID(entry)))
        let holder = ListHolder(deed.actor)
        let list = try PutOnList.run(entry, as: holder, by: deed, tx).list
        try ChangeList.run(list, title: "For Kim", notes: [entry: "secretlist"], as: holder, by: deed, tx)
        let passed = try PassOn.run(list, days: 30, as: holder, by: deed, tx)
        let sending = try SendList.run(list, to: "Kim", by: .text, at: "020 7946 0555", as: holder, by: deed, tx)
        let draft = ReferralDraft(who: "K", why: "secretreferral", consent: .init(by: .both, how: .phone, at: deed.at))
        let referral = try Refer.run(entry, from: list, draft, by: deed, tx)
        try tx.run("UPDATE family_pages SET person = \(house.cast.person(.parent))")
        let other = try StartList.run(by: deed, tx).list
        let stranger = Deed(by: .stranger, at: deed.at)
        let own = try PutOnList.run(entry, as: ListHolder(.stranger), by: stranger, tx)
        let link: String = try tx.value("SELECT id FROM list_links") ?? ""
        return (
            ["referral": referral.id.text, "sending": sending.text, "link": link],
            [
                ("/lists/link/:code/", ["code": own.code ?? ""]), ("/passed/:code/", ["code": passed]),
                ("/family/:code/", ["code": referral.code ?? ""]), ("/lists/:list/end/", ["list": other.text]),
                ("/lists/:list/", ["list": list.text]), ("/family/kept/:list/", ["list": list.text]),
            ]
        )
    }

    /// A theme with everything on it.
    private static func work(on voice: VoiceID, in house: TestHouse, _ tx: Transaction) throws -> [String: String] {
        let (deed, cast) = (house.deed(.facilitator), house.cast)
        let project = try ProjectStore.find(cast.project, tx)
        let draft = ThemeDraft(title: "Ringing", said: "People want calls.", isPublic: true)
        let theme = try StartTheme.run(draft, in: project, by: deed, tx)
        try SortVoice.run(voice, from: nil, into: theme.id, by: deed, tx)
        _ = try RecordDiscussion.run(theme.id, .init(at: deed.at, notes: "We talked."), by: deed, tx)
        _ = try RecordDecision.run(theme.id, .init(.agreed, words: "We will ring.", at: deed.at), by: deed, tx)
        let ring = ActionDraft(what: "Ring", owner: .person(cast.person(.owner)))
        let action = try StartAction.run(on: theme.id, ring, due: deed.at, by: deed, tx)
        let change = try RecordChange.run(on: theme.id, words: "We ring.", since: deed.at, by: deed, tx)
        let round = try StartRound.run(
            RoundDraft(title: "Ringing", question: "What about ringing?", perspectives: ["young-people", "parents-and-carers"]),
            in: project,
            by: deed,
            tx
        )
        let statement = try AddStatements.run(["Ring me."], from: theme.id, to: round.id, by: deed, tx)
        try TurnRound.open(round.id, by: deed, tx)
        let telling: TellingID? = try tx.value("SELECT id FROM tellings WHERE voice = \(voice)")
        return [
            "theme": theme.id.text, "action": action.text, "change": change.text, "round": round.id.text,
            "statement": statement.first?.text ?? "", "telling": telling?.text ?? "",
        ]
    }

    /// A published page in plain words with a draft of its next version, a comment on that, and a step of the service.
    private static func pages(in house: TestHouse, _ tx: Transaction) throws -> [String: String] {
        let (deed, service) = (house.deed(.facilitator), try ServiceStore.find(house.cast.service, tx))
        let words = TextDraft(title: "First visit", summary: "What happens.", body: "We ring you.")
        let first = try StartLeaflet.run(LeafletDetails(kind: .visit), words, in: service, by: deed, tx)
        let leaflet = try LeafletStore.find(first.leaflet, tx)
        try CheckText.run(first, edition: 1, in: service, by: house.deed(.publisher), tx)
        try PublishText.run(TextStore.find(first.id, tx), edition: 1, of: leaflet, in: service, by: deed, tx)
        let mended = TextDraft(title: "First visit", summary: "What happens.", body: "We ring you.", changed: "Nothing.")
        let text = try WriteText.new(mended, of: leaflet, in: service, by: deed, tx)
        for group in [house.cast.parents, house.cast.young, house.cast.thursday, house.cast.openGroup] {
            try AskRoom.run(text, group, words: "", in: service, by: house.deed(.publisher), tx)
        }
        let comment = try CommentOnText.run("secretcomment", on: text, paragraph: 1, in: service, by: house.deed(.parent), tx)
        let details = StepDetails(name: "A call", offers: "A talk.", forWhom: "Anybody.", moving: "Ask.")
        let step = try AddStep.run(details, to: service, by: deed, tx)
        // As the voice of a machine would leave it.
        try tx.run(
            """
            INSERT INTO leaflet_sounds (text, type, length, milliseconds, digest, voice, made_at)
            VALUES (\(first.id), 'audio/mpeg', 3, 1, 'd1', 'en-gb', \(deed.at))
            """
        )
        try tx.run("INSERT INTO leaflet_sound_pieces (text, number, bytes) VALUES (\(first.id), 0, \([1, 2, 3] as [UInt8]))")
        return ["leaflet": leaflet.slug, "published": first.id.text, "text": text.id.text, "comment": comment.text, "step": step.text]
    }

    /// A worry, an activity, a way into a group, somebody with a password, and a stranger's answers.
    private static func more(in house: TestHouse, _ tx: Transaction) throws -> (ids: [String: String], answering: String) {
        let (deed, cast) = (house.deed(.facilitator), house.cast)
        let (worry, activity): (WorryID, ActivityID) = (deed.newID(), deed.newID())
        try tx.run(
            """
            INSERT INTO worries (id, service, words, about, page, contact, at, due)
            VALUES (\(worry), \(cast.service), 'secretworry', 'secretworry', '/', '020 7946 0998', \(deed.at), \(deed.at))
            """
        )
        try tx.run(
            """
            INSERT INTO activities (id, project, name, level, why, who, place)
            VALUES (\(activity), \(cast.project), 'Meeting', 'consulting', 'Because.', 'Parents', 1)
            """
        )
        try tx.run("UPDATE people SET password = 'x' WHERE id = \(cast.person(.facilitator))")
        let invited = try InviteToGroup.run(
            group: cast.parents,
            project: cast.project,
            perspective: "parents-and-carers",
            uses: 50,
            days: 5,
            by: deed,
            tx
        )
        let open = try ProjectStore.find(cast.openProject, tx)
        let draft = RoundDraft(title: "Doors", question: "What about doors?", perspectives: ["young-people", "parents-and-carers"])
        let round = try StartRound.run(draft, in: open, by: deed, tx)
        _ = try AddStatements.run(["Open them."], to: round.id, by: deed, tx)
        try TurnRound.open(round.id, by: deed, tx)
        let code = try JoinRound.stranger(
            "young-people",
            in: RoundStore.find(round.id, tx),
            of: open,
            by: Deed(by: .stranger, at: deed.at),
            tx
        )
        let ids = [
            "worry": worry.text, "activity": activity.text, "invitation": invited.0.id.text,
            "token": "\(invited.link)".components(separatedBy: "/").last ?? "",
        ]
        return (ids, code)
    }
}
