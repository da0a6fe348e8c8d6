import Discussion
import HouseSupport
import Kernel
import PathSupport
import Store
import TestSupport
import Testing

@testable import Themes

@Suite struct ThemesTests {
    @Test(arguments: Engine.all) func `A theme says what comes next, step by step, with the way to it for those whose work it is`(
        engine: Engine
    )
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            #expect(try await house.next(theme, .facilitator).words == W.nextGather)
            _ = try await house.said(in: theme)
            let discuss = try await house.next(theme, .facilitator)
            #expect(discuss.words.hasPrefix(W.nextDiscuss) && discuss.way == house.path(theme, "/discussions/new"))
            try await house.discussed(theme)
            #expect(try await house.next(theme, .facilitator).way == house.path(theme, "/decisions/new"))
            try await house.decided(theme)
            #expect(try await house.next(theme, .facilitator).way == house.path(theme, "/replies/new"))
        }
    }

    @Test(arguments: Engine.all) func `Members read what comes next and get no button for the work of others`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            _ = try await house.said(in: theme)
            for who in [Character.parent, .youngPerson, .clinician] {
                let next = try await house.next(theme, who)
                #expect(next.words.hasPrefix(W.nextDiscuss) && next.way == nil, "\(who)")
            }
            #expect(try await house.next(theme, .moderator).way != nil)
            for who in [Character.outsider, .administrator] {
                #expect(try await house.browser(who).get(house.path(theme)).status == 404, "\(who)")
            }
        }
    }

    @Test(arguments: Engine.all) func `What should have been done by now says so`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme()
            _ = try await house.said(in: theme)
            #expect(try await house.next(theme, .facilitator).isOverdue == false)
            house.clock.turn(days: 40)
            let next = try await house.next(theme, .facilitator)
            #expect(next.isOverdue && next.words.contains("should have been done by"))
        }
    }
}

extension TestHouse {
    fileprivate func next(_ theme: ThemeID, _ who: Character) async throws -> (words: String, isOverdue: Bool, way: String?) {
        let page = try await browser(who).get(path(theme), json: true).json()
        let next = page["next"] as? [String: Any] ?? [:]
        return (next["words"] as? String ?? "", next["isOverdue"] as? Bool ?? false, (next["button"] as? [String: Any])?["url"] as? String)
    }
}
