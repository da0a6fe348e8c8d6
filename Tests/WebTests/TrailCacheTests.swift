import Kernel
import Testing

@testable import Web

@Suite struct TrailCacheTests {
    private let service = ServiceID(at: .noon, chance: .system)
    private let other = ServiceID(at: .noon, chance: .system)
    private let project = ProjectID(at: .noon, chance: .system)
    private let sister = ProjectID(at: .noon, chance: .system)

    private func cache(most: Int = 10) -> TrailCache<String> {
        let cache = TrailCache<String>(most: most)
        cache.follow(to: 5) { _ in [] }
        cache.keep("kept", under: "a", of: Place(service: service, project: project), at: 5, made: .noon)
        return cache
    }

    @Test func `What was kept is found again`() {
        #expect(cache().find("a", at: 5, now: .noon) == "kept")
    }

    @Test func `A minute later it is made anew`() {
        #expect(cache().find("a", at: 5, now: .noon.adding(minutes: 1)) == nil)
    }

    @Test func `Whoever stands before or after it gets nothing and leaves nothing`() {
        let cache = cache()
        for seq in [4, 6] {
            #expect(cache.find("a", at: seq, now: .noon) == nil)
            cache.keep("other", under: "b", of: .organisation, at: seq, made: .noon)
        }
        #expect(cache.find("b", at: 5, now: .noon) == nil)
    }

    @Test func `An entry in the same project, its service or the whole organisation throws it away`() {
        for place in [Place(service: service, project: project), Place(service: service), .organisation] {
            let cache = cache()
            cache.follow(to: 6) { _ in [place] }
            #expect(cache.find("a", at: 6, now: .noon) == nil)
        }
    }

    @Test func `An entry elsewhere leaves it alone`() {
        for place in [Place(service: service, project: sister), Place(service: other)] {
            let cache = cache()
            cache.follow(to: 6) { _ in [place] }
            #expect(cache.find("a", at: 6, now: .noon) == "kept")
        }
    }

    @Test func `It asks only for what came after the number it stands at`() {
        cache().follow(to: 6) { since in
            #expect(since == 5)
            return []
        }
    }

    @Test func `A database put back to an earlier state finds nothing kept, then or later`() {
        let cache = cache()
        cache.follow(to: 3) { _ in [] }
        cache.follow(to: 5) { _ in [] }
        #expect(cache.find("a", at: 5, now: .noon) == nil)
    }

    @Test func `Far behind, it begins anew without asking`() {
        let cache = cache()
        cache.follow(to: 5000) { _ in
            Issue.record("asked for 4,995 entries")
            return []
        }
        #expect(cache.find("a", at: 5000, now: .noon) == nil)
    }

    @Test func `It never holds more than it may`() {
        let cache = cache(most: 2)
        for key in ["b", "c"] { cache.keep(key, under: key, of: .organisation, at: 5, made: .noon) }
        #expect(["a", "b", "c"].compactMap { cache.find($0, at: 5, now: .noon) } == ["c"])
    }
}

extension Moment {
    fileprivate static let noon = Moment(milliseconds: 1_774_353_600_000)
}
