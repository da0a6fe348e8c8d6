import App
import ArgumentParser
import Operation
import Store

/// Brings a database up to date.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database up to date.",
        discussion: "Safe to run twice, and by several processes at once. Make a backup first: it only goes forwards."
    )

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await Stop.saying {
            let settings = try options.settings()
            let db = try settings.openDatabase(logger: settings.startLogging())
            print(try await Self.bringUpToDate(db))
            await db.close()
        }
    }

    /// Answers what was done, in a sentence.
    static func bringUpToDate(_ db: Database) async throws -> String {
        switch try await db.pending(House.migrations) {
        case .upToDate: return "The database \(db.address) is up to date."
        case .unknown(let names): throw Stop(Self.unknown(db, names))
        case .behind(let names):
            try await db.migrate(House.migrations)
            return
                "The database \(db.address) is up to date now: \(names.count == 1 ? "1 migration was" : "\(names.count) migrations were") run."
        }
    }

    static func unknown(_ db: Database, _ names: [String]) -> String {
        """
        The database \(db.address) was used by a newer version of Heard than this one (\(House.version)).
        It knows \(names.joined(separator: ", ")), which this one does not. Install the newer version, or give another database.
        """
    }
}
