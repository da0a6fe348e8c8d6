import Foundation

// What other directories send is untidy: ages as text, empty strings where there is nothing, empty lists. The compiler's own decoding of this
// room's types finds these functions first, so that every type reads the same way without a line of its own.

extension KeyedDecodingContainer {
    /// A number, also where it was written as text; nothing where it is no number.
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let text = try? decode(String.self, forKey: key) { return Double(text.trimmingCharacters(in: .whitespaces)) }
        let number = try decode(Double.self, forKey: key)
        return number.isFinite ? number : nil
    }

    /// Text; nothing where it is empty.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let number = try? decode(Double.self, forKey: key) { return number == number.rounded() ? String(Int64(number)) : String(number) }
        let text = try decode(String.self, forKey: key).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    /// A list; nothing where it is empty.
    func decodeIfPresent<Item: Decodable>(_ type: [Item].Type, forKey key: Key) throws -> [Item]? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        let list = try decode([Item].self, forKey: key)
        return list.isEmpty ? nil : list
    }
}

extension ORUK {
    /// Reads one thing of the standard. Throws `DecodingError`, which says what is missing where.
    public static func read<Thing: Decodable>(_ type: Thing.Type, _ bytes: [UInt8]) throws -> Thing {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// JSON with its members in a fixed order, so that the same thing is the same bytes.
    public static func bytes(_ thing: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(thing))
    }
}
