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

    private func ask(_ text: LeafletText, _ group: GroupID, in house: TestHouse) async throws {
        try await house.does(.publisher) { deed, tx in try AskRoom.run(text, group, words: "", in: house.service(tx), by: deed, tx) }
    }

    @Test(arguments: Engine.all) func `Only those whose group was asked can say that a page is clear`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let path = "\(triage)/texts/\(text.id)"
            #expect(try await house.browser(.youngPerson).get(path).text.contains("once your group is asked"))
            #expect(try await house.browser(.youngPerson).post(path + "/sign-off", ["edition": "1"]).status == 403)
            try await ask(text, house.cast.young, in: house)
            #expect(try await house.browser(.youngPerson).get(path).text.contains("Yes, it is clear"))
            let signers = try await house.allowed { deed, tx in
                try SayClear.run(text, edition: 1, in: house.service(tx), by: deed, tx)
            }
            #expect(signers == [.youngPerson])
        }
    }

    @Test(arguments: Engine.all) func `Whoever does not understand a part no longer says that the page is clear`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let path = "\(triage)/texts/\(text.id)"
            try await ask(text, house.cast.parents, in: house)
            let parent = house.browser(.parent)
            #expect(try await parent.post(path + "/sign-off", ["edition": "1"]).status == 303)
            #expect(try await parent.get(path).text.contains("Read by 1 parent or carer"))
            let sent = try await parent.post(path + "/understanding", ["part": "summary", "edition": "1", "answer": "no"])
            #expect(sent.status == 303)
            let page = try await parent.get(path).text
            #expect(!page.contains("Read by 1 parent or carer"))
            #expect(page.contains("You said that you do not understand: the beginning. Do you still say that the page is clear?"))
            // They may think that it is clear all the same.
            #expect(try await parent.post(path + "/sign-off", ["edition": "1"]).status == 303)
            #expect(try await parent.get(path).text.contains("Read by 1 parent or carer"))
        }
    }

    @Test(arguments: Engine.all) func `Whoever publishes sees what readers said, and has to have looked`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let path = "\(triage)/texts/\(text.id)"
            try await ask(text, house.cast.young, in: house)
            let young = house.browser(.youngPerson)
            _ = try await young.post(path + "/comments", ["paragraph": "2", "words": "Which day?"])
            _ = try await young.post(path + "/understanding", ["part": "part-what-happens-next", "edition": "1", "answer": "no"])
            try await house.checked(text)
            let publisher = house.browser(.publisher)
            let page = try await publisher.get(path + "/publication").text
            #expect(page.contains("Paragraph 2, young person: “Which day?”"))
            #expect(page.contains("What happens next: fewer than 8 people said whether they understand it."))
            #expect(page.contains("Nobody yet."))
            #expect(try await publisher.post(path + "/publication", ["edition": "1"]).status == 422)
            #expect(try await publisher.post(path + "/publication", ["edition": "1", "looked": "yes"]).status == 303)
        }
    }
}
