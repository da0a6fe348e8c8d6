import Kernel

/// How wide a field is, as a hint of how much is wanted.
public enum FieldWidth: String, Sendable {
    case full = "input"
    case short = "input short"
    case tiny = "input tiny"
}

/// What the browser may fill in by itself (HTML's autofill names).
public enum Autocomplete: String, Sendable {
    case off, name, nickname, email, tel, username
    case givenName = "given-name"
    case newPassword = "new-password"
    case currentPassword = "current-password"
    case oneTimeCode = "one-time-code"
    case organisationTitle = "organization-title"
}

/// One line of words.
public func textField(
    _ name: String,
    label: String,
    value: String = "",
    hint: String? = nil,
    problems: Problems = Problems(),
    width: FieldWidth = .full,
    autocomplete: Autocomplete? = nil,
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
    return .asking(field.facts("line", value: [value]), field.around(input("text", field, value, width, autocomplete)))
}

/// An address to write to.
public func emailField(
    _ name: String,
    label: String,
    value: String = "",
    hint: String? = nil,
    problems: Problems = Problems(),
    autocomplete: Autocomplete = .email,
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
    let extra = [Element.Attribute("spellcheck", "false"), .init("autocapitalize", "none")]
    return .asking(field.facts("email", value: [value]), field.around(input("email", field, value, .full, autocomplete, extra)))
}

/// A number to call.
public func telField(
    _ name: String,
    label: String,
    value: String = "",
    hint: String? = nil,
    problems: Problems = Problems(),
    autocomplete: Autocomplete = .tel,
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
    return .asking(field.facts("tel", value: [value]), field.around(input("tel", field, value, .short, autocomplete)))
}

/// A secret. What was typed is never written back into the page, so there is no value.
public func passwordField(
    _ name: String,
    label: String,
    hint: String? = nil,
    problems: Problems = Problems(),
    autocomplete: Autocomplete = .currentPassword
) -> HTML {
    .knowing { context in
        let field = Field(name, label, hint: hint, problems: problems)
        let reveal: [Element.Attribute] = [
            .init("spellcheck", "false"), .init("autocapitalize", "none"),
            .init("data-show", context.wording.showPassword), .init("data-hide", context.wording.hidePassword),
        ]
        let written = HTML {
            field.around(input("password", field, nil, .full, autocomplete, reveal))
            helped(by: .fields)
        }
        return .asking(field.facts("password"), written)
    }
}

/// A whole number, typed. (Browsers' own number fields change their value when somebody scrolls.)
public func numberField(
    _ name: String,
    label: String,
    value: String = "",
    hint: String? = nil,
    problems: Problems = Problems(),
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
    let control = input("text", field, value, .tiny, .off, [.init("inputmode", "numeric")])
    return .asking(field.facts("number", value: [value]), field.around(control))
}

/// A time of day; `value` is `HH:MM`.
public func timeField(
    _ name: String,
    label: String,
    value: String = "",
    hint: String? = nil,
    problems: Problems = Problems(),
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
    return .asking(field.facts("time", value: [value]), field.around(input("time", field, value, .short, nil)))
}

/// As many words as somebody wants to say, up to a limit that is said before.
///
/// No `maxlength`: a browser that cuts what was pasted loses words without a sound. The server says what is too long and keeps it.
public func textArea(
    _ name: String,
    label: String,
    value: String = "",
    hint: String? = nil,
    problems: Problems = Problems(),
    limit: Int? = nil,
    rows: Int = 6,
    isOptional: Bool = false,
    isFocused: Bool = false
) -> HTML {
    .knowing { context in
        var field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
        if limit != nil { field.described = [name + "-limit"] }
        var attributes = Attributes()
        attributes.set("name", name)
        attributes.set("rows", "\(rows)")
        attributes.set("dir", "auto")
        attributes.set("data-limit", limit.map { "\($0)" })
        // Where somebody types while others talk; but what is wrong is read first.
        attributes.mark("autofocus", when: isFocused && problems.isEmpty)
        // HTML drops the first line end after the tag; writing one keeps a line end that somebody typed first.
        let area = element("textarea", class: "input", id: name, attributes.list + field.attributes, HTML("\n" + value))
        let written = field.around(
            HTML {
                area
                if let limit { limitNote(name, limit, context.wording) }
                if limit != nil { helped(by: .fields) }
            }
        )
        return .asking(field.facts("words", value: [value], limit: limit), written)
    }
}

private func limitNote(_ name: String, _ limit: Int, _ words: Wording) -> HTML {
    let counts = [Element.Attribute("data-left", words.charactersLeft), .init("data-over", words.charactersOver)]
    return element("p", class: "hint limit", id: name + "-limit", counts, HTML(words.counted(words.limit, limit)))
}

/// One of many, from a list that opens. For up to about seven, `radios` are easier.
public func selectField(
    _ name: String,
    label: String,
    options: [Choice],
    value: String? = nil,
    hint: String? = nil,
    problems: Problems = Problems(),
    isOptional: Bool = false
) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems, isOptional: isOptional)
    let control = element("select", class: "input", id: name, [.init("name", name)] + field.attributes) {
        for option in options {
            let chosen: [Element.Attribute] = option.value == value ? [.init("selected", nil)] : []
            element("option", [.init("value", option.value)] + chosen, HTML(option.label))
        }
    }
    return .asking(field.facts("one", value: [value ?? ""], choices: options), field.around(control))
}

/// A file to choose; its form is `form(post:sendsFiles: true)`. What was chosen cannot be shown again: browsers forget it.
public func fileField(_ name: String, label: String, hint: String? = nil, problems: Problems = Problems(), accepts: String? = nil) -> HTML {
    let field = Field(name, label, hint: hint, problems: problems)
    return field.around(input("file", field, nil, .full, nil, accepts.map { [.init("accept", $0)] } ?? []))
}

private func input(
    _ type: String,
    _ field: Field,
    _ value: String?,
    _ width: FieldWidth,
    _ autocomplete: Autocomplete?,
    _ extra: [Element.Attribute] = []
) -> HTML {
    var attributes = Attributes()
    attributes.set("name", field.name)
    attributes.set("type", type)
    attributes.set("value", value.flatMap { $0.isEmpty ? nil : $0 })
    attributes.set("autocomplete", autocomplete?.rawValue)
    if type == "text" { attributes.set("dir", "auto") }
    return empty("input", class: width.rawValue, id: field.name, attributes.list + extra + field.attributes)
}
