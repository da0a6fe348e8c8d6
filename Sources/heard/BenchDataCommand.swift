import App
import ArgumentParser
import Kernel
import Operation
import Store

/// Fills a database for measuring; for `bin/bench` and nobody else, hence hidden.
struct BenchDataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-data",
        abstract: "Fill an empty database with made-up voices, for measuring.",
        shouldDisplay: false
    )

    @OptionGroup var options: DatabaseOptions

    @Option(help: "How many voices.")
    var voices = 10_000

    @Option(help: "How many services in the directory, instead of voices.")
    var directory: Int?

    @Option(help: "A list of services in CSV to bring into the directory, instead of voices.")
    var list: String?

    func run() async throws {
        try await Stop.saying {
            let settings = try options.settings()
            let logger = settings.startLogging()
            let before = try settings.openDatabase(logger: logger)
            _ = try await Migrate.bringUpToDate(before)
            await before.close()
            let db = try settings.openDatabase(serialisingOn: "trail_head", logger: logger)
            guard try await db.read({ try $0.count("SELECT COUNT(*) FROM services") }) == 0 else {
                throw Stop("The database \(db.address) is not empty. Nothing was written.")
            }
            if let list {
                print("the list in \(try await BenchData.fillDirectory(db, list: list)) s")
                return await db.close()
            }
            if let directory {
                let seconds = try await BenchData.fillDirectory(db, services: directory) { print($0) }
                print("\(directory) services in \(seconds) s")
                return await db.close()
            }
            try await BenchData.fill(db, voices: voices, now: .now()) { print($0) }
            await db.close()
        }
    }
}
