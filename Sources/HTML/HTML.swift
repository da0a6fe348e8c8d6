/// A piece of a page.
///
/// Built from the elements and components of this room, which escape every word and ask for what makes them usable by everybody.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
    enum Node: Sendable {
        case text(String)
        case element(Element)
        case many([HTML])
        case safe(SafeHTML)
        /// What can only be decided while writing: heading levels, the form's proof, words of the page's language.
        case writing(@Sendable (inout Writer) -> Void)
    }

    let node: Node

    init(_ node: Node) { self.node = node }

    /// Words, escaped.
    public init(_ words: String) { node = .text(words) }

    /// Words written in the program: `let cell: HTML = "2 of \(total)"`. Whatever is put into them is escaped too.
    public init(stringLiteral words: String) { node = .text(words) }

    public init(_ safe: SafeHTML) { node = .safe(safe) }

    /// Several pieces, one after the other.
    public init(_ pieces: [HTML]) { node = .many(pieces) }

    /// A piece written in builder form, for keeping in a constant or handing to a component.
    public init(@HTMLBuilder _ content: () -> HTML) { self = content() }

    /// Nothing at all.
    public static let nothing = HTML(.many([]))

    static func writing(_ write: @escaping @Sendable (inout Writer) -> Void) -> HTML { HTML(.writing(write)) }

    /// A piece that depends on the page it stands on.
    static func knowing(_ make: @escaping @Sendable (Writer.Context) -> HTML) -> HTML {
        .writing { make($0.context).write(to: &$0) }
    }

    /// A sentence that the component says by itself.
    static func said(_ pick: @escaping @Sendable (Wording) -> String) -> HTML {
        .writing { $0.text(pick($0.context.wording)) }
    }

    /// The finished bytes, in UTF-8.
    public func bytes(in context: Writer.Context) -> [UInt8] {
        var writer = Writer(context)
        write(to: &writer)
        return writer.written
    }

    /// The same as a string, for tests and messages.
    public func string(in context: Writer.Context = Writer.Context()) -> String {
        var writer = Writer(context)
        write(to: &writer)
        return writer.writtenString
    }

    func write(to writer: inout Writer) {
        switch node {
        case .text(let words): writer.text(words)
        case .element(let element): element.write(to: &writer)
        case .many(let pieces): for place in pieces.indices { pieces[place].write(to: &writer) }
        case .safe(let safe): writer.safe(safe)
        case .writing(let write): write(&writer)
        }
    }
}

/// Lets pages be written as nested pieces, with `if`, `for` and plain words among them.
@resultBuilder
public enum HTMLBuilder {
    public static func buildExpression(_ piece: HTML) -> HTML { piece }
    public static func buildExpression(_ words: String) -> HTML { HTML(.text(words)) }
    public static func buildExpression(_ pieces: [HTML]) -> HTML { HTML(.many(pieces)) }
    public static func buildExpression(_ safe: SafeHTML) -> HTML { HTML(.safe(safe)) }
    public static func buildBlock() -> HTML { .nothing }
    public static func buildBlock(_ piece: HTML) -> HTML { piece }
    public static func buildBlock(_ pieces: HTML...) -> HTML { HTML(.many(pieces)) }
    public static func buildOptional(_ piece: HTML?) -> HTML { piece ?? .nothing }
    public static func buildEither(first: HTML) -> HTML { first }
    public static func buildEither(second: HTML) -> HTML { second }
    public static func buildArray(_ pieces: [HTML]) -> HTML { HTML(.many(pieces)) }
}
