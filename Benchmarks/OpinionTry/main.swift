import Foundation
import Opinion
import OpinionFiles

// opinion-try VOTES MODE REPEATS [no]: processor time of each part in ms, the least of the repeats, as JSON; "no" leaves out the half-samples.
// opinion-try report json|html MODE VOTES [COMMENTS [PERSPECTIVES [GROUPS]]]: writes the report to standard output; "-" for a file that is not there.
let arguments = CommandLine.arguments
if arguments[1] == "report" {
    let file = { (place: Int) in arguments.count > place && arguments[place] != "-" ? arguments[place] : nil }
    do {
        let report = try OpinionReport.make(
            votes: arguments[4],
            comments: file(5),
            perspectives: file(6),
            mode: OpinionMap.Mode(rawValue: arguments[3]) ?? .stable,
            groupsFrom: file(7)
        )
        FileHandle.standardOutput.write(arguments[2] == "html" ? Data(report.html()) : try report.json())
        exit(0)
    } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(1)
    }
}

// opinion-try live VOTES: processor time of answers coming in one by one and of the map after a hundred more, in ms.
if arguments[1] == "live" {
    let matrix = OpinionMatrix(try OpinionInput(votes: arguments[2]).log)
    var live = LiveOpinion()
    var mark = cpu()
    func lap(_ name: String) {
        print(name, cpu() - mark)
        mark = cpu()
    }
    for row in matrix.people.indices {
        for said in matrix.answers(row: row) {
            live.add(person: matrix.people[row], statement: matrix.statements[said.column], said.answer)
        }
    }
    lap("\(matrix.answerCount) answers in")
    _ = live.map()
    lap("first map")
    for round in 0..<5 {
        for number in 0..<UInt64(100) { live.add(person: number * 37, statement: matrix.statements[round], .agree) }
        lap("a hundred more")
        _ = live.map()
        lap("map again")
    }
    exit(0)
}

func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}
let mode = OpinionMap.Mode(rawValue: arguments[2]) ?? .stable
let start = cpu()
let input = try OpinionInput(votes: arguments[1])
let read = cpu() - start
var best: [String: Double] = [:]
var totals: [Double] = []
var last: OpinionMap?
for _ in 0..<(Int(arguments[3]) ?? 1) {
    last = nil
    var mark = cpu()
    var total = 0.0
    func lap(_ name: String) {
        let now = cpu()
        best[name] = min(best[name] ?? .infinity, now - mark)
        if name != "stability" { total += now - mark }
        mark = cpu()
    }
    let matrix = OpinionMatrix(input.log, order: mode == .compat ? .statement : .id)
    lap("matrix")
    let map = OpinionMap(matrix, mode: mode, withStability: arguments.count < 5) { lap($0.rawValue) }
    totals.append(total)
    last = map
}
totals.sort()
let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }?.split(whereSeparator: \.isWhitespace)[1] ?? "0"
let parts = best.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
let answers = OpinionMatrix(input.log).answerCount
print(
    "{\"answers\": \(answers), \"groups\": \(last?.groupCount ?? 0), \"read\": \(read), \(parts), \"total\": \(totals[0]), \"median\": \(totals[totals.count / 2]), \"peakKiB\": \(peak), \"score\": \(last?.stability ?? -1)}"
)
