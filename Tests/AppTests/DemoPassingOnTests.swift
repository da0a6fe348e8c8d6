import HouseSupport
import TestSupport
import Testing

@Suite struct ThePlacesOfTheDemo {
    @Test(arguments: Engine.all) func `A family of the demo sees its page, as the clinician who made it does, and nobody else`(
        engine: Engine
    )
        async throws
    {
        try await engine.withDemo { house in
            let family = try await house.browser("marek").get("/lists", json: true)
            let page = try #require(family.text.firstMatch(of: #/\/family\/kept\/[0-9a-f-]+/#)).0
            let shown = try await house.browser("marek").get(String(page))
            for words in ["42nd Street", "Nadia Rahman", "the wait is lonely", "They are on a waiting list", "Open Government Licence"] {
                #expect(shown.words.contains(words), "\(words)")
            }
            for (who, reads) in [("nadia", true), ("tomas", true), ("helen", false), ("mina", false), ("rosa", false), ("ines", false)] {
                let all = try await house.browser(who).get("/referrals").words
                #expect(all.contains("K’s dad") == reads, "\(who)")
            }
        }
    }
}
