import Kernel
import NIOConcurrencyHelpers
import Store
import Words

/// Parts of pages that look alike to everybody who may see them, such as one voice in a list.
///
/// Which of them somebody may see is asked of the database each time. How each of them looks is made once, and kept until the trail says that
/// it may have changed: of a page of fifty voices that is nine tenths of the work.
final class KeptParts: Sendable {
    // 4,000 voices in a list are 6 MB.
    private static let most = 4000
    private let kinds = NIOLockedValueBox<[String: TrailCache<any Sendable>]>([:])
    private let trail: TrailReader

    init(_ trail: TrailReader) { self.trail = trail }

    /// One part for each of `keys`, in their order; nil where `make` made none.
    func find(
        _ kind: StaticString,
        _ keys: [String],
        of place: Place,
        at now: Moment,
        _ tx: Transaction,
        make: ([String]) throws -> [String: any Sendable]
    ) throws -> [(any Sendable)?] {
        let parts = cache(of: kind)
        // In the same transaction as everything else on the page: what is kept and what is asked are of one moment.
        let newest = try trail.newest(tx)
        try parts.follow(to: newest) { try trail.places(tx, $0) }
        var found = parts.find(keys, at: newest, now: now)
        let missing = keys.indices.filter { found[$0] == nil }
        guard !missing.isEmpty else { return found }
        let made = try make(missing.map { keys[$0] })
        for index in missing {
            guard let part = made[keys[index]] else { continue }
            found[index] = part
            parts.keep(part, under: keys[index], of: place, at: newest, made: now)
        }
        return found
    }

    private func cache(of kind: StaticString) -> TrailCache<any Sendable> {
        let name = "\(kind) \(Language.current.code)"
        return kinds.withLockedValue { kinds in
            if let cache = kinds[name] { return cache }
            let cache = TrailCache<any Sendable>(most: Self.most)
            kinds[name] = cache
            return cache
        }
    }
}

extension Visit {
    /// The parts of one kind under `keys`, in their order, as they look to everybody who may see them; `make` makes those that are not kept.
    ///
    /// The caller has asked, in this transaction, that whoever came may see every one of `keys`; and `make` heeds nothing of who that is.
    public func kept<Part: Sendable>(
        _ kind: StaticString,
        _ keys: [String],
        of place: Place,
        _ tx: Transaction,
        make: ([String]) throws -> [String: Part]
    ) throws -> [Part] {
        try parts.find(kind, keys, of: place, at: at, tx, make: make).compactMap { $0 as? Part }
    }
}
