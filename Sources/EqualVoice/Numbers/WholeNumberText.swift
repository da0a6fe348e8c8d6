extension WholeNumber: LosslessStringConvertible {
    /// Decimal digits, with a minus sign where there is one; nil for anything else.
    public init?(_ text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let value = digits.utf8.reduce(WholeNumber.zero) { $0 * WholeNumber(10) + WholeNumber(Int($1) - 48) }
        self = text.hasPrefix("-") ? -value : value
    }

    public var description: String {
        if let int { return String(int) }
        // 10¹⁸: the largest power of ten that a limb takes with room to spare.
        let chunk = Magnitude(1_000_000_000_000_000_000)
        var (rest, chunks) = (magnitude, [String]())
        while !rest.isZero {
            let (quotient, remainder) = rest.divided(by: chunk)
            let digits = String(remainder.limbs.first ?? 0)
            chunks.append(quotient.isZero ? digits : String(repeating: "0", count: 18 - digits.count) + digits)
            rest = quotient
        }
        return (isNegative ? "-" : "") + chunks.reversed().joined()
    }
}

extension WholeNumber: Codable {
    /// A number, or text of digits where a number in JSON would lose some (beyond 2⁵³).
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let int = try? container.decode(Int.self) {
            self.init(int)
        } else if let number = WholeNumber(try container.decode(String.self)) {
            self = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "This is not a whole number.")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let int, int.magnitude <= 1 << 53 { try container.encode(int) } else { try container.encode(description) }
    }
}
