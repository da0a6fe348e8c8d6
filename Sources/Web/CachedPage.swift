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
    /// Set where the page tells everybody the same: what to put into the frame of somebody who is signed in.
    let shared: SharedPage?

    init(_ bytes: [UInt8], type: String, place: Place, made: Moment, shared: SharedPage? = nil) {
        self.shared = shared
        body = ByteBuffer(bytes: bytes)
        self.type = type
        etag = "\"\(Hex.text(of: SHA256.hash(data: bytes).prefix(16)))\""
        self.place = place
        self.made = made
    }
}

/// The public pages, rendered once per change. The cache follows the trail: what an entry may have changed is thrown away.
///
/// "Once per change" must hold at once and across processes, since a withdrawn voice may not be shown one moment longer. So each request
/// first learns the trail's newest number, in a question that all requests waiting at that moment share (`Database.fresh`).
final class PageCache: Sendable {
    /// 256: a few dozen pages are what most people read; at 50 KB each this is 13 MB.
    private let pages = TrailCache<CachedPage>(most: 256)
    private let db: Database
    private let trail: TrailReader

    init(db: Database, trail: TrailReader) {
        self.db = db
        self.trail = trail
    }

    /// The page under `key` as it is now, and the trail's number that this holds for.
    func look(_ key: String, now: Moment) async throws -> (page: CachedPage?, seq: Int) {
        let (pages, trail) = (pages, trail)
        let newest = try await db.fresh("trail") { tx in try trail.newest(tx) }
        if !pages.stands(at: newest) { try await db.read { tx in try pages.follow(to: newest) { try trail.places(tx, $0) } } }
        return (pages.find(key, at: newest, now: now), newest)
    }

    /// Keeps a page that was rendered when the trail stood at `seq` or later; not if the trail has moved on since.
    func keep(_ page: CachedPage, under key: String, seq: Int) {
        pages.keep(page, under: key, of: page.place, at: seq, made: page.made)
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
