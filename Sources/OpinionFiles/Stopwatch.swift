import Foundation
import Opinion

/// What the work cost: processor time of each part in milliseconds, and the most memory that was ever in use.
public struct OpinionCost: Sendable, Encodable {
    /// Processor time, ms: from the files to a log; from the log to a sparse matrix; axes and places; groups; everything by statement; and the
    /// twenty half-samples.
    public struct Timings: Sendable, Encodable {
        public internal(set) var read = 0.0
        public internal(set) var matrix = 0.0
        public internal(set) var pca = 0.0
        public internal(set) var clusters = 0.0
        public internal(set) var statistics = 0.0
        public internal(set) var stability = 0.0
    }

    public internal(set) var timings = Timings()
    /// Bytes, of the whole process (VmHWM); nil where the system does not say.
    public internal(set) var peakMemory: Int?
}

struct Stopwatch {
    private(set) var cost = OpinionCost()
    private var mark = Stopwatch.now

    /// Adds what has passed since the last lap.
    mutating func lap(_ part: WritableKeyPath<OpinionCost.Timings, Double>) {
        let now = Self.now
        cost.timings[keyPath: part] += now - mark
        mark = now
    }

    mutating func lap(_ stage: OpinionMap.Stage) {
        switch stage {
        case .pca: lap(\.pca)
        case .clusters: lap(\.clusters)
        case .statistics: lap(\.statistics)
        case .stability: lap(\.stability)
        }
    }

    mutating func finish() -> OpinionCost {
        cost.peakMemory = Self.peakMemory()
        return cost
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }

    private static func peakMemory() -> Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
