import Kernel
import NIOConcurrencyHelpers

/// Things made from the database and kept until the trail says that they may have changed.
///
/// What is kept belongs to one number of the trail. Whoever stands at another number, before or after it, gets nothing and leaves nothing.
final class TrailCache<Thing: Sendable>: Sendable {
    private struct Kept {
        let thing: Thing
        let place: Place
        let made: Moment
    }

    private struct State {
        var seq = -1
        var things: [String: Kept] = [:]

        func find(_ key: String, at seq: Int, now: Moment) -> Thing? {
            guard self.seq == seq, let kept = things[key], now < kept.made.adding(minutes: longestLife) else { return nil }
            return kept.thing
        }
    }

    private let state = NIOLockedValueBox(State())
    private let most: Int

    // A minute: dates pass without anybody doing anything, and "overdue" must come to be said.
    private static var longestLife: Int { 1 }
    // Further behind than 500 entries, all of it is made anew.
    private static var farBehind: Int { 500 }

    /// - Parameter most: So many are kept; with one more it begins anew.
    init(most: Int) { self.most = most }

    func stands(at seq: Int) -> Bool { state.withLockedValue { $0.seq == seq } }

    /// Throws away what the entries up to `newest` may have changed.
    ///
    /// - Parameter places: where the entries after a number belong.
    func follow(to newest: Int, _ places: (Int) throws -> [Place]) rethrows {
        let known = state.withLockedValue { $0.seq }
        guard known != newest else { return }
        // Ahead of the trail is who came a moment too late, or whose database was put back to an earlier state: both begin anew.
        let changed = known >= 0 && newest > known && newest - known < Self.farBehind ? try places(known) : nil
        state.withLockedValue { state in
            guard state.seq != newest else { return }
            if let changed, state.seq == known {
                state.things = state.things.filter { !$0.value.place.mayHaveChanged(with: changed) }
            } else {
                state.things = [:]
            }
            state.seq = newest
        }
    }

    func find(_ key: String, at seq: Int, now: Moment) -> Thing? { state.withLockedValue { $0.find(key, at: seq, now: now) } }

    func find(_ keys: [String], at seq: Int, now: Moment) -> [Thing?] {
        state.withLockedValue { state in keys.map { state.find($0, at: seq, now: now) } }
    }

    func keep(_ thing: Thing, under key: String, of place: Place, at seq: Int, made: Moment) {
        state.withLockedValue { state in
            guard state.seq == seq else { return }
            if state.things.count >= most { state.things.removeAll(keepingCapacity: true) }
            state.things[key] = Kept(thing: thing, place: place, made: made)
        }
    }
}

extension Place {
    /// True where something that happened at one of `places` may show at this one: there, above it or below it.
    func mayHaveChanged(with places: [Place]) -> Bool {
        places.contains { changed in
            guard let service = changed.service, let mine = self.service else { return true }
            if service != mine { return false }
            guard let project = changed.project, let ours = self.project else { return true }
            return project == ours
        }
    }
}
