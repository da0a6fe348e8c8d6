import Crypto
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore
import Store

/// A request as it came in, with what was read off it before any route runs.
struct Incoming: Sendable {
    var visit: Visit
    let headers: HTTPFields
    /// The host that was asked, with its port.
    let host: String?
    /// SHA-256 of the sign-in cookie's token; nil without such a cookie.
    let cookieDigest: String?
    let key: String
}

extension FrontDesk {
    // 1 MB: forty times the longest form. What is larger is an accident or an attack.
    static let bodyLimit = 1_000_000
    // 5 MB: ten thousand rows of a directory. Larger files are brought in with `heard import`.
    static let fileLimit = 5_000_000

    /// Runs a route and turns whatever happens into a response. Nothing is thrown past here.
    func guarded(
        _ request: Request,
        _ context: HeardContext,
        route: String,
        bodyLimit: Int = FrontDesk.bodyLimit,
        _ run: @Sendable (FrontDesk, Incoming) async throws -> Response
    ) async -> Response {
        var incoming: Incoming?
        var response: Response
        do {
            let read = try await read(request, context, bodyLimit: bodyLimit)
            incoming = read
            response = try await run(self, read)
        } catch {
            // Asked of the headers: a body that cannot be read leaves no visit to ask.
            response = await errorResponse(error, incoming, wantsJSON: Self.wantsJSON(request.headers), context, route: route)
        }
        SecurityHeaders.add(to: &response, isSecure: facts.base.description.hasPrefix("https:"))
        return response
    }

    // MARK: Pages

    func answer(_ incoming: Incoming, _ give: @escaping Site.Give) async throws -> Response {
        try await db.read { [self] tx in
            let visit = try recognised(incoming, tx)
            return try response(give(visit, tx), visit)
        }
    }

    func openAnswer(_ incoming: Incoming, _ give: @escaping Site.Give) async throws -> Response {
        guard incoming.cookieDigest == nil else { return try await answer(incoming, give) }
        let (kept, seq) = try await cache.look(incoming.key, now: incoming.visit.at)
        if let kept { return cachedResponse(kept, incoming) }
        let made = try await db.read { [self] tx in
            let answer = try give(incoming.visit, tx)
            guard answer.status == 200, let (bytes, type, surroundings) = try rendered(answer, incoming.visit) else {
                return (answer, nil as CachedPage?)
            }
            let place = surroundings.place
            return (answer, CachedPage(bytes, type: type, place: place, made: incoming.visit.at, shared: answer.shared))
        }
        guard let page = made.1 else { return try response(made.0, incoming.visit) }
        cache.keep(page, under: incoming.key, seq: seq)
        return cachedResponse(page, incoming)
    }

    /// Everybody gets what a stranger gets, whoever they are; only the frame is made for them.
    func sharedAnswer(_ incoming: Incoming, _ show: @escaping Site.Show) async throws -> Response {
        let give: Site.Give = { [frames] visit, tx in
            let page = try show(visit, tx)
            return .page(visit.wantsJSON ? page : SharedPage(page, in: frames) ?? page)
        }
        guard incoming.cookieDigest != nil, !incoming.visit.wantsJSON else { return try await openAnswer(incoming, give) }
        let (kept, seq) = try await cache.look(incoming.key, now: incoming.visit.at)
        return try await db.read { [self] tx in
            let answer = try kept?.shared.map { Answer.page($0) } ?? give(incoming.visit, tx)
            if kept == nil, let shared = answer.shared {
                let bytes = frames.bytes(shared, incoming.visit)
                let page = CachedPage(bytes, type: Self.html, place: shared.surroundings.place, made: incoming.visit.at, shared: shared)
                cache.keep(page, under: incoming.key, seq: seq)
            }
            return try response(answer, recognised(incoming, tx))
        }
    }

    // MARK: Forms

    func accept(_ incoming: Incoming, again: Site.Show?, isKnownAgain: Bool, _ send: @escaping Site.Give) async throws -> Response {
        do {
            let (answer, visit) = try await db.write { [self] tx in
                let visit = try recognised(incoming, tx)
                try CSRF.check(visit, incoming)
                guard isKnownAgain else { return (try send(visit, tx), visit) }
                return (try Submissions.once(visit, tx) { try send(visit, tx) }, visit)
            }
            return try response(answer, visit)
        } catch let problems as Problems {
            return try await shownAgain(incoming, problems, again)
        }
    }

    func acceptSlowly(_ incoming: Incoming, again: Site.Show?, unproven: Site.Show?, _ send: @escaping Site.Slow) async throws
        -> Response
    {
        let visit = try await db.read { [self] tx in try recognised(incoming, tx) }
        if let unproven, CSRF.isFromHere(incoming), !CSRF.isProven(visit, incoming) {
            return try await answer(incoming) { visit, tx in .page(try unproven(visit, tx)) }
        }
        try CSRF.check(visit, incoming)
        do {
            return try response(try await send(visit), visit)
        } catch let problems as Problems {
            return try await shownAgain(incoming, problems, again)
        }
    }

    private func shownAgain(_ incoming: Incoming, _ problems: Problems, _ again: Site.Show?) async throws -> Response {
        guard let again, !incoming.visit.wantsJSON else { throw problems }
        return try await db.read { [self] tx in
            var visit = try recognised(incoming, tx)
            visit.form.problems = problems
            return try response(.page(again(visit, tx), status: 422), visit)
        }
    }

    // MARK: Reading a request

    func read(_ request: Request, _ context: HeardContext, bodyLimit: Int = FrontDesk.bodyLimit) async throws -> Incoming {
        let token = SignInCookie.token(in: request.headers)
        let isSent = request.method == .post
        let body = isSent ? try await Self.body(of: request, upTo: bodyLimit) : []
        let form = isSent ? try FormReader.read(body, type: request.headers[.contentType] ?? "") : Form()
        let wantsJSON = Self.wantsJSON(request.headers)
        let query = (try? FormReader.pairs((request.uri.query ?? "").utf8)) ?? [:]
        let visit = Visit(
            actor: .stranger,
            signIn: nil,
            cookieDigest: token.map(SignInCookie.digest),
            cookieSeal: token.map(SignInCookie.seal),
            pocket: PocketCookie.code(in: request.headers),
            at: parts.clock(),
            chance: parts.chance,
            method: request.method,
            address: request.uri.string,
            query: Query(values: query.compactMapValues(\.last)),
            form: form,
            wantsJSON: wantsJSON,
            from: from(request, context),
            site: facts,
            parameters: Dictionary(context.parameters.map { (String($0.key), String($0.value).removingPercentEncoding ?? "") }) {
                first,
                _ in first
            },
            parts: kept
        )
        return Incoming(
            visit: visit,
            headers: request.headers,
            host: request.head.authority,
            cookieDigest: token.map(SignInCookie.digest),
            key: wantsJSON ? "json " + request.uri.string : request.uri.string
        )
    }

    private static func body(of request: Request, upTo limit: Int) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw TooLarge() }
        var request = request
        do {
            let buffer = try await request.collectBody(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw TooLarge()
        }
    }

    struct TooLarge: Error {}

    static func wantsJSON(_ headers: HTTPFields) -> Bool {
        let accept = headers[.accept] ?? ""
        return (accept.contains("application/json") || accept.contains("application/problem+json")) && !accept.contains("text/html")
    }

    private func from(_ request: Request, _ context: HeardContext) -> String {
        guard parts.trustsProxy, let forwarded = HTTPField.Name("X-Forwarded-For").flatMap({ request.headers[$0] }) else {
            return context.from
        }
        return forwarded.split(separator: ",").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? context.from
    }

    func recognised(_ incoming: Incoming, _ tx: Transaction) throws -> Visit {
        var visit = incoming.visit
        guard let digest = incoming.cookieDigest, let (actor, signIn) = try parts.recognise(tx, digest, visit.at) else { return visit }
        visit.actor = actor
        visit.signIn = signIn
        return visit
    }

    // MARK: Writing a response

    func response(_ answer: Answer, _ visit: Visit) throws -> Response {
        var headers = HTTPFields()
        var visit = visit
        if let arrival = answer.arrival { (visit.actor, visit.signIn) = (arrival.actor, arrival.signIn) }
        for cookie in [answer.cookie.map(SignInCookie.header), answer.pocket.map(PocketCookie.header)] {
            if let cookie { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        }
        if let seconds = answer.retryAfter { headers[.retryAfter] = String(seconds) }
        if case .see(let url) = answer.content {
            headers[.location] = url.description
            headers[.cacheControl] = "no-store"
            return Response(status: .seeOther, headers: headers)
        }
        guard let (bytes, type, around) = try rendered(answer, visit) else { return Response(status: .internalServerError) }
        if let origin = around.picturesFrom { SecurityHeaders.allowPictures(from: origin, in: &headers) }
        headers[.contentType] = type
        headers[.cacheControl] = "private, no-store"
        headers[.vary] = "Accept, Cookie"
        return Response(status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static let html = "text/html; charset=utf-8"

    private func rendered(_ answer: Answer, _ visit: Visit) throws -> (bytes: [UInt8], type: String, Surroundings)? {
        switch answer.content {
        case .page(let page):
            if visit.wantsJSON {
                let bytes = try JSONPage.bytes(page, forms: frames.forms(page, visit))
                return (bytes, "application/json; charset=utf-8", page.surroundings)
            }
            return (frames.bytes(page, visit), Self.html, page.surroundings)
        case .bytes(let bytes, let type, let surroundings): return (bytes, type, surroundings)
        case .see, .cached: return nil
        }
    }

    private func cachedResponse(_ page: CachedPage, _ incoming: Incoming) -> Response {
        // no-cache: keep it, but ask each time. A withdrawn voice must not live on in a browser or a proxy.
        var headers: HTTPFields = [.eTag: page.etag, .cacheControl: "public, no-cache", .vary: "Accept, Cookie"]
        if let known = incoming.headers[.ifNoneMatch], known == "*" || known.contains(page.etag) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = page.type
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: page.body))
    }
}

/// A page as JSON: the very values that its HTML shows, and what its forms ask.
enum JSONPage {
    static func bytes(_ page: any Page, forms: [FormFacts]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(Envelope(page: page, forms: forms)))
    }

    private struct Envelope: Encodable {
        let page: any Page
        let forms: [FormFacts]
        enum Keys: String, CodingKey { case caption, heading, lead, problems, forms }

        func encode(to encoder: any Encoder) throws {
            try page.encode(to: encoder)
            var container = encoder.container(keyedBy: Keys.self)
            try container.encodeIfPresent(page.caption, forKey: .caption)
            try container.encode(page.heading, forKey: .heading)
            try container.encodeIfPresent(page.lead, forKey: .lead)
            if !forms.isEmpty { try container.encode(forms, forKey: .forms) }
            if !page.problems.isEmpty { try container.encode(page.problems.list, forKey: .problems) }
        }
    }
}
