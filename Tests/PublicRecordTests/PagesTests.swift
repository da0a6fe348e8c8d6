import App
import Foundation
import HTML
import HTTPTypes
import Kernel
import Logging
import Store
import TestSupport
import Testing
import Trail
import Voices
import Web

@testable import HouseSupport
@testable import PublicRecord

@Suite struct PagesTests {
    static let all = [
        "/", "/help", "/privacy", "/accessibility", "/barnet-camhs", "/barnet-camhs/you-said-we-did", "/barnet-camhs/changes.atom", door,
        model,
    ]

    @Test(arguments: Engine.all) func `Every public page answers everybody, as a page and as JSON`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.say(Said(theme: try await house.theme("Waiting")))
            for page in Self.all {
                for who in [Character.stranger, .youngPerson, .facilitator, .administrator] {
                    #expect(try await house.browser(who).get(page).status == 200, "\(page) for \(who)")
                    let json = try await house.browser(who).get(page, json: true)
                    #expect(json.status == 200)
                    if !page.hasSuffix("atom") { #expect(try json.json()["heading"] is String, "\(page)") }
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `An empty installation says what to do next and nothing else`(engine: Engine) async throws {
        try await engine.withDatabase(House.migrations) { db in
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let house = House(db: db, facts: SiteFacts(base: .path("/"), isDemo: false), logger: logger)
            let browser = TestBrowser(responder: house.site.responder(), token: nil, csrf: "")
            let page = try await browser.get("/")
            #expect(page.status == 200)
            #expect(page.text.contains("Nothing has been set up here yet."))
            #expect(try await browser.get("/barnet-camhs").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `A page that has not changed is not sent again, and one that has is`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let stranger = house.browser(.stranger)
            for page in Self.all {
                let etag = try #require(try await stranger.get(page).headers[.eTag], "\(page)")
                let again = try await stranger.get(page, headers: ["If-None-Match": etag])
                #expect(again.status == 304, "\(page)")
                #expect(again.bytes.isEmpty)
            }
            let (mine, other) = (try await stranger.get(door).headers[.eTag], try await stranger.get(model).headers[.eTag])
            try await house.say(Said(words: "Something new."))
            #expect(try await stranger.get(door).headers[.eTag] != mine)
            #expect(try await stranger.get(model).headers[.eTag] == other, "what was said in one project changes no other")
        }
    }

    @Test(arguments: Engine.all) func `Going through all the parts of a list finds every voice once, and the way back`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.say((0..<120).map { Said(words: "Voice number \($0).") })
            var url = door + "?voices=all"
            var found: [String] = []
            var sizes: [Int] = []
            let stranger = house.browser(.stranger)
            for _ in 0..<5 {
                let json = try await stranger.get(url, json: true).json()
                let voices = (json["voices"] as? [[String: Any]] ?? []).compactMap { $0["words"] as? String }
                found += voices
                sizes.append(voices.count)
                guard let older = (json["more"] as? [String: Any])?["older"] as? String else { break }
                url = older
            }
            #expect(sizes == [50, 50, 20])
            #expect(found == (0..<120).reversed().map { "Voice number \($0)." })
            let newer = (try await stranger.get(url, json: true).json()["more"] as? [String: Any])?["newer"] as? String
            let back = try await stranger.get(try #require(newer), json: true).json()["voices"] as? [[String: Any]]
            #expect(back?.compactMap { $0["words"] as? String } == Array(found[50..<100]))
        }
    }

    @Test(arguments: Engine.all) func `A member goes through all they may read, and nothing twice`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let cast = house.cast
            let circles: [(GroupID, String)] = [(cast.young, "young"), (cast.parents, "parents")]
            var list: [Said] = []
            for place in 0..<90 {
                let (group, name) = circles[place % 2]
                let consent = [Said().consent, .project, .group][place % 3]
                list.append(Said(words: "\(name) \(consent.rawValue) \(place).", project: cast.project, group: group, consent: consent))
            }
            try await house.say(list)
            var found: [String] = []
            var url = model + "?voices=all"
            for _ in 0..<5 {
                let json = try await house.browser(.youngPerson).get(url, json: true).json()
                found += (json["voices"] as? [[String: Any]] ?? []).compactMap { $0["words"] as? String }
                guard let older = (json["more"] as? [String: Any])?["older"] as? String else { break }
                url = older
            }
            let expected = list.reversed().filter { $0.consent != .group || $0.group == cast.young }.map(\.words)
            #expect(found == expected)
        }
    }

    @Test(arguments: Engine.all) func `You said, we did can be narrowed down, and says so when nothing fits`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let done = try await house.theme("Artwork", state: "done")
            _ = try await house.theme("Phone calls", state: "doing")
            _ = try await house.theme("Weekends", state: "cannot", movedDaysAgo: 400)
            let talking = try await house.theme("Handover", state: "discussed")
            _ = try await house.theme("Drawings", state: "agreed")
            _ = try await house.theme("The garden", state: "thanks")
            try await house.say([Said(theme: done), Said(perspective: "managers", theme: talking)])
            let stranger = house.browser(.stranger)
            for (query, titles) in [
                ("", ["Artwork", "Phone calls", "Weekends", "Handover", "Drawings", "The garden"]), ("?state=done", ["Artwork"]),
                ("?state=doing", ["Phone calls"]), ("?state=agreed", ["Drawings"]), ("?state=thanks", ["The garden"]),
                ("?state=cannot", ["Weekends"]), ("?state=talking", ["Handover"]), ("?perspective=managers", ["Handover"]),
                ("?theme=\(done)", ["Artwork"]), ("?year=2025", ["Weekends"]), ("?year=2026&state=done", ["Artwork"]),
                ("?state=done&perspective=managers", []), ("?year=1999", []), ("?year=next", []), ("?state=lost", []),
                ("?perspective=nobody", []), ("?theme=\(house.newID(Subject.Theme.self))", []), ("?year=1999&state=done", []),
                ("?year=&state=done", ["Artwork"]),
            ] {
                let json = try await stranger.get("/barnet-camhs/you-said-we-did" + query, json: true).json()
                let found = (json["entries"] as? [[String: Any]] ?? []).compactMap { $0["title"] as? String }
                #expect(Set(found) == Set(titles), "\(query)")
            }
            #expect(
                try await stranger.get("/barnet-camhs/you-said-we-did?state=done&perspective=managers").text.contains(
                    "Nothing fits all of that."
                )
            )
        }
    }

    @Test(arguments: Engine.all) func `What was answered is told with its reasons and with who did not agree`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (theme, decision, change): (ThemeID, DecisionID, ChangeID) = (
                try await house.theme("Artwork", state: "done"), house.newID(), house.newID()
            )
            let cast = house.cast
            try await house.run([
                """
                INSERT INTO decisions (id, theme, at, outcome, words, reasons, dissent)
                VALUES (\(decision), \(theme), \(house.now), 'agreed', 'Hang pictures.', 'It is kinder.', 'One of us wanted plants.')
                """,
                """
                INSERT INTO changes (id, service, project, theme, words, since, at, evidence)
                VALUES (\(change), \(cast.service), \(cast.openProject), \(theme), 'There are pictures now.', \(house.now), \(house.now), 'A photo.')
                """,
            ])
            let text = try await house.browser(.stranger).get("/barnet-camhs/themes/\(theme)").text
            for words in ["Hang pictures.", "It is kinder.", "One of us wanted plants.", "There are pictures now.", "10 March 2026"] {
                #expect(text.contains(words), "\(words)")
            }
            #expect(try await house.browser(.stranger).get("/barnet-camhs/you-said-we-did").text.contains("There are pictures now."))
        }
    }

    @Test(arguments: Engine.all) func `A project's page shows three voices and five themes, and the way to all of them`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.say((0..<7).map { Said(words: "Voice number \($0).") })
            for place in 0..<6 { _ = try await house.theme("Theme \(place)", movedDaysAgo: place) }
            let json = try await house.browser(.stranger).get(door, json: true).json()
            let voices = (json["voices"] as? [[String: Any]] ?? []).compactMap { $0["words"] as? String }
            #expect(voices == ["Voice number 6.", "Voice number 5.", "Voice number 4."])
            #expect((json["themes"] as? [[String: Any]])?.count == 5)
            let all = json["all"] as? [String: Any]
            #expect(all?["label"] as? String == "Read all 7")
            #expect(try await house.browser(.stranger).get(try #require(all?["url"] as? String)).text.contains("Voice number 0."))
            let member = try await house.browser(.facilitator).get(door).text
            #expect(member.contains("Read everything you may read here"))
        }
    }

    @Test(arguments: Engine.all) func `A project's page leads only to what whoever looks may do there`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for (who, may) in [(Character.facilitator, true), (.scribe, true), (.moderator, false), (.parent, false)] {
                let page = try await house.browser(who).get(model).text
                #expect(page.contains("\(model)/voices/phone") == may, "\(who)")
            }
            try await house.run(["UPDATE projects SET state = 'planned' WHERE id = \(house.cast.project)"])
            let planned = try await house.browser(.facilitator).get(model).text
            #expect(!planned.contains("\(model)/voices/phone"))
            #expect(planned.contains(">Planned</h2>") && !planned.contains("What we promise") && !planned.contains(">Have your say</h2>"))
        }
    }

    @Test(arguments: Engine.all) func `What was agreed and nobody has taken on is not said to be done already`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme("Coming back", state: "agreed")
            try await house.run([
                """
                INSERT INTO decisions (id, theme, at, outcome, words, reasons, dissent)
                VALUES (\(house.newID() as DecisionID), \(theme), \(house.now), 'agreed', 'Families come back by themselves.', '', '')
                """
            ])
            let page = try await house.browser(.stranger).get("/barnet-camhs/you-said-we-did").text
            #expect(page.contains("We agreed</h"))
            #expect(!page.contains("We are doing</h"))
            #expect(page.contains("Who does it is not written down yet."))
        }
    }

    @Test(arguments: Engine.all) func `While somebody is still to ring, people are being told; what was done shows how one can see it`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Ringing", state: "done")
            try await house.say(Said(theme: theme, daysAgo: 9))
            let (reply, telling, action): (ReplyID, TellingID, ActionID) = (house.newID(), house.newID(), house.newID())
            try await house.run([
                "INSERT INTO replies (id, theme, words, at) VALUES (\(reply), \(theme), 'We ring now.', \(house.now))",
                """
                INSERT INTO tellings (id, voice, project, news, reply, channel, due, made_at)
                SELECT \(telling), id, project, 'reply', \(reply), 'phone', \(house.now), \(house.now) FROM voices WHERE theme = \(theme)
                """,
                """
                INSERT INTO actions (id, theme, what, owner_name, due, state, made_at, ended_at, evidence)
                VALUES (\(action), \(theme), 'Train the desk.', 'Rosa', \(house.now), 'done', \(house.now), \(house.now), 'The rota is on the wall.')
                """,
            ])
            func steps() async throws -> [[String: Any]] {
                try await house.browser(.stranger).get("/barnet-camhs/themes/\(theme)", json: true).json()["steps"] as? [[String: Any]]
                    ?? []
            }
            #expect(try await steps().contains { $0["name"] as? String == "People are being told" && $0["state"] as? String == "now" })
            #expect(try await steps().contains { ($0["words"] as? String)?.contains("The rota is on the wall.") == true })
        }
    }

    @Test(arguments: Engine.all) func `The path names who did each step, and begins with the first voice`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Artwork", state: "discussed")
            try await house.say(Said(theme: theme, daysAgo: 9))
            let (faye, session) = (house.cast.person(.facilitator), house.cast.session)
            let (talk, reply): (DiscussionID, ReplyID) = (house.newID(), house.newID())
            let at = house.now.adding(days: -5)
            try await house.run([
                "UPDATE themes SET made_by = \(faye), discussed_at = \(at) WHERE id = \(theme)",
                """
                INSERT INTO discussions (id, theme, session, at, by_whom, notes, next, released)
                VALUES (\(talk), \(theme), \(session), \(at), \(faye), 'Only for the project.', '', 1)
                """,
                "INSERT INTO replies (id, theme, words, at, by_whom) VALUES (\(reply), \(theme), 'You asked for art.', \(house.now), \(faye))",
            ])
            let json = try await house.browser(.stranger).get("/barnet-camhs/themes/\(theme)", json: true).json()
            let steps = json["steps"] as? [[String: Any]] ?? []
            #expect(steps.compactMap { $0["name"] as? String } == ["You said", "Talked about", "Decided", "Changed", "People were told"])
            #expect(steps[0]["on"] as? String == "1 March 2026")
            #expect(steps[0]["who"] as? String == "Young people")
            #expect((steps[0]["words"] as? String)?.hasPrefix("Facilitator put together") == true)
            #expect(steps[1]["who"] as? String == "Facilitator")
            #expect(steps[4]["words"] as? String == "You asked for art.")
            #expect(try await !house.browser(.stranger).get("/barnet-camhs/themes/\(theme)").text.contains("Only for the project."))
            let links = ((json["voices"] as? [[String: Any]])?.first)?["theme"]
            #expect(links == nil, "the page does not lead to itself")
        }
    }

    @Test func `A line of its own that ends with a colon heads what comes after it`() {
        let parts = Retold.parts(of: "It was real.\n\nWhat went well:\n\nMuch.\n\nVery much.\n\nWhat was hard:\n\nThis: it took long.")
        #expect(
            parts == [
                Retold(heading: nil, words: "It was real."), Retold(heading: "What went well", words: "Much.\n\nVery much."),
                Retold(heading: "What was hard", words: "This: it took long."),
            ]
        )
    }

    @Test(arguments: Engine.all) func `What is late is said to everybody who may see the voice, and to nobody else`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let open = try await house.theme("Echo", in: house.cast.project)
            try await house.say(Said(project: house.cast.project, group: house.cast.young, consent: .group, theme: open, daysAgo: 40))
            #expect(try await house.browser(.youngPerson).get(model).text.contains("Should have been talked about by"))
            #expect(try await house.browser(.facilitator).get(model).text.contains("Should have been talked about by"))
            #expect(try await !house.browser(.parent).get(model).text.contains("Should have been talked about by"))
            #expect(try await !house.browser(.stranger).get(model).text.contains("Should have been talked about by"))
            try await house.say(Said(project: house.cast.project, consent: .publicWithoutName, theme: open, daysAgo: 40))
            #expect(try await house.browser(.stranger).get(model).text.contains("Should have been talked about by"))
        }
    }

    @Test(arguments: Engine.all) func `A theme put together with another leads there, unless that is not public`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let (gone, other, open, closed): (ThemeID, ThemeID, ThemeID, ThemeID) = (
                house.newID(), house.newID(), try await house.theme("Open"), try await house.theme("Closed", isPublic: false)
            )
            let at = house.now
            try await house.run([
                "INSERT INTO merged_themes (theme, became, at) VALUES (\(gone), \(open), \(at))",
                "INSERT INTO merged_themes (theme, became, at) VALUES (\(other), \(closed), \(at))",
            ])
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get("/barnet-camhs/themes/\(gone)").location == "/barnet-camhs/themes/\(open)")
            #expect(try await stranger.get("/barnet-camhs/themes/\(other)").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Where there are too many things for a list, they are found by a word`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for number in 1...20 { _ = try await house.theme("Thing number \(number)", state: "done") }
            let stranger = house.browser(.stranger)
            #expect(try await !stranger.get("/barnet-camhs/you-said-we-did").text.contains("Look for a word"))
            _ = try await house.theme("École at 100%", state: "done")
            house.clock.turn(days: 1)
            #expect(try await stranger.get("/barnet-camhs/you-said-we-did").text.contains("Look for a word"))
            for (words, wanted) in [("école", 1), ("100%", 1), ("%", 1), ("THING", 20), ("nowhere", 0), ("_", 0)] {
                let query = words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let json = try await stranger.get("/barnet-camhs/you-said-we-did?words=\(query)", json: true).json()
                #expect((json["entries"] as? [Any])?.count == wanted, "\(words)")
            }
        }
    }

    @Test(arguments: Engine.all) func `Nonsense in an address is not heeded and breaks nothing`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Waiting")
            try await house.say(Said(theme: theme))
            let nonsense = [
                "before=1", "before=.", "before=99999999999999999999.x", "before=-9223372036854775808.\(theme)",
                "after=9223372036854775807.\(theme)",
                "before=%00", "page=-1", "page=999999999999", "state=%27%20OR%201=1--", "theme=%3Cscript%3E", "perspective=%F0%9F%A6%86",
                "year=99999",
                "year=-1", "before=1&before=2", "%=&=", "a=%C3%28",
            ]
            for page in [
                "/", "/help", "/barnet-camhs", "/barnet-camhs/you-said-we-did", "/barnet-camhs/themes/\(theme)",
                "/barnet-camhs/changes.atom", door,
            ] {
                for query in nonsense {
                    for who in [Character.stranger, .parent] {
                        let answer = try await house.browser(who).get("\(page)?\(query)")
                        #expect(answer.status == 200, "\(page)?\(query)")
                        #expect(!answer.text.contains("<script>"))
                    }
                }
            }
            for page in [
                "/barnet-camhs/themes/x", "/barnet-camhs/themes/\(VoiceID(at: house.now, chance: .system))", "/nowhere",
                "/barnet-camhs/projects/x",
            ] {
                #expect(try await house.browser(.stranger).get(page).status == 404, "\(page)")
            }
        }
    }

    @Test(arguments: Engine.all) func `What people say cannot become markup`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let payloads = ["<script>alert(1)</script>", "\u{600}<b onmouseover=x>", "\"\u{301}><i>", "]]><x/>"]
            let theme = try await house.theme(payloads.joined(), state: "done")
            try await house.say(payloads.map { Said(words: $0, consent: .publicWithName, name: $0, theme: theme) })
            for page in [
                door, "/barnet-camhs/you-said-we-did", "/barnet-camhs/themes/\(theme)", "/barnet-camhs/changes.atom", "/barnet-camhs",
            ] {
                let text = Array(try await house.browser(.stranger).get(page).text.utf8)
                for raw in ["<script>alert", "<b onmouse", "><i>", "<x/>"] { #expect(!text.contains(raw), "\(page): \(raw)") }
            }
        }
    }

    @Test(arguments: Engine.all) func `A page of fifty long voices stays under sixty kilobytes`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.say((0..<60).map { _ in Said(words: String(repeating: "many words ", count: 300)) })
            let bytes = try await house.browser(.stranger).get(door + "?voices=all").bytes.count
            #expect(bytes < 60_000)
        }
    }
}

extension [UInt8] {
    fileprivate func contains(_ words: String) -> Bool {
        let wanted = Array(words.utf8)
        return indices.contains { self[$0...].starts(with: wanted) }
    }
}
