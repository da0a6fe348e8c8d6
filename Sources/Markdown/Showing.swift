import HTML

extension Markdown {
    /// The whole text, headings at the level of the page.
    public func html() -> HTML { HTML(parts.map { $0.html() }) }
}

extension Markdown.Part {
    /// The part with its heading, and `after` below it: asked with the id of each part.
    public func html(after: @escaping @Sendable (String) -> HTML = { _ in .nothing }) -> HTML {
        let inner = HTML(blocks.map { $0.html() } + [after(id)] + parts.map { $0.html(after: after) })
        return heading.isEmpty ? inner : section(heading, id: id.isEmpty ? nil : id) { inner }
    }
}

extension Markdown.Block {
    public func html() -> HTML {
        switch self {
        // A heading within a list or a quote is a line of its own: it heads no part of the page.
        case .heading(_, let words): p { strong { words.html() } }
        case .paragraph(let words): p { words.html() }
        case .list(let start, let items): list(start, items)
        case .quote(let blocks): blockquote { blocks.map { $0.html() } }
        case .table(let columns, let rows): table(columns, rows)
        case .code(let words): p { HTML::code(words) }
        case .line: hr
        }
    }

    private func list(_ start: Int?, _ items: [[Self]]) -> HTML {
        let lines = HTML(items.map { item in li { item.tight } })
        return start == nil ? ul { lines } : ol { lines }
    }

    /// A table's caption is its first heading, spoken only: Markdown has no captions.
    private func table(_ columns: [[Markdown.Inline]], _ rows: [[[Markdown.Inline]]]) -> HTML {
        HTML::table(
            caption: columns.map(\.plain).joined(separator: ", "),
            columns: columns.map { TableColumn($0.plain) },
            rows: rows.map { TableRow(($0.first ?? []).html(), $0.dropFirst().map { $0.html() }) },
            isCaptionOnlySpoken: true
        )
    }
}

extension [Markdown.Block] {
    /// An item that is one paragraph needs no paragraph around it.
    fileprivate var tight: HTML {
        guard case .paragraph(let words)? = first else { return HTML(map { $0.html() }) }
        return HTML([words.html()] + dropFirst().map { $0.html() })
    }
}

extension [Markdown.Inline] {
    public func html() -> HTML { HTML(map { $0.html() }) }
}

extension Markdown.Inline {
    func html() -> HTML {
        switch self {
        case .words(let words): HTML(words)
        case .emphasis(let inner): HTML::em { inner.html() }
        case .strong(let inner): HTML::strong { inner.html() }
        case .code(let words): HTML::code(words)
        case .link(let inner, let url): a(inner.plain, to: url)
        case .lineBreak: br
        }
    }
}
