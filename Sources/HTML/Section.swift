/// A part of the page with its heading. The level of the heading follows from how deep the section lies: h2 in a page, h3 in a section of it.
public func section(
    _ heading: String,
    id: String? = nil,
    class: String? = nil,
    to url: SafeURL? = nil,
    @HTMLBuilder _ content: () -> HTML
) -> HTML {
    headed("section", heading, id: id, class: `class`, to: url, content())
}

/// A section whose heading is only heard, where the eye needs none.
public func section(spoken heading: String, id: String? = nil, class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    headed("section", heading, headingClass: "only-spoken", id: id, class: `class`, to: nil, content())
}

/// One thing among others of its kind, framed, with its heading: a voice, a project, a person.
public func card(
    _ heading: String,
    id: String? = nil,
    class: String? = nil,
    to url: SafeURL? = nil,
    @HTMLBuilder _ content: () -> HTML
) -> HTML {
    headed("article", heading, id: id, class: `class`.map { "card " + $0 } ?? "card", to: url, content())
}

/// Cards beside each other where there is room, one below the other where there is none.
public func cards(@HTMLBuilder _ content: () -> HTML) -> HTML { element("div", class: "cards", content()) }

func headed(
    _ name: StaticString,
    _ heading: String,
    headingClass: String? = nil,
    id: String?,
    class: String?,
    to url: SafeURL?,
    _ content: HTML
) -> HTML {
    .writing { writer in
        // Beyond h6 there is no deeper heading in HTML; h6 stays h6.
        writer.level = writer.level + 1
        let label = url.map { a(heading, to: $0) } ?? HTML(heading)
        element(name, class: `class`, id: id) {
            element(headingName(writer.level), class: headingClass, label)
            content
        }.write(to: &writer)
        writer.level -= 1
    }
}

func headingName(_ level: Int) -> StaticString {
    switch level {
    case ...1: "h1"
    case 2: "h2"
    case 3: "h3"
    case 4: "h4"
    case 5: "h5"
    default: "h6"
    }
}
