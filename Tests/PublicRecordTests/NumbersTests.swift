import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Voices

@testable import PublicRecord

@Suite struct NumbersTests {
    @Test func `No difference of two numbers that are said gives a number below ten away`() {
        for number in 0..<10 { #expect(Counts.words(number) == Counts.words(0)) }
        #expect(Counts.words(10) == Counts.words(19))
        #expect(Counts.words(20) == "20 or more")
        #expect(Counts.words(100_000) == "50 or more")
    }

    @Test(arguments: Engine.all) func `Nine voices of a perspective are fewer than ten, ten are ten or more`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Waiting")
            try await house.say((0..<9).map { _ in Said(theme: theme) })
            try await house.say((0..<12).map { _ in Said(perspective: "clinicians", theme: theme) })
            let page = try await house.browser(.stranger).get("/barnet-camhs/you-said-we-did").text
            #expect(page.contains("Young people (fewer than 10)"))
            #expect(page.contains("Clinicians (10 or more)"))
            // Between tags, not in addresses: an id or a fingerprint may well hold a 12.
            let words = page.split(separator: "<").compactMap { $0.split(separator: ">", maxSplits: 1).last }.joined(separator: " ")
            #expect(!words.split(whereSeparator: { !$0.isNumber }).contains("12"), "no exact number, and no total")
        }
    }

    @Test(arguments: Engine.all) func `What only a group may see moves no public page and no filter`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Waiting")
            let stranger = house.browser(.stranger)
            let pages = ["", "?perspective=young-people"].map { "/barnet-camhs/you-said-we-did" + $0 } + ["/barnet-camhs/themes/\(theme)"]
            var before: [String: String] = [:]
            for page in pages { before[page] = try await stranger.get(page, json: true).text }
            try await house.say(
                (0..<12).map { _ in Said(consent: .group, theme: theme) } + (0..<12).map { _ in Said(theme: theme, isRead: false) }
            )
            for page in pages { #expect(try await stranger.get(page, json: true).text == before[page], "\(page)") }
        }
    }

    @Test(arguments: Engine.all) func `Narrowing the list down changes no number on it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Waiting")
            try await house.say((0..<14).map { Said(perspective: $0 < 11 ? "clinicians" : "managers", theme: theme) })
            let stranger = house.browser(.stranger)
            for filter in ["", "?perspective=managers", "?perspective=clinicians", "?state=talking"] {
                let page = try await stranger.get("/barnet-camhs/you-said-we-did" + filter).text
                #expect(page.contains("Clinicians (10 or more) and Managers (fewer than 10)"), "\(filter)")
            }
        }
    }

    @Test(arguments: Engine.all) func `Ratings of fewer than ten people are not shown, and a group's own is where it let it go`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            try await house.rate((0..<9).map { _ in 3 }, "parents-and-carers")
            let stranger = house.browser(.stranger)
            #expect(try await !stranger.get(door).text.contains("out of 10 on average"))
            try await house.rate((0..<10).map { _ in 7 }, "clinicians")
            let page = try await stranger.get(door).text
            #expect(page.contains("Clinicians: 7 out of 10 on average"))
            #expect(!page.contains("Parents and carers: "))
            #expect(!page.contains("out of 10, said by the group together"))
            try await house.rate([10], "young-people", together: true)
            #expect(try await stranger.get(door).text.contains("Young people: 10 out of 10, said by the group together"))
        }
    }

    @Test(arguments: Engine.all) func `Who met is told, how few came is not`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let session = house.cast.session
            try await house.run([
                "INSERT INTO attendance (session, perspective, people) VALUES (\(session), 'young-people', 4)",
                "INSERT INTO attendance (session, perspective, people) VALUES (\(session), 'clinicians', 14)",
            ])
            let page = try await house.browser(.stranger).get(model).text
            #expect(page.contains("Young people and Clinicians (10 or more)"))
            #expect(!page.contains("The library"), "where young people meet is for those who are invited")
        }
    }
}

extension TestHouse {
    fileprivate func rate(_ scores: [Int], _ perspective: String, together: Bool = false) async throws {
        let (cast, now) = (cast, now)
        try await db.write { tx in
            for score in scores {
                let id: RatingID = ID(at: now, chance: .system)
                try tx.run(
                    """
                    INSERT INTO ratings (id, service, project, perspective, score, together, public, channel, by_whom, at)
                    VALUES (\(id), \(cast.service), \(cast.openProject), \(perspective), \(score), \(together), \(together), 'session', 'test', \(now))
                    """
                )
            }
        }
        // Something that moves the trail.
        try await say(Said(consent: .group))
    }
}
