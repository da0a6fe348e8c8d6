/// A shared budget spent by the Method of Equal Shares: everyone owns an equal part of it, and what is bought is paid for by those who want it.
///
/// A person of weight w stands for w members with B/Σw each. Bought is, again and again, the project with the least ρ for which
/// Σ min(b_i, ρ·u_i) over its supporters is its cost, until its supporters cannot pay for any. What is left over is not spent.
/// D. Peters, G. Pierczyński and P. Skowron, Proportional participatory budgeting with additive utilities (2021).
public struct EqualShares: Sendable, Hashable {
    /// A ballot: the projects somebody supports.
    public typealias Approvals = Set<Int>

    /// What a project that someone supports is worth to them.
    public enum Utility: String, Sendable, Hashable, Codable, CaseIterable {
        /// 1: as many as possible of the projects people want.
        case cardinal
        /// Its cost: as much as possible of the money goes where people want it.
        case cost
    }

    /// What is voted on: the projects' costs, oldest first, and the budget, in whole units such as pence.
    public struct Budget: Sendable, Hashable {
        public let costs: [Int]
        public let total: Int
        public let utility: Utility

        /// - Throws: `BallotProblem.noOptions`, `cost` for a project that costs nothing, `budget` for one below zero.
        public init(costs: [Int], total: Int, utility: Utility) throws {
            guard !costs.isEmpty else { throw BallotProblem.noOptions }
            if let free = costs.firstIndex(where: { $0 <= 0 }) { throw BallotProblem.cost(option: free) }
            guard total >= 0 else { throw BallotProblem.budget }
            (self.costs, self.total, self.utility) = (costs, total, utility)
        }
    }

    /// Each list of projects that some way of breaking exact ties buys; by place, oldest first.
    public let winners: [[Int]]
    /// The one that breaking ties oldest first buys.
    public let chosen: [Int]
    /// False where so much ties that not every way was followed: then `winners` has only `chosen`.
    public let isEveryTieFollowed: Bool

    /// - Throws: `BallotProblem.unknownOption` for support of a project that is not there.
    public static func count(_ poll: Poll<Approvals>, _ budget: Budget) throws -> BothTallies<EqualShares> {
        for option in poll.perspectives.joined().joined() where !budget.costs.indices.contains(option) {
            throw BallotProblem.unknownOption(option)
        }
        return BothTallies { EqualShares(Purse(poll, poll.weights($0), budget), budget) }
    }

    private init(_ purse: Purse, _ budget: Budget) {
        var (oldest, hasTies) = (purse, false)
        while case let tied = oldest.cheapest(budget), let offer = tied.first {
            hasTies = hasTies || tied.count > 1
            oldest.buy(offer)
        }
        chosen = oldest.bought.sorted()
        let all = hasTies ? Self.followTies(from: purse, budget) : [oldest.bought]
        isEveryTieFollowed = all != nil
        winners = (all ?? [oldest.bought]).map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// 1,000: some seconds of work with hundreds of people; real votes need fewer than ten.
    static let mostPurses = 1_000

    /// What can be bought, over all ways of breaking ties; nil where that is too many to follow.
    private static func followTies(from purse: Purse, _ budget: Budget) -> Set<Set<Int>>? {
        var (open, seen, ends) = ([purse], Set([purse]), Set<Set<Int>>())
        while let purse = open.popLast() {
            let next = purse.cheapest(budget)
            if next.isEmpty { ends.insert(purse.bought) }
            for offer in next {
                var after = purse
                after.buy(offer)
                if seen.insert(after).inserted { open.append(after) }
            }
            guard seen.count <= mostPurses else { return nil }
        }
        return ends
    }
}
