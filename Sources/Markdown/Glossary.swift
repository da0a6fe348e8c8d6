import HTML

extension Markdown {
    /// The same text with the first place where each of `terms` occurs made a link to what it means.
    ///
    /// Whole words, in any case, longest first. Headings, code and what is a link already stay as they are.
    public func linking(_ terms: [(term: String, url: SafeURL)]) -> Markdown {
        var linker = Linker(terms)
        var linked = self
        linked.blocks = blocks.map { linker.block($0) }
        return linked
    }
}

private struct Linker {
    /// Those still to be found, longest first: "peer support group" goes before "group".
    private var open: [(term: String, url: SafeURL)]

    init(_ terms: [(term: String, url: SafeURL)]) {
        open = terms.filter { !$0.term.isEmpty }.sorted { ($1.term.count, $0.term) < ($0.term.count, $1.term) }
    }

    mutating func block(_ block: Markdown.Block) -> Markdown.Block {
        switch block {
        case .paragraph(let words): return .paragraph(inlines(words))
        case .list(let start, let items): return .list(start: start, items: items.map { $0.map { self.block($0) } })
        case .quote(let blocks): return .quote(blocks.map { self.block($0) })
        case .table(let columns, let rows): return .table(columns: columns, rows: rows.map { $0.map { inlines($0) } })
        case .heading, .code, .line: return block
        }
    }

    private mutating func inlines(_ all: [Markdown.Inline]) -> [Markdown.Inline] {
        all.flatMap { inline -> [Markdown.Inline] in
            switch inline {
            case .words(let words): return linked(words)
            case .emphasis(let inner): return [.emphasis(inlines(inner))]
            case .strong(let inner): return [.strong(inlines(inner))]
            case .code, .link, .lineBreak: return [inline]
            }
        }
    }

    /// Splits `words` around the first open term in it, and goes on with what is left on both sides.
    private mutating func linked(_ words: String) -> [Markdown.Inline] {
        for (place, (term, url)) in open.enumerated() {
            guard let found = words.wholeWord(term) else { continue }
            open.remove(at: place)
            let before = String(words[..<found.lowerBound])
            let after = String(words[found.upperBound...])
            return linked(before) + [.link([.words(String(words[found]))], url)] + linked(after)
        }
        return words.isEmpty ? [] : [.words(words)]
    }
}

extension String {
    /// Where `term` stands with no letter on either side.
    fileprivate func wholeWord(_ term: String) -> Range<Index>? {
        var from = startIndex
        while let found = self[from...].firstRange(ofAnyCase: term) {
            let isStart = found.lowerBound == startIndex || !self[index(before: found.lowerBound)].isLetter
            let isEnd = found.upperBound == endIndex || !self[found.upperBound].isLetter
            if isStart && isEnd { return found }
            from = index(after: found.lowerBound)
        }
        return nil
    }
}

extension Substring {
    fileprivate func firstRange(ofAnyCase term: String) -> Range<Index>? {
        let wanted = term.map { $0.lowercased() }
        var start = startIndex
        while start < endIndex {
            var end = start
            var place = 0
            while place < wanted.count, end < endIndex, self[end].lowercased() == wanted[place] {
                formIndex(after: &end)
                place += 1
            }
            if place == wanted.count { return start..<end }
            formIndex(after: &start)
        }
        return nil
    }
}
