import Foundation
import Kernel

// What other directories send is untidy: ages as text, empty strings where there is nothing, empty lists. Some of it may be meant to break
// us: numbers that no whole number holds, letters with a hundred thousand accents. The compiler's own decoding of this room's types finds
// these functions first, so that every type reads the same way without a line of its own.

extension KeyedDecodingContainer {
    /// A number, also where it was written as text; nothing where it is no number.
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let text = try? decode(String.self, forKey: key) { return Double(text).flatMap(ORUK.sane) }
        return ORUK.sane(try decode(Double.self, forKey: key))
    }

    /// Text; nothing where it is empty.
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        if let number = try? decode(Double.self, forKey: key) { return Int64(exactly: number).map { String($0) } ?? String(number) }
        let text = try decode(String.self, forKey: key)
        return text.isEmpty ? nil : text
    }

    /// Text that has to be there.
    func decode(_ type: String.Type, forKey key: Key) throws -> String { ORUK.tidy(try decode(ORUK.Raw.self, forKey: key).text) }

    /// A list; nothing where it is empty.
    func decodeIfPresent<Item: Decodable>(_ type: [Item].Type, forKey key: Key) throws -> [Item]? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        let list = try decode([Item].self, forKey: key)
        return list.isEmpty ? nil : list
    }
}

extension ORUK {
    // 20,000 parts of letters: five times the longest description that a form of ours takes.
    static let longestText = 20_000
    // A thousand million: no age, price or distance is more, and every whole number of it fits.
    private static let largest = 1e9

    /// A number that may be counted with; nil for what no directory means.
    static func sane(_ number: Double) -> Double? { abs(number) <= largest ? number : nil }

    /// As `PlainText.clean` has it, and no longer than `longestText`.
    static func tidy(_ text: String) -> String {
        let isPlain = text.utf8.count <= longestText && text.utf8.allSatisfy { (0x20..<0x7f).contains($0) || $0 == 0x0a }
        if isPlain { return text.trimmingCharacters(in: .whitespacesAndNewlines) }
        return PlainText.clean(String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestText))))
    }

    /// Text as it came: the compiler's own way of reading it.
    struct Raw: Decodable {
        let text: String

        init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
    }

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
