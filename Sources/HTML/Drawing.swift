/// A drawing made of shapes: a chart, a map of opinion, a QR code. It cannot be shown without saying what it shows.
///
/// Colours come from classes of the style sheet, so that drawings follow dark mode and print.
public struct Drawing: Sendable {
    let html: HTML

    private init(_ html: HTML) { self.html = html }

    public init(_ shapes: [Drawing]) { html = HTML(shapes.map(\.html)) }

    public static func rectangle(x: Double, y: Double, width: Double, height: Double, radius: Double = 0, class: String? = nil) -> Drawing {
        let place = [attribute("x", x), attribute("y", y), attribute("width", width), attribute("height", height)]
        return Drawing(empty("rect", class: `class`, place + (radius > 0 ? [attribute("rx", radius)] : [])).closed("rect"))
    }

    public static func circle(x: Double, y: Double, radius: Double, class: String? = nil) -> Drawing {
        Drawing(empty("circle", class: `class`, [attribute("cx", x), attribute("cy", y), attribute("r", radius)]).closed("circle"))
    }

    public static func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), class: String? = nil) -> Drawing {
        let place = [attribute("x1", start.x), attribute("y1", start.y), attribute("x2", end.x), attribute("y2", end.y)]
        return Drawing(empty("line", class: `class`, place).closed("line"))
    }

    /// A line through points, closed and filled when `isClosed`.
    public static func outline(_ points: [(x: Double, y: Double)], isClosed: Bool, class: String? = nil) -> Drawing {
        let list = points.map { short($0.x) + "," + short($0.y) }.joined(separator: " ")
        let name: StaticString = isClosed ? "polygon" : "polyline"
        return Drawing(empty(name, class: `class`, [.init("points", list)]).closed(name))
    }

    public static func words(_ words: String, x: Double, y: Double, anchor: Anchor = .start, class: String? = nil) -> Drawing {
        let place = [attribute("x", x), attribute("y", y), .init("text-anchor", anchor.rawValue)]
        return Drawing(element("text", class: `class`, place, HTML(words)))
    }

    /// Shapes that share a class.
    public static func group(class: String? = nil, _ shapes: [Drawing]) -> Drawing {
        Drawing(element("g", class: `class`, HTML(shapes.map(\.html))))
    }

    /// Shapes that lead somewhere. `label` is what it says to people who listen; `point` is where it stands on the earth, for scripts.
    public static func link(_ label: String, to url: SafeURL, point: String? = nil, class: String? = nil, _ shapes: [Drawing]) -> Drawing {
        let place: [Element.Attribute] = point.map { [.init("data-point", $0)] } ?? []
        let link: [Element.Attribute] = [.init("href", url.description), .init("aria-label", label)]
        return Drawing(element("a", class: `class`, link + place, HTML(shapes.map(\.html))))
    }

    /// Black squares of a grid, row by row, as in a QR code: one path, which is a tenth of the bytes of many rectangles.
    public static func squares(_ rows: [[Bool]], class: String? = nil) -> Drawing {
        var path = ""
        for (y, row) in rows.enumerated() {
            for (x, isDark) in row.enumerated() where isDark { path += "M\(x) \(y)h1v1h-1z" }
        }
        return Drawing(element("path", class: `class`, [.init("d", path), .init("shape-rendering", "crispEdges")], .nothing))
    }

    public enum Anchor: String, Sendable { case start, middle, end }

    private static func attribute(_ name: StaticString, _ number: Double) -> Element.Attribute { .init(name, short(number)) }

    /// Two digits after the point are finer than a pixel.
    static func short(_ number: Double) -> String {
        let rounded = (number * 100).rounded() / 100
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : String(rounded)
    }
}

/// A drawing on the page. `title` names it, `description` says what somebody who cannot see it should know.
///
/// - Parameter hasLinks: its links are reached by keyboard and read out one by one; else it is one picture.
public func svg(
    _ drawing: Drawing,
    title: String,
    description: String,
    width: Double,
    height: Double,
    class: String? = nil,
    caption: String? = nil,
    hasLinks: Bool = false
) -> HTML {
    .writing { writer in
        let titleID = writer.newID()
        let descriptionID = writer.newID()
        let frame: [Element.Attribute] = [
            .init("viewBox", "0 0 \(Drawing.short(width)) \(Drawing.short(height))"), .init("role", hasLinks ? "group" : "img"),
            .init("width", Drawing.short(width)), .init("height", Drawing.short(height)),
            .init("aria-labelledby", titleID), .init("aria-describedby", descriptionID),
        ]
        element("figure", class: `class`.map { "drawing " + $0 } ?? "drawing") {
            element("svg", frame) {
                element("title", id: titleID, HTML(title))
                element("desc", id: descriptionID, HTML(description))
                drawing.html
            }
            if let caption { element("figcaption", HTML(caption)) }
        }.write(to: &writer)
    }
}

extension HTML {
    /// Shapes in SVG need their end tag, unlike HTML's empty elements.
    fileprivate func closed(_ name: StaticString) -> HTML {
        HTML {
            self
            HTML.writing {
                $0.markup("</")
                $0.markup(name)
                $0.markup(">")
            }
        }
    }
}
