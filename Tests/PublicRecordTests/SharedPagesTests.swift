import HTTPTypes
import HouseSupport
import Kernel
import TestSupport
import Testing
import Voices

/// Pages that tell everybody the same, and voices that look the same to all who may read them, are made once; who may read them is asked each time.
@Suite struct SharedPagesTests {
    private let news = "/barnet-camhs/you-said-we-did"
    private let all = "/barnet-camhs/projects/stepped-model?voices=all"

    @Test(arguments: Engine.all) func `Whoever is signed in reads what a stranger reads, in a frame of their own`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme("Quiet rooms")
            try await house.say(Said(theme: theme))
            for page in [news, "/help", "/privacy", "/accessibility"] {
                let stranger = try await house.browser(.stranger).get(page).text
                for who in [Character.parent, .facilitator, .parent] {
                    let theirs = try await house.browser(who).get(page)
                    #expect(theirs.text.main == stranger.main, "\(who) \(page)")
                    #expect(theirs.headers[.cacheControl] == "private, no-store")
                    #expect(theirs.text.contains("csrf-of-\(who.rawValue)"), "\(who) \(page)")
                    #expect(!stranger.contains("csrf-of-"))
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `What one member's page kept shows on nobody's who may not read it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (project, parents) = (house.cast.project, house.cast.parents)
            try await house.say([
                Said(words: "For the group alone", project: project, group: parents, consent: .group),
                Said(words: "For the project", project: project, consent: .project), Said(words: "For everybody", project: project),
            ])
            for _ in 1...2 {
                let parent = try await house.browser(.parent).get(all).text
                #expect(parent.contains("For the group alone") && parent.contains("For the project") && parent.contains("For everybody"))
                let young = try await house.browser(.youngPerson).get(all).text
                #expect(!young.contains("For the group alone") && young.contains("For the project"))
                for who in [Character.stranger, .outsider, .administrator] {
                    let page = try await house.browser(who).get(all).text
                    #expect(
                        !page.contains("For the group alone") && !page.contains("For the project") && page.contains("For everybody"),
                        "\(who)"
                    )
                }
            }
        }
    }
}

extension String {
    /// What stands between the frame's parts.
    fileprivate var main: Substring? { split(separator: "<main", maxSplits: 1).last?.split(separator: "</main>", maxSplits: 1).first }
}
