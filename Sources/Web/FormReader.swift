import Foundation
import Kernel

/// Reads the body of a request into a `Form`: `a=1&b=2`, or a JSON object of words, numbers, yes/no and lists of them.
enum FormReader {
    /// What cannot be read as a form at all. `Web` answers it with 400 and says so plainly.
    struct Unreadable: Error {}

    static func read(_ body: [UInt8], type: String) throws -> Form {
        if body.isEmpty { return Form([:], isSent: true) }
        if let boundary = Multipart.boundary(in: type) { return try Multipart.form(body, boundary) }
        guard String(validating: body, as: UTF8.self) != nil else { throw Unreadable() }
        if type.hasPrefix("application/json") { return try json(body) }
        guard type.hasPrefix("application/x-www-form-urlencoded") || type.isEmpty else { throw Unreadable() }
        return Form(try pairs(body), isSent: true)
    }

    /// `name=value` pairs; at most 2,000 of them, so that a body of ampersands costs little.
    static func pairs(_ bytes: some Collection<UInt8>) throws -> [String: [String]] {
        var values: [String: [String]] = [:]
        for (place, pair) in bytes.split(separator: UInt8(ascii: "&")).enumerated() {
            guard place < 2_000 else { throw Unreadable() }
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(sides[0]), let value = sides.count > 1 ? decoded(sides[1]) : "" else { throw Unreadable() }
            values[name, default: []].append(value)
        }
        return values
    }

    /// Percent and plus decoding; nil where the bytes are not UTF-8.
    private static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        var out: [UInt8] = []
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(Hex.value), let low = rest.next().flatMap(Hex.value) else { return nil }
                out.append(high << 4 | low)
            default: out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self).map(withoutNUL)
    }

    /// No database stores a NUL, and nobody types one.
    static func withoutNUL(_ text: String) -> String { text.utf8.contains(0) ? text.replacing("\0", with: "") : text }

    private static func json(_ body: [UInt8]) throws -> Form {
        guard let object = try? JSONDecoder().decode([String: JSONValue].self, from: Data(body)) else { throw Unreadable() }
        return Form(object.mapValues(\.strings), isSent: true)
    }

    /// What a form can hold, as JSON. Anything deeper is unreadable.
    private enum JSONValue: Decodable {
        case one(String), many([String])

        var strings: [String] {
            switch self {
            case .one(let string): [string]
            case .many(let list): list
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .one("")
            } else if let list = try? container.decode([Scalar].self) {
                self = .many(list.map(\.string))
            } else {
                self = .one(try container.decode(Scalar.self).string)
            }
        }
    }

    private struct Scalar: Decodable {
        let string: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                string = FormReader.withoutNUL(text)
            } else if let flag = try? container.decode(Bool.self) {
                string = flag ? "yes" : ""
            } else if let number = try? container.decode(Int.self) {
                string = String(number)
            } else {
                string = String(try container.decode(Double.self))
            }
        }
    }
}
