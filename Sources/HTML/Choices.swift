import Kernel

/// One thing to choose.
public struct Choice: Sendable {
    public let value: String
    public let label: String
    public let hint: String?
    /// What to ask of those who choose this. Always there; a script folds it away until it is wanted.
    public let then: HTML?

    public init(_ value: String, _ label: String, hint: String? = nil) {
        self.value = value
        self.label = label
        self.hint = hint
        then = nil
    }

    public init(_ value: String, _ label: String, hint: String? = nil, @HTMLBuilder then: () -> HTML) {
        self.value = value
        self.label = label
        self.hint = hint
        self.then = then()
    }
}

/// One of a few. The legend is the question.
public func radios(
    _ name: String,
    legend: String,
    options: [Choice],
    value: String? = nil,
    hint: String? = nil,
    problems: Problems = Problems(),
    isInline: Bool = false,
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, legend, hint: hint, problems: problems, isOptional: isOptional)
    let facts = field.facts("one", value: [value ?? ""], choices: options)
    return .asking(facts, field.grouping(choices("radio", name, options, isInline: isInline) { $0 == value }))
}

/// Any of a few. All those ticked arrive under the same name.
public func checkboxes(
    _ name: String,
    legend: String,
    options: [Choice],
    values: Set<String> = [],
    hint: String? = nil,
    problems: Problems = Problems(),
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, legend, hint: hint, problems: problems, isOptional: isOptional)
    let facts = field.facts("any", value: options.map(\.value).filter { values.contains($0) }, choices: options)
    return .asking(facts, field.grouping(choices("checkbox", name, options, isInline: false) { values.contains($0) }))
}

/// A single thing to agree to or to switch on; arrives as `yes` or not at all.
public func checkbox(
    _ name: String,
    label: String,
    isChecked: Bool = false,
    hint: String? = nil,
    problems: Problems = Problems()
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems)
    let written = element("div", class: field.problem == nil ? "field" : "field has-problem") {
        if let problem = field.problem { element("p", class: "problem", id: field.problemID, HTML(problem)) }
        element("div", class: "choice") {
            tick("checkbox", id: name, name: name, value: "yes", isChecked: isChecked, field.attributes)
            element("label", [.init("for", name)], HTML(label))
            if let hint { element("p", class: "hint", id: field.hintID, HTML(hint)) }
        }
    }
    return .asking(field.facts("tick", value: isChecked ? ["yes"] : []), written)
}

/// A number from low to high, such as how listened-to somebody felt from 0 to 10, with words at both ends.
public func scale(
    _ name: String,
    legend: String,
    from low: (number: Int, words: String) = (0, ""),
    to high: (number: Int, words: String),
    value: Int? = nil,
    hint: String? = nil,
    problems: Problems = Problems(),
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, legend, hint: hint, problems: problems, isOptional: isOptional)
    let ends = [low.number: low.words, high.number: high.words]
    let steps = (low.number...max(low.number, high.number)).map { Choice(String($0), ends[$0] ?? String($0)) }
    let written = field.grouping(
        element("div", class: "scale") {
            for number in low.number...max(low.number, high.number) {
                // The first has the question's own id: that is where the error summary leads.
                scaleStep(name, id: number == low.number ? name : "\(name)-\(number)", number, ends[number], isChosen: number == value)
            }
            element("p", class: "scale-ends", [.init("aria-hidden", "true")]) {
                span("\(low.number): \(low.words)")
                span("\(high.number): \(high.words)")
            }
        }
    )
    return .asking(field.facts("one", value: value.map { [String($0)] } ?? [], choices: steps), written)
}

/// The number is seen, the words at the ends are heard.
private func scaleStep(_ name: String, id: String, _ number: Int, _ words: String?, isChosen: Bool) -> HTML {
    element("div", class: "scale-step") {
        tick("radio", id: id, name: name, value: String(number), isChecked: isChosen, [])
        element("label", [.init("for", id)]) {
            String(number)
            if let words { onlySpoken(" " + words) }
        }
    }
}

private func choices(_ type: String, _ name: String, _ options: [Choice], isInline: Bool, _ isChosen: (String) -> Bool) -> HTML {
    element("div", class: isInline ? "choices inline" : "choices") {
        for (place, option) in options.enumerated() {
            // The first has the question's own id: that is where the error summary leads.
            choice(type, id: place == 0 ? name : "\(name)-\(place + 1)", name, option, isChosen: isChosen(option.value))
        }
    }
}

private func choice(_ type: String, id: String, _ name: String, _ option: Choice, isChosen: Bool) -> HTML {
    var attributes = Attributes()
    attributes.set("aria-describedby", option.hint == nil ? nil : id + "-hint-own")
    attributes.set("data-then", option.then == nil ? nil : id + "-then")
    return HTML {
        element("div", class: "choice") {
            tick(type, id: id, name: name, value: option.value, isChecked: isChosen, attributes.list)
            element("label", [.init("for", id)], HTML(option.label))
            if let hint = option.hint { element("p", class: "hint", id: id + "-hint-own", HTML(hint)) }
        }
        if let then = option.then {
            element("div", class: "then", id: id + "-then", then)
            helped(by: .fields)
        }
    }
}

private func tick(_ type: String, id: String, name: String, value: String, isChecked: Bool, _ extra: [Element.Attribute]) -> HTML {
    var attributes = Attributes()
    attributes.set("type", type)
    attributes.set("name", name)
    attributes.set("value", value)
    attributes.mark("checked", when: isChecked)
    return empty("input", id: id, attributes.list + extra)
}
