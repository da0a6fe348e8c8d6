import CMarkGFM
import HTML

/// Walks the tree that cmark-gfm makes of a text, and keeps what is on the list.
struct Reading {
    private(set) var leftOut: Set<Markdown.LeftOut> = []
    private let text: String

    init(_ text: String) {
        let bytes = text.utf8.prefix(Markdown.Limits.bytes)
        guard bytes.count < text.utf8.count else {
            self.text = text
            return
        }
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex
        self.text = String(decoding: bytes[..<end], as: UTF8.self)
        leftOut.insert(.length)
    }

    /// cmark's list of extensions is made once for the process; making it is not safe from two threads.
    private static let register: Void = cmark_gfm_core_extensions_ensure_registered()

    mutating func blocks() -> [Markdown.Block] {
        Self.register
        guard let parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8) else { return [] }
        defer { cmark_parser_free(parser) }
        if mayHoldTables(), let tables = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, tables) }
        cmark_parser_feed(parser, text, text.utf8.count)
        guard let document = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(document) }
        return blocks(in: Node(document), depth: 0)
    }

    /// cmark-gfm 0.29 takes seconds over a line of ten thousand cells. One with more than anybody can read is no table.
    private mutating func mayHoldTables() -> Bool {
        let isTooWide = text.utf8.split(separator: UInt8(ascii: "\n")).contains { line in line.count { $0 == UInt8(ascii: "|") } > 200 }
        if isTooWide { leftOut.insert(.table) }
        return !isTooWide
    }

    private mutating func blocks(in node: Node, depth: Int) -> [Markdown.Block] {
        guard depth <= Markdown.Limits.nesting else {
            leftOut.insert(.nesting)
            return []
        }
        return node.children.compactMap { block($0, depth) }
    }

    private mutating func block(_ node: Node, _ depth: Int) -> Markdown.Block? {
        switch node.kind {
        case "heading": return .heading(level: node.headingLevel, inlines(in: node, depth: 0))
        case "paragraph":
            let found = inlines(in: node, depth: 0)
            return found.isEmpty ? nil : .paragraph(found)
        case "list": return .list(start: node.listStart, items: node.children.map { blocks(in: $0, depth: depth + 1) })
        case "block_quote": return .quote(blocks(in: node, depth: depth + 1))
        case "code_block": return .code(node.literal)
        case "thematic_break": return .line
        case "table": return table(node)
        case "html_block": leftOut.insert(.html)
        default: leftOut.insert(.nesting)
        }
        return nil
    }

    private mutating func table(_ node: Node) -> Markdown.Block? {
        let lines = node.children
        if lines.count > Markdown.Limits.rows + 1 { leftOut.insert(.table) }
        let kept = lines.prefix(Markdown.Limits.rows + 1).map { cells(of: $0) }
        guard let columns = kept.first else { return nil }
        return .table(columns: columns, rows: Array(kept.dropFirst()))
    }

    private mutating func cells(of line: Node) -> [[Markdown.Inline]] {
        let cells = line.children
        if cells.count > Markdown.Limits.columns { leftOut.insert(.table) }
        return cells.prefix(Markdown.Limits.columns).map { inlines(in: $0, depth: 0) }
    }

    private mutating func inlines(in node: Node, depth: Int) -> [Markdown.Inline] {
        guard depth <= Markdown.Limits.nesting else {
            leftOut.insert(.nesting)
            return []
        }
        var found: [Markdown.Inline] = []
        for child in node.children {
            for inline in inline(child, depth) {
                // Runs of words are one: cmark ends a run at every sign that might have meant something.
                if case .words(let more) = inline, case .words(let before)? = found.last {
                    found[found.count - 1] = .words(before + more)
                } else {
                    found.append(inline)
                }
            }
        }
        return found
    }

    private mutating func inline(_ node: Node, _ depth: Int) -> [Markdown.Inline] {
        switch node.kind {
        case "text": return [.words(node.literal)]
        case "softbreak": return [.words(" ")]
        case "linebreak": return [.lineBreak]
        case "code": return [.code(node.literal)]
        case "emph": return [.emphasis(inlines(in: node, depth: depth + 1))]
        case "strong": return [.strong(inlines(in: node, depth: depth + 1))]
        case "link": return link(node, depth)
        case "image":
            leftOut.insert(.picture)
            return inlines(in: node, depth: depth + 1)
        default:
            leftOut.insert(.html)
            return []
        }
    }

    /// A link that may not lead where it wants to stays as its words.
    private mutating func link(_ node: Node, _ depth: Int) -> [Markdown.Inline] {
        let words = inlines(in: node, depth: depth + 1)
        guard let url = Self.address(node.url) else {
            leftOut.insert(.link)
            return words
        }
        return words.isEmpty ? [] : [.link(words, url)]
    }

    private static func address(_ typed: String) -> SafeURL? {
        if let name = after("#", in: typed) { return .anchor(name) }
        if let mailbox = after("mailto:", in: typed) { return mailbox.contains("@") ? .mailto(mailbox) : nil }
        if let number = after("tel:", in: typed) { return number.contains(where: \.isNumber) ? .tel(number) : nil }
        return SafeURL(web: typed) ?? SafeURL(local: typed)
    }

    private static func after(_ start: String, in typed: String) -> String? {
        typed.lowercased().hasPrefix(start) ? String(typed.dropFirst(start.count)) : nil
    }
}

/// One node of cmark's tree, alive as long as its document.
private struct Node {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    /// "paragraph", "table_row" … as cmark names them.
    var kind: String { String(cString: cmark_node_get_type_string(pointer)) }
    var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }
    var url: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }
    var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
    var listStart: Int? {
        cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(pointer)) : nil
    }

    var children: [Node] {
        var found: [Node] = []
        var next = cmark_node_first_child(pointer)
        while let child = next {
            found.append(Node(child))
            next = cmark_node_next(child)
        }
        return found
    }
}
