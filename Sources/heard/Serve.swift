import App
import ArgumentParser
import Foundation
import Kernel
import Logging
import Metrics
import Operation
import People
import ServiceLifecycle
import Store
import Web

/// Serves the pages until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages.",
        discussion: """
            Several processes can serve one PostgreSQL database side by side. Stops on SIGTERM or SIGINT: what was begun is finished first. \
            /healthz and /readyz answer on the same port, /metrics on 127.0.0.1 only.
            """
    )

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var serving: ServingOptions

    @Flag(help: ArgumentHelp("Adds /plain, a few bytes of plain text to compare with.", visibility: .hidden))
    var bench = false

    func run() async throws {
        let start = ContinuousClock.now
        try await Stop.saying {
            let settings = try options.settings(and: serving.flags)
            let logger = settings.startLogging()
            let db = try settings.openDatabase(serialisingOn: "trail_head", logger: logger)
            try await Self.check(db)
            try await Self.offerFirstAdministrator(db, settings)
            try await HeardServer(settings: settings, db: db, isDemo: false, isBench: bench, start: start, logger: logger).run()
        }
    }

    /// Where nobody runs this installation yet: the link that makes whoever opens it its first administrator. On standard output and in no log,
    /// because it is a key.
    private static func offerFirstAdministrator(_ db: Database, _ settings: Settings) async throws {
        let deed = Deed(by: .system("serve"), at: .now())
        guard let link = try await db.write({ tx in try FirstAdministrator.offer(on: settings.base, by: deed, tx) }) else { return }
        let words = """
            Nobody runs this installation yet. Whoever opens this link within a week becomes its first administrator, once:
              \(link)

            """
        FileHandle.standardOutput.write(Data(words.utf8))
    }

    /// A schema that this version does not know is left alone, and whoever is there is told what to do.
    static func check(_ db: Database) async throws {
        switch try await db.pending(House.migrations) {
        case .upToDate: return
        case .unknown(let names): throw Stop(Migrate.unknown(db, names))
        case .behind(let names):
            let what =
                names.count == House.migrations.count
                ? "is empty" : "is older than this version of Heard (\(names.count) migrations are missing)"
            throw Stop("The database \(db.address) \(what).\nBring it up to date first: heard migrate --database \(db.address)")
        }
    }
}

/// The flags of a server.
struct ServingOptions: ParsableArguments {
    @Option(help: "The address of this machine to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port to listen on. (default: 8080)")
    var port: String?

    @Option(help: "The public address, such as https://heard.example.org: in receipts, QR codes and feeds.")
    var baseUrl: String?

    @Flag(help: "A proxy of yours sets X-Forwarded-For.")
    var trustsProxy = false

    @Option(help: "The port for /metrics on 127.0.0.1, 0 for any free one, or off. (default: port + 1000)")
    var metricsPort: String?

    @Option(help: "How many connections at once; more wait. (default: 4096)")
    var connections: String?

    @Option(help: "A connection on which nothing happens is closed after this. (default: 60)")
    var idleSeconds: String?

    @Option(help: "A request that has not wholly arrived by then is cut off. (default: 30)")
    var requestSeconds: String?

    @Flag(help: "Directories may be taken from this machine or its network.")
    var feedsFromInside = false

    @Option(help: "The folder of Leaflet, for maps to move around in, or off. (default: Debian's, where it is installed)")
    var mapLibrary: String?

    @Option(help: "Pictures of the ground for maps: https://HOST/… with {z}, {x} and {y} in it. (default: none)")
    var mapTiles: String?

    @Option(help: "Whose pictures those are, as their licence wants it said.")
    var mapTilesBy: String?

    @Option(help: "yes or no: published pages are read aloud, where espeak-ng is installed. (default: yes)")
    var readsAloud: String?

    var flags: [String: String] {
        [
            "host": host, "port": port, "base-url": baseUrl, "trusts-proxy": trustsProxy ? "yes" : nil, "metrics-port": metricsPort,
            "connections": connections, "idle-seconds": idleSeconds, "request-seconds": requestSeconds, "map-library": mapLibrary,
            "map-tiles": mapTiles,
            "map-tiles-by": mapTilesBy, "feeds-from-inside": feedsFromInside ? "yes" : nil,
            "reads-aloud": readsAloud,
        ].compactMapValues { $0 }
    }
}
