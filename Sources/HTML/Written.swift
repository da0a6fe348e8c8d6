/// A piece written once, to stand as it is in pages for many.
public struct Written: Sendable {
    let bytes: [UInt8]
    /// How many ids the piece gave out: what follows it on the page starts behind them.
    let ids: Int
    let scripts: Set<Script>

    /// nil where it holds a form that changes something: that carries a proof for one browser alone.
    public init?(_ html: HTML, in context: Writer.Context = Writer.Context()) {
        var writer = Writer(context)
        html.write(to: &writer)
        guard !writer.holdsProof else { return nil }
        bytes = writer.written
        ids = writer.ids
        scripts = writer.scripts
    }

    public var html: HTML { .writing { $0.put(self) } }
}
