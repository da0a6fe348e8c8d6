/// What the tools of a map that can be moved say, and what they need for it.
public struct MovableMap: Sendable {
    /// The program that draws it, and what it wears: fetched only when somebody presses the button.
    public var script: SafeURL
    public var style: SafeURL
    public var button: String
    public var label: String
    public var zoomIn: String
    public var zoomOut: String
    /// `latitude,longitude` of whoever looks; nil where they said nothing.
    public var you: String?
    public var youLabel: String
    /// Circles around them, in metres.
    public var rings: [Int] = []
    /// Pictures of the ground: their address with `{z}`, `{x}` and `{y}` in it, and whose they are.
    public var tiles: String?
    public var tilesBy = ""

    public init(script: SafeURL, style: SafeURL, button: String, label: String, zoomIn: String, zoomOut: String, youLabel: String) {
        (self.script, self.style, self.button, self.label) = (script, style, button, label)
        (self.zoomIn, self.zoomOut, self.youLabel) = (zoomIn, zoomOut, youLabel)
    }

    /// A button after the drawing that puts a map to move around in its place. Without scripts it is not there, and the drawing stays.
    public var html: HTML {
        var data: [Element.Attribute] = [
            .init("type", "button"), .init("hidden", nil), .init("data-movable", nil), .init("data-script", script.description),
            .init("data-style", style.description), .init("data-label", label), .init("data-in", zoomIn), .init("data-out", zoomOut),
            .init("data-you-label", youLabel), .init("data-rings", rings.map(String.init).joined(separator: ",")),
        ]
        if let you { data.append(.init("data-you", you)) }
        if let tiles { data += [.init("data-tiles", tiles), .init("data-tiles-by", tilesBy)] }
        return HTML {
            element("button", class: ButtonKind.secondary.rawValue, data, HTML(button))
            helped(by: .map)
        }
    }
}
