import CSV

/// Whole numbers in a file, strictly: digits, with a minus where one may stand, and nothing else but spaces around.
enum Numbers {
    /// 0 to 2⁶⁴ − 1; nil for anything else.
    static func unsigned(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        let digits = trimmed(bytes)
        guard !digits.isEmpty else { return nil }
        // Nineteen digits always fit into 64 bits, so most numbers need no look at overflow.
        return digits.count < 20 ? plain(digits) : checked(digits)
    }

    static func signed(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let text = trimmed(bytes)
        guard text.first == Byte.minus else { return unsigned(text).flatMap { Int64(exactly: $0) } }
        guard let size = unsigned(UnsafeBufferPointer(rebasing: text.dropFirst())), text[1] != UInt8(ascii: " ") else { return nil }
        return size == 1 << 63 ? .min : Int64(exactly: size).map { -$0 }
    }

    private static func plain(_ digits: UnsafeBufferPointer<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            let value = digit &- Byte.zero
            guard value <= 9 else { return nil }
            number = number &* 10 &+ UInt64(value)
        }
        return number
    }

    private static func checked(_ digits: UnsafeBufferPointer<UInt8>) -> UInt64? {
        digits.allSatisfy { $0 &- Byte.zero <= 9 } ? UInt64(String(decoding: digits, as: UTF8.self)) : nil
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var range = bytes.startIndex..<bytes.endIndex
        while let first = range.first, isSpace(bytes[first]) { range = range.dropFirst() }
        while let last = range.last, isSpace(bytes[last]) { range = range.dropLast() }
        return range.count == bytes.count ? bytes : UnsafeBufferPointer(rebasing: bytes[range])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
