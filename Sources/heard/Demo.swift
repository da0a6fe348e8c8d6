import App
import ArgumentParser
import Kernel
import Logging
import Operation
import Store

/// Serves the demo: made-up people, whom anybody can become by one press.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the demo, on a database of its own.",
        discussion: """
            Brings the database up to date and fills it with the case of Barnet CAMHS, the first time. Everybody can become anybody there, \
            so it refuses a database with real people in it.
            """
    )

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var serving: ServingOptions

    @Option(help: "A story of your own, written like Demo/barnet-camhs.yaml.", completion: .file(extensions: ["yaml"]))
    var story: String?

    func run() async throws {
        let start = ContinuousClock.now
        try await Stop.saying {
            let settings = try options.settings(and: serving.flags)
            let logger = settings.startLogging()
            try await Self.prepare(settings, logger)
            let db = try settings.openDatabase(serialisingOn: "trail_head", logger: logger)
            try await fill(db)
            try await HeardServer(settings: settings, db: db, isDemo: true, start: start, logger: logger).run()
        }
    }

    private static func prepare(_ settings: Settings, _ logger: Logger) async throws {
        let db = try settings.openDatabase(logger: logger)
        _ = try await Migrate.bringUpToDate(db)
        await db.close()
    }

    /// Fills an empty database and marks it as the demo's; leaves one that is marked as it is.
    private func fill(_ db: Database) async throws {
        let (isMarked, isEmpty) = try await db.read { tx in
            (
                try tx.count("SELECT COUNT(*) FROM installation WHERE name = 'demo'") > 0,
                try tx.count("SELECT COUNT(*) FROM people") + tx.count("SELECT COUNT(*) FROM services") == 0
            )
        }
        if isMarked { return }
        guard isEmpty else {
            throw Stop(
                "The database \(db.address) has real people in it. In the demo everybody can become anybody: give it a database of its own."
            )
        }
        do {
            let file = if let story { try DemoFile(path: story) } else { try DemoFile.barnet() }
            try await LoadDemo.run(file, at: .now(), into: db)
        } catch let problem as DemoProblem {
            throw Stop("The demo's story could not be told: \(problem)")
        }
    }
}
