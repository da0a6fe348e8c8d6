import Crypto
import Foundation
import Kernel
import Store

/// What makes this installation's codes its own: a secret of 256 bits, made when it is first needed.
struct Installation: Sendable {
    private let secret: [UInt8]

    /// Nil while nothing has needed a secret yet.
    static func find(_ tx: Transaction) throws -> Installation? {
        guard let text: String = try tx.value("SELECT value FROM installation WHERE name = 'secret'") else { return nil }
        return Installation(secret: Array(text.utf8))
    }

    /// The same, made where there is none. Needs a transaction that writes.
    static func settled(_ chance: Chance, _ tx: Transaction) throws -> Installation {
        if let found = try find(tx) { return found }
        let secret = Hex.text(of: chance.bytes(32))
        try tx.run("INSERT INTO installation (name, value) VALUES ('secret', \(secret)) ON CONFLICT (name) DO NOTHING")
        return try find(tx) ?? Installation(secret: Array(secret.utf8))
    }

    /// 32 bytes that only this installation can work out, the same every time for the same purpose and words (HMAC-SHA-256).
    func code(_ purpose: StaticString, _ words: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("\(purpose)\n\(words)".utf8), using: SymmetricKey(data: secret)))
    }
}
