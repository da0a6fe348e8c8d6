import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Web

/// The servers: one for everybody, and one for whoever runs this machine.
public enum Serving {
    /// The pages. `isReady` is called with the port once it listens.
    public static func pages(
        _ responder: some HTTPResponder<HeardContext>,
        settings: Settings,
        logger: Logger,
        isReady: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        Application(
            responder: Watched(responder, logger: logger),
            server: .http1(configuration: channel(settings)),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)
            ),
            onServerRunning: { channel in await isReady(channel.localAddress?.port ?? settings.port) },
            logger: quiet(logger)
        )
    }

    /// Figures and health, on this machine only: they say how busy a service is and when, which is nobody else's business.
    public static func metrics(
        _ figures: Figures,
        _ health: Health,
        settings: Settings,
        port: Int,
        logger: Logger,
        isReady: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        let router = Router()
        router.get("/metrics") { _, _ in
            plain(200, figures.page() + ProcessFigures.page(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
        router.get("/healthz") { _, _ in plain(200, Health.alive) }
        router.get("/readyz") { _, _ in
            let (isReady, sentence) = await health.ready()
            return plain(isReady ? 200 : 503, sentence)
        }
        return Application(
            router: router,
            server: .http1(configuration: channel(settings)),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await isReady(channel.localAddress?.port ?? port) },
            logger: quiet(logger)
        )
    }

    private static func plain(_ status: Int, _ words: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: words))
        )
    }

    private static func channel(_ settings: Settings) -> HTTP1Channel.Configuration {
        let arrival = TimeAmount.seconds(Int64(settings.requestSeconds))
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [ArrivalLimit(limit: arrival)],
            idleTimeout: .seconds(Int64(settings.idleSeconds)),
            // 16 KB each and 32 KB together: browsers send two or three, proxies refuse more than 8 to 32.
            httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)
        )
    }

    /// The server's own lines ("listening on …") repeat ours; what goes wrong is passed on.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        if logger.logLevel == .info { logger.logLevel = .notice }
        return logger
    }
}
