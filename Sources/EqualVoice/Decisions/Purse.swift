/// Who has how much of a shared budget left, people with the same ballot and perspective taken together.
///
/// All amounts are whole numbers over one denominator, which grows with what is bought: comparing them is cheap, and nothing is rounded.
struct Purse: Hashable {
    private struct Members: Hashable {
        /// By project.
        let supports: [Bool]
        let count: WholeNumber
        /// What each of them has left, over the purse's denominator.
        var left: WholeNumber
    }

    /// A project that its supporters can pay for: those who have so much pay `due` / `paying` each, over the purse's denominator, and the
    /// others all they have left.
    struct Offer {
        let project: Int
        let due: WholeNumber
        let paying: WholeNumber
    }

    private var denominator: WholeNumber
    /// The poorest first.
    private var members: [Members]
    private(set) var bought: Set<Int> = []

    /// Each member owns `budget.total` / Σw; a person of weight w stands for w of them.
    init(_ poll: Poll<EqualShares.Approvals>, _ weights: [WholeNumber], _ budget: EqualShares.Budget) {
        var counts: [Set<Int>: WholeNumber] = [:]
        for (ballots, weight) in zip(poll.perspectives, weights) { for ballot in ballots { counts[ballot, default: .zero] += weight } }
        denominator = counts.values.reduce(.zero, +)
        members = counts.filter { !$0.key.isEmpty }.sorted { $0.key.sorted().lexicographicallyPrecedes($1.key.sorted()) }.map {
            ballot,
            count in
            Members(supports: budget.costs.indices.map(ballot.contains), count: count, left: WholeNumber(budget.total))
        }
    }

    /// The offers with the least ρ, oldest first; several only where they tie exactly, none where nothing can be paid for.
    func cheapest(_ budget: EqualShares.Budget) -> [Offer] {
        let offers = budget.costs.indices.filter { !bought.contains($0) }.compactMap { offer($0, cost: budget.costs[$0]) }
        let rates = offers.map { offer in
            // Over the same denominator for all, so that it can be left out.
            Fraction(offer.due, offer.paying * (budget.utility == .cardinal ? .one : WholeNumber(budget.costs[offer.project])))
        }
        let least = rates.min()
        return zip(offers, rates).filter { $0.1 == least }.map(\.0)
    }

    private func offer(_ project: Int, cost: Int) -> Offer? {
        let supporters = members.filter { $0.supports[project] }
        var due = WholeNumber(cost) * denominator
        var paying = supporters.reduce(WholeNumber.zero) { $0 + $1.count }
        for supporter in supporters {
            if due <= supporter.left * paying { return Offer(project: project, due: due, paying: paying) }
            due = due - supporter.left * supporter.count
            paying = paying - supporter.count
        }
        return nil
    }

    mutating func buy(_ offer: Offer) {
        let common = WholeNumber.greatestCommonDivisor(offer.due, offer.paying)
        let (price, scale) = (offer.due.divided(by: common), offer.paying.divided(by: common))
        for place in members.indices {
            let had = members[place].left * scale
            members[place].left = members[place].supports[offer.project] ? max(.zero, had - price) : had
        }
        denominator = denominator * scale
        bought.insert(offer.project)
        reduce()
        members.sort { $0.left == $1.left ? $0.supports.lexicographicallyPrecedes($1.supports) { $0 && !$1 } : $0.left < $1.left }
    }

    /// In lowest terms, so that equal purses are equal.
    private mutating func reduce() {
        let common = members.reduce(denominator) { $0 == .one ? $0 : .greatestCommonDivisor($0, $1.left) }
        guard common != .one else { return }
        denominator = denominator.divided(by: common)
        for place in members.indices { members[place].left = members[place].left.divided(by: common) }
    }
}
