import HTML

extension Markdown {
    /// A heading, what follows it, and the parts below it. The part before the first heading has none.
    public struct Part: Sendable, Hashable {
        /// For links to it: "who-decides", with a number behind where two are alike. Empty for what stands before the first heading.
        public let id: String
        public let heading: String
        public internal(set) var blocks: [Block]
        public internal(set) var parts: [Part]
    }

    /// The text by its headings. Levels are counted as they nest, so that no level is left out however they were typed.
    public var parts: [Part] {
        var names = Names()
        var rest = blocks[...]
        let opening = Self.untilHeading(&rest)
        let first = opening.isEmpty ? [] : [Part(id: "", heading: "", blocks: opening, parts: [])]
        return first + Self.parts(&rest, below: 0, &names)
    }

    private static func untilHeading(_ rest: inout ArraySlice<Block>) -> [Block] {
        let found = rest.prefix { if case .heading = $0 { false } else { true } }
        rest = rest.dropFirst(found.count)
        return Array(found)
    }

    private static func parts(_ rest: inout ArraySlice<Block>, below level: Int, _ names: inout Names) -> [Part] {
        var found: [Part] = []
        while case .heading(let own, let words)? = rest.first, own > level {
            rest = rest.dropFirst()
            let heading = words.plain
            let id = names.name(for: heading)
            let blocks = untilHeading(&rest)
            found.append(Part(id: id, heading: heading, blocks: blocks, parts: parts(&rest, below: own, &names)))
        }
        return found
    }
}

/// Names for places on a page, each given once.
private struct Names {
    private var given: Set<String> = []

    mutating func name(for heading: String) -> String {
        let words = heading.lowercased().unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
        let base = words.prefix(8).map { String($0) }.joined(separator: "-")
        var name = "part-" + base
        var number = 1
        while !given.insert(name).inserted {
            number += 1
            name = "part-\(base)-\(number)"
        }
        return name
    }
}

extension [Markdown.Inline] {
    /// The words alone.
    public var plain: String {
        map { inline in
            switch inline {
            case .words(let words), .code(let words): words
            case .emphasis(let inner), .strong(let inner), .link(let inner, _): inner.plain
            case .lineBreak: " "
            }
        }.joined()
    }
}

extension Markdown {
    /// The text as plain paragraphs, for measuring and reading aloud: each heading, paragraph, item and cell by itself.
    public var paragraphs: [String] { blocks.flatMap(\.paragraphs) }
}

extension Markdown.Block {
    public var paragraphs: [String] {
        switch self {
        case .heading(_, let words), .paragraph(let words): [words.plain]
        case .list(_, let items): items.flatMap { $0.flatMap(\.paragraphs) }
        case .quote(let blocks): blocks.flatMap(\.paragraphs)
        case .table(let columns, let rows): (columns + rows.flatMap(\.self)).map(\.plain).filter { !$0.isEmpty }
        case .code(let words): [words]
        case .line: []
        }
    }
}
