import Kernel

/// A whole page: what stands around its content on every page, the one top heading, and the way to help if somebody is worried.
public struct Frame: Sendable {
    /// The page's top heading; also, with the service's and the product's name, what the browser's tab says.
    public var heading: String
    /// What stands above the heading, such as the project's name.
    public var caption: String?
    /// One or two sentences under the heading.
    public var lead: String?
    /// Something was done: the heading is set in a panel, with these words under it.
    public var confirmation: HTML?
    public var body: HTML

    /// The name of the product and where its name leads.
    public var product: Link
    /// Whose service it is.
    public var service: Link?
    public var navigation: [Link] = []
    public var account: Account = .none
    public var breadcrumbs: [Link] = []
    /// Said on top of every page of a demo.
    public var demo: String?
    /// "I'm worried about someone".
    public var worry: Link
    /// What to do right now: 999, 111, and that nobody watches at night.
    public var rightNow: HTML?
    /// Privacy, accessibility, help, …
    public var footer: [Link]
    /// Small print: who runs this.
    public var colophon: String?
    /// What is wrong with what was typed; shown on top, and said in the title.
    public var problems = Problems()
    /// Asks search engines to leave this page out.
    public var isNoIndex = false
    /// What the page wears besides the style sheet of all.
    public var sheets: [Sheet] = []
    /// A feed of what the page tells, for feed readers.
    public var feed: Link?

    /// Who is here.
    public enum Account: Sendable {
        case none
        case signedOut(signIn: Link)
        /// `you` leads to one's own page; signing out is a form because it changes something.
        case signedIn(you: Link, signOut: Link)
    }

    public init(
        _ heading: String,
        product: Link,
        worry: Link,
        rightNow: HTML?,
        footer: [Link],
        @HTMLBuilder _ body: () -> HTML
    ) {
        self.heading = heading
        self.product = product
        self.worry = worry
        self.rightNow = rightNow
        self.footer = footer
        self.body = body()
    }

    /// The finished page, in UTF-8.
    public func bytes(in context: Writer.Context) -> [UInt8] { html.bytes(in: context) }

    public var html: HTML {
        .knowing { context in
            HTML {
                HTML.writing { $0.markup("<!doctype html>\n") }
                element("html", [.init("lang", context.language), .init("dir", context.direction.rawValue)]) {
                    element("head", head(context))
                    element("body", bodyParts(context))
                }
                "\n"
            }
        }
    }

    private func head(_ context: Writer.Context) -> HTML {
        HTML {
            empty("meta", [.init("charset", "utf-8")])
            element("title", HTML(title(context.wording)))
            empty("meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")])
            empty("meta", [.init("name", "color-scheme"), .init("content", "light dark")])
            // A receipt's address is a secret: it must not travel to other sites.
            empty("meta", [.init("name", "referrer"), .init("content", "same-origin")])
            if isNoIndex { empty("meta", [.init("name", "robots"), .init("content", "noindex")]) }
            styles(context.stylesheet)
            for sheet in sheets { if let url = context.sheets[sheet] { styles(url) } }
            if let feed { feedLink(feed) }
        }
    }

    private func styles(_ url: SafeURL) -> HTML { empty("link", [.init("rel", "stylesheet"), .init("href", url.description)]) }

    private func feedLink(_ feed: Link) -> HTML {
        empty(
            "link",
            [
                .init("rel", "alternate"), .init("type", "application/atom+xml"),
                .init("title", feed.label), .init("href", feed.url.description),
            ]
        )
    }

    /// The page first: it is what tells one tab from another.
    private func title(_ words: Wording) -> String {
        let parts = [heading, service?.label, product.label].compactMap { $0 }
        var unique: [String] = []
        for part in parts where !unique.contains(part) { unique.append(part) }
        return (problems.isEmpty ? "" : words.problemInTitle + " ") + unique.joined(separator: " – ")
    }

    private func bodyParts(_ context: Writer.Context) -> HTML {
        HTML {
            a(context.wording.skipToContent, to: .anchor("main"), class: "skip")
            pageHeader(context.wording)
            element("div", class: "page") {
                breadcrumbTrail(breadcrumbs)
                element("main", id: "main", [.init("tabindex", "-1")]) {
                    errorSummary(problems)
                    topHeading
                    body
                }
            }
            pageFooter
            scripts
        }
    }

    /// Last, when everything that asks for one has been written.
    private var scripts: HTML {
        .writing { writer in
            for script in writer.scripts.sorted() {
                guard let url = writer.context.scripts[script] else { continue }
                element("script", [.init("type", "module"), .init("src", url.description)], .nothing).write(to: &writer)
            }
        }
    }

    private var topHeading: HTML {
        let heading = element("h1", HTML(self.heading))
        return HTML {
            if let confirmation {
                element("div", class: "confirmation") {
                    heading
                    confirmation
                }
            } else {
                if let caption { p(caption, class: "caption") }
                heading
            }
            if let lead { p(lead, class: "lead") }
        }
    }

    private func pageHeader(_ words: Wording) -> HTML {
        element("header", class: "site") {
            if let demo { element("div", class: "demo", p(demo)) }
            element("div", class: "site-inner") {
                p(class: "brand") {
                    a(product.label, to: product.url, class: "product")
                    if let service { a(service.label, to: service.url, class: "service") }
                }
                if !navigation.isEmpty {
                    nav(label: words.mainNavigation, class: "site-nav") {
                        ul(class: "plain") { for link in navigation { element("li", link.html) } }
                    }
                }
                accountPart
            }
        }
    }

    private var accountPart: HTML {
        switch account {
        case .none: .nothing
        case .signedOut(let signIn): element("div", class: "account", signIn.html)
        case .signedIn(let you, let signOut):
            element("div", class: "account") {
                you.html
                postButton(signOut.label, to: signOut.url, kind: .quiet)
            }
        }
    }

    private var pageFooter: HTML {
        element("footer", class: "site-footer") {
            element("div", class: "site-inner") {
                if let rightNow {
                    element("div", class: "right-now") {
                        a(worry.label, to: worry.url, class: "button worry")
                        element("div", rightNow)
                    }
                }
                ul(class: "plain footer-links") { for link in footer { element("li", link.html) } }
                if let colophon { p(colophon, class: "quiet") }
            }
        }
    }
}
