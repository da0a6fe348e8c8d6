import HTML

/// A text written with Markdown's signs, taken apart into what it may hold and nothing else.
public struct Markdown: Sendable, Hashable {
    /// What may stand below each other.
    public indirect enum Block: Sendable, Hashable {
        case heading(level: Int, [Inline])
        case paragraph([Inline])
        /// `start` is nil for bullets.
        case list(start: Int?, items: [[Block]])
        case quote([Block])
        case table(columns: [[Inline]], rows: [[[Inline]]])
        case code(String)
        case line
    }

    /// What may stand in a line.
    public indirect enum Inline: Sendable, Hashable {
        case words(String)
        case emphasis([Inline])
        case strong([Inline])
        case code(String)
        case link([Inline], SafeURL)
        case lineBreak
    }

    /// What was written and cannot be shown.
    public enum LeftOut: String, Sendable, Hashable, CaseIterable {
        /// Tags of HTML, scripts among them.
        case html
        case picture
        /// A link to something other than a web page, a page of ours, an email address or a telephone.
        case link
        /// Rows or columns beyond `Limits`.
        case table
        /// Lists and quotes within each other beyond `Limits`.
        case nesting
        case length
    }

    public enum Limits {
        public static let bytes = 100_000
        public static let columns = 8
        public static let rows = 200
        public static let nesting = 6
    }

    public internal(set) var blocks: [Block]
    public let leftOut: Set<LeftOut>

    /// `text` of any kind; what is too long is cut at the end of a line, and said.
    public init(_ text: String) {
        var reading = Reading(text)
        blocks = reading.blocks()
        leftOut = reading.leftOut
    }
}
