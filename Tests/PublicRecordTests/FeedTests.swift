import Foundation
import HTTPTypes
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct FeedTests {
    @Test(arguments: Engine.all) func `The feed is what RFC 4287 asks for`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let cast = house.cast
            let done = try await house.theme("Pictures & plants <soon>", state: "done")
            let cannot = try await house.theme("Weekends", state: "cannot")
            let (change, decision): (ChangeID, DecisionID) = (house.newID(), house.newID())
            try await house.run([
                """
                INSERT INTO changes (id, service, project, theme, words, since, at, evidence)
                VALUES (\(change), \(cast.service), \(cast.openProject), \(done), \("Pictures \u{1}& \u{600}<plants>"), \(house.now), \(house.now), '')
                """,
                """
                INSERT INTO decisions (id, theme, at, outcome, words, reasons, dissent)
                VALUES (\(decision), \(cannot), \(house.now.adding(days: -2)), 'cannot', 'No weekends.', 'Nobody is there.', '')
                """,
            ])
            try await house.say(Said(words: "I would like pictures.", theme: done))
            let answer = try await house.browser(.stranger).get("/barnet-camhs/changes.atom")
            #expect(answer.headers[.contentType] == "application/atom+xml; charset=utf-8")
            let feed = try Parsed(answer.bytes)
            #expect(feed.root == "feed")
            #expect(feed.namespace == "http://www.w3.org/2005/Atom")
            for name in ["id", "title", "updated", "author/name", "link"] { #expect(feed.feed.count { $0.path == name } >= 1, "\(name)") }
            #expect(feed.value("id") == "urn:uuid:\(cast.service)")
            #expect(feed.value("author/name") == "Barnet CAMHS")
            #expect(feed.links.allSatisfy { $0.hasPrefix("https://heard.example/") })
            #expect(feed.selfLink == "https://heard.example/barnet-camhs/changes.atom")
            #expect(feed.entries.count == 2)
            #expect(feed.entries.map { $0["id"] } == ["urn:uuid:\(change)", "urn:uuid:\(decision)"], "newest first")
            for entry in feed.entries {
                for name in ["id", "title", "updated", "content"] { #expect(entry[name]?.isEmpty == false, "\(name)") }
                #expect(Moment(iso: entry["updated"] ?? "") != nil)
            }
            #expect(feed.value("updated") == feed.entries[0]["updated"])
            #expect(feed.entries[0]["title"] == "Pictures & plants <soon>")
            #expect(feed.entries[0]["content"]?.contains("Pictures & \u{600}<plants>") == true)
            #expect(feed.entries[1]["content"]?.contains("Nobody is there.") == true)
            #expect(!answer.text.contains("I would like pictures."), "what a reader fetched could not be taken back")
        }
    }

    @Test(arguments: Engine.all) func `Readers fetch again what was put in other words`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let theme = try await house.theme("Pictures", state: "done")
            let (change, made): (ChangeID, Moment) = (house.newID(), house.now)
            try await house.run([
                """
                INSERT INTO changes (id, service, project, theme, words, since, at, evidence)
                VALUES (\(change), \(house.cast.service), \(house.cast.openProject), \(theme), 'There are pictures.', \(made), \(made), '')
                """
            ])
            var updated: [String] = []
            let facilitator = house.browser(.facilitator)
            let address = "/barnet-camhs/projects/open-door/themes/\(theme)"
            for form in ["", "/changes/\(change)", "/theme"] {
                house.clock.turn(days: 1)
                if form == "/theme" {
                    let fields: KeyValuePairs = ["title": "Pictures", "said": "We want pictures.", "public": "yes", "version": "1"]
                    #expect(try await facilitator.post(address, fields).status == 303)
                } else if !form.isEmpty {
                    #expect(
                        try await facilitator.post(address + form, ["words": "They hang.", "evidence": "", "version": "1"]).status == 303
                    )
                }
                let feed = try Parsed(try await house.browser(.stranger).get("/barnet-camhs/changes.atom").bytes)
                #expect(feed.value("updated") == feed.entries[0]["updated"])
                #expect(feed.entries[0]["published"] == made.iso)
                updated.append(feed.value("updated") ?? "")
            }
            #expect(updated == [made, made.adding(days: 2), made.adding(days: 3)].map(\.iso))
        }
    }

    @Test(arguments: Engine.all) func `A feed of nothing is a feed`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let feed = try Parsed(try await house.browser(.stranger).get("/barnet-camhs/changes.atom").bytes)
            #expect(feed.entries.isEmpty)
            #expect(Moment(iso: feed.value("updated") ?? "") == house.now)
        }
    }
}

/// An Atom document, as a strict reader takes it in.
private final class Parsed: NSObject, XMLParserDelegate {
    struct Broken: Error {}
    var root = ""
    var namespace = ""
    var feed: [(path: String, value: String)] = []
    var entries: [[String: String]] = []
    var links: [String] = []
    var selfLink: String?
    private var stack: [String] = []
    private var words = ""

    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldProcessNamespaces = true
        parser.delegate = self
        guard parser.parse() else { throw Broken() }
    }

    func value(_ path: String) -> String? { feed.first { $0.path == path }?.value }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        if stack.isEmpty {
            root = name
            namespace = namespaceURI ?? ""
        }
        stack.append(name)
        words = ""
        if name == "entry" { entries.append([:]) }
        if name == "link", let url = attributes["href"] {
            links.append(url)
            if attributes["rel"] == "self" { selfLink = url }
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { words += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if let entry = stack.firstIndex(of: "entry") {
            if stack.count == entry + 2 { entries[entries.count - 1][name] = words }
        } else {
            feed.append((stack.dropFirst().joined(separator: "/"), words))
        }
        stack.removeLast()
        words = ""
    }
}
