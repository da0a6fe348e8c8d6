import Kernel
import Store

/// Slows down those who guess: after some wrong tries each further one must wait, twice as long every time.
///
/// A try counts as wrong from the moment it begins and is forgiven when it turns out right, so that a hundred at once are a hundred tries.
struct Tries: Sendable {
    enum Kind: String, Sendable {
        /// Signing in to one account from one address, whether or not there is one: others who guess do not lock its owner out.
        case account
        /// Signing in to one account from anywhere.
        case anywhere
        /// Anything secret from one address on the network.
        case address
        /// The second step of one person.
        case code

        /// How many go by without a wait. Twenty for an address: behind one there may be a school.
        var free: Int {
            switch self {
            case .address: 20
            // 50 from all addresses together: far from enough to guess a password of twelve letters, and more than colleagues mistype.
            case .anywhere: 50
            case .account, .code: 5
            }
        }
    }

    /// Half a minute, then doubling up to a quarter of an hour: longer would let others lock somebody out for the day.
    private static let firstWait: Int64 = 30_000
    private static let longestWait: Int64 = 900_000

    private let buckets: [(kind: Kind, name: String)]

    /// - Parameter about: what each is about, such as an email address: kept only as a digest that this installation alone can work out.
    init(_ about: [(kind: Kind, words: String)], _ installation: Installation) {
        buckets = about.map {
            ($0.kind, "\($0.kind.rawValue):" + Hex.text(of: installation.code("tries", "\($0.kind.rawValue) \($0.words)").prefix(16)))
        }
    }

    /// Throws `Refusal.tooManyTries` where a wait is on; otherwise counts one try.
    func begin(at now: Moment, _ tx: Transaction) throws {
        try tx.run("DELETE FROM tries WHERE wait_until < \(now.adding(days: -1)) AND first_at < \(now.adding(days: -1))")
        for bucket in buckets {
            let until: Moment? = try tx.value("SELECT wait_until FROM tries WHERE bucket = \(bucket.name)")
            if let until, until > now { throw Refusal.tooManyTries(seconds: Int((until.milliseconds - now.milliseconds + 999) / 1_000)) }
        }
        for bucket in buckets { try count(bucket.kind, bucket.name, at: now, tx) }
    }

    private func count(_ kind: Kind, _ name: String, at now: Moment, _ tx: Transaction) throws {
        let failures = (try tx.value("SELECT failures FROM tries WHERE bucket = \(name)") ?? 0) + 1
        let over = failures - kind.free
        let wait = over < 0 ? 0 : min(Self.firstWait << Int64(min(over, 10)), Self.longestWait)
        let until = Moment(milliseconds: now.milliseconds + wait)
        try tx.run(
            """
            INSERT INTO tries (bucket, failures, first_at, wait_until) VALUES (\(name), \(failures), \(now), \(until))
            ON CONFLICT (bucket) DO UPDATE SET failures = \(failures), wait_until = \(until)
            """
        )
    }

    /// It was right: the account starts afresh, the address gets this one try back (its others stand, or one known password would clear them).
    func forgive(_ tx: Transaction) throws {
        for bucket in buckets {
            if bucket.kind == .address {
                try tx.run("UPDATE tries SET failures = failures - 1 WHERE bucket = \(bucket.name) AND failures > 0")
                // The wait that this try set begins only beyond the free ones; a right try sets none.
                try tx.run("UPDATE tries SET wait_until = 0 WHERE bucket = \(bucket.name) AND failures <= \(bucket.kind.free - 1)")
            } else {
                try tx.run("DELETE FROM tries WHERE bucket = \(bucket.name)")
            }
        }
    }
}
