import App
import ArgumentParser

/// The command.
@main
struct Heard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heard",
        abstract: "Co-production from first voice to finished change.",
        discussion: """
            Everything that can be set is set by a flag, by a variable such as HEARD_DATABASE, or in a file given with --config. \
            Flags win over variables, variables over the file.
            """,
        version: House.version,
        subcommands: [
            Serve.self, Demo.self, Migrate.self, ImportCommand.self, Verify.self, OpinionCommand.self, TallyCommand.self, Version.self,
            BenchDataCommand.self,
        ]
    )
}

/// Says which version this is.
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say which version this is.")

    func run() { print("heard \(House.version)") }
}
