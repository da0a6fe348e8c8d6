// Plain elements. Headings are not among them: `section` writes them at the right level. Nor is `main`: the frame writes it, once.
import Kernel

public func div(class: String? = nil, id: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("div", class: `class`, id: id, content())
}

/// A part of the page in another language than the rest, read from its own side.
public func inLanguage(_ code: String, isRightToLeft: Bool, class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("div", class: `class`, [.init("lang", code), .init("dir", isRightToLeft ? "rtl" : "ltr")], content())
}

public func span(_ words: String, class: String? = nil, language: String? = nil) -> HTML {
    element("span", class: `class`, language.map { [.init("lang", $0)] } ?? [], HTML(words))
}

public func span(class: String? = nil, id: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("span", class: `class`, id: id, content())
}

public func p(_ words: String, class: String? = nil) -> HTML { element("p", class: `class`, HTML(words)) }

public func p(class: String? = nil, id: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("p", class: `class`, id: id, content())
}

/// A list; `class: "plain"` takes its bullets away.
public func ul(class: String? = nil, id: String? = nil, @HTMLBuilder _ items: () -> HTML) -> HTML {
    // role="list": Safari stops calling a list a list once its bullets are gone.
    element("ul", class: `class`, id: id, `class` == nil ? [] : [.init("role", "list")], items())
}

public func ol(class: String? = nil, id: String? = nil, @HTMLBuilder _ items: () -> HTML) -> HTML {
    element("ol", class: `class`, id: id, `class` == nil ? [] : [.init("role", "list")], items())
}

public func li(_ words: String, class: String? = nil) -> HTML { element("li", class: `class`, HTML(words)) }

public func li(class: String? = nil, id: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("li", class: `class`, id: id, content())
}

/// Terms and what they mean, or names and their values.
public func definitions(_ pairs: [(term: String, meaning: HTML)], class: String? = nil) -> HTML {
    element("dl", class: `class` ?? "definitions") {
        for pair in pairs {
            element("div") {
                element("dt", HTML(pair.term))
                element("dd", pair.meaning)
            }
        }
    }
}

public func strong(_ words: String) -> HTML { element("strong", HTML(words)) }
public func strong(@HTMLBuilder _ content: () -> HTML) -> HTML { element("strong", content()) }
public func em(_ words: String) -> HTML { element("em", HTML(words)) }
public func em(@HTMLBuilder _ content: () -> HTML) -> HTML { element("em", content()) }
public func small(_ words: String) -> HTML { element("small", HTML(words)) }
public func small(@HTMLBuilder _ content: () -> HTML) -> HTML { element("small", content()) }
public func code(_ words: String) -> HTML { element("code", HTML(words)) }

/// A moment, in the words people read and, for machines, in UTC.
public func time(_ moment: Moment, _ shown: String) -> HTML { time(iso: moment.iso, shown) }

/// A day or a time that is not a moment, such as `2026-03-10`.
public func time(iso: String, _ shown: String) -> HTML {
    .writing { writer in
        writer.markup("<time")
        writer.attribute("datetime", iso)
        writer.markup(">")
        writer.text(shown)
        writer.markup("</time>")
    }
}

public func address(class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML { element("address", class: `class`, content()) }

public func article(class: String? = nil, id: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("article", class: `class`, id: id, content())
}

public func header(class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML { element("header", class: `class`, content()) }
public func footer(class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML { element("footer", class: `class`, content()) }

public func blockquote(class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("blockquote", class: `class`, content())
}

/// Something to look at, and the words that belong to it.
public func figure(caption: String, class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("figure", class: `class`) {
        content()
        element("figcaption", HTML(caption))
    }
}

/// More for those who want it, closed until asked for.
public func details(_ summary: String, class: String? = nil, isOpen: Bool = false, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("details", class: `class`, isOpen ? [.init("open", nil)] : []) {
        element("summary", HTML(summary))
        element("div", class: "details-body", content())
    }
}

/// The same around fields of a form: open where something is wrong with one of them, or its problem would be hidden.
public func details(_ summary: String, around fields: Set<String>, _ problems: Problems, @HTMLBuilder _ content: () -> HTML) -> HTML {
    details(summary, isOpen: problems.concern(fields), content)
}

/// A picture, with the words that stand in for it when it cannot be seen.
public func img(_ source: SafeURL, alt: String, width: Int, height: Int, class: String? = nil) -> HTML {
    empty(
        "img",
        class: `class`,
        [.init("src", source.description), .init("alt", alt), .init("width", "\(width)"), .init("height", "\(height)")]
    )
}

public var br: HTML { empty("br") }
public var hr: HTML { empty("hr") }

/// Words for people who listen to the page and cannot see what stands around them.
public func onlySpoken(_ words: String) -> HTML { element("span", class: "only-spoken", HTML(words)) }
