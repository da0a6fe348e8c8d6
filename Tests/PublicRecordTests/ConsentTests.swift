import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Voices

/// Each level of consent against each kind of person, on the page and in its JSON.
@Suite struct ConsentTests {
    static let watchers: [Character] = [
        .stranger, .outsider, .administrator, .publisher, .facilitator, .moderator, .clinician, .parent, .youngPerson,
    ]

    @Test(arguments: Engine.all) func `A project's page shows a voice to exactly those whom the policy lets read it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let cast = house.cast
            var said: [(id: VoiceID, words: String)] = []
            for consent in Voice.Consent.allCases {
                for (name, group) in [("young", cast.young as GroupID?), ("parents", cast.parents), ("nobody", nil)] {
                    for (way, speaker, isRead) in [
                        ("read", nil as PersonID?, true), ("unread", nil, false), ("unread and known", cast.person(.youngPerson), false),
                        ("by one who left", cast.person(.outsider), false),
                    ] {
                        let words = "Said for \(consent.rawValue) in \(name), \(way)."
                        let one = Said(
                            words: words,
                            project: cast.project,
                            group: group,
                            consent: consent,
                            speaker: speaker,
                            isRead: isRead
                        )
                        said.append((try await house.say(one), words))
                    }
                }
            }
            for watcher in Self.watchers {
                let html = try await house.browser(watcher).get(model + "?voices=all").text
                let json = try await house.browser(watcher).get(model + "?voices=all", json: true).text
                for one in said {
                    let voice = try await house.db.read { tx in try VoiceStore.find(one.id, tx) }
                    let may = VoicePolicy.mayRead(voice, by: cast.actor(watcher))
                    #expect(html.contains(one.words) == may, "\(watcher) and: \(one.words)")
                    #expect(json.contains(one.words) == may, "\(watcher) as JSON and: \(one.words)")
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `Somebody reads their own words wherever they were said`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let mine = house.cast.person(.youngPerson)
            try await house.say(
                Said(words: "Mine among parents.", project: house.cast.project, group: house.cast.parents, consent: .group, speaker: mine)
            )
            try await house.say(Said(words: "Mine at the open door.", consent: .project, speaker: mine))
            #expect(try await house.browser(.youngPerson).get(model).text.contains("Mine among parents."))
            #expect(try await house.browser(.youngPerson).get(door).text.contains("Mine at the open door."))
            #expect(try await !house.browser(.outsider).get(door).text.contains("Mine at the open door."))
        }
    }

    @Test(arguments: Engine.all) func `A name is only told where the speaker wants to be named`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.say(Said(words: "Without.", consent: .publicWithoutName, name: "Zebedee"))
            #expect(try await !house.browser(.stranger).get(door).text.contains("Zebedee"))
            try await house.say(Said(words: "With.", consent: .publicWithName, name: "Yolanda"))
            let page = try await house.browser(.stranger).get(door)
            #expect(page.text.contains("Yolanda"))
            #expect(!page.text.contains("Zebedee"))
        }
    }

    @Test(arguments: Engine.all) func `Where not everybody can read a voice, it says who can`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.say(Said(project: house.cast.project, group: house.cast.young, consent: .group))
            #expect(
                try await house.browser(.youngPerson).get(model).text.contains("Only this group and the people who run it can see this.")
            )
        }
    }

    @Test(arguments: Engine.all) func `A theme that is not public is known to its project's people and to nobody else`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme("Quiet rooms", isPublic: false, in: house.cast.project)
            let page = "/barnet-camhs/themes/\(theme)"
            for (watcher, status) in [
                (Character.stranger, 404), (.outsider, 404), (.administrator, 404), (.parent, 200), (.facilitator, 200),
            ] {
                #expect(try await house.browser(watcher).get(page).status == status, "\(watcher)")
                #expect(try await house.browser(watcher).get(model).text.contains("Quiet rooms") == (status == 200), "\(watcher)")
                #expect(try await !house.browser(watcher).get("/barnet-camhs/you-said-we-did").text.contains("Quiet rooms"))
                #expect(try await !house.browser(watcher).get("/barnet-camhs/changes.atom").text.contains("Quiet rooms"))
            }
        }
    }

    @Test(arguments: Engine.all) func `A withdrawn voice is nowhere at once, though every page was kept`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("The building", state: "done")
            let words = "The corridor sounds like a swimming pool."
            let voice = try await house.say(Said(words: words, theme: theme))
            let pages = [
                door, "/", "/barnet-camhs", "/barnet-camhs/you-said-we-did", "/barnet-camhs/themes/\(theme)", "/barnet-camhs/changes.atom",
            ]
            let stranger = house.browser(.stranger)
            for page in pages {
                let shown = try await stranger.get(page).text.contains(words)
                // First pages say what things came to, and the feed never quotes.
                #expect(shown == (page == door || page.contains("/you-said") || page.contains("/themes/")), "\(page)")
                _ = try await stranger.get(page, json: true)
            }
            let deed = Deed(by: .holder(of: voice), at: house.now)
            try await house.db.write { tx in try WithdrawVoice.run(voice, .speaker, by: deed, tx) }
            for page in pages {
                #expect(try await !stranger.get(page).text.contains("swimming pool"), "\(page)")
                #expect(try await !stranger.get(page, json: true).text.contains("swimming pool"), "\(page) as JSON")
                #expect(try await !house.browser(.facilitator).get(page).text.contains("swimming pool"), "\(page) for a facilitator")
            }
        }
    }

    @Test(arguments: Engine.all) func `Consent that is narrowed takes a voice off public pages at once`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let voice = try await house.say(Said(words: "Only for a while."))
            let stranger = house.browser(.stranger)
            #expect(try await stranger.get(door).text.contains("Only for a while."))
            let deed = Deed(by: .holder(of: voice), at: house.now)
            try await house.db.write { tx in try ChangeVoice.consent(voice, to: .project, name: nil, .speaker, by: deed, tx) }
            #expect(try await !stranger.get(door).text.contains("Only for a while."))
        }
    }

    @Test(arguments: Engine.all) func `A young person who took on an action is not named to the public`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Posts", state: "doing")
            let (young, facilitator, due) = (house.cast.person(.youngPerson), house.cast.person(.facilitator), house.now.adding(days: 9))
            let (one, two): (ActionID, ActionID) = (house.newID(), house.newID())
            try await house.run([
                """
                INSERT INTO actions (id, theme, what, owner, owner_name, due, state, made_at)
                VALUES (\(one), \(theme), 'Look after posts', \(young), 'Robin', \(due), 'doing', \(house.now))
                """,
                """
                INSERT INTO actions (id, theme, what, owner, owner_name, due, state, made_at)
                VALUES (\(two), \(theme), 'Open the account', \(facilitator), 'Faye', \(due), 'doing', \(house.now))
                """,
            ])
            let page = try await house.browser(.stranger).get("/barnet-camhs/themes/\(theme)").text
            #expect(page.contains("Look after posts"))
            #expect(page.contains("Faye"))
            #expect(!page.contains("Robin"))
        }
    }

    @Test(arguments: Engine.all) func `Staff of a project who took on an action are told by what they are`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Posts", state: "doing", in: house.cast.project)
            let (clinician, due) = (house.cast.person(.clinician), house.now.adding(days: 9))
            let action: ActionID = house.newID()
            try await house.run([
                """
                INSERT INTO actions (id, theme, what, owner, owner_name, due, state, made_at)
                VALUES (\(action), \(theme), 'Ring first', \(clinician), 'Clio', \(due), 'doing', \(house.now))
                """
            ])
            let steps =
                try await house.browser(.stranger).get("/barnet-camhs/themes/\(theme)", json: true).json()["steps"] as? [[String: Any]]
            #expect(steps?.first { $0["words"] as? String == "Ring first" }?["who"] as? String == "Clinician")
            let form = try await house.browser(.facilitator).get(
                "/barnet-camhs/projects/stepped-model/themes/\(theme)/actions/new"
            ).text
            #expect(form.contains("value=\"\(clinician)\""), "whoever works in the project may own an action")
            #expect(!form.contains("value=\"\(house.cast.person(.parent))\""))
        }
    }
}
