import CArgon2
import Foundation
import Kernel
import NIOConcurrencyHelpers
import NIOPosix

/// Works out and checks the digests of passwords and keys (argon2id), slowly on purpose, so that stolen digests are of little use.
///
/// It runs on two threads of its own, never inside a transaction; more than `longestQueue` waiting are turned away for a moment.
public struct Passwords: Sendable {
    /// What one digest costs.
    public struct Cost: Sendable, Hashable {
        public let kibibytes: UInt32
        public let passes: UInt32
        public let lanes: UInt32

        public init(kibibytes: UInt32, passes: UInt32, lanes: UInt32) {
            self.kibibytes = kibibytes
            self.passes = passes
            self.lanes = lanes
        }

        /// OWASP's recommendation of 2023: 19 MiB, two passes. 27 ms in a release build.
        public static let usual = Cost(kibibytes: 19_456, passes: 2, lanes: 1)
        /// For tests only.
        public static let tests = Cost(kibibytes: 8, passes: 1, lanes: 1)
    }

    private let cost: Cost

    public init(cost: Cost = .usual) { self.cost = cost }

    /// A password's digest with its own salt and costs in it, as `$argon2id$v=19$m=…`.
    func digest(of password: String, salt: [UInt8]) async throws -> String {
        let cost = cost
        return try await Self.run { try Argon2.encoded(Self.normal(password), salt: salt, cost) }
    }

    /// True where the password is the one. Takes as long where there is none to compare with, so that time tells nobody who has an account.
    func fits(_ password: String, _ digest: String?) async throws -> Bool {
        let cost = cost
        return try await Self.run {
            guard let digest else {
                _ = try Argon2.encoded(Self.normal(password), salt: Array(repeating: 0, count: 16), cost)
                return false
            }
            return Argon2.verify(Self.normal(password), digest)
        }
    }

    /// A key's digest with the installation's own salt: the same every time, so that it can be looked up. 64 hexadecimal digits.
    func keyDigest(of key: FourWords, _ installation: Installation) async throws -> String {
        let cost = cost
        return try await Self.run {
            Hex.text(of: try Argon2.raw(key.text, salt: Array(installation.code("key-salt", "").prefix(16)), cost))
        }
    }

    /// The same letters typed on another keyboard are the same password (NFKC, as NIST SP 800-63B says).
    private static func normal(_ password: String) -> String { password.precomposedStringWithCompatibilityMapping }

    // MARK: Threads

    /// Two: more would take memory and both cores from everybody else.
    private static let pool = {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return pool
    }()
    private static let waiting = NIOLockedValueBox(0)
    /// 64 × 27 ms on two threads: whoever comes last waits about a second.
    private static let longestQueue = 64

    private static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let isFull = waiting.withLockedValue { waiting in
            guard waiting < longestQueue else { return true }
            waiting += 1
            return false
        }
        guard !isFull else { throw Refusal.tooManyTries(seconds: 5) }
        defer { waiting.withLockedValue { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }
}

/// libargon2, version 1.3 (RFC 9106).
enum Argon2 {
    struct Failure: Error { let code: Int32 }

    static func encoded(_ password: String, salt: [UInt8], _ cost: Passwords.Cost, length: Int = 32) throws -> String {
        let size = argon2_encodedlen(cost.passes, cost.kibibytes, cost.lanes, UInt32(salt.count), UInt32(length), Argon2_id)
        var out = [CChar](repeating: 0, count: size)
        let password = Array(password.utf8)
        let code = argon2id_hash_encoded(
            cost.passes,
            cost.kibibytes,
            cost.lanes,
            password,
            password.count,
            salt,
            salt.count,
            length,
            &out,
            size
        )
        guard code == ARGON2_OK.rawValue else { throw Failure(code: code) }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func verify(_ password: String, _ encoded: String) -> Bool {
        let password = Array(password.utf8)
        return argon2id_verify(encoded, password, password.count) == ARGON2_OK.rawValue
    }

    static func raw(_ password: String, salt: [UInt8], _ cost: Passwords.Cost, length: Int = 32) throws -> [UInt8] {
        var out = [UInt8](repeating: 0, count: length)
        let password = Array(password.utf8)
        let code = argon2id_hash_raw(cost.passes, cost.kibibytes, cost.lanes, password, password.count, salt, salt.count, &out, length)
        guard code == ARGON2_OK.rawValue else { throw Failure(code: code) }
        return out
    }
}
