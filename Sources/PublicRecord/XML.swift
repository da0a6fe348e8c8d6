/// A piece of XML, escaped by construction: element and attribute names come from the program, everything else is text.
struct XML: Sendable {
    typealias Attributes = KeyValuePairs<StaticString, String>

    fileprivate enum Node: Sendable {
        case text(String)
        case element(StaticString, Attributes, [XML])
    }

    private let node: Node

    static func text(_ words: String) -> XML { XML(node: .text(words)) }

    static func element(_ name: StaticString, _ attributes: Attributes = [:], _ content: [XML] = []) -> XML {
        XML(node: .element(name, attributes, content))
    }

    static func element(_ name: StaticString, words: String) -> XML { element(name, [:], [.text(words)]) }

    /// A whole document, in UTF-8.
    var document: [UInt8] {
        var out = Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8)
        write(to: &out)
        out.append(UInt8(ascii: "\n"))
        return out
    }

    private func write(to out: inout [UInt8]) {
        switch node {
        case .text(let words): Self.escape(words, to: &out)
        case .element(let name, let attributes, let content):
            let name = Array(name.description.utf8)
            out.append(UInt8(ascii: "<"))
            out += name
            for (key, value) in attributes {
                out += " \(key)=\"".utf8
                Self.escape(value, to: &out)
                out.append(UInt8(ascii: "\""))
            }
            if content.isEmpty {
                out += "/>".utf8
            } else {
                out.append(UInt8(ascii: ">"))
                for piece in content { piece.write(to: &out) }
                out += "</".utf8
                out += name
                out.append(UInt8(ascii: ">"))
            }
        }
    }

    /// By scalar, never by character: `<` with a combining mark on it is one character and still opens a tag.
    private static func escape(_ words: String, to out: inout [UInt8]) {
        for scalar in words.unicodeScalars where isAllowed(scalar) {
            switch scalar {
            case "&": out += "&amp;".utf8
            case "<": out += "&lt;".utf8
            case ">": out += "&gt;".utf8
            case "\"": out += "&quot;".utf8
            case "'": out += "&#39;".utf8
            default: out += UTF8.encode(scalar).map { Array($0) } ?? []
            }
        }
    }

    /// XML 1.0, section 2.2: what no document may hold is left out.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
