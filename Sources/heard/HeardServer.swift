import App
import Foundation
import Jobs
import Logging
import Metrics
import NIOCore
import Operation
import ReadAloud
import ServiceLifecycle
import Store
import UnixSignals
import Web

/// The house with everything around it that makes it a server: what `serve` and `demo` run.
struct HeardServer {
    let settings: Settings
    let db: Database
    let isDemo: Bool
    var isBench = false
    let start: ContinuousClock.Instant
    let logger: Logger

    func run() async throws {
        let figures = Figures()
        MetricsSystem.bootstrap(figures)
        let house = House(
            db: db,
            facts: SiteFacts(base: settings.base, isDemo: isDemo, maps: settings.maps),
            trustsProxy: settings.trustsProxy,
            logger: logger
        )
        let health = Health(db: db, migrations: House.migrations)
        health.addRoutes(to: house.site)
        if isBench { house.site.plain("/plain") { (200, "text/plain; charset=utf-8", "Heard.") } }
        // Stopped from the last to the first: no new requests, then no more figures and jobs, then the database.
        var services: [any Service] = [
            DatabaseService(db: db), JobRunner(db: db, kinds: House.jobs(house.states, speaker: speaker), logger: logger),
            JobRunner(db: db, kinds: House.outsideJobs(mayGoInside: settings.feedsFromInside), logger: logger),
        ]
        if let port = settings.metricsPort {
            services.append(
                Serving.metrics(figures, health, settings: settings, port: port, logger: logger) { port in
                    logger.notice("metrics", metadata: ["url": "http://127.0.0.1:\(port)/metrics"])
                }
            )
        }
        services.append(
            Serving.pages(house.site.responder(), settings: settings, logger: logger) { [settings, start, db] _ in
                // On standard output: a script that started this waits for the line.
                let line = "Heard is ready in \(Self.seconds(since: start)) s: \(settings.base) with \(db.address)\n"
                FileHandle.standardOutput.write(Data(line.utf8))
            }
        )
        var configuration = ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Longer than the slowest page; what still runs then is cut off, so that a restart never hangs.
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        configuration.maximumCancellationDuration = .seconds(10)
        do { try await ServiceGroup(configuration: configuration).run() } catch let error as IOError { throw Stop(cannotListen(error)) }
        logger.notice("stopped")
    }

    /// Not while something is measured: it would be measured with it.
    private var speaker: Speaker? {
        guard settings.readsAloud, !isBench else { return nil }
        let speaker = Speaker.installed()
        if speaker == nil { logger.notice("pages are not read aloud: espeak-ng is not installed") }
        return speaker
    }

    private func cannotListen(_ error: IOError) -> String {
        let ports = ([settings.port] + (settings.metricsPort.map { [$0] } ?? [])).map { String($0) }.joined(separator: " or ")
        return switch error.errnoCode {
        case EADDRINUSE: "Somebody else listens on port \(ports) already. Stop them, or give other ports with --port and --metrics-port."
        case EACCES:
            "Heard may not listen on port \(ports). Ports below 1024 are for root; put a proxy in front, or give another with --port."
        case EADDRNOTAVAIL: "\(settings.host) is no address of this machine. Give another with --host."
        default: "Heard cannot listen on \(settings.host), port \(ports): error \(error.errnoCode)."
        }
    }

    private static func seconds(since start: ContinuousClock.Instant) -> String {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        let hundredths = attoseconds / 10_000_000_000_000_000
        return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}

/// Closes the database once nobody asks it any more.
struct DatabaseService: Service {
    let db: Database

    func run() async throws {
        try? await gracefulShutdown()
        await db.close()
    }
}
