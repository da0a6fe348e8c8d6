/// How a form helps while it is filled in. All of it needs a script and none of it is needed.
public struct FormHelp: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Asks before the page is left with words typed but not sent.
    public static let asksBeforeLeaving = FormHelp(rawValue: 1)
    /// Control and Enter (Command and Enter) sends it from any field: for those who type while people talk.
    public static let sendsWithControlEnter = FormHelp(rawValue: 2)
    /// Saves without leaving the page, which gets its parts `saved` and `captured` anew: no key that is pressed meanwhile is lost.
    public static let staysOpen = FormHelp(rawValue: 4)
}

/// A form that changes something. The proof that it came from our page is put in by itself.
public func form(
    post url: SafeURL,
    id: String? = nil,
    class: String? = nil,
    help: FormHelp = [],
    sendsFiles: Bool = false,
    @HTMLBuilder _ content: () -> HTML
) -> HTML {
    // novalidate: what is wrong is said by the server, in our words and in one place, with or without scripts.
    var attributes: [Element.Attribute] = [.init("method", "post"), .init("action", url.description), .init("novalidate", nil)]
    if sendsFiles { attributes.append(.init("enctype", "multipart/form-data")) }
    if help.contains(.asksBeforeLeaving) { attributes.append(.init("data-guard", nil)) }
    if help.contains(.staysOpen) { attributes.append(.init("data-stays", nil)) }
    if help.contains(.sendsWithControlEnter) { attributes.append(.init("data-quick", nil)) }
    let fields = content()
    let written = element("form", class: `class`, id: id, attributes) {
        proofs
        fields
        if help.contains(.staysOpen) { helped(by: .capture) }
    }
    return .noting(FormFacts(method: "post", action: url), written)
}

/// A form that was sent once and could not be taken: the same fields once more, its own proofs among them, and a button.
public func form(sendingAgain url: SafeURL, fields: [(name: String, value: String)], @HTMLBuilder _ content: () -> HTML) -> HTML {
    let button = content()
    let written = element("form", [.init("method", "post"), .init("action", url.description)]) {
        for field in fields { hidden(field.name, field.value) }
        button
    }
    return .noting(FormFacts(method: "post", action: url), written)
}

/// A form that only looks something up: its answers stand in the address.
public func form(get url: SafeURL, label: String, class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    let attributes = [Element.Attribute("method", "get"), .init("action", url.description), .init("aria-label", label)]
    return .noting(FormFacts(method: "get", action: url), element("form", class: `class`, attributes, content()))
}

/// That the form came from our page, and which form of which copy of the page it is.
private let proofs = HTML.writing { writer in
    writer.noteProof()
    writer.need(.sending)
    if let csrf = writer.context.csrf { hidden("csrf", csrf).write(to: &writer) }
    if let submission = writer.context.submission { hidden("submission", submission + "-" + writer.newFormNumber()).write(to: &writer) }
}

/// Something the form carries without showing it.
public func hidden(_ name: String, _ value: any CustomStringConvertible) -> HTML {
    let value = value.description
    let input = empty("input", [.init("type", "hidden"), .init("name", name), .init("value", value)])
    return .noting(input) { $0.carries[name] = value }
}

/// Fields that belong together, under one legend.
public func fieldset(_ legend: String, hint: String? = nil, class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("fieldset", class: `class`) {
        element("legend", HTML(legend))
        if let hint { p(hint, class: "hint") }
        content()
    }
}

/// What a button is for, which is also how it looks.
public enum ButtonKind: String, Sendable {
    /// The one thing most people came to do.
    case primary = "button"
    case secondary = "button secondary"
    /// What cannot be undone.
    case warning = "button warning"
    /// What few need.
    case quiet = "button quiet"
}

/// A button that sends the form it stands in; with a name it says which of several was pressed.
public func button(_ label: String, about: String? = nil, kind: ButtonKind = .primary, name: String? = nil, value: String = "") -> HTML {
    var attributes: [Element.Attribute] = [.init("type", "submit")]
    if let name { attributes += [.init("name", name), .init("value", value)] }
    let written = element("button", class: kind.rawValue, attributes) {
        label
        if let about { onlySpoken(" " + about) }
    }
    return .noting(written) { $0.buttons.append(ButtonFacts(label: label, name: name, value: name == nil ? nil : value)) }
}

/// Buttons side by side.
public func buttons(@HTMLBuilder _ content: () -> HTML) -> HTML { element("div", class: "buttons", content()) }

/// A form that is nothing but its button, such as "Sign out".
public func postButton(
    _ label: String,
    about: String? = nil,
    to url: SafeURL,
    kind: ButtonKind = .secondary,
    hidden fields: KeyValuePairs<String, any CustomStringConvertible> = [:]
) -> HTML {
    form(post: url, class: "one-button") {
        for field in fields { hidden(field.key, field.value) }
        button(label, about: about, kind: kind)
    }
}

/// Copies an address or a code, where the browser can; without scripts it is not there.
public func copyButton(_ label: String, copies words: String) -> HTML {
    .knowing { context in
        HTML {
            element(
                "button",
                class: "button secondary",
                [.init("type", "button"), .init("hidden", nil), .init("data-copy", words), .init("data-copied", context.wording.copied)],
                HTML(label)
            )
            helped(by: .tools)
        }
    }
}

/// Opens the browser's print window; without scripts it is not there.
public func printButton(_ label: String) -> HTML {
    HTML {
        element(
            "button",
            class: "button secondary",
            [.init("type", "button"), .init("hidden", nil), .init("data-print", nil)],
            HTML(label)
        )
        helped(by: .tools)
    }
}
