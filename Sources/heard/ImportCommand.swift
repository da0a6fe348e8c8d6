import App
import ArgumentParser
import CSV
import DirectoryImports
import Foundation
import Kernel
import OpenReferral
import Operation
import Outside
import Store

/// Brings another directory in.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring another directory of services into ours, or what changed in it since the last time.",
        discussion: """
            From an address that speaks Open Referral UK 3.0, such as https://directory.example.org/oruk, or from a file with a service a line (NDJSON). \
            Run it again with the same source to bring in what changed; what was changed here stays as it is here. Services whose words suggest an \
            address that must stay secret are held back until an editor has decided. A table in CSV (a file whose name ends with .csv) may be of any length: columns are guessed from its first line, rows that are fine come in, \
            and the others wait for an editor on the page of the file.
            """
    )

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "An address that begins with http:// or https://, or a file.")
    var source: String

    @Option(help: "Whose directory it is; everybody sees this beside its services.")
    var name: String

    @Option(help: "How it may be used, such as 'Open Government Licence v3.0'.")
    var licence = ""

    func run() async throws {
        try await Stop.saying {
            let settings = try options.settings()
            let db = try settings.openDatabase(serialisingOn: "trail_head", logger: settings.startLogging())
            guard case .upToDate = try await db.pending(House.migrations) else {
                throw Stop("The database \(db.address) is not up to date. Run 'heard migrate' first.")
            }
            if isTable {
                try await bringTable(db)
                return await db.close()
            }
            let feed = TakeFeed.Feed(name: name, address: source, licence: licence)
            let take = TakeFeed(feed, into: db, tell: { count in print("\(count.all) services read", terminator: "\r") })
            do {
                let count = try await isAddress ? fromAddress(take) : take.run(ServiceLines(path: source))
                print(
                    "\(count.new) new, \(count.changed) changed, \(count.same) the same; \(count.held) held back until an editor decides."
                )
            } catch let problem as FeedProblem { throw Stop("\(problem)", code: 65) } catch let error as CSVError {
                throw Stop("\(error)", code: 66)
            }
            await db.close()
        }
    }

    private var isTable: Bool { !isAddress && source.lowercased().hasSuffix(".csv") }

    private func bringTable(_ db: Database) async throws {
        let bring = BringTable(
            into: db,
            tell: { count in
                if count.all.isMultiple(of: 1_000) { print("\(count.all) rows read", terminator: "\r") }
            }
        )
        do {
            let count = try await bring.run(ByteSource(path: source), name: name, licence: licence)
            print("\(count.inside) rows are in the directory; \(count.look) wait until an editor has looked at them.")
        } catch let problems as Problems {
            throw Stop(problems.list.map(\.sentence).joined(separator: " "), code: 65)
        } catch let error as CSVError { throw Stop("\(error)", code: 66) }
    }

    private var isAddress: Bool { source.hasPrefix("http://") || source.hasPrefix("https://") }

    private func fromAddress(_ take: TakeFeed) async throws -> TakeFeed.Count {
        // Whoever may run this command may reach the machine's own network anyhow.
        try await take.run(.from(source, by: OutsideFetch(mayGoInside: true, largest: FeedReader.largestPage)))
    }
}

/// The services of a file with one a line, read as they are wanted, however large the file. Lines that are no service are passed over.
struct ServiceLines: Sequence, IteratorProtocol {
    private let source: ByteSource
    private var piece: [UInt8] = []
    private var place = 0

    init(path: String) throws { source = try ByteSource(path: path) }

    mutating func next() -> ORUK.Service? {
        while let line = nextLine() {
            if let service = try? ORUK.read(ORUK.Service.self, line) { return service }
        }
        return nil
    }

    // A line longer than 20 MB is no service.
    private mutating func nextLine() -> [UInt8]? {
        var line: [UInt8] = []
        while line.count < FeedReader.largestPage {
            if place == piece.count {
                guard let more = try? source.next(), !more.isEmpty else { return line.isEmpty ? nil : line }
                (piece, place) = (more, 0)
            }
            guard let end = piece[place...].firstIndex(of: Byte.newline) else {
                line += piece[place...]
                place = piece.count
                continue
            }
            line += piece[place..<end]
            place = end + 1
            return line
        }
        return nil
    }
}
