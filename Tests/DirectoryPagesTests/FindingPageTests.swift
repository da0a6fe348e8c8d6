import Directory
import Finding
import Foundation
import HouseSupport
import Kernel
import PathSupport
import TestSupport
import Testing

@testable import DirectoryPages
@testable import Store

extension TestHouse {
    /// What a stranger's search answers, as people and as programs read it.
    fileprivate func search(_ query: String) async throws -> (page: String, total: Int?, names: [String]) {
        let stranger = browser(.stranger)
        let page = try await stranger.get("/directory?" + query)
        #expect(page.status == 200)
        let json = try await stranger.get("/directory?" + query, json: true).json()
        let results = json["results"] as? [[String: Any]] ?? []
        return (page.text, json["total"] as? Int, results.compactMap { ($0["entry"] as? [String: Any])?["label"] as? String })
    }

    fileprivate func add(_ name: String, _ change: @escaping @Sendable (inout EntryDraft) -> Void = { _ in }) async throws {
        _ = try await does(.otherParent) { deed, tx in
            var draft = EntryDraft()
            draft.name = name
            change(&draft)
            return try AddEntry.run(draft, by: deed, tx)
        }
    }
}

@Suite struct TheFindingPage {
    @Test(arguments: Engine.all) func `Whoever may be in danger is told first what helps at once, whatever editors did`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let (harm, died) = try await house.db.read { tx in
                let needs = try NeedStore.all(tx)
                return (needs.first { $0.name == "Self-harm" }, needs.first { $0.name == "Thoughts of suicide" })
            }
            let need = try #require(died)
            try await house.does(.otherParent) { deed, tx in
                try ChangeNeed.run(need.id, name: "Dark thoughts", about: "", said: [], version: need.version, by: deed, tx)
            }
            for query in ["q=slef+harm", "q=i+want+to+die", "q=suicidal", "q=kill+myself", "need=\(try #require(harm).id)"] {
                let page = try await house.search(query).page
                let found = try #require(page.range(of: "id=\"found\""))
                let help = try #require(page.range(of: "call 999", range: found.upperBound..<page.endIndex), "\(query)")
                #expect(page[help.upperBound...].contains("choose option 2") && page[found.upperBound...].contains("href=\"/worried?"))
            }
            #expect(!(try await house.search("q=sad").page.contains("If somebody is in danger now")))
            let nothing = try await house.search("q=slef+harm").page
            #expect(nothing.contains("Nothing here is about “Self-harm” yet") && nothing.contains("Tell us that this is missing"))
        }
    }

    @Test(arguments: Engine.all) func `Small words alone ask for a word`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.add("The Club")
            let (page, total, _) = try await house.search("q=the+and+of")
            #expect(total == 0 && page.contains("Write a word for what you need"))
        }
    }

    @Test(arguments: Engine.all) func `What places do not say is offered with its number, and nobody is left before an empty page`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            try await house.add("Silent art")
            try await house.add("Paid art") { $0.cost = .paid }
            let strict = try await house.search("q=art&free=yes")
            #expect(strict.total == 0 && strict.page.contains("1 place does not say what it costs. Show it too."))
            #expect(strict.page.contains("Without “cost nothing”: 2 places"))
            let both = try await house.search("q=art&free=yes&cost-too=yes")
            #expect(both.names == ["Silent art"] && both.page.contains("It does not say what it costs"))
            #expect(both.page.contains("Show only places that say so"))
        }
    }

    @Test(arguments: Engine.all) func `What was written before says of what it says nothing, after the migration too`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.add("Paid art") {
                $0.cost = .paid
                $0.traits = [.waysGP]
                $0.addresses = [.init(line: "1 High Street", town: "Sale", postcode: "M33 4BP")]
            }
            try await house.does(.otherParent) { _, tx in
                let written = try tx.values("SELECT finding FROM directory_entries", as: String.self)
                let now = try #require(written.first.flatMap { FindingItem(text: $0) })
                var lines = now.text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
                // As it was before: eight lines, and only the traits that there were.
                lines = Array(lines.prefix(8))
                lines[5] = ";;0"
                try tx.run("UPDATE directory_entries SET finding = \(lines.joined(separator: "\n"))")
                for statement in DirectoryMigrations.unsaid.statements(tx.dialect) { try tx.define(statement) }
                let text = try tx.values("SELECT finding FROM directory_entries", as: String.self).first
                #expect(text.flatMap { FindingItem(text: $0) } == now)
            }
        }
    }

    @Test(arguments: Engine.all) func `An age, a place and a cost are lifted out of the words, said, and put back`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let found = try await house.search("q=club+near+Sale+for+a+14+year+old")
            #expect(found.total == 5)
            #expect(found.page.contains("We also looked for: age 14 and near Sale.") && found.page.contains("plain=yes"))
            #expect(found.page.contains("miles from Sale") && found.page.contains("It does not say for which ages"))
            let here = try await house.search("q=M33+4BP")
            #expect(here.total == 5 && here.page.contains("miles from M33 4BP"))
            #expect(!(try await house.search("q=club+near+Sale&plain=yes").page.contains("We also looked for")))
            let byHand = try await house.search("q=club+near+Sale&place=WA14")
            #expect(byHand.page.contains("miles from WA14") && !byHand.page.contains("near Sale."))
            #expect(try await house.search("place=old+sale&q=club").page.contains("or a town that we know"))
        }
    }

    @Test(arguments: Engine.all) func `A place or an age that cannot be read is left out, and the rest is looked for`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let (page, total, _) = try await house.search("q=club&place=75008&age=x")
            #expect(total == 5 && page.contains("not a British postcode") && page.contains("We looked without it."))
            #expect(!page.contains("list.csv"), "no table of a search with a mistake in it")
        }
    }

    @Test(arguments: Engine.all) func `A page after the last one is the last one`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for number in 1...21 { try await house.add("Club \(number)") }
            let json = try await house.browser(.stranger).get("/directory?page=99", json: true).json()
            #expect(json["page"] as? Int == 2 && (json["results"] as? [Any])?.count == 1)
        }
    }

    @Test(arguments: Engine.all) func `Nothing is said of where something may be that is not known`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.settlePlaces()
            let page = try await house.search("q=club&place=M33").page
            #expect(page.contains("We do not know where it is.") && page.contains("We do not show where it is."))
            #expect(!page.contains("wherever you are"))
        }
    }
}
