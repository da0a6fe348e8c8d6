import HouseSupport
import Kernel
import PathSupport
import Pathways
import Store
import TestSupport
import Testing

@testable import Readers

@Suite struct CheckedByThoseItIsFor {
    @Test(arguments: Engine.all) func `A comment is read by its own group and by editors, and by no other room`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let sent = try await house.browser(.youngPerson).post(
                "\(triage)/texts/\(text.id)/comments",
                ["paragraph": "2", "words": "What is a copy for?"]
            )
            #expect(sent.status == 303)
            let readers: Set<Character> = [.youngPerson, .facilitator, .publisher]
            for who in Character.allCases {
                let page = try await house.browser(who).get("\(triage)/texts/\(text.id)").text
                #expect(page.contains("What is a copy for?") == readers.contains(who), "\(who)")
                let actor = house.cast.actor(who)
                let found = try await house.db.read { tx in
                    let people = try ServicePeople(of: house.service(tx), tx)
                    let listed = try CommentStore.all(of: text.id, in: people, for: actor, tx).count == 1
                    #expect(listed == CommentPolicy.mayRead(of: house.cast.young, in: people, by: actor), "\(who)")
                    return listed
                }
                #expect(found == readers.contains(who))
            }
        }
    }

    @Test(arguments: Engine.all) func `A comment is answered by an editor and can be taken back by its speaker only`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let comment = try await house.does(.youngPerson) { deed, tx in
                try CommentOnText.run("Too long", on: text, paragraph: 1, in: house.service(tx), by: deed, tx)
            }
            let answer = try await house.browser(.publisher).post(
                "\(triage)/texts/\(text.id)/comments/\(comment)",
                ["answer": "We cut it."]
            )
            #expect(answer.status == 303)
            #expect(try await house.browser(.youngPerson).get("\(triage)/texts/\(text.id)").text.contains("We cut it."))
            #expect(try await house.browser(.parent).post("\(triage)/texts/\(text.id)/comments/\(comment)/end").status == 404)
            #expect(try await house.browser(.youngPerson).post("\(triage)/texts/\(text.id)/comments/\(comment)/end").status == 303)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM leaflet_comments WHERE words <> ''") } == 0)
        }
    }

    @Test(arguments: Engine.all) func `Who understands a part is counted, and small numbers are not told`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            for (who, answer) in [(Character.parent, "yes"), (.otherParent, "no"), (.youngPerson, "yes")] {
                let sent = try await house.browser(who).post(
                    "\(triage)/texts/\(text.id)/understanding",
                    ["part": "part-what-happens-next", "edition": "1", "answer": answer]
                )
                #expect(sent.status == 303)
            }
            let page = try await house.browser(.facilitator).get("\(triage)/texts/\(text.id)").text
            #expect(page.contains("fewer than 8 people"))
            let answers = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM leaflet_understanding WHERE part = 'part-what-happens-next' AND understands = 1")
            }
            #expect(answers == 2)
            let wrong = try await house.browser(.parent).post(
                "\(triage)/texts/\(text.id)/understanding",
                ["part": "no-such-part", "edition": "1", "answer": "yes"]
            )
            #expect(wrong.status == 404)
        }
    }

    @Test(arguments: Engine.all) func `Enough answers of one perspective are told to those who work there`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            _ = try await house.db.write { tx in
                for place in 0..<6 {
                    let person: PersonID = ID(at: house.now.adding(minutes: place), chance: .system)
                    try tx.run("INSERT INTO people (id, name, made_at) VALUES (\(person), NULL, \(house.now))")
                    try tx.run(
                        """
                        INSERT INTO leaflet_understanding (text, edition, part, person, perspective, understands)
                        VALUES (\(text.id), 1, 'summary', \(person), 'young-people', \(place < 3))
                        """
                    )
                }
            }
            _ = try await house.browser(.youngPerson).post(
                "\(triage)/texts/\(text.id)/understanding",
                ["part": "summary", "edition": "1", "answer": "yes"]
            )
            let page = try await house.browser(.facilitator).get("\(triage)/texts/\(text.id)").text
            #expect(page.contains("<th scope=\"row\">Young people</th><td class=\"number\">4</td><td class=\"number\">3</td>"))
        }
    }

    @Test(arguments: Engine.all) func `A room that was asked finds it, until each has signed it off`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let sent = try await house.browser(.publisher).post(
                "\(triage)/texts/\(text.id)/asking",
                ["group": house.cast.young.text, "words": "Is it clear?"]
            )
            #expect(sent.status == 303)
            #expect(try await house.browser(.youngPerson).get(pathways).text.contains("Is it clear?"))
            #expect(try await !house.browser(.parent).get(pathways).text.contains("Is it clear?"))
            try await house.signed(text, by: .youngPerson)
            #expect(try await !house.browser(.youngPerson).get(pathways).text.contains("Is it clear?"))
        }
    }
}
