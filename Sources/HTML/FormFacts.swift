import Kernel

/// What a form of a page asks, for programs: the very names, labels, limits and choices that its HTML shows, gathered while that is written.
public struct FormFacts: Sendable, Encodable, Equatable {
    /// `post` changes something, `get` only looks something up.
    public let method: String
    public let action: SafeURL
    /// What the form carries without showing it, such as the version that is being changed and the proof that it is ours.
    public internal(set) var carries: [String: String] = [:]
    public internal(set) var fields: [FieldFacts] = []
    public internal(set) var buttons: [ButtonFacts] = []
}

/// One question of a form.
public struct FieldFacts: Sendable, Encodable, Equatable {
    /// Under which name the answer is sent; of a date, `NAME-day`, `NAME-month` and `NAME-year` or, in JSON, `NAME` as `2026-03-10`.
    public let name: String
    public let label: String
    public var hint: String?
    /// `line`, `words`, `email`, `tel`, `password`, `time`, `date`, `number`, `tick`, `one` or `any` of the choices.
    public let kind: String
    /// What stands in it, or what is chosen; never a password.
    public var value: [String] = []
    /// How many characters fit.
    public var limit: Int?
    public var choices: [ChoiceFacts]?
    public var isOptional = false
    /// What is wrong with what was typed.
    public var problem: String?
}

public struct ChoiceFacts: Sendable, Encodable, Equatable {
    public let value: String
    public let label: String
    public let hint: String?
}

/// A button that sends its form; where it has a name, pressing it sends that too.
public struct ButtonFacts: Sendable, Encodable, Equatable {
    public let label: String
    public let name: String?
    public let value: String?
}

extension HTML {
    /// The forms that stand on this page, in their order.
    public func forms(in context: Writer.Context = Writer.Context()) -> [FormFacts] {
        var writer = Writer(context)
        writer.facts = []
        write(to: &writer)
        return writer.facts ?? []
    }

    /// A form, noted for programs while it is written.
    static func noting(_ form: FormFacts, _ html: HTML) -> HTML {
        .writing { writer in
            writer.facts?.append(form)
            html.write(to: &writer)
        }
    }

    /// A part of the form that is being written, noted in it.
    static func noting(_ html: HTML, _ note: @escaping @Sendable (inout FormFacts) -> Void) -> HTML {
        .writing { writer in
            writer.note(note)
            html.write(to: &writer)
        }
    }
}

extension Field {
    func facts(_ kind: String, value: [String] = [], limit: Int? = nil, choices: [Choice]? = nil) -> FieldFacts {
        FieldFacts(
            name: name,
            label: label,
            hint: hint,
            kind: kind,
            value: value.filter { !$0.isEmpty },
            limit: limit,
            choices: choices?.map { ChoiceFacts(value: $0.value, label: $0.label, hint: $0.hint) },
            isOptional: isOptional,
            problem: problem
        )
    }
}

extension HTML {
    static func asking(_ facts: FieldFacts, _ html: HTML) -> HTML { noting(html) { $0.fields.append(facts) } }
}
