import Kernel

/// How far one step of a voice's path has come.
public enum StepState: String, Sendable, Codable {
    case done, now, waiting, overdue, cannot
}

/// One step of a voice's path: what happened, when, by whom, and in which words; or what is to happen, and by when.
public struct PathStep: Sendable {
    public let name: String
    public let state: StepState
    public let at: (moment: Moment, shown: String)?
    public let who: String?
    public let words: String?
    public let due: (moment: Moment, shown: String)?
    /// The state in words, where "Done", "Not yet", "Overdue" … do not fit.
    public let stateWords: String?
    public let more: HTML?

    public init(
        _ name: String,
        _ state: StepState,
        at: (moment: Moment, shown: String)? = nil,
        who: String? = nil,
        words: String? = nil,
        due: (moment: Moment, shown: String)? = nil,
        stateWords: String? = nil,
        more: HTML? = nil
    ) {
        self.name = name
        self.state = state
        self.at = at
        self.who = who
        self.words = words
        self.due = due
        self.stateWords = stateWords
        self.more = more
    }
}

/// The path of a voice, from received to changed, as an ordered list that reads the same without any style.
public func path(label: String, steps: [PathStep]) -> HTML {
    element("ol", class: "path", [.init("role", "list"), .init("aria-label", label)]) {
        for step in steps { pathStep(step) }
    }
}

private func pathStep(_ step: PathStep) -> HTML {
    let current: [Element.Attribute] = step.state == .now || step.state == .overdue ? [.init("aria-current", "step")] : []
    return element("li", class: "step " + step.state.rawValue, current) {
        element("span", class: "step-mark", [.init("aria-hidden", "true")], step.state.icon)
        element("div", class: "step-body") {
            element("p", class: "step-head") {
                element("strong", class: "step-name", HTML(step.name))
                " "
                element("span", class: "step-state", stateWords(of: step))
            }
            stepFacts(step)
            if let words = step.words { element("p", class: "step-words", [.init("dir", "auto")], HTML(words)) }
            if let more = step.more { element("div", class: "step-more", more) }
        }
    }
}

private func stepFacts(_ step: PathStep) -> HTML {
    guard step.at != nil || step.who != nil || step.due != nil else { return .nothing }
    return element("p", class: "step-facts") {
        if let at = step.at { time(at.moment, at.shown) }
        if step.at != nil, step.who != nil { ", " }
        if let who = step.who { who }
        if let due = step.due {
            if step.at != nil || step.who != nil { ". " }
            HTML.said { $0.stepDue }
            " "
            time(due.moment, due.shown)
        }
    }
}

private func stateWords(of step: PathStep) -> HTML {
    if let own = step.stateWords { return HTML(own) }
    return switch step.state {
    case .done: .said { $0.stepDone }
    case .now: .said { $0.stepNow }
    case .waiting: .said { $0.stepWaiting }
    case .overdue: .said { $0.stepOverdue }
    case .cannot: .said { $0.stepCannot }
    }
}

/// How far a voice has come, in one line: `progress("Discussed", step: 3, of: 6, words: "3 of 6")`.
public func progress(_ name: String, step: Int, of total: Int, words: String, state: StepState = .now) -> HTML {
    .writing { writer in
        writer.markup("<p class=\"progress ")
        writer.text(state.rawValue)
        writer.markup("\"><span class=\"progress-bar\" aria-hidden=\"true\">")
        for place in 1...max(total, 1) { writer.markup(place <= step ? "<b></b>" : "<i></i>") }
        writer.markup("</span><strong>")
        writer.text(name)
        writer.markup("</strong> <span class=\"quiet\">")
        writer.text(words)
        writer.markup("</span></p>")
    }
}

extension StepState {
    var icon: HTML {
        switch self {
        case .done: Icon.tick
        case .now: Icon.dot
        case .waiting: .nothing
        case .overdue: Icon.exclamation
        case .cannot: Icon.cross
        }
    }
}
