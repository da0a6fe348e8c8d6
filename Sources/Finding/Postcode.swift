/// A British postcode, such as `M33 4BP`, or only its first half, the outward code.
public struct Postcode: Sendable, Hashable {
    /// `M33`
    public let outward: String
    /// `4BP`; nil where only the first half is known.
    public let inward: String?

    /// `M33 4BP`
    public var text: String { inward.map { "\(outward) \($0)" } ?? outward }
    /// `M33`, or `M33 4BP`, as a key of tables.
    public var key: String { text }

    /// Takes it in any case, with or without its space; nil for what is no British postcode (Royal Mail's format, without `GIR 0AA`).
    public init?(_ typed: String) {
        let plain = typed.uppercased().utf8.filter { $0 != UInt8(ascii: " ") }
        if let outward = Self.outward(plain[...]) {
            self.outward = outward
            inward = nil
        } else if plain.count >= 5, let outward = Self.outward(plain.dropLast(3)), let inward = Self.inward(plain.suffix(3)) {
            self.outward = outward
            self.inward = inward
        } else {
            return nil
        }
    }

    /// One or two letters, then `9`, `99`, `9A`.
    private static func outward(_ bytes: ArraySlice<UInt8>) -> String? {
        let letters = bytes.prefix { isLetter($0) }
        let rest = Array(bytes.dropFirst(letters.count))
        guard (1...2).contains(letters.count), let first = rest.first, isDigit(first), rest.count <= 2 else { return nil }
        guard rest.count == 1 || isDigit(rest[1]) || isLetter(rest[1]) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func inward(_ bytes: ArraySlice<UInt8>) -> String? {
        let bytes = Array(bytes)
        guard isDigit(bytes[0]), isLetter(bytes[1]), isLetter(bytes[2]) else { return nil }
        // These letters never stand there, so that handwriting is not mistaken.
        guard !bytes[1...].contains(where: { "CIKMOV".utf8.contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What somebody may have meant who typed one sign too many, in the order in which they are left out: `WA154 1HF` may be `WA14 1HF`.
    public static func meant(by typed: String) -> [Postcode] {
        let signs = Array(typed.uppercased().filter { $0 != " " })
        guard Postcode(typed) == nil, signs.count <= 8 else { return [] }
        var found: [Postcode] = []
        for place in signs.indices {
            var fewer = signs
            fewer.remove(at: place)
            if let postcode = Postcode(String(fewer)), postcode.inward != nil, !found.contains(postcode) { found.append(postcode) }
        }
        return found
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
