import Foundation
import Logging
import Operation
import Store
import Testing

struct SettingsTests {
    @Test func `Nothing set gives a server for this machine`() throws {
        let settings = try Settings.read(flags: [:], environment: ["PATH": "/bin"])
        #expect("\(settings.database)" == "sqlite:heard.sqlite")
        #expect(settings.host == "127.0.0.1" && settings.port == 8080 && settings.metricsPort == 9080)
        #expect("\(settings.base)" == "http://localhost:8080")
    }

    @Test func `Flags win over variables and variables over the file`() throws {
        let file = try File("port: 7001\nhost: 10.0.0.1\nlog-level: debug\n")
        let settings = try Settings.read(
            flags: ["port": "7003"],
            environment: ["HEARD_PORT": "7002", "HEARD_HOST": "10.0.0.2"],
            file: file.path
        )
        #expect(settings.port == 7003 && settings.host == "10.0.0.2" && settings.logLevel == .debug)
    }

    @Test func `The file may be JSON`() throws {
        let file = try File(#"{"base-url": "https://heard.example.org/", "trusts-proxy": true, "metrics-port": "off"}"#)
        let settings = try Settings.read(flags: [:], environment: [:], file: file.path)
        #expect("\(settings.base)" == "https://heard.example.org" && settings.trustsProxy && settings.metricsPort == nil)
    }

    @Test func `A variable has the name of its setting`() throws {
        #expect(try "\(Settings.read(flags: [:], environment: ["HEARD_BASE_URL": "https://a.example"]).base)" == "https://a.example")
    }

    @Test func `All mistakes are said together`() {
        let error = #expect(throws: Settings.Mistakes.self) {
            try Settings.read(
                flags: ["port": "many", "log-format": "xml"],
                environment: ["HEARD_DATABASE": "mysql://x", "HEARD_DATABSE": "y"]
            )
        }
        #expect(
            error?.sentences == [
                "The variable HEARD_DATABSE means nothing to Heard. Did you mean HEARD_DATABASE?",
                "database cannot be read. It must begin with sqlite: or postgres://.",
                "port must be a whole number from 1 to 65535.",
                "log-format must be one of text, json.",
            ]
        )
    }

    @Test func `A name in the file that means nothing is a mistake`() throws {
        let file = try File("prot: 1\nhost: [a, b]\n")
        let error = #expect(throws: Settings.Mistakes.self) { try Settings.read(flags: [:], environment: [:], file: file.path) }
        #expect(
            error?.sentences == [
                "prot in \(file.path) means nothing to Heard. Did you mean port?",
                "host in \(file.path) must be one value, not a list of them.",
            ]
        )
    }

    @Test func `A file that is not there is said`() {
        let error = #expect(throws: Settings.Mistakes.self) { try Settings.read(flags: [:], environment: [:], file: "/nowhere/heard.yaml") }
        #expect(error?.sentences == ["The file /nowhere/heard.yaml cannot be read. Check that it is there and that Heard may read it."])
    }

    @Test(arguments: [
        "http://heard.example.org", "heard.example.org", "https://", "https://a.example/path", "https://a@b.example", "ftp://a.example",
    ])
    func `A public address that cannot work is refused`(address: String) {
        #expect(throws: Settings.Mistakes.self) { try Settings.read(flags: ["base-url": address], environment: [:]) }
    }

    @Test(arguments: [
        "postgres://heard:hunter2@db.example/heard", "postgres://heard:hunter2@db.example:notaport/heard", "postgres:/heard:hunter2@db",
        "hunter2",
    ])
    func `The password of the database is never printed`(address: String) throws {
        let file = try File("database: \(address)\n\"unclosed: hunter2")
        let ways: [() throws -> Settings] = [
            { try Settings.read(flags: ["database": address], environment: [:]) },
            { try Settings.read(flags: ["port": "x"], environment: ["HEARD_DATABASE": address]) },
            { try Settings.read(flags: [:], environment: [:], file: file.path) },
        ]
        for read in ways {
            var printed = ""
            do {
                let settings = try read()
                print(settings, settings.database, to: &printed)
                dump(settings, to: &printed)
            } catch { printed = "\(error)" + String(reflecting: error) }
            #expect(!printed.contains("hunter2"), "\(printed)")
        }
    }
}

/// A file that is there for one test.
private final class File {
    let path: String

    init(_ words: String) throws {
        path = NSTemporaryDirectory() + "heard-settings-\(UUID().uuidString)"
        try words.write(toFile: path, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
