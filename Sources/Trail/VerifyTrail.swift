import Kernel
import Store

/// Walks the whole chain and says where it breaks, if it does.
public enum VerifyTrail {
    public enum Finding: Sendable, Equatable, CustomStringConvertible {
        case whole(entries: Int, newest: String)
        /// Entry `seq` no longer has the digest it was written with: a column of it was changed.
        case altered(seq: Int)
        /// Entry `seq` should be there and is not.
        case missing(seq: Int)
        /// Entry `seq` does not follow from the one before it: something was swapped or put in between.
        case outOfOrder(seq: Int)
        /// The chain is whole, but the newest entry is not the one that the head names: the end was cut off or added to by hand.
        case headDiffers(expected: Int, found: Int)

        public var isWhole: Bool { if case .whole = self { true } else { false } }

        public var description: String {
            switch self {
            case .whole(let entries, let newest): "The trail is whole: \(entries) entries, the newest has the digest \(newest)."
            case .altered(let seq): "The trail breaks at entry \(seq): it was altered after it was written."
            case .missing(let seq): "The trail breaks at entry \(seq): it is missing."
            case .outOfOrder(let seq): "The trail breaks at entry \(seq): it does not follow from the one before it."
            case .headDiffers(let expected, let found):
                "The trail breaks at its end: the newest entry should be \(expected), and it is \(found)."
            }
        }
    }

    /// Reads `page` entries at a time, so that a long trail takes steady memory.
    public static func run(in tx: Transaction, page: Int = 2_000) throws -> Finding {
        var before = TrailHead.beginning
        while true {
            let entries = try tx.all(
                "SELECT \(TrailEntry.columns), hash FROM trail WHERE seq > \(before.seq) ORDER BY seq LIMIT \(page)"
            ) { row in (entry: try TrailEntry(&row), hash: try row.next() as String) }
            for (entry, hash) in entries {
                if entry.seq != before.seq + 1 { return .missing(seq: before.seq + 1) }
                if entry.before != before.hash {
                    return try isWhole(entry, hash, tx) ? .outOfOrder(seq: entry.seq) : .altered(seq: entry.seq)
                }
                if entry.hash != hash { return .altered(seq: entry.seq) }
                before = TrailHead(seq: entry.seq, hash: hash)
            }
            if entries.count < page { break }
        }
        let head = try tx.first("SELECT seq, hash FROM trail_head WHERE id = 1") { row in
            TrailHead(seq: try row.next(), hash: try row.next())
        }
        guard (head?.seq ?? 0) == before.seq, (head?.hash ?? before.hash) == before.hash else {
            return .headDiffers(expected: head?.seq ?? 0, found: before.seq)
        }
        return .whole(entries: before.seq, newest: before.hash)
    }

    /// Unaltered, though perhaps in another's place: two that were swapped each have the digest of the number they were written with.
    private static func isWhole(_ entry: TrailEntry, _ hash: String, _ tx: Transaction) throws -> Bool {
        let most = try max(entry.seq, tx.value("SELECT MAX(seq) FROM trail") ?? 0)
        return (1...most).contains { entry.hash(at: $0) == hash }
    }

    /// Whether entry `seq` still has a digest that was kept somewhere else: nil where there is no such entry.
    public static func digest(of seq: Int, in tx: Transaction) throws -> String? {
        try tx.value("SELECT hash FROM trail WHERE seq = \(seq)")
    }
}
