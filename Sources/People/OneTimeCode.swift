import Crypto
import Foundation
import HTML
import Kernel

/// The six digits that a telephone shows for half a minute: the second step of signing in (TOTP, RFC 6238, with SHA-1 as all apps expect).
enum OneTimeCode {
    static let stepSeconds: Int64 = 30

    static func step(at now: Moment) -> Int64 { now.milliseconds / 1_000 / stepSeconds }

    static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
        let digest = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = String(Int(number) % (digits == 8 ? 100_000_000 : 1_000_000))
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is: the one now or its neighbours, for clocks that go a little wrong; never one used before.
    static func accepted(_ typed: String, secret: [UInt8], at now: Moment, after last: Int64) -> Int64? {
        let digits = typed.filter { $0.isASCII && $0.isNumber }
        guard digits.count == 6 else { return nil }
        let current = step(at: now)
        return [current, current - 1, current + 1].first { $0 > last && code(secret, step: $0) == digits }
    }

    /// What the telephone's camera reads: `otpauth://totp/Heard:sam@example.org?secret=…&issuer=Heard`.
    static func address(secret: String, email: String) -> String {
        let name = email.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "otpauth://totp/Heard:\(name)?secret=\(secret)&issuer=Heard"
    }
}

/// Bytes as letters and digits that are typed into authenticator apps (RFC 4648, without padding).
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { out.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }

    static func bytes(of text: String) -> [UInt8] {
        var out: [UInt8] = []
        var (buffer, bits) = (UInt32(0), 0)
        for letter in text.utf8 {
            guard let value = alphabet.firstIndex(of: letter) else { continue }
            buffer = buffer << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return out
    }
}
