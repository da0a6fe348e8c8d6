/// A key each for the buttons of a form, in their order: 1, 2, 3. A script shows them, and lets people turn them off and on: who speaks to their
/// computer presses many keys without meaning to (WCAG 2.1.4). Without scripts it is not there.
public func buttonKeys(of form: StaticString, hint: String, turnOff: String, turnOn: String) -> HTML {
    let data: [Element.Attribute] = [
        .init("hidden", nil), .init("data-keys", "\(form)"), .init("data-off", turnOff), .init("data-on", turnOn),
    ]
    return element("p", class: "hint keys", data) {
        span(hint)
        " "
        element("button", class: ButtonKind.quiet.rawValue, [.init("type", "button")], HTML(turnOff))
        helped(by: .keys)
    }
}

/// The words of a map's tools.
public struct MapWords: Sendable {
    let label: String
    let hint: String
    let zoomIn: String
    let zoomOut: String
    let whole: String

    public init(label: String, hint: String, zoomIn: String, zoomOut: String, whole: String) {
        (self.label, self.hint, self.zoomIn, self.zoomOut, self.whole) = (label, hint, zoomIn, zoomOut, whole)
    }
}

/// Tools of the drawing that stands before them: they make it larger, and show what each of its parts says, which a table after them says too.
/// They are there only where scripts run.
///
/// - Parameter parts: the names of the shapes of class `area`, which are also the rows of the table, in their order.
public func mapTools(id: StaticString, _ words: MapWords, parts: [String]) -> HTML {
    let data: [Element.Attribute] = [
        .init("hidden", nil), .init("data-map", nil), .init("role", "group"), .init("aria-label", words.label),
    ]
    return element("div", class: "map-tools", id: "\(id)", data) {
        p(words.hint, class: "hint")
        buttons {
            for (place, part) in parts.enumerated() {
                tool(part, [.init("data-part", String(place)), .init("aria-pressed", "false")])
            }
        }
        buttons {
            tool(words.zoomIn, [.init("data-zoom", "in")])
            tool(words.zoomOut, [.init("data-zoom", "out")])
            tool(words.whole, [.init("data-zoom", "whole")])
        }
        element("div", class: "map-part", [.init("aria-live", "polite")], .nothing)
        helped(by: .figures)
    }
}

private func tool(_ label: String, _ data: [Element.Attribute]) -> HTML {
    element("button", class: ButtonKind.secondary.rawValue, [.init("type", "button")] + data, HTML(label))
}
