import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore
import Store

/// The one place where what was thrown becomes a page, or, for programs, a problem document (RFC 9457).
extension FrontDesk {
    func errorResponse(_ error: any Error, _ incoming: Incoming?, wantsJSON: Bool, _ context: HeardContext, route: String) async
        -> Response
    {
        var page: ErrorPage
        let typed = incoming.flatMap(Typed.init)
        // Whoever wrote something keeps it; whoever only pressed a button is sent to sign in.
        switch error {
        case Refusal.signIn where typed.map(\.words.isEmpty) == false:
            page = ErrorPage(status: 401, heading: W.signInHeading, sentences: [W.signInKept], canSendAgain: true)
            page.way = Link(W.signInFirst, to: .path("/sign-in"))
        case Refusal.signIn where !wantsJSON:
            let here = incoming?.visit.method == .get ? incoming?.visit.address : nil
            return Response(
                status: .seeOther,
                headers: [.location: SafeURL.path("/sign-in").adding("then", here).description, .cacheControl: "no-store"]
            )
        case let refusal as Refusal: page = .of(refusal)
        case let problems as Problems: page = ErrorPage(status: 422, heading: W.problemsHeading, sentences: [], list: problems)
        case is CSRF.Unproven:
            page = ErrorPage(status: 403, heading: W.notAllowedHeading, sentences: [W.forged], canSendAgain: true)
        case let wrong as WrongMethod:
            page = ErrorPage(status: 405, heading: W.methodHeading, sentences: [W.method], way: Link(W.methodWay, to: wrong.page))
            page.allow = wrong.allow
        case let bad as BadQuestion: page = ErrorPage(status: 400, heading: W.badQuestionHeading, sentences: [], list: bad.problems)
        case is FormReader.Unreadable: page = ErrorPage(status: 400, heading: W.unreadableHeading, sentences: [W.unreadable])
        case is TooLarge: page = ErrorPage(status: 413, heading: W.tooLargeHeading, sentences: [W.tooLarge])
        case StoreError.uncertain:
            context.logger.error("database lost while saving", metadata: ["route": "\(route)"])
            page = ErrorPage(status: 503, heading: W.uncertainHeading, sentences: [W.uncertain], canSendAgain: true)
        case let error as StoreError where error.isPassing:
            context.logger.error("database unavailable", metadata: ["route": "\(route)", "kind": "\(error.kind)"])
            page = ErrorPage(status: 503, heading: W.awayHeading, sentences: [W.away, W.nothingSaved], canSendAgain: true, retryAfter: 30)
        // A request line or header that is no HTTP, thrown by the server below: the sender's mistake, not ours. Its type is known by name,
        // so that this room need not link what reads the wire.
        case let error where "\(type(of: error))" == "HTTPParserError":
            context.logger.info("broken request", metadata: ["route": "\(route)"])
            page = ErrorPage(status: 400, heading: W.unreadableHeading, sentences: [W.unreadable])
        default:
            // The type and nothing more: an error's text may hold what somebody typed.
            context.logger.error(
                "unexpected error",
                metadata: ["route": "\(route)", "type": "\(type(of: error))", "kind": "\((error as? StoreError)?.kind ?? "")"]
            )
            page = ErrorPage(
                status: 500,
                heading: W.brokenHeading,
                sentences: [W.broken(number: context.id), W.nothingSaved],
                canSendAgain: true
            )
        }
        // What is shown side by side is not lost.
        if page.stale == nil { page.typed = typed }
        if page.canSendAgain, typed == nil, incoming?.visit.method == .post { page.sentences.append(W.tryOnceMore) }
        return await response(for: page, incoming, wantsJSON: wantsJSON)
    }

    private func response(for page: ErrorPage, _ incoming: Incoming?, wantsJSON: Bool) async -> Response {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        if let seconds = page.retryAfter { headers[.retryAfter] = String(seconds) }
        if !page.allow.isEmpty { headers[.allow] = page.allow.joined(separator: ", ") }
        if wantsJSON {
            headers[.contentType] = "application/problem+json"
            return Response(
                status: .init(code: page.status),
                headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: page.problemDocument))
            )
        }
        headers[.contentType] = "text/html; charset=utf-8"
        var visit = incoming?.visit
        // Where the database answers, the page knows who is signed in; where it does not, the page is shown all the same.
        if page.status != 503, let incoming, incoming.cookieDigest != nil {
            visit = (try? await db.read { [self] tx in try recognised(incoming, tx) }) ?? visit
        }
        var page = page
        page.csrf = visit?.signIn?.csrf
        let bytes = frames.bytes(page, visit)
        return Response(status: .init(code: page.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

struct ErrorPage: Page {
    let status: Int
    let heading: String
    var sentences: [String]
    var list = Problems()
    var stale: StaleEdit?
    /// Worth trying once more, just as it was.
    var canSendAgain = false
    var retryAfter: Int?
    var way: Link?
    /// What somebody typed, to be given back to them.
    var typed: Typed?
    /// The proof for whoever is signed in now.
    var csrf: String?
    /// The methods that the address takes, where it was another.
    var allow: [String] = []
    var surroundings: Surroundings { Surroundings(isPrivate: true) }
    var problems: Problems { list }

    private enum CodingKeys: String, CodingKey { case status, heading, sentences }

    static func of(_ refusal: Refusal) -> ErrorPage {
        switch refusal {
        case .signIn: ErrorPage(status: 401, heading: W.signInHeading, sentences: [W.signIn])
        case .notFound: ErrorPage(status: 404, heading: W.notFoundHeading, sentences: [W.notFound, W.notFoundWhy])
        case .deadLink(let dead):
            ErrorPage(
                status: 404,
                heading: dead.heading,
                sentences: [dead.because],
                way: dead.label.flatMap { label in dead.path.flatMap { SafeURL(local: $0) }.map { Link(label, to: $0) } }
            )
        case .notAllowed(let because): ErrorPage(status: 403, heading: W.notAllowedHeading, sentences: [because])
        case .gone(let because): ErrorPage(status: 410, heading: W.goneHeading, sentences: [because])
        case .tooManyTries(let seconds):
            ErrorPage(
                status: 429,
                heading: W.tooManyHeading,
                sentences: [W.tooMany(minutes: (seconds + 59) / 60)],
                canSendAgain: true,
                retryAfter: seconds
            )
        case .stale(let edit): ErrorPage(status: 409, heading: W.staleHeading, sentences: [W.stale], stale: edit)
        }
    }

    var html: HTML {
        HTML {
            for sentence in sentences { p(sentence) }
            if let stale { sideBySide(stale) }
            if let way { p { status == 401 ? buttonLinkElsewhere(way.label, to: way.url) : buttonLink(way.label, to: way.url) } }
            if let typed {
                if canSendAgain { p(typed.hadFile ? W.fileAgain : W.kept) }
                typed.html(W.typedHeading, button: canSendAgain && !typed.hadFile ? W.sendAgain : nil, csrf: csrf)
            }
            if status == 404 || status == 410 { p { a(W.home, to: .path("/")) } }
        }
    }

    private func sideBySide(_ edit: StaleEdit) -> HTML {
        HTML {
            table(
                caption: W.staleCaption,
                columns: [TableColumn(W.staleField), TableColumn(W.staleTheirs), TableColumn(W.staleYours)],
                rows: edit.fields.map { TableRow($0.label, [HTML($0.theirs), HTML($0.yours)]) }
            )
            if let again = SafeURL(local: edit.again) { p { buttonLink(W.staleAgain, to: again) } }
        }
    }

    var problemDocument: [UInt8] {
        struct Field: Encodable { let label: String, theirs: String, yours: String }
        struct Document: Encodable {
            let type: String
            let title: String
            let status: Int
            let detail: String
            let errors: [Problems.Problem]?
            /// Of a stale edit: what is there now, and what was sent.
            let fields: [Field]?
        }
        let said = sentences + list.list.map(\.sentence)
        let document = Document(
            // One kind of problem a status, so that programs need not read the sentences.
            type: "urn:heard:problem:\(status)",
            title: heading,
            status: status,
            detail: said.joined(separator: " "),
            errors: list.isEmpty ? nil : list.list,
            fields: stale?.fields.map { Field(label: $0.label, theirs: $0.theirs, yours: $0.yours) }
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(document)).map { Array($0) } ?? []
    }
}
