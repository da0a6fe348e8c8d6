import HTML
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import Store

/// Takes the routes of every slice and answers requests with them.
///
/// A route is a plain function of a visit and a transaction. Asking for a page runs it on a reader, sending a form on the writer; the
/// session, the proof against forged requests, the page's bytes and the error pages are the same for all, here.
public final class Site {
    public typealias Show = @Sendable (Visit, Transaction) throws -> any Page
    public typealias Give = @Sendable (Visit, Transaction) throws -> Answer
    public typealias Slow = @Sendable (Visit) async throws -> Answer

    let desk: FrontDesk
    let router: Router<HeardContext>
    /// Every route there is, as `GET /:service/projects/:project`: what the tests of the one door walk through.
    public private(set) var routes: [String] = []

    /// What `App` hands in: the things that `Web` cannot know.
    public struct Parts: Sendable {
        public var clock: @Sendable () -> Moment
        public var chance: Chance
        /// Who holds this sign-in cookie's digest, if anybody still does.
        public var recognise: @Sendable (Transaction, String, Moment) throws -> (Actor, SignIn)?
        public var trail: TrailReader
        /// Links of the header for this actor.
        public var navigation: @Sendable (Actor) -> [Link]
        /// Behind a proxy of ours, the caller's address is the last one in X-Forwarded-For.
        public var trustsProxy: Bool

        public init(
            clock: @escaping @Sendable () -> Moment,
            chance: Chance,
            recognise: @escaping @Sendable (Transaction, String, Moment) throws -> (Actor, SignIn)?,
            trail: TrailReader,
            navigation: @escaping @Sendable (Actor) -> [Link],
            trustsProxy: Bool = false
        ) {
            self.clock = clock
            self.chance = chance
            self.recognise = recognise
            self.trail = trail
            self.navigation = navigation
            self.trustsProxy = trustsProxy
        }
    }

    public init(db: Database, facts: SiteFacts, parts: Parts, logger: Logger) {
        desk = FrontDesk(db: db, facts: facts, parts: parts, logger: logger)
        router = Router(context: HeardContext.self, options: .autoGenerateHeadEndpoints)
        Assets.addRoutes(to: router, maps: facts.maps)
    }

    /// For the few routes that must do something after their transaction was saved.
    public var db: Database { desk.db }

    /// All routes, ready to answer.
    public func responder() -> Responder { Responder(desk: desk, router: router.buildResponder(), known: KnownPaths(routes)) }

    // MARK: Adding routes

    /// A page made for the one who asks.
    public func page(_ path: String, _ show: @escaping Show) {
        add(.get, path) { desk, request in try await desk.answer(request) { visit, tx in .page(try show(visit, tx)) } }
    }

    /// A page that is the same for every stranger: kept as bytes until the trail says that it may have changed.
    public func open(_ path: String, _ show: @escaping Show) {
        openAnswer(path) { visit, tx in .page(try show(visit, tx)) }
    }

    /// As `open`, but kept only where `isKept` is true: what somebody asks of themselves, such as their postcode, is made for them and kept nowhere.
    public func open(_ path: String, where isKept: @escaping @Sendable (Query) -> Bool, _ show: @escaping Show) {
        let give: Give = { visit, tx in .page(try show(visit, tx)) }
        add(.get, path) { desk, request in
            try await isKept(request.visit.query) ? desk.openAnswer(request, give) : desk.answer(request, give)
        }
    }

    /// A page that tells everybody the same, signed in or not: made as for a stranger, whoever asks. Only the frame around it is theirs.
    public func shared(_ path: String, _ show: @escaping Show) {
        add(.get, path) { desk, request in try await desk.sharedAnswer(request, show) }
    }

    /// As `open`, for what is no page, such as a feed.
    public func openAnswer(_ path: String, _ give: @escaping Give) {
        add(.get, path) { desk, request in try await desk.openAnswer(request, give) }
    }

    /// Something made for the one who asks that is no page.
    public func give(_ path: String, _ give: @escaping Give) {
        add(.get, path) { desk, request in try await desk.answer(request, give) }
    }

    /// A form that was sent: one transaction, whole or not at all.
    ///
    /// - Parameters:
    ///   - again: the page with the form, for showing it once more with what was typed and what is wrong with it.
    ///   - takesFile: whether it may be as long as a file is; every other form is refused where it is longer than words are.
    public func post(_ path: String, again: Show? = nil, takesFile: Bool = false, _ send: @escaping Give) {
        add(.post, path, bodyLimit: takesFile ? FrontDesk.fileLimit : FrontDesk.bodyLimit) { desk, request in
            try await desk.accept(request, again: again, isKnownAgain: true, send)
        }
    }

    /// A form that does the same when it comes twice, such as an answer to a statement: nothing is kept to know it again by.
    public func postRepeatable(_ path: String, again: Show? = nil, _ send: @escaping Give) {
        add(.post, path) { desk, request in try await desk.accept(request, again: again, isKnownAgain: false, send) }
    }

    /// A form whose use case must do something slow outside the transaction, such as working out a password's digest.
    ///
    /// - Parameter unproven: the page for somebody who signed in after the form was made, so that it does not prove to be theirs; nothing is done.
    public func slowPost(_ path: String, again: Show? = nil, unproven: Show? = nil, _ send: @escaping Slow) {
        add(.post, path) { desk, request in try await desk.acceptSlowly(request, again: again, unproven: unproven, send) }
    }

    /// For programs that run this machine: no session, no frame.
    public func plain(_ path: String, _ give: @escaping @Sendable () async throws -> (status: Int, type: String, body: String)) {
        routes.append("GET \(path)")
        router.get(RouterPath(path)) { _, _ in
            let (status, type, body) = try await give()
            return Response(
                status: .init(code: status),
                headers: [.contentType: type, .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: body))
            )
        }
    }

    func addOpen(_ path: String, _ run: @escaping @Sendable (FrontDesk, Request, HeardContext) async -> Response) {
        routes.append("GET \(path)")
        let desk = desk
        router.get(RouterPath(path)) { request, context in await run(desk, request, context) }
    }

    func add(
        _ method: HTTPRequest.Method,
        _ path: String,
        bodyLimit: Int = FrontDesk.bodyLimit,
        _ run: @escaping @Sendable (FrontDesk, Incoming) async throws -> Response
    ) {
        routes.append("\(method.rawValue) \(path)")
        let desk = desk
        router.on(RouterPath(path), method: method) { request, context in
            await desk.guarded(request, context, route: path, bodyLimit: bodyLimit, run)
        }
    }
}

/// Answers requests: what the HTTP server, and a test without a network, hands them to.
public struct Responder: HTTPResponder {
    let desk: FrontDesk
    let router: any HTTPResponder<HeardContext>
    let known: KnownPaths

    public func respond(to request: Request, context: HeardContext) async throws -> Response {
        let response = try await router.respond(to: request, context: context)
        // Hummingbird's word for an address that no route knows; its own answer has no page.
        guard context.endpointPath == "NotFound" else { return response }
        let wrong = await wrongMethod(request, context)
        return await desk.guarded(request, context, route: "none") { _, _ in throw wrong ?? Refusal.notFound }
    }
}

/// Where every request is received and every response leaves: the things that are the same for all routes.
final class FrontDesk: Sendable {
    let db: Database
    let parts: Site.Parts
    let cache: PageCache
    let kept: KeptParts
    let frames: Frames
    let facts: SiteFacts
    let logger: Logger

    init(db: Database, facts: SiteFacts, parts: Site.Parts, logger: Logger) {
        self.db = db
        self.parts = parts
        self.facts = facts
        self.logger = logger
        cache = PageCache(db: db, trail: parts.trail)
        kept = KeptParts(parts.trail)
        frames = Frames(facts: facts, navigation: parts.navigation)
    }
}
