import Foundation
import Logging
import NIOConcurrencyHelpers
import Operation
import Testing

struct LogLineTests {
    @Test func `A JSON line is one object with everything in it`() throws {
        let line = written(.json) { $0.info("re\"quest", metadata: ["route": "/:service", "status": "200"]) }
        let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(
            object["message"] == "re\"quest" && object["route"] == "/:service" && object["level"] == "info" && object["logger"] == "test"
        )
        #expect(object["at"]?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    @Test(arguments: LogFormat.allCases) func `What looks like a second line stays inside the first`(format: LogFormat) {
        let line = written(format) { $0.info("a\nb", metadata: ["words": "c\n12:00 error forged"]) }
        #expect(line.split(separator: "\n").count == 1 && line.hasSuffix("\n"))
    }

    @Test func `An error is named by its type and not by its words`() {
        struct Told: Error { let words = "what a child said" }
        let line = written(.text) { $0.error("failed", error: Told()) }
        #expect(line.contains("error=Told") && !line.contains("child"))
    }

    private func written(_ format: LogFormat, _ log: (Logger) -> Void) -> String {
        let lines = NIOLockedValueBox<[UInt8]>([])
        var handler = LogLine(label: "test", level: .info, format: format) { line in lines.withLockedValue { $0 += line } }
        handler.metadata = [:]
        log(Logger(label: "test") { _ in handler })
        return String(decoding: lines.withLockedValue { $0 }, as: UTF8.self)
    }
}
