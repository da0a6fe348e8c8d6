/// What is wrong with a file, in sentences that say where and what to do.
public enum OpinionFileError: Error, Equatable, CustomStringConvertible {
    /// A row that cannot be used: the file, the line on which the row begins, and why.
    public struct Row: Equatable, Sendable, Encodable {
        public let file: String
        public let line: Int
        public let problem: String
    }

    case missingColumn(file: String, wanted: String, found: [String])
    /// Rows that cannot be used, the first twenty of them, and how many there are in all.
    case badRows([Row], count: Int)

    public var description: String {
        switch self {
        case .missingColumn(let file, let wanted, let found):
            return "\(file) has no column “\(wanted)”. Its first line names: \(found.joined(separator: ", "))."
        case .badRows(let rows, let count):
            let lines = rows.map { "\($0.file), line \($0.line): \($0.problem)" }
            let more = count > rows.count ? ["and \(count - rows.count) more"] : []
            let rest = "Nothing was computed. Correct the file, or ask for bad rows to be left out."
            return (["\(count) \(count == 1 ? "row" : "rows") cannot be used."] + lines + more + [rest]).joined(separator: "\n")
        }
    }
}

/// Collects what is wrong with rows: every one is counted, the first twenty are kept.
struct BadRows {
    private(set) var first: [OpinionFileError.Row] = []
    private(set) var count = 0

    private static let most = 20

    mutating func add(_ file: String, _ line: Int, _ problem: String) {
        count += 1
        if first.count < Self.most { first.append(.init(file: file, line: line, problem: problem)) }
    }
}
