import App
import ArgumentParser
import Operation
import Store
import Trail
import Voices

/// Walks the trail, compares every voice with it, and says whether anybody tampered with either.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Walk the trail from its first entry to its newest, compare every voice with it, and say where they differ, if they do.",
        discussion: """
            Ends with 0 when all is whole and with 1 when it is not. What it prints at the end is the number and digest of the newest entry: \
            keep them somewhere else, and give them to --expect later.
            """
    )

    @OptionGroup var options: DatabaseOptions

    @Option(help: ArgumentHelp("An entry and its digest that were kept elsewhere: both must still be there.", valueName: "SEQ:DIGEST"))
    var expect: [String] = []

    func run() async throws {
        try await Stop.saying {
            let settings = try options.settings()
            let db = try settings.openDatabase(logger: settings.startLogging())
            guard case .upToDate = try await db.pending(House.migrations) else {
                throw Stop(
                    "The database \(db.address) is not one that this version of Heard knows. Run: heard migrate --database \(db.address)"
                )
            }
            let expected = try expect.map(Self.parts)
            let (finding, unlike, voices, differences) = try await db.read { tx in
                let finding = try VerifyTrail.run(in: tx)
                let unlike = try expected.filter { try VerifyTrail.digest(of: $0.seq, in: tx) != $0.digest }.map(\.seq)
                let (voices, differences) = try VerifyVoices.run(in: tx)
                return (finding, unlike, voices, differences)
            }
            await db.close()
            guard finding.isWhole else { throw Stop(finding.description) }
            guard unlike.isEmpty else {
                throw Stop(
                    unlike.map { "Entry \($0) does not have the digest that was expected: the trail was written anew." }.joined(
                        separator: "\n"
                    )
                )
            }
            guard differences.isEmpty else { throw Stop(differences.map(\.description).joined(separator: "\n")) }
            print(finding)
            print("\(voices) voices are as the trail has them.")
        }
    }

    private static func parts(_ text: String) throws -> (seq: Int, digest: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map { String($0) }
        guard parts.count == 2, let seq = Int(parts[0]) else {
            throw Stop("--expect wants the number of an entry and its digest, such as 120:9f8a…, not \(text).")
        }
        return (seq, parts[1].lowercased())
    }
}
