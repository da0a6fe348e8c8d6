import ArgumentParser
import CSV
import Foundation
import Opinion
import OpinionFiles

/// Draws the map of an opinion from anybody's data, in the format that Polis exports.
struct OpinionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opinion",
        abstract: "Draw the map of an opinion: groups, what each stands for, what everybody agrees on.",
        discussion: """
            Reads votes.csv, and what else there is, in the format that Polis exports, row by row, and writes JSON as in \
            docs/schemas/opinion.schema.json or one page of HTML that needs nothing else. Rows that cannot be used are named with their line \
            and stop it with 65; --skip leaves them out and counts them.

            The page shows what everybody may know: no number that would tell what single people said. --room makes one for those who know each \
            other's answers anyway. The JSON has everything, each person's place too: it is for whoever has the votes.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, html }

    @Option(help: "votes.csv: who answered what, and when.", completion: .file(extensions: ["csv"]))
    var votes: String

    @Option(help: "comments.csv: the words of the statements, and which were let through.", completion: .file(extensions: ["csv"]))
    var comments: String?

    @Option(help: "people.csv: the perspective of each person.", completion: .file(extensions: ["csv"]))
    var perspectives: String?

    @Option(help: "stable does not depend on the order of people; compat is what pol.is computes; parity lets perspectives weigh the same.")
    var mode: OpinionMap.Mode = .stable

    @Option(
        help: "participants-votes.csv: takes the groups from there instead of looking for them.",
        completion: .file(extensions: ["csv"])
    )
    var groupsFrom: String?

    @Option(help: "How to write it.")
    var format: Format = .json

    @Flag(help: "Leave out rows that cannot be used, and say how many there were.")
    var skip = false

    @Flag(help: "The page is for the room only: it shows small groups too.")
    var room = false

    func validate() throws {
        guard mode == .parity, perspectives == nil else { return }
        throw ValidationError("--mode parity weighs perspectives the same, so it needs to know them: --perspectives people.csv")
    }

    func run() async throws {
        try await Stop.saying {
            do {
                let report = try OpinionReport.make(
                    votes: votes,
                    comments: comments,
                    perspectives: perspectives,
                    mode: mode,
                    groupsFrom: groupsFrom,
                    badRows: skip ? .skip : .refuse
                )
                FileHandle.standardOutput.write(format == .html ? Data(report.html(isRoom: room)) : try report.json())
            } catch let error as OpinionFileError {
                throw Stop("\(error)", code: 65)
            } catch let error as CSVError {
                throw Stop("\(error)", code: 65)
            }
        }
    }
}

extension OpinionMap.Mode: ExpressibleByArgument {}
