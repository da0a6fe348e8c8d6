/// One element with its attributes and what stands in it.
final class Element: Sendable {
    /// `name="value"`, or the bare name when there is no value.
    struct Attribute: Sendable {
        let name: StaticString
        let value: String?

        init(_ name: StaticString, _ value: String?) {
            self.name = name
            self.value = value
        }
    }

    private let name: StaticString
    private let `class`: String?
    private let id: String?
    private let attributes: [Attribute]
    private let content: HTML
    /// True for elements that cannot hold anything, such as `br`.
    private let isEmpty: Bool

    init(_ name: StaticString, class: String?, id: String?, _ attributes: [Attribute], _ content: HTML?) {
        self.name = name
        self.class = `class`
        self.id = id
        self.attributes = attributes
        self.content = content ?? .nothing
        isEmpty = content == nil
    }

    func write(to writer: inout Writer) {
        writer.markup(UInt8(ascii: "<"))
        writer.markup(name)
        if let id { writer.attribute("id", id) }
        if let `class` { writer.attribute("class", `class`) }
        for place in attributes.indices { write(attributes[place], to: &writer) }
        writer.markup(UInt8(ascii: ">"))
        if isEmpty { return }
        content.write(to: &writer)
        writer.markup("</")
        writer.markup(name)
        writer.markup(UInt8(ascii: ">"))
    }

    private func write(_ attribute: Attribute, to writer: inout Writer) {
        if let value = attribute.value {
            writer.attribute(attribute.name, value)
        } else {
            writer.markup(UInt8(ascii: " "))
            writer.markup(attribute.name)
        }
    }
}

/// Attributes gathered one by one, leaving out what is not wanted.
struct Attributes {
    private(set) var list: [Element.Attribute] = []

    mutating func set(_ name: StaticString, _ value: String?) { if let value { list.append(.init(name, value)) } }
    mutating func mark(_ name: StaticString, when wanted: Bool = true) { if wanted { list.append(.init(name, nil)) } }
}

func element(_ name: StaticString, class: String? = nil, id: String? = nil, _ content: HTML) -> HTML {
    HTML(.element(Element(name, class: `class`, id: id, [], content)))
}

func element(_ name: StaticString, class: String? = nil, id: String? = nil, _ attributes: [Element.Attribute], _ content: HTML) -> HTML {
    HTML(.element(Element(name, class: `class`, id: id, attributes, content)))
}

func element(
    _ name: StaticString,
    class: String? = nil,
    id: String? = nil,
    _ attributes: [Element.Attribute] = [],
    @HTMLBuilder _ content: () -> HTML
) -> HTML {
    HTML(.element(Element(name, class: `class`, id: id, attributes, content())))
}

func empty(_ name: StaticString, class: String? = nil, id: String? = nil, _ attributes: [Element.Attribute] = []) -> HTML {
    HTML(.element(Element(name, class: `class`, id: id, attributes, nil)))
}
