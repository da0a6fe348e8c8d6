import CoreMetrics
import NIOConcurrencyHelpers

/// Every figure that somebody counts, and the page on which Prometheus reads them.
public final class Figures: MetricsFactory {
    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    private let all = NIOLockedValueBox<[Key: Figure]>([:])

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { figure(label, dimensions, .counter) }
    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        figure(label, dimensions, .counter)
    }
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { figure(label, dimensions, .gauge) }
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        figure(label, dimensions, aggregate ? .histogram : .gauge)
    }
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { figure(label, dimensions, .histogram) }

    // Figures live as long as the process: a counter that went away and came back would look like a restart.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func figure(_ name: String, _ dimensions: [(String, String)], _ kind: Figure.Kind) -> Figure {
        let labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        let key = Key(name: Self.name(name), labels: labels)
        return all.withLockedValue { all in
            if let known = all[key] { return known }
            let new = Figure(kind)
            all[key] = new
            return new
        }
    }

    /// Text exposition format 0.0.4, sorted, each name with its type before it.
    public func page() -> String {
        let sorted = all.withLockedValue { all in all.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) } }
        var out = ""
        var last = ""
        for (key, figure) in sorted {
            if key.name != last { out += "# TYPE \(key.name) \(figure.kind.rawValue)\n" }
            last = key.name
            figure.write(key.name, key.labels, into: &out)
        }
        return out
    }

    /// Letters, digits and underlines: what Prometheus takes as a name.
    private static func name(_ raw: String) -> String {
        String(raw.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" || $0 == ":" ? $0 : "_" })
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// One figure: a counter, a gauge or a histogram of seconds.
final class Figure: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    enum Kind: String { case counter, gauge, histogram }

    /// Half a millisecond, which is a page from memory, up to ten seconds, at which people have gone.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct State {
        var value = 0.0
        var count = 0
        var buckets: [Int]
    }

    let kind: Kind
    private let state: NIOLockedValueBox<State>

    init(_ kind: Kind) {
        self.kind = kind
        state = NIOLockedValueBox(State(buckets: kind == .histogram ? Array(repeating: 0, count: Self.bounds.count) : []))
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { state.withLockedValue { $0.value += amount } }
    func decrement(by amount: Double) { increment(by: -amount) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLockedValue { $0.value = value } }
    func reset() { set(0.0) }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

    func record(_ value: Double) {
        guard kind == .histogram else { return set(value) }
        state.withLockedValue { state in
            state.value += value
            state.count += 1
            if let place = Self.bounds.firstIndex(where: { value <= $0 }) { state.buckets[place] += 1 }
        }
    }

    func write(_ name: String, _ labels: String, into out: inout String) {
        let now = state.withLockedValue { $0 }
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        guard kind == .histogram else {
            out += "\(name)\(braces) \(Self.text(now.value))\n"
            return
        }
        let comma = labels.isEmpty ? "" : ","
        var sum = 0
        for (bound, count) in zip(Self.bounds, now.buckets) {
            sum += count
            out += "\(name)_bucket{\(labels)\(comma)le=\"\(Self.text(bound))\"} \(sum)\n"
        }
        out +=
            "\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(now.count)\n\(name)_sum\(braces) \(Self.text(now.value))\n\(name)_count\(braces) \(now.count)\n"
    }

    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
