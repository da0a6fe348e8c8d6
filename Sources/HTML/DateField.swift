import Kernel

/// A day as somebody typed it, right or wrong, so that it can be shown again.
public struct DateParts: Sendable, Equatable, Codable {
    public var day: String
    public var month: String
    public var year: String

    public init(day: String = "", month: String = "", year: String = "") {
        self.day = day
        self.month = month
        self.year = year
    }
}

/// A day in three fields, named `NAME-day`, `NAME-month` and `NAME-year`: easier than a calendar for a day somebody knows.
public func dateField(
    _ name: String,
    legend: String,
    value: DateParts = DateParts(),
    hint: String? = nil,
    problems: Problems = Problems(),
    isOptional: Bool = false
) -> HTML {
    .knowing { context in
        let field = Field(name, legend, hint: hint, problems: problems, isOptional: isOptional)
        let words = context.wording
        let written = field.grouping(
            element("div", class: "date-parts") {
                // The day has the question's own id: that is where the error summary leads.
                part(words.day, id: name, name: name + "-day", value.day, .tiny, field)
                part(words.month, id: name + "-month", name: name + "-month", value.month, .tiny, field)
                part(words.year, id: name + "-year", name: name + "-year", value.year, .short, field)
            }
        )
        return .asking(field.facts("date", value: [value.year, value.month, value.day]), written)
    }
}

private func part(_ label: String, id: String, name: String, _ value: String, _ width: FieldWidth, _ field: Field) -> HTML {
    var attributes = Attributes()
    attributes.set("name", name)
    attributes.set("type", "text")
    attributes.set("inputmode", "numeric")
    attributes.set("autocomplete", "off")
    attributes.set("value", value.isEmpty ? nil : value)
    attributes.set("aria-invalid", field.problem == nil ? nil : "true")
    return element("div") {
        element("label", [.init("for", id)], HTML(label))
        empty("input", class: width.rawValue, id: id, attributes.list)
    }
}
