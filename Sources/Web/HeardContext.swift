import Hummingbird
import Logging
import NIOCore

/// What Hummingbird carries along with a request.
public struct HeardContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Where the request came from, without the port.
    let from: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        from = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// For tests, which ask the router without a network.
    public init(logger: Logger, from: String) {
        coreContext = .init(source: WithoutNetwork(logger: logger))
        self.from = from
    }

    private struct WithoutNetwork: RequestContextSource { let logger: Logger }
}
