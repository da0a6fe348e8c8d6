/// Ranked pairs: victories are locked in from the clearest down, leaving out what would close a circle.
/// T. N. Tideman, Independence of clones as a criterion for voting rules (1987).
///
/// Where victories are equally clear the order of locking may matter; then every order is followed, and whoever wins by one of them wins.
enum RankedPairs {
    /// 2,000: a second of work at most; real votes need fewer than ten. Ten options in a circle of equal victories are still followed.
    static let mostLocks = 2_000

    static func outcome(_ margins: Margins) -> (Outcome, isEveryTieFollowed: Bool) {
        let groups = equallyClear(margins)
        let first = groups.reduce(Locked(margins.options)) { locked, group in group.reduce(locked) { $0.locking($1) } }
        guard let all = everyOrder(groups, of: margins.options) else { return (Outcome(first), false) }
        let winners = Set(all.flatMap { Outcome($0).winners }).sorted()
        return (Outcome(options: margins.options, winners: winners, beats: first.beats), true)
    }

    /// Victories by falling margin; each group equally clear, oldest first.
    private static func equallyClear(_ margins: Margins) -> [[Victory]] {
        let options = 0..<margins.options
        let victories = options.flatMap { a in options.filter { margins[a, $0] > .zero }.map { Victory(winner: a, loser: $0) } }
        return Dictionary(grouping: victories) { margins[$0.winner, $0.loser] }.sorted { $0.key > $1.key }.map(\.value)
    }

    /// What may be locked at the end, over all orders; nil where that is too many to follow.
    private static func everyOrder(_ groups: [[Victory]], of options: Int) -> Set<Locked>? {
        var all: Set<Locked> = [Locked(options)]
        for group in groups {
            var (open, done, seen) = (Array(all), Set<Locked>(), all)
            while let locked = open.popLast() {
                let next = locked.choices(group)
                if next.isEmpty { done.insert(locked) }
                open += next.filter { seen.insert($0).inserted }
                guard seen.count <= mostLocks else { return nil }
            }
            all = done
        }
        return all
    }
}

extension Outcome {
    fileprivate init(_ locked: Locked) { self.init(options: locked.options, beats: locked.beats) }
}

private struct Victory: Hashable {
    let winner: Int
    let loser: Int
}

/// The victories locked so far, with all that follows from them: beating whoever is beaten by whom one beats.
private struct Locked: Hashable {
    let options: Int
    private var follows: [Bool]

    init(_ options: Int) { (self.options, follows) = (options, Array(repeating: false, count: options * options)) }

    func beats(_ a: Int, _ b: Int) -> Bool { follows[a * options + b] }

    /// The same where the victory would close a circle.
    func locking(_ victory: Victory) -> Locked {
        guard !beats(victory.loser, victory.winner), !beats(victory.winner, victory.loser) else { return self }
        let above = (0..<options).filter { $0 == victory.winner || beats($0, victory.winner) }
        let below = (0..<options).filter { $0 == victory.loser || beats(victory.loser, $0) }
        var locked = self
        for a in above { for b in below { locked.follows[a * options + b] = true } }
        return locked
    }

    /// What can be locked next out of `group`; empty when nothing is left to decide. A victory that no order can leave out comes alone.
    func choices(_ group: [Victory]) -> [Locked] {
        let open = group.filter { !beats($0.winner, $0.loser) && !beats($0.loser, $0.winner) }
        let together = reach(with: open)
        if let safe = open.first(where: { !together[$0.loser * options + $0.winner] }) { return [locking(safe)] }
        return open.map(locking)
    }

    /// Who would reach whom if all of `open` were locked, circles or not.
    private func reach(with open: [Victory]) -> [Bool] {
        var reach = follows
        for victory in open { reach[victory.winner * options + victory.loser] = true }
        for via in 0..<options {
            for a in 0..<options where reach[a * options + via] {
                for b in 0..<options where reach[via * options + b] { reach[a * options + b] = true }
            }
        }
        return reach
    }
}
