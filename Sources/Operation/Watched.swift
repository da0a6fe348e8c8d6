import Hummingbird
import Logging
import Metrics
import NIOConcurrencyHelpers
import Web

/// Notes each request that came and how it went: one log line, one count, one duration.
///
/// By the pattern of the route, such as `/receipts/{token}`: the path itself would write the tokens of receipts into logs.
public struct Watched<Inner: HTTPResponder<HeardContext>>: HTTPResponder {
    private let inner: Inner
    private let logger: Logger
    /// Handles by pattern and status, so that counting a request makes nothing new.
    private let known = NIOLockedValueBox<[String: Timer]>([:])

    public init(_ inner: Inner, logger: Logger) {
        self.inner = inner
        self.logger = logger
    }

    public func respond(to request: Request, context: HeardContext) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await inner.respond(to: request, context: context)
        let taken = ContinuousClock.now - start
        // Hummingbird's word for "no route": such paths have no pattern.
        let pattern = context.endpointPath.flatMap { $0 == "NotFound" ? nil : $0 } ?? "none"
        let method = Self.name(request.method)
        count(method, pattern, response.status.code, taken)
        logger.info(
            "request",
            metadata: [
                "request": "\(context.id)", "method": "\(method)", "route": "\(pattern)", "status": "\(response.status.code)",
                "ms": "\(Self.milliseconds(taken))",
            ]
        )
        return response
    }

    /// Anybody can send any word as a method: only those that we answer become labels.
    private static func name(_ method: HTTPRequest.Method) -> String {
        ["GET", "HEAD", "POST"].contains(method.rawValue) ? method.rawValue : "other"
    }

    private func count(_ method: String, _ pattern: String, _ status: Int, _ taken: Duration) {
        let timer = known.withLockedValue { known in
            let key = "\(method) \(status) \(pattern)"
            if let timer = known[key] { return timer }
            let timer = Timer(
                label: "heard_http_request_seconds",
                dimensions: [("method", method), ("route", pattern), ("status", String(status))]
            )
            known[key] = timer
            return timer
        }
        let (seconds, attoseconds) = taken.components
        timer.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    /// Hundredths are enough.
    private static func milliseconds(_ taken: Duration) -> Double {
        let (seconds, attoseconds) = taken.components
        let hundredths = (seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / 10_000
        return Double(hundredths) / 100
    }
}
