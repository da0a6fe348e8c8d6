import HTML
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// An address that there is, asked for in a way it does not take. `Web` answers it with 405.
struct WrongMethod: Error {
    /// What it takes, such as `GET` and `HEAD`.
    let allow: [String]
    /// The page there, or the nearest above it.
    let page: SafeURL
}

/// Which addresses take which methods.
struct KnownPaths: Sendable {
    private struct Route {
        let method: String
        let parts: [String]

        func matches(_ path: [String]) -> Bool {
            parts.count == path.count && zip(parts, path).allSatisfy { $0.hasPrefix(":") ? !$1.isEmpty : $0 == $1 }
        }

        /// What is written out goes before what is left open, from the left.
        var order: String { parts.map { $0.hasPrefix(":") ? "1" : "0" }.joined() }
    }

    private let routes: [Route]

    /// - Parameter routes: such as `GET /:service/projects/:project`.
    init(_ routes: [String]) {
        self.routes = routes.compactMap { route in
            let sides = route.split(separator: " ", maxSplits: 1).map { String($0) }
            return sides.count == 2 ? Route(method: sides[0], parts: Self.parts(sides[1])) : nil
        }
    }

    /// The methods of the route that this path leads to; none where there is none.
    func methods(at path: String) -> [String] {
        let found = routes.filter { $0.matches(Self.parts(path)) }
        let nearest = found.map(\.order).min()
        let methods = found.filter { $0.order == nearest }.map(\.method)
        return methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
    }

    /// This path, or the nearest above it, at which there is a page.
    func page(atOrAbove path: String) -> String? {
        var parts = Self.parts(path)
        repeat {
            let above = "/" + parts.joined(separator: "/")
            if methods(at: above).contains("GET") { return above }
            parts.removeLast()
        } while !parts.isEmpty
        return nil
    }

    private static func parts(_ path: String) -> [String] { path.split(separator: "/").map { String($0) } }
}

extension Responder {
    /// Set where the address is one of ours and takes other methods. Only where whoever asks may open the page there, or the nearest above it:
    /// everybody else is told what they are always told, that there is nothing.
    func wrongMethod(_ request: Request, _ context: HeardContext) async -> WrongMethod? {
        let path = request.uri.path
        let allow = known.methods(at: path)
        guard !allow.isEmpty, let page = known.page(atOrAbove: path), let url = SafeURL(local: page) else { return nil }
        var head = request.head
        head.method = .get
        head.path = page
        let asking = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        let answer = try? await router.respond(to: asking, context: HeardContext(logger: context.logger, from: context.from))
        guard let status = answer?.status, status == .ok || status == .notModified else { return nil }
        return WrongMethod(allow: allow, page: url)
    }
}
