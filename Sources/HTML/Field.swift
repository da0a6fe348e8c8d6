import Kernel

/// What every question has: a name, a label, perhaps a hint and a problem; and how they are tied together for people who listen.
///
/// The id of a field on the page is its name in the form, so that the error summary can lead to it.
struct Field {
    let name: String
    let label: String
    let hint: String?
    let problem: String?
    let isOptional: Bool
    /// Further things that describe the field, such as its limit.
    var described: [String] = []

    init(_ name: String, _ label: String, hint: String?, problems: Problems, isOptional: Bool = false) {
        self.name = name
        self.label = label
        self.hint = hint
        problem = problems[name]
        self.isOptional = isOptional
    }

    var hintID: String { name + "-hint" }
    var problemID: String { name + "-problem" }

    /// The ids of what describes the field, for `aria-describedby`.
    var describedBy: String? {
        let ids = (hint == nil ? [] : [hintID]) + described + (problem == nil ? [] : [problemID])
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    /// `aria-describedby` and `aria-invalid`, to be put on what the person types into.
    var attributes: [Element.Attribute] {
        var out = Attributes()
        out.set("aria-describedby", describedBy)
        out.set("aria-invalid", problem == nil ? nil : "true")
        return out.list
    }

    /// Label, hint and problem above, the control below.
    func around(_ control: HTML) -> HTML {
        element("div", class: groupClass) {
            element("label", [.init("for", name)], labelWords)
            notes
            control
        }
    }

    /// The same for a question with several controls: a fieldset with its legend.
    func grouping(_ controls: HTML) -> HTML {
        element("div", class: groupClass) {
            element("fieldset", describedBy.map { [.init("aria-describedby", $0)] } ?? []) {
                element("legend", labelWords)
                notes
                controls
            }
        }
    }

    private var groupClass: String { problem == nil ? "field" : "field has-problem" }

    private var labelWords: HTML {
        HTML {
            label
            if isOptional {
                " "
                element("span", class: "optional", .said { $0.optional })
            }
        }
    }

    private var notes: HTML {
        HTML {
            if let hint { element("p", class: "hint", id: hintID, HTML(hint)) }
            if let problem {
                element("p", class: "problem", id: problemID) {
                    element("span", class: "only-spoken") {
                        HTML.said { $0.problemAtField }
                        " "
                    }
                    problem
                }
            }
        }
    }
}

/// What is wrong, gathered at the top, each with a way to its field. Nothing when nothing is wrong.
public func errorSummary(_ problems: Problems) -> HTML {
    guard !problems.isEmpty else { return .nothing }
    return element("div", class: "error-summary", id: "problems", [.init("role", "alert"), .init("tabindex", "-1")]) {
        element("p", class: "error-summary-title", .said { $0.problemTitle })
        ul(class: "plain") {
            for problem in problems.list { li { a(problem.sentence, to: .anchor(problem.field)) } }
        }
        helped(by: .fields)
    }
}
