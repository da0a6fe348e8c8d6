import Crypto
import Kernel

/// Ids that are the same whenever and wherever they are worked out, so that what others hold of us stays true.
public enum StableID {
    /// A name-based UUID (RFC 9562, version 5) in a space of our own.
    public static func of(_ name: String) -> String {
        var hash = Insecure.SHA1()
        hash.update(data: space)
        hash.update(data: Array(name.utf8))
        var bytes = Array(hash.finalize().prefix(16))
        bytes[6] = 0x50 | (bytes[6] & 0x0f)
        bytes[8] = 0x80 | (bytes[8] & 0x3f)
        let hex = Array(Hex.text(of: bytes))
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }.joined(separator: "-")
    }

    // The bytes of 5f0b1d9c-3a3e-4b57-9d0a-7c1e61d2a9b4, drawn once.
    private static let space: [UInt8] = [
        0x5f, 0x0b, 0x1d, 0x9c, 0x3a, 0x3e, 0x4b, 0x57, 0x9d, 0x0a, 0x7c, 0x1e, 0x61, 0xd2, 0xa9, 0xb4,
    ]
}
