import Foundation

/// What the system says about this process, under the names that Prometheus uses for every program.
enum ProcessFigures {
    static func page() -> String {
        var out = ""
        if let pages = numbers(in: "/proc/self/statm")?.dropFirst().first {
            out += "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes \(pages * Int(getpagesize()))\n"
        }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            out += "# TYPE process_open_fds gauge\nprocess_open_fds \(files.count)\n"
        }
        var used = timespec()
        if clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0 {
            out +=
                "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total \(Double(used.tv_sec) + Double(used.tv_nsec) / 1_000_000_000)\n"
        }
        return out
    }

    private static func numbers(in path: String) -> [Int]? {
        (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    }
}
