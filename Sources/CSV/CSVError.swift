/// Why a file of comma-separated values cannot be read, in sentences that say where and what to do.
public enum CSVError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case notUTF8
    case unclosedQuote(line: Int)

    public var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read. Is the name right, and may you read it?"
        case .notUTF8: "The file is in UTF-16. Save it as UTF-8 and try again."
        case .unclosedQuote(let line): "The row on line \(line) has an opening quote that is never closed."
        }
    }
}
