import HouseSupport
import Kernel
import PathSupport
import Projects
import Services
import Store
import TestSupport
import Testing

@testable import Ratings

@Suite struct Figures {
    @Test func `An average has one place`() {
        #expect(RatingFigures(perspective: "p", people: 3, sum: 25).average == 8.3)
        #expect(RatingFigures(perspective: "p", people: 0, sum: 0).average == nil)
    }

    @Test func `A few people are not given away, nor is their average`() {
        let perspective = Perspective(key: "p", label: "Parents", one: "parent", place: 0, isStaff: false)
        let line = RatingsPage.line(RatingFigures(perspective: "p", people: 2, sum: 20), perspective, isExact: false)
        #expect(line.average == "not shown")
        #expect(!line.people.contains("2"))
        #expect(RatingsPage.line(RatingFigures(perspective: "p", people: 2, sum: 20), perspective, isExact: true).average == "10 out of 10")
    }
}

@Suite struct Rating_ {
    let path = "/barnet-camhs/projects/stepped-model/ratings"

    @Test(arguments: Engine.all) func `A second rating of the same session replaces the first`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.youngPerson)
            let session = house.cast.session
            #expect(try await browser.post(path + "/mine", ["session": "\(session)", "score": "9"]).status == 303)
            #expect(
                try await browser.post(path + "/mine", ["session": "\(session)", "score": "10", "words": "They heard us"]).status == 303
            )
            #expect(try await browser.post(path + "/mine", ["session": "", "score": "7"]).status == 303)
            let kept = try await house.db.read { tx in
                try tx.all("SELECT score, version FROM ratings ORDER BY score") { "\(try $0.next() as Int) v\(try $0.next() as Int)" }
            }
            #expect(kept == ["7 v1", "10 v2"])
        }
    }

    @Test(arguments: Engine.all) func `A session is rated by those of its group, and not before it began`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (project, session) = (house.cast.project, house.cast.session)
            let allowed = try await house.allowed { deed, tx in try GiveRating.run(8, about: .own(project, session: session), by: deed, tx)
            }
            #expect(allowed == [.youngPerson])
            house.clock.turn(days: -3)
            await #expect(throws: Problems.self) {
                try await house.does(.youngPerson) { deed, tx in try GiveRating.run(8, about: .own(project, session: session), by: deed, tx)
                }
            }
        }
    }

    @Test(arguments: Engine.all) func `A session's score said together is written down by facilitators and scribes`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let session = house.cast.session
            let allowed = try await house.allowed { deed, tx in
                try GiveRating.run(10, about: .together(session, perspective: "young-people", people: nil), by: deed, tx)
            }
            #expect(allowed == [.facilitator, .scribe])
            let answer = try await house.browser(.scribe).post(
                path + "/together",
                ["session": "\(session)", "perspective": "young-people", "score": "10"]
            )
            #expect(answer.status == 303)
            #expect(try await house.browser(.youngPerson).get(path).text.contains("Young people: 10 out of 10"))
            #expect(try await house.browser(.facilitator).get(path).text.contains("Young people: 10 out of 10"))
            #expect(try await !house.browser(.parent).get(path).text.contains("10 out of 10"), "it was said in the young people's room")
        }
    }

    @Test(arguments: Engine.all) func `A score from 0 to 10 is kept, anything else comes back`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.parent)
            for score in ["", "11", "-1", "ten", "9.5"] { #expect(try await browser.post(path + "/mine", ["score": score]).status == 422) }
            #expect(try await browser.post(path + "/mine", ["score": "0"]).status == 303)
            let wrong = try await house.browser(.scribe).post(path + "/phone", ["score": "5", "perspective": "nobody"])
            #expect(wrong.status == 422)
        }
    }

    @Test(arguments: Engine.all) func `A voice is rated by its speaker once, or by phone for them`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let voice = try await house.said()
            let deed = Deed(by: .holder(of: voice), at: house.now)
            _ = try await house.db.write { tx in try GiveRating.run(4, about: .voice(voice), by: deed, tx) }
            _ = try await house.db.write { tx in try GiveRating.run(6, words: "Better now", about: .voice(voice), by: deed, tx) }
            let rating = try await house.db.read { tx in try RatingStore.of(voice, tx) }
            #expect(rating?.score == 6 && rating?.version == 2 && rating?.perspective == "young-people")
            let allowed = try await house.allowed { deed, tx in try GiveRating.run(5, about: .voice(voice), by: deed, tx) }
            #expect(allowed == [.facilitator])
        }
    }

    @Test(arguments: Engine.all) func `One parent's number is not shown to the other parents`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let words: KeyValuePairs = ["score": "8", "words": "They rang", "public": "yes"]
            #expect(try await house.browser(.parent).post(path + "/mine", words).status == 303)
            for json in [false, true] {
                let other = try await house.browser(.otherParent).get(path, json: json).text
                #expect(!other.contains("8 out of 10") && other.contains("They rang") && other.contains("fewer than 10"))
            }
            #expect(try await house.browser(.facilitator).get(path).text.contains("8 out of 10"))
        }
    }

    @Test(arguments: Engine.all) func `A parent does not learn the one young person's number`(engine: Engine) async throws {
        try await engine.withHouse { house in
            #expect(try await house.browser(.youngPerson).post(path + "/mine", ["score": "3", "words": "Secret words"]).status == 303)
            let parent = try await house.browser(.parent).get(path).text
            #expect(!parent.contains("3 out of 10") && !parent.contains("Secret words"))
            #expect(try await house.browser(.facilitator).get(path).text.contains("3 out of 10"))
            for who in [Character.stranger, .outsider, .administrator, .safeguarding] {
                #expect(try await house.browser(who).get(path).status == 404)
            }
        }
    }
}
