import HouseSupport
import Kernel
import PathSupport
import Projects
import Store
import TestSupport
import Testing
import Voices

@testable import Discussion

@Suite struct WhatIsRecordedDecidesTheState {
    static let rule: [(Theme.Recorded, Theme.State)] = [
        (.init(), .open),
        (.init(isDiscussed: true), .discussed),
        (.init(decided: .agreed), .agreed),
        (.init(isDiscussed: true, decided: .cannot), .cannot),
        (.init(decided: .agreed, openActions: 1, actionsSince: 1), .doing),
        (.init(decided: .agreed, actionsSince: 1), .doing),
        (.init(decided: .agreed, openActions: 1, actionsSince: 1, changesSince: 1), .doing),
        (.init(decided: .agreed, actionsSince: 1, changesSince: 1), .done),
        (.init(decided: .agreed, changesSince: 1), .done),
        (.init(decided: .cannot, changesSince: 1), .cannot),
    ]

    @Test(arguments: rule) func `A state follows from what was recorded`(recorded: Theme.Recorded, state: Theme.State) {
        #expect(recorded.state == state)
    }
}

@Suite struct WhoMayDoWhatWithThemes {
    static let readers: Set<Character> = [
        .facilitator, .moderator, .scribe, .publisher, .owner, .clinician, .parent, .otherParent, .youngPerson,
    ]

    @Test(arguments: Engine.all) func `The people of a project see its themes, for everybody else there are none`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            for who in Character.allCases {
                for path in [house.themesPath, house.path(theme)] {
                    let status = try await house.browser(who).get(path).status
                    #expect(status == (Self.readers.contains(who) ? 200 : 404), "\(who) at \(path)")
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `Facilitators and moderators start, edit, sort, merge and record`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (theme, other) = (try await house.theme(), try await house.theme("Letters"))
            let (voice, project) = (try await house.said(), house.cast.project)
            let draft = ThemeDraft(title: "T", said: "", isPublic: false)
            let tenders: Set<Character> = [.facilitator, .moderator]
            let start = try await house.allowed { deed, tx in try StartTheme.run(draft, in: ProjectStore.find(project, tx), by: deed, tx) }
            let edit = try await house.allowed { deed, tx in try EditTheme.run(theme, draft, version: 1, by: deed, tx) }
            let sort = try await house.allowed { deed, tx in try SortVoice.run(voice, from: nil, into: theme, by: deed, tx) }
            let merge = try await house.allowed { deed, tx in try MergeThemes.run(theme, into: other, by: deed, tx) }
            let discuss = try await house.allowed { deed, tx in
                try RecordDiscussion.run(theme, .init(at: deed.at, notes: "N"), by: deed, tx)
            }
            for allowed in [start, edit, sort, merge, discuss] { #expect(allowed == tenders) }
        }
    }

    @Test(arguments: Engine.all) func `A member sees of a theme's voices those they may read, and counts of no others`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            _ = try await house.said("Only for our room", consent: .group, in: theme)
            _ = try await house.said("For the project", consent: .project, in: theme)
            let parent = try await house.browser(.parent).get(house.path(theme)).text
            #expect(!parent.contains("Only for our room"))
            #expect(parent.contains("For the project"))
            #expect(parent.contains("Young people: 1"))
            let young = try await house.browser(.youngPerson).get(house.path(theme)).text
            #expect(young.contains("Only for our room"))
            #expect(young.contains("Young people: 2"))
        }
    }
}

@Suite struct Sorting {
    @Test(arguments: Engine.all) func `Several voices are sorted at once, into old themes and a new one`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let (first, second, third) = (try await house.said("One"), try await house.said("Two"), try await house.said("Three"))
            let page = try await house.browser(.moderator).get(house.themesPath + "/sort")
            #expect(page.text.contains("One") && page.text.contains("Three"))
            let answer = try await house.browser(.moderator).post(
                house.themesPath + "/sort",
                [
                    "voice": "\(first)", "voice": "\(second)", "voice": "\(third)", "theme-\(first)": "\(theme)", "theme-\(second)": "new",
                    "theme-\(third)": "", "was-\(first)": "", "was-\(second)": "", "was-\(third)": "", "title": "Artwork in the corridors",
                ]
            )
            #expect(answer.status == 303)
            let themes = try await house.db.read { tx in
                try tx.all("SELECT themes.title FROM voices LEFT JOIN themes ON themes.id = voices.theme ORDER BY voices.words") {
                    try $0.next() as String?
                }
            }
            #expect(themes == ["News by phone", nil, "Artwork in the corridors"])
        }
    }

    @Test(arguments: Engine.all) func `A new theme needs its name, and nothing is sorted without it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let voice = try await house.said()
            let answer = try await house.browser(.facilitator).post(
                house.themesPath + "/sort",
                ["voice": "\(voice)", "theme-\(voice)": "new", "was-\(voice)": "", "title": " "]
            )
            #expect(answer.status == 422)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM themes") } == 0)
        }
    }

    @Test(arguments: Engine.all) func `What somebody else has sorted meanwhile is not overwritten`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (theme, other) = (try await house.theme(), try await house.theme("Letters"))
            let voice = try await house.said(in: theme)
            let answer = try await house.browser(.facilitator).post(
                house.themesPath + "/sort",
                ["voice": "\(voice)", "theme-\(voice)": "\(other)", "was-\(voice)": ""]
            )
            #expect(answer.status == 409)
            #expect(answer.text.contains("News by phone") && answer.text.contains("Letters"))
        }
    }

    @Test(arguments: Engine.all) func `A voice does not go into a theme of another project`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (voice, open) = (try await house.said(), house.cast.openProject)
            let foreign = try await house.does(.facilitator) { deed, tx in
                try StartTheme.run(ThemeDraft(title: "F", said: "", isPublic: false), in: ProjectStore.find(open, tx), by: deed, tx).id
            }
            await #expect(throws: Refusal.notFound) {
                try await house.does(.facilitator) { deed, tx in try SortVoice.run(voice, from: nil, into: foreign, by: deed, tx) }
            }
        }
    }

    @Test(arguments: Engine.all) func `Two themes become one, and the old address leads there`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (theme, other) = (try await house.theme(), try await house.theme("Letters"))
            _ = try await house.said(in: theme)
            try await house.discussed(theme)
            try await house.does(.facilitator) { deed, tx in try MergeThemes.run(theme, into: other, by: deed, tx) }
            #expect(try await house.state(other) == .discussed)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices WHERE theme = \(other)") } == 1)
            let answer = try await house.browser(.parent).get(house.path(theme))
            #expect(answer.location == house.path(other))
            #expect(try await house.browser(.stranger).get(house.path(theme)).status == 404)
        }
    }

    @Test(arguments: Engine.all) func `A theme cannot become part of itself`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            await #expect(throws: Problems.self) {
                try await house.does(.facilitator) { deed, tx in try MergeThemes.run(theme, into: theme, by: deed, tx) }
            }
        }
    }
}

@Suite struct EditingAndDiscussing {
    @Test(arguments: Engine.all) func `A stale edit shows both texts and overwrites nothing`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let browser = house.browser(.facilitator)
            #expect(try await browser.get(house.path(theme, "/edit")).field("version") == "1")
            #expect(try await browser.post(house.path(theme), ["title": "Second", "said": "S", "version": "1"]).status == 303)
            let stale = try await browser.post(house.path(theme), ["title": "Third", "said": "T", "version": "1"])
            #expect(stale.status == 409)
            #expect(stale.text.contains("Second") && stale.text.contains("Third"))
            #expect(try await house.theme(theme).title == "Second")
            #expect(
                try await house.db.read { tx in try tx.values("SELECT title FROM theme_versions", as: String.self) } == ["News by phone"]
            )
        }
    }

    @Test(arguments: Engine.all) func `An empty or too long title comes back with what was typed`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.facilitator)
            let empty = try await browser.post(house.themesPath, ["title": "  ", "said": "Kept <b>words</b>"])
            #expect(empty.status == 422)
            #expect(empty.text.contains("Kept &lt;b&gt;words"))
            #expect(try await browser.post(house.themesPath, ["title": String(repeating: "a", count: 121)]).status == 422)
        }
    }

    @Test(arguments: Engine.all) func `A discussion in a session has the session's day and moves the theme`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let answer = try await house.browser(.moderator).post(
                house.path(theme, "/discussions"),
                ["session": "\(house.cast.session)", "notes": "They want calls.", "next": "Ask the desk."]
            )
            #expect(answer.status == 303)
            let found = try await house.theme(theme)
            #expect(found.state == .discussed)
            #expect(found.discussedAt == house.now.adding(days: -1))
            let page = try await house.browser(.youngPerson).get(house.path(theme))
            #expect(page.text.contains("Young people’s session") && page.text.contains("Ask the desk."))
            let parent = try await house.browser(.parent).get(house.path(theme)).text
            #expect(!parent.contains("They want calls.") && !parent.contains("Ask the desk."), "a group's notes stay with the group")
            _ = try await house.browser(.moderator).post(
                house.path(theme, "/discussions"),
                ["session": "\(house.cast.session)", "notes": "They agreed that this may be read.", "released": "yes"]
            )
            #expect(try await house.browser(.parent).get(house.path(theme)).text.contains("They agreed that this may be read."))
        }
    }

    @Test(arguments: Engine.all) func `Nothing was discussed tomorrow, or without words`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            let browser = house.browser(.facilitator)
            let tomorrow = try await browser.post(
                house.path(theme, "/discussions"),
                ["notes": "N", "on-day": "11", "on-month": "3", "on-year": "2026"]
            )
            #expect(tomorrow.status == 422)
            #expect(try await browser.post(house.path(theme, "/discussions"), ["notes": ""]).status == 422)
            let today = try await browser.post(
                house.path(theme, "/discussions"),
                ["notes": "N", "on-day": "10", "on-month": "3", "on-year": "2026"]
            )
            #expect(today.status == 303)
        }
    }

    @Test(arguments: Engine.all) func `What waits too long is marked, for those who may see the voice`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            _ = try await house.said(consent: .group, in: theme)
            house.clock.turn(days: 40)
            #expect(try await house.browser(.youngPerson).get(house.themesPath).text.contains("Overdue"))
            #expect(!(try await house.browser(.parent).get(house.themesPath).text.contains("Overdue")))
        }
    }
}
