/// What is wrong with an export, all of it at once: where, and what to put right.
public struct TallyProblems: Error, Equatable, Sendable, CustomStringConvertible {
    public struct Problem: Equatable, Sendable, Codable {
        /// As in `ballots[3].ranking`, counted from 0; empty for the document as a whole.
        public let place: String
        public let sentence: String
    }

    public private(set) var list: [Problem] = []

    init() {}

    /// What a JSON decoder found wrong, in plain words; nil for any other error.
    public init?(reading error: any Error) {
        guard let error = error as? DecodingError else { return nil }
        switch error {
        case .keyNotFound(let key, let context): add(Self.place(context.codingPath), "“\(key.stringValue)” is missing.")
        case .valueNotFound(_, let context): add(Self.place(context.codingPath), "This is empty, and must not be.")
        case .typeMismatch(let type, let context): add(Self.place(context.codingPath), "This should be \(Self.words(for: type)).")
        case .dataCorrupted(let context):
            add(
                Self.place(context.codingPath),
                context.codingPath.isEmpty ? "This is not JSON." : "This value is not one that is known here."
            )
        @unknown default: add("", "This cannot be read.")
        }
    }

    public var isEmpty: Bool { list.isEmpty }

    public var description: String {
        list.map { $0.place.isEmpty ? $0.sentence : "\($0.place): \($0.sentence)" }.joined(separator: "\n")
    }

    mutating func add(_ place: String, _ sentence: String) { list.append(Problem(place: place, sentence: sentence)) }

    /// Throws itself unless it is empty.
    func orContinue() throws { if !isEmpty { throw self } }

    private static func place(_ path: [any CodingKey]) -> String {
        path.reduce("") { place, key in
            key.intValue.map { "\(place)[\($0)]" } ?? (place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)")
        }
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is Int.Type: "a whole number"
        case is String.Type: "text in quotes"
        case is [Any].Type: "a list in [ ]"
        case is [String: Any].Type: "an object in { }"
        default: "something else"
        }
    }
}
