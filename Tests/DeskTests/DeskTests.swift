import Foundation
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing
import Trail
import Voices

@testable import Desk

@Suite struct DeskTests {
    @Test(arguments: Engine.all) func `The lists of voices hold exactly what the policy lets somebody run`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let voices = try await house.voicesEverywhere()
            for who in Character.allCases where who != .stranger {
                let actor = house.cast.actor(who)
                let expected = try await house.db.read { tx in
                    Set(try voices.filter { VoicePolicy.runs(try VoiceStore.find($0, tx).place, actor) }.map(\.text))
                }
                for task in [Task.hear, .sort] {
                    // Heard first, sorted after that: no voice stands in both lists.
                    try await house.heard(voices, task == .sort)
                    let listed = try await house.db.read { tx in
                        try DeskLists(actor: actor, only: nil).list(task, Asked(limit: 1_000), tx).map(\.id)
                    }
                    #expect(Set(listed) == expected, "\(task) for \(who)")
                    #expect(listed.count == expected.count)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `Reach in SQL and the actor's duties agree about everybody and every project`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            _ = try await house.voicesEverywhere()
            for who in Character.allCases {
                let actor = house.cast.actor(who)
                for task in Task.allCases {
                    let (mine, all) = try await house.db.read { tx in
                        (
                            try DeskReach.projects(task, for: actor, tx).map(\.id),
                            try tx.all("SELECT \(Project.columns) FROM projects") { try Project(&$0) }
                        )
                    }
                    let expected = all.filter { project in task.duties.contains { actor.carries($0, at: project.place) } }
                    #expect(Set(mine) == Set(expected.map(\.id)), "\(task) for \(who)")
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `What its speaker changed after it was answered waits to be read again`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (facilitator, cast) = (house.deed(.facilitator), house.cast)
            let id = try await house.db.write { tx in
                let said = try SayVoice(
                    words: "The first words",
                    kind: .idea,
                    perspective: "parents-and-carers",
                    consent: .publicWithoutName,
                    channel: .phone,
                    wasReadBack: true
                ).run(in: try ProjectStore.find(cast.project, tx), zone: "Europe/London", by: facilitator, tx)
                try HearVoice.run(said.id, answer: "Thank you.", by: facilitator, tx)
                return said.id
            }
            let line = "Changed by the person who said it"
            #expect(try await house.browser(.facilitator).get("/desk").text.contains(line) == false)
            try await house.db.write { tx in
                try ChangeVoice.words(id, to: "The new words", version: 1, .forSpeaker(.phone), by: facilitator, tx)
            }
            let desk = try await house.browser(.facilitator).get("/desk")
            #expect(desk.text.contains(line) && desk.text.contains("The new words") && desk.text.contains("href=\"/voices/\(id)\""))
            #expect(try await house.browser(.parent).get("/desk").text.contains(line) == false)
            #expect(try await house.browser(.facilitator).get("/desk/again").status == 200)
            #expect(try await house.browser(.facilitator).post("/voices/\(id)/release").status == 303)
            #expect(try await house.browser(.facilitator).get("/desk").text.contains(line) == false)
        }
    }

    @Test(arguments: Engine.all) func `What is late comes first, in words`(engine: Engine) async throws {
        try await engine.withHouse { house in
            // It is Tuesday 10 March: due last Friday is two working days late.
            try await house.say("Late one.", due: try #require(Moment(iso: "2026-03-06T23:59:59Z")))
            try await house.say("Later one.", due: try #require(Moment(iso: "2026-03-12T23:59:59Z")))
            let page = try await house.browser(.facilitator).get("/desk").text
            #expect(page.contains("2 working days late"))
            #expect(page.contains("due in 2 days"))
            let (late, later) = (try #require(page.range(of: "Late one.")), try #require(page.range(of: "Later one.")))
            #expect(late.lowerBound < later.lowerBound)
            let next = try #require(page.range(of: "Do this next"))
            #expect(page[next.upperBound...].prefix(400).contains("Late one."))
            let board = try await house.browser(.facilitator).get("/desk/overdue").text
            #expect(board.contains("Late one."))
            #expect(!board.contains("Later one."))
        }
    }

    @Test(arguments: Engine.all) func `Going through a list shows everything once, though all is due the same evening`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            for place in 0..<130 { try await house.say("Voice \(place).", due: house.now.adding(days: -1)) }
            for start in ["/desk/hear", "/desk/sort"] {
                if start == "/desk/sort" { _ = try await house.db.write { tx in try tx.run("UPDATE voices SET heard_at = said_at") } }
                var url = start
                var found: [String] = []
                for _ in 0..<5 {
                    let json = try await house.browser(.facilitator).get(url, json: true).json()
                    found += (json["lines"] as? [[String: Any]] ?? []).compactMap { $0["title"] as? String }
                    guard let more = json["more"] as? String else { break }
                    url = more
                }
                #expect(found.count == 130)
                #expect(Set(found).count == 130)
            }
        }
    }

    @Test(arguments: Engine.all) func `Somebody without a duty has an empty desk, and a stranger none`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.voicesEverywhere()
            for who in [Character.parent, .youngPerson, .outsider, .administrator, .publisher, .safeguarding] {
                for page in ["/desk", "/desk/hear", "/desk/overdue"] {
                    let answer = try await house.browser(who).get(page)
                    #expect(answer.status == 200)
                    #expect(!answer.text.contains("Said somewhere"), "\(page) for \(who)")
                }
            }
            #expect(try await house.browser(.stranger).get("/desk").location?.hasPrefix("/sign-in") == true)
            #expect(try await house.browser(.facilitator).get("/desk/nonsense").status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Staff of a project find what they may answer there, and what is late`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let hidden = try await house.say("Only for a group.", due: house.now)
            let open = try await house.say("For the project.", due: house.now)
            let elsewhere = try await house.say("Elsewhere.", due: house.now, project: house.cast.openPlace)
            let theme = try await house.theme("Long waits", "discussed")
            let late = try await house.say("Late.", due: house.now.adding(days: -3), theme: theme)
            try await house.db.write { tx in
                try tx.run("UPDATE voices SET consent = 'project', passed_at = said_at WHERE id IN \(list: [open, elsewhere])")
                try tx.run("UPDATE voices SET heard_at = said_at WHERE id = \(late)")
            }
            let desk = try await house.browser(.clinician).get("/desk").text
            #expect(desk.contains("/voices/\(open)"))
            #expect(!desk.contains("/voices/\(hidden)"))
            #expect(!desk.contains("/voices/\(elsewhere)"))
            let watched = try await house.browser(.clinician).get("/desk", json: true).json()["watched"] as? [[String: Any]]
            #expect(watched?.compactMap { $0["title"] as? String } == ["Long waits"])
            #expect(desk.contains("href=\"/desk\">Desk</a>"), "the header leads there")
            let parent = try await house.browser(.parent).get("/desk").text
            #expect(!parent.contains("Long waits"))
            #expect(!parent.contains("For the project."))
            #expect(!parent.contains(">Desk</a>"))
            let runs = try await house.browser(.facilitator).get("/desk", json: true).json()["watched"] as? [Any]
            #expect(runs?.isEmpty == true, "what is theirs to do is not listed twice")
        }
    }

    @Test(arguments: Engine.all) func `A project that is none of mine, or none at all, finds nothing`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.say("Said to everybody here.", due: house.now.adding(days: -1))
            let browser = house.browser(.facilitator)
            #expect(try await browser.get("/desk/hear").text.contains("Said to everybody here."))
            for unknown in ["nonsense", "00000000-0000-7000-8000-000000000000"] {
                for page in ["/desk", "/desk/hear", "/desk/overdue"] {
                    #expect(!(try await browser.get("\(page)?project=\(unknown)").text.contains("Said to everybody here.")), "\(page)")
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `One project can be looked at alone, and only one of mine`(engine: Engine) async throws {
        try await engine.withHouse { house in
            _ = try await house.voicesEverywhere()
            let mine = try await house.browser(.facilitator).get("/desk/hear?project=\(house.cast.openProject)").text
            #expect(mine.contains("Said somewhere 1"))
            #expect(!mine.contains("Said somewhere 0"))
            let other = try await house.browser(.moderator).get("/desk/hear?project=\(house.cast.openProject)").text
            #expect(!other.contains("Said somewhere 1"), "a filter opens no door")
            for nonsense in ["project=x", "after=1", "after=1.x", "project=&after=.", "after=999999999999999999999.\(house.cast.project)"] {
                #expect(try await house.browser(.facilitator).get("/desk/hear?\(nonsense)").status == 200)
                #expect(try await house.browser(.facilitator).get("/desk/overdue?\(nonsense)").status == 200)
                #expect(try await house.browser(.facilitator).get("/desk?\(nonsense)").status == 200)
            }
        }
    }

    @Test(arguments: Engine.all) func `Every step of the path has its list, and each leads where it can be done`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (cast, now) = (house.cast, house.now)
            let open = try await house.theme("To talk about", "open")
            let discussed = try await house.theme("To decide", "discussed")
            _ = try await house.theme("Agreed", "agreed")
            let doing = try await house.theme("Doing", "doing", replyDue: now.adding(days: 2))
            try await house.say("In open.", due: now, theme: open)
            let voice = try await house.say("In discussed.", due: now, theme: discussed)
            let (action, telling, followUp): (ActionID, TellingID, ID<Subject.Voice>) = (
                ID(at: now, chance: .system), ID(at: now, chance: .system), ID(at: now, chance: .system)
            )
            let owner = cast.person(.owner)
            try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO actions (id, theme, what, owner, owner_name, due, state, made_at)
                    VALUES (\(action), \(doing), 'Buy frames', \(owner), 'Owen', \(now.adding(days: -3)), 'doing', \(now))
                    """
                )
                try tx.run(
                    """
                    INSERT INTO tellings (id, voice, project, news, channel, due, made_at)
                    VALUES (\(telling), \(voice), \(cast.project), 'heard', 'phone', \(now.adding(days: 1)), \(now))
                    """
                )
                try tx.run(
                    """
                    INSERT INTO follow_ups (id, voice, at, from_speaker, words) VALUES (\(followUp), \(voice), \(now), 1, 'And another thing.')
                    """
                )
            }
            let page = try await house.browser(.facilitator).get("/desk").text
            let theme = "/barnet-camhs/projects/stepped-model/themes/"
            for link in [
                "/voices/\(voice)", theme + open.text, theme + discussed.text, theme + doing.text, "/actions/\(action)",
                "/tellings/\(telling)",
            ] {
                #expect(page.contains("href=\"\(link)\""), "\(link)")
            }
            for words in ["To talk about", "To decide", "Agreed", "Buy frames", "Ring somebody", "And another thing."] {
                #expect(page.contains(words), "\(words)")
            }
            let scribe = try await house.browser(.scribe).get("/desk").text
            #expect(scribe.contains("Ring somebody"))
            #expect(!scribe.contains("And another thing."))
            let own = try await house.browser(.owner).get("/desk").text
            #expect(own.contains("Buy frames"))
            #expect(own.contains("late"))
            #expect(!own.contains("To decide"))
        }
    }

    @Test(arguments: Engine.all) func `What is heard or taken back waits no longer`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let heard = try await house.say("Has been heard.", due: house.now)
            let gone = try await house.say("Was taken back.", due: house.now)
            let now = house.now
            try await house.db.write { tx in
                try tx.run("UPDATE voices SET heard_at = \(now) WHERE id = \(heard)")
                try tx.run("UPDATE voices SET withdrawn_at = \(now), words = NULL WHERE id = \(gone)")
            }
            let page = try await house.browser(.facilitator).get("/desk/hear", json: true).json()
            #expect((page["lines"] as? [Any])?.isEmpty == true)
        }
    }
}

extension TestHouse {
    @discardableResult
    fileprivate func say(_ words: String, due: Moment, project: Place? = nil, theme: ThemeID? = nil) async throws -> VoiceID {
        let (place, now) = (project ?? cast.place, now)
        return try await db.write { tx in
            let id: VoiceID = ID(at: now, chance: .system)
            try tx.run(
                """
                INSERT INTO voices (id, service, project, theme, perspective, kind, channel, read_back, consent, consent_at, words, digest, version,
                    reply_by, said_at, recorded_at, hear_due, discuss_due, decide_due)
                VALUES (\(id), \(place.service), \(place.project), \(theme), 'young-people', 'idea', 'online', 0, 'group', \(now), \(words), 'd', 1,
                    'receipt', \(now), \(now), \(due), \(due), \(due))
                """
            )
            return id
        }
    }

    fileprivate func heard(_ voices: [VoiceID], _ isHeard: Bool) async throws {
        let at: Moment? = isHeard ? now : nil
        _ = try await db.write { tx in try tx.run("UPDATE voices SET heard_at = \(at) WHERE id IN \(list: voices)") }
    }

    /// One voice in each of three projects, the last of another service.
    fileprivate func voicesEverywhere() async throws -> [VoiceID] {
        let (service, project, now): (ServiceID, ProjectID, Moment) = (ID(at: now, chance: .system), ID(at: now, chance: .system), now)
        try await db.write { tx in
            try tx.run(
                "INSERT INTO services (id, slug, name, summary, about, made_at) VALUES (\(service), 'other', 'Other', '', '', \(now))"
            )
            try tx.run(
                """
                INSERT INTO projects (id, service, slug, title, question, about, phase, state, open_to_public,
                    hear_within, hear_unit, discuss_within, discuss_unit, decide_within, decide_unit, reply_within, reply_unit, made_at)
                VALUES (\(project), \(service), 'elsewhere', 'Elsewhere', '', '', 'design', 'open', 0,
                    7, 'days', 28, 'days', 56, 'days', 5, 'working-days', \(now))
                """
            )
        }
        var voices: [VoiceID] = []
        for (number, place) in [cast.place, cast.openPlace, Place(service: service, project: project)].enumerated() {
            voices.append(try await say("Said somewhere \(number)", due: now.adding(days: number), project: place))
        }
        return voices
    }

    fileprivate func theme(_ title: String, _ state: String, replyDue: Moment? = nil) async throws -> ThemeID {
        let (cast, now) = (cast, now)
        return try await db.write { tx in
            let id: ThemeID = ID(at: now, chance: .system)
            try tx.run(
                """
                INSERT INTO themes (id, service, project, title, said, public, state, made_at, reply_due, moved_at)
                VALUES (\(id), \(cast.service), \(cast.project), \(title), '', 0, \(state), \(now), \(replyDue), \(now))
                """
            )
            return id
        }
    }
}
