/// Where random bytes come from. An argument, never a global, so that a test can say what chance brings.
public struct Chance: Sendable {
    private let draw: @Sendable (Int) -> [UInt8]

    public init(_ draw: @escaping @Sendable (Int) -> [UInt8]) { self.draw = draw }

    public func bytes(_ count: Int) -> [UInt8] { draw(count) }

    /// The operating system's own source: fit for keys and tokens.
    public static let system = Chance { count in
        var source = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        // Eight at a time: each is a call to the system.
        while bytes.count < count { withUnsafeBytes(of: source.next()) { bytes += $0.prefix(count - bytes.count) } }
        return bytes
    }

    /// `count` characters of Crockford's base 32: no letter that is mistaken for a digit. Five bits of chance each.
    public func token(_ count: Int) -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        return String(decoding: bytes(count).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }

    /// A fair number from 0 up to, not including, `bound`.
    public func below(_ bound: Int) -> Int {
        let limit = UInt32.max - UInt32.max % UInt32(bound)
        while true {
            let drawn = bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if drawn < limit { return Int(drawn % UInt32(bound)) }
        }
    }
}
