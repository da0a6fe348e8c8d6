/// The scripts there are, each small and for one purpose. A page loads those that something on it asks for; most pages need none.
public enum Script: String, Sendable, CaseIterable, Comparable {
    /// Counts characters, unfolds what an answer asks next, shows a password, leads to what is wrong.
    case fields
    /// Sends a form once, by thumb or by key, and asks before typed words are left behind.
    case sending
    /// Stays on the page while people talk and somebody writes.
    case capture
    /// Copies and prints.
    case tools
    /// A key each for the buttons of a form.
    case keys
    /// Fetches figures that move, and explores maps.
    case figures
    /// Puts a map to move around in the place of a drawn one, when somebody asks for it.
    case map

    public static func < (left: Script, right: Script) -> Bool { left.rawValue < right.rawValue }
}

/// What some pages wear besides the style sheet of all: whoever reads no statements fetches nothing for them.
public enum Sheet: String, Sendable, CaseIterable {
    /// Answering statements, and what the answers come to.
    case statements
    /// Pages in plain words, easy read, the stairs of the stepped model.
    case leaflets
    /// Maps of places.
    case maps
}

/// Stands beside what a script helps with, so that the page loads it.
func helped(by script: Script) -> HTML { .writing { $0.need(script) } }

/// Figures that are fetched again now and then while somebody looks at them; without scripts, when the page is.
public func liveFigures(id: StaticString, @HTMLBuilder _ content: () -> HTML) -> HTML {
    HTML {
        element("div", class: "live", id: "\(id)", content())
        helped(by: .figures)
    }
}
