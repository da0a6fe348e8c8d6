import Store
import Web

/// Whether Heard is alive, and whether it can answer people now: for load balancers and whoever watches over it.
public struct Health: Sendable {
    private let db: Database
    private let migrations: [Migration]

    public init(db: Database, migrations: [Migration]) {
        self.db = db
        self.migrations = migrations
    }

    /// `/healthz`: the process runs. `/readyz`: the database answers, and its tables are the ones this version knows.
    public func addRoutes(to site: Site) {
        site.plain("/healthz") { (200, "text/plain; charset=utf-8", Self.alive) }
        site.plain("/readyz") {
            let (isReady, sentence) = await ready()
            return (isReady ? 200 : 503, "text/plain; charset=utf-8", sentence)
        }
    }

    static let alive = "alive\n"

    func ready() async -> (isReady: Bool, sentence: String) {
        do {
            switch try await db.pending(migrations) {
            case .upToDate: return (true, "ready\n")
            case .behind: return (false, "not ready: the database is older than this version; run heard migrate\n")
            case .unknown: return (false, "not ready: the database was used by a newer version of Heard\n")
            }
        } catch { return (false, "not ready: the database does not answer\n") }
    }
}
