/// What is wrong with what was typed, field by field, in sentences that say what to do.
public struct Problems: Error, Equatable, Sendable {
    public struct Problem: Equatable, Sendable, Codable {
        /// The field's name in the form, which is also its id on the page.
        public let field: String
        public let sentence: String
    }

    public private(set) var list: [Problem] = []

    public init() {}

    public init(_ field: String, _ sentence: String) { add(field, sentence) }

    public var isEmpty: Bool { list.isEmpty }

    public mutating func add(_ field: String, _ sentence: String) { list.append(Problem(field: field, sentence: sentence)) }

    public subscript(field: String) -> String? { list.first { $0.field == field }?.sentence }

    /// Whether something is wrong with one of these fields: then what they are folded into is shown open.
    public func concern(_ fields: Set<String>) -> Bool { list.contains { fields.contains($0.field) } }

    /// Throws itself unless it is empty: the line between checking and acting.
    public func orContinue() throws { if !isEmpty { throw self } }
}
