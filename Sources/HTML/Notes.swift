/// What a mark means, which is also its colour; the words beside it say the same.
public enum Tone: String, Sendable, Codable {
    case neutral, waiting, good, attention, stop
}

/// A state in one or two words.
public func tag(_ words: String, _ tone: Tone = .neutral) -> HTML {
    .writing { writer in
        writer.markup("<strong class=\"tag ")
        writer.text(tone.rawValue)
        writer.markup("\">")
        writer.text(words)
        writer.markup("</strong>")
    }
}

/// A name with its value, such as "Level: Consulting" or "Phase: Design"; with a link to what it means.
public func badge(_ name: String, _ value: String, to url: SafeURL? = nil) -> HTML {
    element("span", class: "badge") {
        element("span", class: "badge-name") { name + ": " }
        if let url { a(value, to: url) } else { element("strong", HTML(value)) }
    }
}

/// A rung of the ladder of co-production, and what it means in plain words.
public struct Rung: Sendable {
    public let name: String
    public let meaning: String
    public let isHere: Bool

    public init(_ name: String, _ meaning: String, isHere: Bool) {
        self.name = name
        self.meaning = meaning
        self.isHere = isHere
    }
}

/// The ladder of co-production, lowest rung first as people climb it, with the rung we are on.
public func ladder(label: String, rungs: [Rung]) -> HTML {
    element("ol", class: "ladder", [.init("role", "list"), .init("aria-label", label)]) {
        for rung in rungs {
            element("li", class: rung.isHere ? "here" : nil) {
                strong(rung.name)
                if rung.isHere {
                    " "
                    element("span", class: "tag attention", .said { $0.currentRung })
                }
                element("span", class: "meaning", HTML(rung.meaning))
            }
        }
    }
}

/// News about this page, such as "Saved". `success` is spoken at once.
public enum NoticeKind: String, Sendable { case notice, success }

public func notificationBanner(_ words: String, kind: NoticeKind = .notice, @HTMLBuilder _ more: () -> HTML = { .nothing }) -> HTML {
    let content = more()
    return .writing { writer in
        let id = writer.newID()
        let role = kind == .success ? "alert" : "region"
        element("div", class: "banner " + kind.rawValue, [.init("role", role), .init("aria-labelledby", id)]) {
            element("p", class: "banner-title", id: id, .said { kind == .success ? $0.success : $0.notice })
            p(words)
            content
        }.write(to: &writer)
    }
}

/// Words set apart because they matter more than those around them.
public func inset(@HTMLBuilder _ content: () -> HTML) -> HTML { element("div", class: "inset", content()) }

/// What happens next: the one warm accent of the page.
public func nextSteps(_ heading: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    headed("section", heading, id: nil, class: "next", to: nil, content())
}

/// Something with consequences.
public func warningText(_ words: String) -> HTML { warningText { words } }

/// The same with a link in it, such as a number to ring.
public func warningText(@HTMLBuilder _ content: () -> HTML) -> HTML {
    element("div", class: "warning-text") {
        element("span", class: "warning-mark", [.init("aria-hidden", "true")], Icon.exclamation)
        element("p") {
            element("span", class: "only-spoken") {
                HTML.said { $0.warning }
                ": "
            }
            element("strong", content())
        }
    }
}

/// What somebody said, in their own words, and whose they are ("A parent, by phone, written down by Kim").
public func quote(_ words: String, by attribution: String? = nil, language: String? = nil) -> HTML {
    .writing { writer in
        writer.markup("<figure class=\"quote\"><blockquote dir=\"auto\"")
        if let language { writer.attribute("lang", language) }
        writer.markup(">")
        for paragraph in paragraphs(of: words) {
            writer.markup("<p>")
            writer.text(paragraph)
            writer.markup("</p>")
        }
        writer.markup("</blockquote>")
        if let attribution {
            writer.markup("<figcaption>")
            writer.text(attribution)
            writer.markup("</figcaption>")
        }
        writer.markup("</figure>")
    }
}

/// An empty line parts paragraphs. Looked at by bytes: `split(separator: "\n\n")` took half of the time of a whole page.
private func paragraphs(of words: String) -> [String] {
    let hasLines = words.utf8.withContiguousStorageIfAvailable { $0.contains(UInt8(ascii: "\n")) } ?? true
    guard hasLines else { return [words] }
    let lines = words.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.split { $0.allSatisfy { $0 == UInt8(ascii: " ") } }.map { $0.map { String($0) ?? "" }.joined(separator: "\n") }
}

/// Words of people with their line ends kept, within a page's own text.
public func words(_ words: String, language: String? = nil) -> HTML {
    element("div", class: "words", [.init("dir", "auto")] + (language.map { [.init("lang", $0)] } ?? []), HTML(words))
}

/// Somebody people may turn to.
public func personCard(
    _ name: String,
    role: String,
    perspective: String? = nil,
    ways: [Link] = [],
    @HTMLBuilder _ more: () -> HTML = { .nothing }
) -> HTML {
    element("div", class: "person") {
        element("p", class: "person-name") { strong(name) }
        element("p", class: "person-role") { perspective.map { role + " · " + $0 } ?? role }
        if !ways.isEmpty { ul(class: "plain") { for way in ways { element("li", way.html) } } }
        more()
    }
}

/// Nothing here yet, and what to do about it.
public func emptyState(_ words: String, next: Link? = nil) -> HTML {
    element("div", class: "empty") {
        p(words)
        if let next { p { next.html } }
    }
}

/// A place whose changes are spoken as they come; `id` is how a script finds it.
public func liveRegion(id: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("div", id: id, [.init("role", "status"), .init("aria-live", "polite")], content())
}

/// A figure with its name, such as "12 voices".
public func figureOf(_ number: String, _ words: String) -> HTML {
    element("p", class: "number-card") {
        strong(number)
        " "
        span(words)
    }
}

/// A row of "check your answers": the question, the answer, and the way back to change it.
public struct SummaryRow: Sendable {
    let key: String
    let value: HTML
    let change: SafeURL?
    /// A button that leads back, where what was typed must travel along.
    var changing: HTML?

    /// An empty answer is shown as "Not given".
    public init(_ key: String, _ value: String?, change: SafeURL? = nil) {
        let answer = value.flatMap { $0.isEmpty ? nil : words($0) }
        self.init(key, html: answer ?? element("span", class: "quiet", .said { $0.notGiven }), change: change)
    }

    public init(_ key: String, html: HTML, change: SafeURL? = nil) {
        self.key = key
        value = html
        self.change = change
    }

    /// - Parameter back: the form's page; with what was typed it is sent there by a button of the form that this list stands in.
    public init(_ key: String, _ value: String?, sendsBackTo back: SafeURL) {
        self.init(key, value)
        changing = .knowing { context in
            element("button", class: ButtonKind.quiet.rawValue, [.init("type", "submit"), .init("formaction", back.description)]) {
                context.wording.change
                onlySpoken(" " + key)
            }
        }
    }
}

/// Questions and answers, each with a way to change it.
public func summaryList(_ rows: [SummaryRow]) -> HTML {
    element("dl", class: "summary") {
        for row in rows {
            element("div") {
                element("dt", HTML(row.key))
                element("dd", row.value)
                if let changing = row.changing { element("dd", class: "summary-change", changing) }
                if let change = row.change { element("dd", class: "summary-change", changeLink(row.key, change)) }
            }
        }
    }
}

private func changeLink(_ key: String, _ url: SafeURL) -> HTML { .knowing { a($0.wording.change, about: key, to: url) } }

/// A slip to print, cut out and take home: A6, nothing else on the sheet.
public func slip(_ heading: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
    headed("section", heading, id: nil, class: "slip", to: nil, content())
}

/// A code to read out or type, in letters that cannot be mistaken for each other.
public func codeWords(_ code: String) -> HTML { element("span", class: "code-words", HTML(code)) }
