import HTML
import Kernel

/// One question of a form, as data: written as a labelled field for people, told to programs by the field that it becomes (`FormFacts`).
public struct Question: Sendable {
    public enum Control: Sendable { case line, text, number, list, choice, date, tick, scale, carried }

    public struct Option: Sendable, Encodable {
        public let value: String
        public let label: String
        public let hint: String?

        public init(_ value: String, _ label: String, hint: String? = nil) {
            self.value = value
            self.label = label
            self.hint = hint
        }
    }

    public let name: String
    public let control: Control
    public let label: String
    public let hint: String?
    public let value: String
    public let limit: Int?
    public let options: [Option]?
    public let isOptional: Bool
    private let day: DateParts?
    private let rows: Int
    private let ends: Ends?

    private struct Ends: Sendable { let low: String, high: String }

    private init(
        _ name: String,
        _ control: Control,
        _ label: String,
        hint: String? = nil,
        value: String = "",
        limit: Int? = nil,
        options: [Option]? = nil,
        isOptional: Bool = false,
        day: DateParts? = nil,
        rows: Int = 5,
        ends: Ends? = nil
    ) {
        self.name = name
        self.control = control
        self.label = label
        self.hint = hint
        self.value = value
        self.limit = limit
        self.options = options
        self.isOptional = isOptional
        self.day = day
        self.rows = rows
        self.ends = ends
    }

    /// One line of words.
    public static func line(
        _ name: String,
        _ label: String,
        in form: Form,
        or beginning: String = "",
        hint: String? = nil,
        isOptional: Bool = false
    )
        -> Question
    {
        Question(name, .line, label, hint: hint, value: form.value(name, or: beginning), isOptional: isOptional)
    }

    /// Words of several lines.
    public static func text(
        _ name: String,
        _ label: String,
        in form: Form,
        or beginning: String = "",
        hint: String? = nil,
        limit: Int,
        rows: Int = 5,
        isOptional: Bool = false
    ) -> Question {
        Question(name, .text, label, hint: hint, value: form.value(name, or: beginning), limit: limit, isOptional: isOptional, rows: rows)
    }

    public static func number(
        _ name: String,
        _ label: String,
        in form: Form,
        or beginning: String = "",
        hint: String? = nil,
        isOptional: Bool = false
    )
        -> Question
    {
        Question(name, .number, label, hint: hint, value: form.value(name, or: beginning), isOptional: isOptional)
    }

    /// One of many, from a list that opens.
    public static func list(
        _ name: String,
        _ label: String,
        _ options: [Option],
        in form: Form,
        or beginning: String = "",
        hint: String? = nil,
        isOptional: Bool = false
    ) -> Question {
        Question(name, .list, label, hint: hint, value: form.value(name, or: beginning), options: options, isOptional: isOptional)
    }

    /// One of a few.
    public static func choice(
        _ name: String,
        _ legend: String,
        _ options: [Option],
        in form: Form,
        or beginning: String = "",
        hint: String? = nil,
        isOptional: Bool = false
    ) -> Question {
        Question(name, .choice, legend, hint: hint, value: form.value(name, or: beginning), options: options, isOptional: isOptional)
    }

    /// A day in three fields.
    public static func date(
        _ name: String,
        _ legend: String,
        in form: Form,
        or beginning: Moment? = nil,
        zone: String,
        hint: String? = nil,
        isOptional: Bool = false
    ) -> Question {
        let typed = DateParts(day: form[name + "-day"], month: form[name + "-month"], year: form[name + "-year"])
        let given = beginning.map { CivilDay($0, zone: zone) }
        let start = given.map { DateParts(day: String($0.day), month: String($0.month), year: String($0.year)) } ?? DateParts()
        return Question(name, .date, legend, hint: hint, isOptional: isOptional, day: form.isSent ? typed : start)
    }

    /// One thing to agree to; arrives as `yes` or not at all.
    public static func tick(_ name: String, _ label: String, in form: Form, or beginning: Bool = false, hint: String? = nil) -> Question {
        Question(name, .tick, label, hint: hint, value: form.value(name, or: beginning ? "yes" : ""))
    }

    /// A number from 0 to 10, with words at both ends.
    public static func scale(_ name: String, _ legend: String, from low: String, to high: String, in form: Form, or beginning: Int? = nil)
        -> Question
    {
        let value = form.value(name, or: beginning.map { String($0) } ?? "")
        return Question(name, .scale, legend, value: value, ends: Ends(low: low, high: high))
    }

    /// What the form carries without showing it, such as the version it was opened on.
    public static func carried(_ name: String, _ value: any CustomStringConvertible) -> Question {
        Question(name, .carried, "", value: value.description)
    }

    public func html(_ problems: Problems) -> HTML {
        let choices = (options ?? []).map { Choice($0.value, $0.label, hint: $0.hint) }
        return switch control {
        case .line: textField(name, label: label, value: value, hint: hint, problems: problems, isOptional: isOptional)
        case .text:
            textArea(name, label: label, value: value, hint: hint, problems: problems, limit: limit, rows: rows, isOptional: isOptional)
        case .number: numberField(name, label: label, value: value, hint: hint, problems: problems, isOptional: isOptional)
        case .list: selectField(name, label: label, options: choices, value: value, hint: hint, problems: problems, isOptional: isOptional)
        case .choice: radios(name, legend: label, options: choices, value: value, hint: hint, problems: problems, isOptional: isOptional)
        case .date: dateField(name, legend: label, value: day ?? DateParts(), hint: hint, problems: problems, isOptional: isOptional)
        case .tick: checkbox(name, label: label, isChecked: value == "yes", hint: hint, problems: problems)
        case .scale:
            HTML::scale(name, legend: label, from: (0, ends?.low ?? ""), to: (10, ends?.high ?? ""), value: Int(value), problems: problems)
        case .carried: hidden(name, value)
        }
    }
}

/// A page whose purpose is one form: what it is about, its questions, one button.
public struct FormPage: Page {
    /// Something to know while answering, such as what was decided.
    public struct Fact: Sendable, Encodable {
        public let label: String
        public let words: String

        public init(_ label: String, _ words: String) {
            self.label = label
            self.words = words
        }
    }

    /// Questions, under a legend where several belong together.
    public struct Part: Sendable {
        public let legend: String?
        public let hint: String?
        public let questions: [Question]

        public init(_ questions: [Question]) {
            legend = nil
            hint = nil
            self.questions = questions
        }

        public init(_ legend: String, hint: String? = nil, _ questions: [Question]) {
            self.legend = legend
            self.hint = hint
            self.questions = questions
        }
    }

    public let heading: String
    public let surroundings: Surroundings
    public var caption: String?
    public var lead: String?
    public var facts: [Fact]
    public var parts: [Part]
    public var sendTo: SafeURL
    public var button: String
    public var kind: ButtonKind
    public var otherwise: Link?
    public var problems: Problems

    /// What the questions are is told once, by the page's `forms`; here only what stands over several of them.
    private enum CodingKeys: String, CodingKey { case surroundings, facts, legends, otherwise }

    private struct Legend: Encodable { let legend: String, hint: String? }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(surroundings, forKey: .surroundings)
        try container.encode(facts, forKey: .facts)
        let legends = parts.compactMap { part in part.legend.map { Legend(legend: $0, hint: part.hint) } }
        if !legends.isEmpty { try container.encode(legends, forKey: .legends) }
        try container.encodeIfPresent(otherwise, forKey: .otherwise)
    }

    public init(
        _ heading: String,
        _ surroundings: Surroundings,
        caption: String? = nil,
        lead: String? = nil,
        facts: [Fact] = [],
        parts: [Part],
        sendTo: SafeURL,
        button: String,
        kind: ButtonKind = .primary,
        otherwise: Link? = nil,
        problems: Problems = Problems()
    ) {
        self.heading = heading
        self.surroundings = surroundings
        self.caption = caption
        self.lead = lead
        self.facts = facts
        self.parts = parts
        self.sendTo = sendTo
        self.button = button
        self.kind = kind
        self.otherwise = otherwise
        self.problems = problems
    }

    public var html: HTML {
        HTML {
            if !facts.isEmpty { summaryList(facts.map { SummaryRow($0.label, $0.words) }) }
            form(post: sendTo, help: [.asksBeforeLeaving]) {
                for part in parts { html(of: part) }
                buttons {
                    HTML::button(button, kind: kind)
                    if let otherwise { a(otherwise.label, to: otherwise.url) }
                }
            }
        }
    }

    private func html(of part: Part) -> HTML {
        let fields = HTML(part.questions.map { $0.html(problems) })
        guard let legend = part.legend else { return fields }
        return fieldset(legend, hint: part.hint) { fields }
    }
}
