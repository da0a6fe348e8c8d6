import App
import Foundation
import HTML
import Hummingbird
import Kernel
import Logging
import People
import Store
import TestSupport
import Web

/// The whole product with the demo in it: the case of Barnet CAMHS.
public struct DemoHouse: Sendable {
    public let db: Database
    public let clock: TestClock
    public let loaded: LoadDemo.Loaded
    let responder: Responder

    /// A browser that this person of the demo, by their key in `Demo/barnet-camhs.yaml`, is signed in with; nil for a stranger's.
    public func browser(_ key: String? = nil) async throws -> TestBrowser {
        guard let key else { return TestBrowser(responder: responder, token: nil, csrf: "") }
        let (person, now) = (loaded.people[key], clock.now)
        let (token, csrf) = try await db.write { tx in
            guard let person else { throw Refusal.notFound }
            let (token, signIn) = try SignInPerson.run(person, by: Deed(by: .system("test"), at: now), tx)
            return (token, signIn.csrf)
        }
        return TestBrowser(responder: responder, token: token, csrf: csrf)
    }
}

extension Engine {
    /// A house with the demo in it, loaded at this time.
    public func withDemo(at now: Moment? = nil, _ body: (DemoHouse) async throws -> Void) async throws {
        try await withDatabase(House.migrations) { db in
            let clock = TestClock()
            if let now { clock.turn(to: now) }
            let loaded = try await LoadDemo.run(.barnet(), at: clock.now, into: db)
            var logger = Logger(label: "heard.tests")
            logger.logLevel = .critical
            let house = House(
                db: db,
                facts: SiteFacts(base: SafeURL(web: "https://heard.example") ?? .path("/"), isDemo: true),
                clock: { clock.now },
                passwords: Passwords(cost: .tests),
                logger: logger
            )
            try await body(DemoHouse(db: db, clock: clock, loaded: loaded, responder: house.site.responder()))
        }
    }
}

extension TestAnswer {
    /// The words on the page, without its markup, on one line.
    public var words: String {
        let plain = text.replacing(#/<(style|script)[^>]*>.*?</\1>/#.dotMatchesNewlines(), with: "").replacing(#/<[^>]*>/#, with: " ")
        let signs = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
        let read = ["&lt;", "&gt;", "&quot;", "&#39;", "&amp;"].reduce(plain) { $0.replacingOccurrences(of: $1, with: signs[$1] ?? "") }
        return PlainText.line(read)
    }
}
