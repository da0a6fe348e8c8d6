import App
import ArgumentParser
import Operation
import Store
import Trail

/// Walks the trail and says whether anybody tampered with it.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Walk the trail from its first entry to its newest, and say where it breaks, if it does.",
        discussion: "Ends with 0 when the trail is whole and with 1 when it is not."
    )

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        try await Stop.saying {
            let settings = try options.settings()
            let db = try settings.openDatabase(logger: settings.startLogging())
            guard case .upToDate = try await db.pending(House.migrations) else {
                throw Stop(
                    "The database \(db.address) is not one that this version of Heard knows. Run: heard migrate --database \(db.address)"
                )
            }
            let finding = try await db.read { try VerifyTrail.run(in: $0) }
            await db.close()
            guard finding.isWhole else { throw Stop(finding.description) }
            print(finding)
        }
    }
}
