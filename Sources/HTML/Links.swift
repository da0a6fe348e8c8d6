/// A link. `about` says to people who listen what a short label is about: `a("Change", about: "your name", to: …)`.
public func a(
    _ label: String,
    about: String? = nil,
    to url: SafeURL,
    class: String? = nil,
    isCurrent: Bool = false,
    language: String? = nil
) -> HTML {
    // Lists are made of links, tags and times: written at once, they cost a quarter of an element with its attributes.
    .writing { writer in
        writer.markup("<a")
        writer.attribute("href", url.description)
        if let `class` { writer.attribute("class", `class`) }
        if let language { writer.attribute("lang", language) }
        if isCurrent { writer.markup(" aria-current=\"page\"") }
        writer.markup(">")
        writer.text(label)
        if let about {
            writer.markup("<span class=\"only-spoken\"> ")
            writer.text(about)
            writer.markup("</span>")
        }
        writer.markup("</a>")
    }
}

/// A link that looks like a button, for going to the next page. (What changes something is a `button` in a form.)
public func buttonLink(_ label: String, to url: SafeURL, kind: ButtonKind = .primary) -> HTML { a(label, to: url, class: kind.rawValue) }

/// The same in a window of its own, so that what stands on this page is not lost; its label says so.
public func buttonLinkElsewhere(_ label: String, to url: SafeURL) -> HTML {
    element("a", class: ButtonKind.primary.rawValue, [.init("href", url.description), .init("target", "_blank")], HTML(label))
}

/// A group of links to get around by, with its name for people who listen.
public func nav(label: String, class: String? = nil, @HTMLBuilder _ content: () -> HTML) -> HTML {
    element("nav", class: `class`, [.init("aria-label", label)], content())
}

/// One link of a list of links.
public struct Link: Sendable, Hashable, Encodable {
    public let label: String
    public let url: SafeURL
    public let isCurrent: Bool

    public init(_ label: String, to url: SafeURL, isCurrent: Bool = false) {
        self.label = label
        self.url = url
        self.isCurrent = isCurrent
    }

    /// Which page one is on goes without saying in JSON.
    private enum CodingKeys: String, CodingKey { case label, url }

    var html: HTML { a(label, to: url, isCurrent: isCurrent) }
}

/// Where this page lies, from the top down; the page itself is not listed.
public func breadcrumbs(_ links: [Link]) -> HTML { breadcrumbTrail(links) }

/// Under another name, since `breadcrumbs` means the links inside `Frame`.
func breadcrumbTrail(_ links: [Link]) -> HTML {
    guard !links.isEmpty else { return .nothing }
    return .knowing { context in
        nav(label: context.wording.breadcrumbs, class: "breadcrumbs") {
            ol(class: "plain") { for link in links { element("li", link.html) } }
        }
    }
}

/// Ways to the pages of a long list, such as `pagination(page: 2, of: 7) { .path("/voices", query: ["page": $0]) }`.
public func pagination(page: Int, of total: Int, to url: (Int) -> SafeURL) -> HTML {
    guard total > 1 else { return .nothing }
    let previous = page > 1 ? url(page - 1) : nil
    let next = page < total ? url(page + 1) : nil
    let places = Pages.shown(page: page, of: total).map { number in (number, number.map(url)) }
    return .knowing { context in
        let words = context.wording
        return nav(label: words.pages, class: "pagination") {
            ul(class: "plain") {
                if let previous { li(class: "previous") { a(words.previous, to: previous) } }
                for (number, url) in places { placeItem(number, url, current: page, words) }
                if let next { li(class: "next-page") { a(words.next, to: next) } }
            }
        }
    }
}

private func placeItem(_ number: Int?, _ url: SafeURL?, current: Int, _ words: Wording) -> HTML {
    guard let number, let url else { return element("li", class: "gap", "…") }
    let spoken = Element.Attribute("aria-label", words.counted(words.page, number))
    var attributes = [Element.Attribute("href", url.description), spoken]
    if number == current { attributes.append(.init("aria-current", "page")) }
    return element("li", element("a", attributes, HTML(words.grouped(number))))
}

enum Pages {
    /// The first, the last and those around the one we are on; nil marks a gap.
    static func shown(page: Int, of total: Int) -> [Int?] {
        var out: [Int?] = []
        for number in 1...max(total, 1) {
            let isShown = number == 1 || number == total || abs(number - page) <= 1
            if isShown { out.append(number) } else if out.last != .some(nil) { out.append(nil) }
        }
        return out
    }
}
