import Crypto
import Kernel
import NIOConcurrencyHelpers
import NIOCore
import Store

/// A page that looks the same to every stranger, kept as the bytes that go out.
struct CachedPage: Sendable {
    let body: ByteBuffer
    let type: String
    /// `"` + 32 hexadecimal digits + `"`: the digest of the bytes, so that any change to the page changes it.
    let etag: String
    let place: Place
    let made: Moment

    init(_ bytes: [UInt8], type: String, place: Place, made: Moment) {
        body = ByteBuffer(bytes: bytes)
        self.type = type
        etag = "\"\(Hex.text(of: SHA256.hash(data: bytes).prefix(16)))\""
        self.place = place
        self.made = made
    }

    /// A minute: dates pass without anybody doing anything, and "overdue" must come to be said.
    static let longestLife = 1

    func isStale(after places: [Place]) -> Bool {
        places.contains { changed in
            guard let service = changed.service, let mine = place.service else { return true }
            if service != mine { return false }
            guard let project = changed.project, let ours = place.project else { return true }
            return project == ours
        }
    }
}

/// The public pages, rendered once per change. The cache follows the trail: what an entry may have changed is thrown away.
///
/// "Once per change" must hold at once and across processes, since a withdrawn voice may not be shown one moment longer. So each request
/// first learns the trail's newest number, in a question that all requests waiting at that moment share (`Database.fresh`).
final class PageCache: Sendable {
    /// 256: a few dozen pages are what most people read; at 50 KB each this is 13 MB.
    private static let most = 256

    private struct State {
        var seq = -1
        var pages: [String: CachedPage] = [:]
    }

    private let state = NIOLockedValueBox(State())
    private let db: Database
    private let trail: TrailReader

    init(db: Database, trail: TrailReader) {
        self.db = db
        self.trail = trail
    }

    /// The page under `key` as it is now, and the trail's number that this holds for.
    func look(_ key: String, now: Moment) async throws -> (page: CachedPage?, seq: Int) {
        let trail = trail
        let newest = try await db.fresh("trail") { tx in try trail.newest(tx) }
        let known = state.withLockedValue { $0.seq }
        if newest != known { try await follow(from: known, to: newest) }
        return state.withLockedValue { state in
            guard let page = state.pages[key], now < page.made.adding(minutes: CachedPage.longestLife) else { return (nil, state.seq) }
            return (page, state.seq)
        }
    }

    /// Keeps a page that was rendered when the trail stood at `seq` or later; not if the trail has moved on since.
    func keep(_ page: CachedPage, under key: String, seq: Int) {
        state.withLockedValue { state in
            guard state.seq == seq else { return }
            if state.pages.count >= Self.most { state.pages.removeAll(keepingCapacity: true) }
            state.pages[key] = page
        }
    }

    private func follow(from known: Int, to newest: Int) async throws {
        let trail = trail
        // Far behind, or a database put back to an earlier state: begin anew.
        let places = known >= 0 && newest > known && newest - known < 500 ? try await db.read { tx in try trail.places(tx, known) } : nil
        state.withLockedValue { state in
            guard state.seq < newest || places == nil else { return }
            if let places { state.pages = state.pages.filter { !$0.value.isStale(after: places) } } else { state.pages = [:] }
            state.seq = newest
        }
    }
}

/// How the cache asks the trail, which `Web` does not know.
public struct TrailReader: Sendable {
    let newest: @Sendable (Transaction) throws -> Int
    let places: @Sendable (Transaction, Int) throws -> [Place]

    public init(newest: @escaping @Sendable (Transaction) throws -> Int, places: @escaping @Sendable (Transaction, Int) throws -> [Place]) {
        self.newest = newest
        self.places = places
    }
}
