import Kernel

/// What stands in the fields of a form when it is shown: what is there to begin with or, after something was wrong, what was typed.
public struct Filled: Encodable, Sendable {
    private var values: [String: String]
    public let problems: Problems

    /// - Parameter beginning: every field of the form by its name, as on a form that nobody has sent yet.
    public init(_ form: Form = Form(), beginning: KeyValuePairs<String, String>) {
        values = Dictionary(beginning.map { ($0.key, form.value($0.key, or: $0.value)) }) { first, _ in first }
        problems = form.problems
    }

    /// One more field, whose name is only known now.
    public mutating func add(_ name: String, _ form: Form, beginning: String) { values[name] = form.value(name, or: beginning) }

    public subscript(name: String) -> String { values[name] ?? "" }

    /// JSON shows the fields as the page does; the problems stand beside them, as on every page.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }
}
