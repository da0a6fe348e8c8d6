import HouseSupport
import Kernel
import PathSupport
import Projects
import Store
import TestSupport
import Testing
import Voices

@testable import Discussion
@testable import Pathways

@Suite struct WhereAPageComesFrom {
    @Test(arguments: Engine.all) func `A theme and a receipt lead to the page that came of them, once it is published`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let theme = try await house.theme("Plain words")
            let voice = try await house.does(.youngPerson) { deed, tx in
                try SayVoice(
                    words: "I did not know what triage is.",
                    kind: .idea,
                    perspective: "young-people",
                    consent: .group,
                    speaker: house.cast.person(.youngPerson),
                    group: house.cast.young
                ).run(in: ProjectStore.find(house.cast.project, tx), zone: "Europe/London", by: deed, tx).id
            }
            try await house.does(.facilitator) { deed, tx in try SortVoice.run(voice, from: nil, into: theme, by: deed, tx) }
            let text = try await house.draft("What happens at triage", TestHouse.easyWords, LeafletDetails(kind: .pathway, themes: [theme]))
            let places: [(Character, String)] = [
                (.stranger, "/barnet-camhs/themes/\(theme)"), (.facilitator, house.path(theme)), (.youngPerson, "/voices/\(voice)/receipt"),
            ]
            for (who, place) in places { #expect(try await !house.browser(who).get(place).text.contains(triage), "\(place)") }
            try await house.published(text)
            for (who, place) in places {
                #expect(try await house.browser(who).get(place).text.contains("href=\"\(triage)\""), "\(place)")
                #expect(try await house.browser(who).get(place, json: true).text.contains("\"\(triage)\""), "\(place)")
            }
        }
    }

    @Test(arguments: Engine.all) func `A page quotes what people let everybody read, and nothing that they did not`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let (open, closed) = (try await house.theme("Plain words"), try await house.theme("Not for everybody", isPublic: false))
            let said = try await house.said("Say it plainly", consent: .publicWithoutName, in: open)
            let heard = house.deed(.facilitator)
            _ = try await house.said("Only for my group", consent: .group, in: open)
            let hidden = try await house.said("In a theme that is not shown", consent: .publicWithoutName, in: closed)
            try await house.db.write { tx in
                for voice in [said, hidden] { try HearVoice.run(voice, answer: "Thank you.", by: heard, tx) }
            }
            let details = LeafletDetails(kind: .pathway, themes: [open, closed])
            let text = try await house.draft("What happens at triage", TestHouse.easyWords, details)
            try await house.published(text)
            let read = [
                try await house.browser(.stranger).get(triage).text, try await house.browser(.parent).get(triage).text,
                try await house.browser(.stranger).get(triage, json: true).text,
            ]
            for page in read {
                #expect(page.contains("Say it plainly") && !page.contains("Only for my group") && !page.contains("that is not shown"))
            }
            try await house.db.write { tx in
                try WithdrawVoice.run(said, .speaker, by: Deed(by: .holder(of: said), at: heard.at, chance: heard.chance), tx)
            }
            #expect(try await !house.browser(.stranger).get(triage).text.contains("Say it plainly"))
        }
    }

    @Test(arguments: Engine.all) func `An old version can be read whole, and says that it is old`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let first = try await house.draft()
            let draft = try await house.browser(.stranger).get("\(triage)/versions/\(first.id)")
            #expect(draft.status == 404)
            try await house.published(first)
            let second = try await house.written(TextDraft(title: "Triage", summary: "S", body: "Ring.", changed: "Shorter."), of: first)
            #expect(try await house.browser(.facilitator).get("\(triage)/versions/\(second.id)").status == 404)
            #expect(try await !house.browser(.stranger).get("\(triage)/versions/\(first.id)").text.contains("old version"))
            try await house.published(second)
            let old = try await house.browser(.stranger).get("\(triage)/versions/\(first.id)").text
            #expect(old.contains("This is an old version") && old.contains("noindex") && old.contains("What happens next"))
            #expect(old.contains("Shorter.") && old.contains("href=\"\(triage)\""))
            let now = try await house.browser(.stranger).get("\(triage)/versions/\(second.id)").text
            #expect(!now.contains("old version"))
            #expect(try await house.browser(.stranger).get("\(triage)/versions").text.contains("/versions/\(first.id)"))
        }
    }
}
