import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Web

/// A browser without a network: asks the house's responder and keeps its cookie.
public final class TestBrowser {
    private let responder: Responder
    public var token: String?
    /// What it carries without an account.
    public var pocket: String?
    public var csrf: String
    public var from = "203.0.113.7"

    init(responder: Responder, token: String?, csrf: String) {
        self.responder = responder
        self.token = token
        self.csrf = csrf
    }

    public func get(_ path: String, json: Bool = false, headers: [String: String] = [:]) async throws -> TestAnswer {
        try await ask(
            .get,
            path,
            body: nil,
            headers: headers.merging(["Accept": json ? "application/json" : "text/html"]) { own, _ in own }
        )
    }

    /// Sends a form as our pages do. Several values under one name are written `"days": "mon"` twice in `more`.
    public func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:], headers: [String: String] = [:]) async throws
        -> TestAnswer
    {
        let pairs = fields.map { ($0.key, $0.value) } + (token == nil || fields.contains { $0.key == "csrf" } ? [] : [("csrf", csrf)])
        let body = pairs.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        let usual = ["Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"]
        return try await ask(.post, path, body: Array(body.utf8), headers: headers.merging(usual) { own, _ in own })
    }

    public func ask(_ method: HTTPRequest.Method, _ path: String, body: [UInt8]?, headers: [String: String]) async throws -> TestAnswer {
        var head = HTTPRequest(method: method, scheme: "https", authority: "heard.example", path: path)
        for (name, value) in headers { if let name = HTTPField.Name(name) { head.headerFields[name] = value } }
        let cookies = [token.map { "__Host-heard=\($0)" }, pocket.map { "__Host-heard-list=\($0)" }].compactMap(\.self)
        if !cookies.isEmpty { head.headerFields[.cookie] = cookies.joined(separator: "; ") }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body ?? [])))
        var logger = Logger(label: "heard.tests")
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "test"
        let response = try await responder.respond(to: request, context: HeardContext(logger: logger, from: from))
        let writer = Collected()
        try await response.body.write(writer)
        for cookie in response.headers[values: .setCookie] { take(cookie) }
        return TestAnswer(status: response.status.code, headers: response.headers, bytes: writer.bytes)
    }

    private func take(_ cookie: String) {
        let value = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
        let held = value.count == 2 && !cookie.contains("Max-Age=0") ? String(value[1]) : nil
        if value[0] == "__Host-heard-list" { pocket = held } else { token = held }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            byte.isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private final class Collected: ResponseBodyWriter {
        nonisolated(unsafe) var bytes: [UInt8] = []
        func write(_ buffer: ByteBuffer) async throws { bytes += buffer.readableBytesView }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension UInt8 {
    fileprivate var isPlain: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}

/// What came back.
public struct TestAnswer: Sendable {
    public let status: Int
    public let headers: HTTPFields
    public let bytes: [UInt8]

    public var text: String { String(decoding: bytes, as: UTF8.self) }
    public var location: String? { headers[.location] }

    /// The page's JSON as a dictionary.
    public func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }

    /// The value of the first field of this name on the page, such as `csrf` or `version`.
    public func field(_ name: String) -> String? {
        guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return text[start.upperBound...].split(separator: "\"", maxSplits: 1, omittingEmptySubsequences: false).first.map { String($0) }
    }

    /// Problems of the summary whose field is not on the page, or folded away where nobody sees it without a press.
    public var hiddenProblems: [String] {
        guard let summary = text.range(of: "class=\"error-summary\"") else { return [] }
        let list = text[summary.upperBound...].components(separatedBy: "</div>")[0]
        return list.components(separatedBy: "href=\"#").dropFirst().map { $0.components(separatedBy: "\"")[0] }.filter { id in
            guard let field = text.range(of: " id=\"\(id)\"") else { return true }
            let before = text[..<field.lowerBound]
            let parts = before.components(separatedBy: "<details").dropFirst()
            // Depth of closed ones that are still open as elements where the field stands.
            var stack: [Bool] = []
            for part in parts {
                stack.append(!part.hasPrefix(" open") && !part.components(separatedBy: ">")[0].contains(" open"))
                for _ in part.components(separatedBy: "</details>").dropFirst() { _ = stack.popLast() }
            }
            return stack.contains(true)
        }
    }
}
