import ArgumentParser
import Foundation
import Logging
import Operation
import Store

/// The flags that all commands share: which database, and how to write log lines.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "sqlite:PATH or postgres://person:password@host/name. A password is better kept in HEARD_DATABASE or the file.")
    var database: String?

    @Option(help: "A YAML or JSON file with settings, one 'name: value' a line.")
    var config: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: String?

    @Option(help: "text, or json with one object a line.")
    var logFormat: String?

    var flags: [String: String] {
        ["database": database, "log-level": logLevel, "log-format": logFormat].compactMapValues { $0 }
    }

    /// Reads all settings; prints every mistake and ends with status 64 where there is one.
    func settings(and more: [String: String] = [:]) throws -> Settings {
        do {
            return try Settings.read(flags: flags.merging(more) { $1 }, environment: ProcessInfo.processInfo.environment, file: config)
        } catch { throw Stop("\(error)", code: 64) }
    }
}

/// Ends the command with words on standard error.
struct Stop: Error, CustomStringConvertible {
    let description: String
    let code: Int32

    init(_ words: String, code: Int32 = 1) {
        description = words
        self.code = code
    }

    /// Runs a command and says what stopped it, without the help text that follows a mistyped flag.
    static func saying<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let stop as Stop {
            LogLine.toStandardError(Array("\(stop.description)\n".utf8))
            throw ExitCode(stop.code)
        }
    }
}

extension Settings {
    func openDatabase(serialisingOn head: StaticString? = nil, logger: Logger) throws -> Database {
        do { return try Database.open(database, serialisingOn: head, logger: logger) } catch let error as StoreError {
            throw Stop("The database \(database) cannot be opened: \(error.sentence)")
        }
    }

    func startLogging() -> Logger {
        let (level, format) = (logLevel, logFormat)
        LoggingSystem.bootstrap { LogLine(label: $0, level: level, format: format) }
        return Logger(label: "heard")
    }
}

extension StoreError {
    /// For whoever stands at the command line.
    var sentence: String {
        switch self {
        case .unavailable(let why): "\(why)."
        case .full: "the disk is full."
        case .busy: "somebody else keeps it busy."
        default: "\(self)."
        }
    }
}
