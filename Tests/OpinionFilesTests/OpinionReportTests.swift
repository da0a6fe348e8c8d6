import EqualVoice
import Foundation
import Opinion
import Testing

@testable import OpinionFiles

@Suite struct OpinionReportTests {
    private static let payloads = [
        "<script>alert(1)</script>", "\"\u{301} onmouseover=alert(1)", "\u{600}<img src=x>", "</style></table></main><b>", "'&\"<>",
        "a\u{202e}b\0c",
    ]

    @Test(arguments: OpinionMap.Mode.allCases)
    func `What people wrote cannot become markup of the page`(mode: OpinionMap.Mode) throws {
        let page = String(
            decoding: OpinionReport(try input(texts: Self.payloads, perspective: Self.payloads[0]), mode: mode).html(),
            as: UTF8.self
        )
        let bytes = Array(page.utf8)
        for forbidden in ["<script", "<img", "<b>", "\u{202e}", "\0"] { #expect(!contains(bytes, Array(forbidden.utf8)), "\(forbidden)") }
        // One style element, one table end for each table: nothing that was written closed anything.
        let body = page.components(separatedBy: "</style>").last ?? ""
        #expect(body.utf8.count { $0 == UInt8(ascii: "<") } == body.utf8.count { $0 == UInt8(ascii: ">") })
        #expect(pieces(page, "</style>") == 1)
        #expect(pieces(page, "</main>") == 1)
        #expect(pieces(page, "<table") == pieces(page, "</table>"))
        #expect(page.contains("&lt;script&gt;"))
    }

    @Test func `The page stands alone: no script, no link, nothing fetched`() throws {
        let page = String(decoding: OpinionReport(try input(texts: ["A", "B"]), mode: .stable).html(), as: UTF8.self)
        for word in ["<script", "<link", "src=", "url(", "@import", "http:", "https:"] { #expect(!page.contains(word), "\(word)") }
        #expect(page.contains("default-src 'none'"))
    }

    @Test func `The picture has a name, a description and a table that says the same`() throws {
        let page = String(decoding: OpinionReport(try input(texts: ["A", "B", "C"]), mode: .stable).html(), as: UTF8.self)
        #expect(page.contains("role=\"img\""))
        #expect(page.contains("<title id=") && page.contains("<desc id="))
        #expect(page.contains("Where the groups stand, in numbers"))
        #expect(page.contains("<polygon"))
    }

    @Test func `Both figures stand side by side when perspectives are given`() throws {
        let report = OpinionReport(try input(texts: ["A", "B"], perspective: "parents"), mode: .stable)
        #expect(report.perspectives?.map(\.name) == ["parents", "others"])
        #expect(report.statements.allSatisfy { $0.byPerson != nil && $0.byPerspective != nil })
        let page = String(decoding: report.html(), as: UTF8.self)
        #expect(page.contains("Each person the same") && page.contains("Each perspective the same"))
    }

    @Test func `Outside the room no number tells what a small perspective said`() throws {
        let report = OpinionReport(try input(texts: ["A", "B"], perspective: "parents", few: 8), mode: .stable)
        let told = ReportTold(report, isRoom: false)
        #expect(told.whoAnswered.map(\.who) == ["parents, others"])
        #expect(report.statements.indices.allSatisfy { told.figures($0).byPerspective == nil })
        #expect(report.statements.indices.allSatisfy { Array(told.votes($0).dropFirst()) == [ReportWords.notShown, ReportWords.notShown] })
        let room = ReportTold(report, isRoom: true)
        #expect(room.whoAnswered.map(\.answered) == ["8", "32"])
        #expect(report.statements.indices.allSatisfy { room.figures($0).byPerspective != nil })
    }

    @Test func `Where every perspective is large enough both figures and the votes are told to everybody`() throws {
        let report = OpinionReport(try input(texts: ["A", "B"], perspective: "parents", few: 20), mode: .stable)
        let told = ReportTold(report, isRoom: false)
        #expect(told.whoAnswered.map(\.answered) == ["20", "20"])
        for place in report.statements.indices {
            let votes = report.statements[place].votes
            #expect(told.figures(place).byPerspective == report.statements[place].byPerspective)
            #expect(told.votes(place) == [votes.agrees, votes.disagrees, votes.passes].map(ReportWords.grouped))
        }
    }

    @Test func `Whoever has no perspective cannot be worked out by subtracting`() throws {
        var input = try input(texts: ["A", "B"], perspective: "parents", few: 20)
        for statement in 0..<UInt64(8) { input.log.add(person: 77, statement: statement, .disagree) }
        let report = OpinionReport(input, mode: .stable)
        let told = ReportTold(report, isRoom: false)
        #expect(report.statements.indices.allSatisfy { told.figures($0) == (nil, nil) })
        #expect(report.statements.indices.allSatisfy { told.votes($0)[1] == ReportWords.notShown })
    }

    @Test func `A statement that few answered is in no list, and a small group is on no map`() throws {
        var input = try input(texts: ["A", "B"])
        for person in 0..<UInt64(5) { input.log.add(person: person, statement: 90, .agree) }
        input.groups = Dictionary(uniqueKeysWithValues: (0..<UInt64(40)).map { ($0, $0 < 5 ? 0 : $0 % 2 == 0 ? 1 : 2) })
        input.groupNames = ["few", "even", "odd"]
        input.texts[90] = "Only five said so"
        let report = OpinionReport(input, mode: .stable)
        #expect(report.consensus.agree.contains(90))
        let page = String(decoding: report.html(), as: UTF8.self)
        #expect(pieces(page, "Only five said so") == 1, "in the list of all statements, without numbers")
        #expect(!page.contains("Group few"))
        #expect(page.contains("Group even: 10 people or more"))
        let room = String(decoding: report.html(isRoom: true), as: UTF8.self)
        #expect(pieces(room, "Only five said so") > 1)
        #expect(room.contains("Group few: 5 people"))
    }

    @Test func `Of fewer than ten people the page tells nothing outside the room`() throws {
        var input = OpinionInput()
        for person in 0..<UInt64(9) { for statement in 0..<UInt64(8) { input.log.add(person: person, statement: statement, .agree) } }
        let report = OpinionReport(input, mode: .stable)
        let page = String(decoding: report.html(), as: UTF8.self)
        #expect(page.contains("Fewer than 10 people answered"))
        #expect(!page.contains("<table"))
        #expect(String(decoding: report.html(isRoom: true), as: UTF8.self).contains("9 people gave 72 answers"))
    }

    @Test func `A perspective of fewer than five people is warned of`() throws {
        let report = OpinionReport(try input(texts: ["A", "B"], perspective: "parents", few: 2), mode: .parity)
        #expect(report.notices == [ReportWords.smallPerspectives])
    }

    @Test func `Parity without perspectives says that everybody weighs the same`() throws {
        #expect(OpinionReport(try input(texts: ["A", "B"]), mode: .parity).notices == [ReportWords.noPerspectives])
    }

    @Test(arguments: OpinionMap.Mode.allCases)
    func `A conversation in which nobody answered has a report`(mode: OpinionMap.Mode) throws {
        let report = OpinionReport(OpinionInput(), mode: mode)
        for isRoom in [true, false] { #expect(String(decoding: report.html(isRoom: isRoom), as: UTF8.self).contains(ReportWords.nothing)) }
        #expect(try !report.json().isEmpty)
    }

    @Test(arguments: OpinionMap.Mode.allCases)
    func `A conversation of one person and one statement has a report`(mode: OpinionMap.Mode) throws {
        var input = OpinionInput()
        input.log.add(person: 1 << 63, statement: .max, .agree)
        let report = OpinionReport(input, mode: mode)
        #expect(report.participants.map(\.id) == [1 << 63])
        #expect(String(decoding: report.html(isRoom: true), as: UTF8.self).contains("Statement 18446744073709551615"))
        #expect(String(decoding: try report.json(), as: UTF8.self).contains("18446744073709551615"))
    }

    @Test func `The JSON has every part, with its timings`() throws {
        let report = OpinionReport(try input(texts: ["A", "B"], perspective: "parents"), mode: .parity)
        let object = try #require(try JSONSerialization.jsonObject(with: report.json()) as? [String: Any])
        #expect(object["format"] as? String == "heard-opinion/1")
        for key in [
            "participants", "statements", "groups", "consensus", "divisive", "perspectives", "silhouettes", "eigenvalues", "peakMemory",
        ] {
            #expect(object[key] != nil, "\(key)")
        }
        let timings = try #require(object["timings"] as? [String: Any])
        #expect(Set(timings.keys) == ["read", "matrix", "pca", "clusters", "statistics", "stability"])
    }

    @Test func `Groups from a file keep their names and are not looked for`() throws {
        var input = try input(texts: ["A", "B"])
        input.groups = Dictionary(uniqueKeysWithValues: (0..<UInt64(40)).map { ($0, Int($0 % 2)) })
        input.groupNames = ["3", "8"]
        let report = OpinionReport(input, mode: .compat)
        #expect(report.groups.map(\.name) == ["3", "8"])
        #expect(report.groups.map(\.people) == [20, 20])
        #expect(report.silhouettes.isEmpty)
    }

    /// Forty people in two camps over eight statements, the first of which say `texts`.
    private func input(texts: [String], perspective: String? = nil, few: UInt64 = 8) throws -> OpinionInput {
        var input = OpinionInput()
        for person in 0..<UInt64(40) {
            for statement in 0..<UInt64(8) {
                let agrees = (person % 2 == 0) == (statement < 5) || (person + statement) % 7 == 0
                input.log.add(person: person, statement: statement, agrees ? .agree : .disagree)
            }
            if let perspective { input.perspectives.add(person: person, person < few ? perspective : "others") }
        }
        for (statement, text) in texts.enumerated() { input.texts[UInt64(statement)] = text }
        return input
    }

    private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part) }
    }

    private func pieces(_ page: String, _ part: String) -> Int { page.components(separatedBy: part).count - 1 }
}
