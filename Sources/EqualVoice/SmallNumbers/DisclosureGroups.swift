extension Disclosure {
    /// The fewest people that so many perspectives can be told as one with: from a + b = 3 anybody would guess 1 and 2.
    static func least(_ least: Int, of perspectives: Int) -> Int { perspectives == 1 ? least : max(least, perspectives + 2) }

    /// Perspectives told as one, or one by itself, with the count behind what is told.
    struct Group: Sendable, Hashable, Codable {
        /// By place, in order.
        let members: [Int]
        let families: Set<Family>
        /// What each member's people said.
        let parts: [Count]
        /// The questions of which another table gives only a band for some of these people.
        var withheld: Set<Int> = []

        init(_ perspective: Int, _ family: Family, _ count: Count) { (members, families, parts) = ([perspective], [family], [count]) }

        /// - Parameter groups: at least one.
        init(joining groups: [Group]) {
            let sorted = groups.flatMap { zip($0.members, $0.parts) }.sorted { $0.0 < $1.0 }
            (members, parts) = (sorted.map(\.0), sorted.map(\.1))
            families = groups.reduce([]) { $0.union($1.families) }
            withheld = groups.count == 1 ? groups[0].withheld : groups.reduce([]) { $0.union($1.banded) }
        }

        var count: Count { parts.dropFirst().reduce(parts[0], +) }

        /// Fewer than k people, or hardly more than perspectives told as one, each of which is known to have somebody.
        func isSmall(_ least: Int, _ present: Set<Int>) -> Bool {
            isThere(present) && count.people < Disclosure.least(least, of: members.count)
        }

        /// Somebody answered this, or is known to have left it out.
        func isThere(_ present: Set<Int>) -> Bool { count.people > 0 || !present.isDisjoint(with: members) }

        var row: Row { Row(perspectives: members, people: count.people, splits: count.splits.indices.map(numbers)) }

        private var banded: Set<Int> { Set(count.splits.indices.filter { members.count > 1 && first($0).number == nil }) }

        private func numbers(_ split: Int) -> [Number] {
            guard members.count > 1 else { return count.splits[split].map(Number.exactly) }
            return [first(split)] + count.splits[split].dropFirst().map { _ in Number.withheld }
        }

        /// 2: the lowest frequency that official statistics commonly print is 3. In fewer than five people, so much that the two bands do not meet.
        private func first(_ split: Int) -> Number {
            guard !withheld.contains(split) else { return .withheld }
            let (first, edge) = (count.splits[split][0], min(2, (count.people - 1) / 2))
            if first <= edge { return .atMost(edge) }
            return first >= count.people - edge ? .atLeast(count.people - edge) : .exactly(first)
        }
    }

    /// Rules 1 and 2: who is told together with whom; empty where nothing is told.
    static func groups(of parts: [Group], least: Int, _ present: Set<Int>) -> [Group] {
        let (heard, unheard) = (parts.filter { $0.isThere(present) }, parts.filter { !$0.isThere(present) })
        guard !heard.isEmpty, !Group(joining: heard).isSmall(least, present) else { return [] }
        let families = Dictionary(grouping: heard, by: \.families).values.flatMap { family in
            family.contains { $0.isSmall(least, present) } ? [Group(joining: family)] : family
        }
        let told = families.contains { $0.isSmall(least, present) } ? [Group(joining: heard)] : families
        return (told + unheard).sorted { $0.members[0] < $1.members[0] }
    }
}
