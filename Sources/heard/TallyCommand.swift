import ArgumentParser
import EqualVoice
import Foundation

/// Counts an exported decision again, so that nobody has to believe ours.
struct TallyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tally",
        abstract: "Count a decision again from its export: every person the same, and every perspective the same.",
        discussion: """
            Reads the export as docs/schemas/tally-export.schema.json describes it and writes the result as in tally-result.schema.json. \
            Ends with 0, with 1 where the count is not what the export claims, and with 65 where the export cannot be counted. \
            The result holds the figures of small perspectives: it is for those who were in the room.
            """
    )

    @Argument(help: "The export, a JSON file, or - for standard input.", completion: .file(extensions: ["json"]))
    var file: String

    func run() async throws {
        try await Stop.saying {
            let result = try Self.recount(try read())
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
            guard result.disagreements.isEmpty else {
                throw Stop("This is not what the export claims:\n" + result.disagreements.joined(separator: "\n"))
            }
        }
    }

    private func read() throws -> Data {
        if file == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
        guard let data = FileManager.default.contents(atPath: file) else { throw Stop("There is no file \(file).", code: 66) }
        return data
    }

    private static func recount(_ data: Data) throws -> TallyResult {
        do {
            return try Tally.recount(try JSONDecoder().decode(DecisionExport.self, from: data))
        } catch let problems as TallyProblems {
            throw Stop("\(problems)", code: 65)
        } catch let error as DecodingError {
            throw Stop("\(TallyProblems(reading: error).map { "\($0)" } ?? "This cannot be read.")", code: 65)
        }
    }
}
