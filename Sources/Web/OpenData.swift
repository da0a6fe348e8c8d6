import Crypto
import HTML
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Store

/// What a route of open data gives back: for programs anywhere, never for one person.
public struct OpenData: Sendable {
    enum Content: Sendable {
        case whole([UInt8])
        case pieces(@Sendable (_ number: Int, Transaction) throws -> [UInt8]?)
    }

    let content: Content
    let type: String
    let headers: [String: String]

    /// All of it at once, known again by its bytes (ETag).
    public static func whole(_ bytes: [UInt8], type: String = "application/json", headers: [String: String] = [:]) -> OpenData {
        OpenData(content: .whole(bytes), type: type, headers: headers)
    }

    /// A piece at a time, each in a transaction of its own, until there is none: memory stays steady however much there is.
    public static func pieces(
        type: String,
        headers: [String: String] = [:],
        _ next: @escaping @Sendable (_ number: Int, Transaction) throws -> [UInt8]?
    ) -> OpenData {
        OpenData(content: .pieces(next), type: type, headers: headers)
    }
}

/// A question that a program asked in a way we cannot answer: 400, with what is wrong with which of its parameters.
public struct BadQuestion: Error {
    public let problems: Problems

    public init(_ problems: Problems) { self.problems = problems }
}

extension Site {
    /// Open data: read by anybody's program from anybody's page (CORS `*`), as a stranger whoever asks, problems always as problem documents.
    public func data(_ path: String, _ give: @escaping @Sendable (Visit, Transaction) throws -> OpenData) {
        addOpen(path) { desk, request, context in await desk.openData(request, context, route: path, give) }
    }
}

extension FrontDesk {
    func openData(
        _ request: Request,
        _ context: HeardContext,
        route: String,
        _ give: @escaping @Sendable (Visit, Transaction) throws -> OpenData
    ) async -> Response {
        var response: Response
        do {
            let incoming = try await read(request, context)
            let data = try await db.read { tx in try give(incoming.visit, tx) }
            response = sent(data, incoming)
        } catch {
            response = await errorResponse(error, nil, wantsJSON: true, context, route: route)
        }
        SecurityHeaders.add(to: &response, isSecure: facts.base.description.hasPrefix("https:"))
        response.headers[.accessControlAllowOrigin] = "*"
        if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { response.headers[name] = "cross-origin" }
        return response
    }

    private func sent(_ data: OpenData, _ incoming: Incoming) -> Response {
        var headers: HTTPFields = [.contentType: data.type, .cacheControl: "public, no-cache"]
        for (name, value) in data.headers { if let name = HTTPField.Name(name) { headers[name] = value } }
        switch data.content {
        case .whole(let bytes):
            let etag = "\"\(Hex.text(of: SHA256.hash(data: bytes).prefix(16)))\""
            headers[.eTag] = etag
            if let known = incoming.headers[.ifNoneMatch], known == "*" || known.contains(etag) {
                return Response(status: .notModified, headers: headers)
            }
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .pieces(let next):
            let db = db
            let body = ResponseBody { writer in
                var number = 0
                while let bytes = try await db.read({ [number] tx in try next(number, tx) }) {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    number += 1
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: headers, body: body)
        }
    }
}
