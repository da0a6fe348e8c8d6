extension Disclosure {
    /// What one circle has been told so far.
    struct Told: Sendable, Hashable, Codable {
        let least: Int
        /// What is told now; empty for "fewer than `least`".
        private(set) var current: [Group] = []
        /// Every other table ever told.
        private(set) var before: [[Group]] = []

        init(least: Int) { self.least = least }

        /// Rule 5: tells as much of `parts` as may be told after all that was told before.
        mutating func tell(_ parts: [Group], _ present: Set<Int>) {
            let next = allowed(Disclosure.groups(of: parts, least: least, present))
            guard next != current else { return }
            if !current.isEmpty, !before.contains(current) { before.append(current) }
            current = next
        }

        /// The new groups where they may be told, the current ones where not. What is kept grows until nothing can be worked out by subtraction.
        private func allowed(_ new: [Group]) -> [Group] {
            guard !new.isEmpty else { return [] }
            let tables = before + (current.isEmpty ? [] : [current])
            var kept = Set<Int>()
            while true {
                let mixed = current.filter { !kept.isDisjoint(with: $0.members) } + new.filter { kept.isDisjoint(with: $0.members) }
                let tooClose = tables.flatMap { self.tooClose(mixed, $0) }.filter { !$0.isSubset(of: kept) }
                if tooClose.isEmpty { return mixed.sorted { $0.members[0] < $1.members[0] } }
                // Nothing is told now that could be kept.
                guard !current.isEmpty else { return [] }
                kept = tooClose.reduce(kept) { $0.union($1) }
                kept = Disclosure.closure(of: kept, current + new)
            }
        }

        /// The sets of perspectives that both tables tell the sum of, and whose difference would tell too much.
        private func tooClose(_ new: [Group], _ old: [Group]) -> [Set<Int>] {
            Disclosure.components(new + old).filter { members in
                let (now, then) = (new.filter { members.isSuperset(of: $0.members) }, old.filter { members.isSuperset(of: $0.members) })
                let changes = Disclosure.changes(Group(joining: now).count, Group(joining: then).count)
                if changes.contains(where: { $0 > 0 && $0 < least }) { return true }
                return now.map(\.members) == then.map(\.members) ? now != then && changes.allSatisfy { $0 == 0 } : !isCovered(now, then)
            }
        }

        /// Whether enough is new for another grouping: for each that was told as one, in every part; for each that now is, in the whole.
        private func isCovered(_ now: [Group], _ then: [Group]) -> Bool {
            let (all, before) = (Group(joining: now), Group(joining: then))
            let isSplitCovered = then.filter { $0.members.count > 1 }.allSatisfy { group in
                zip(group.members, group.parts).allSatisfy { member, part in
                    all.members.firstIndex(of: member).map { hasSlack(all.parts[$0], part) } ?? false
                }
            }
            return isSplitCovered
                && now.filter { $0.members.count > 1 }.allSatisfy { group in
                    let parts = zip(before.members, before.parts).filter { group.members.contains($0.0) }.map(\.1)
                    return parts.isEmpty || hasSlack(group.count, parts.dropFirst().reduce(parts[0], +))
                }
        }

        /// Whether both the first answer and the others to each question have grown.
        private func hasSlack(_ new: Count, _ old: Count) -> Bool {
            // 1 for k = 5, 2 for k = 10: a hidden number could then be as many more or fewer.
            let slack = max(1, least / 5)
            let steps = zip(new.splits, old.splits).flatMap { now, then in
                [now[0] - then[0], now.dropFirst().reduce(0, +) - then.dropFirst().reduce(0, +)]
            }
            return (steps.isEmpty ? [new.people - old.people] : steps).allSatisfy { $0 >= slack }
        }
    }

    /// For each question how many people's answers must differ between two counts, at the least; without questions, how many people.
    private static func changes(_ new: Count, _ old: Count) -> [Int] {
        guard !new.splits.isEmpty else { return [abs(new.people - old.people)] }
        return zip(new.splits, old.splits).map { now, then in
            let steps = zip(now, then).map { $0 - $1 }
            return max(steps.reduce(0) { $0 + max($1, 0) }, steps.reduce(0) { $0 + max(-$1, 0) })
        }
    }

    /// The smallest sets of perspectives that are made of whole groups only.
    private static func components(_ groups: [Group]) -> [Set<Int>] {
        groups.reduce(into: []) { components, group in
            let touched = components.filter { !$0.isDisjoint(with: group.members) }
            components.removeAll { touched.contains($0) }
            components.append(touched.reduce(Set(group.members)) { $0.union($1) })
        }
    }

    /// `members` with everyone told together with one of them.
    private static func closure(of members: Set<Int>, _ groups: [Group]) -> Set<Int> {
        components(groups).filter { !$0.isDisjoint(with: members) }.reduce(members) { $0.union($1) }
    }
}
