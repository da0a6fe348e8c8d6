import Testing

@testable import EqualVoice

/// Somebody who knows the rule tries to work back to what is hidden: of all that could have been counted, what fits what was told?
struct WorkingBackTests {
    /// People and how many of them agree, per perspective.
    typealias Counts = [Disclosure.Count]

    static let families: [Disclosure.Family] = [.livedExperience, .livedExperience, .staff]

    /// Everything that `perspectives` perspectives of together at most `most` people could have said.
    static func all(_ perspectives: Int, most: Int) -> [Counts] {
        guard perspectives > 0 else { return [[]] }
        return (0...most).flatMap { people in
            (0...people).flatMap { agree in
                all(perspectives - 1, most: most - people).map {
                    [Disclosure.Count(people: people, splits: [[agree, people - agree]])] + $0
                }
            }
        }
    }

    struct Seen: Hashable {
        var organisation: [Disclosure.Table] = []
        var everyone: [Disclosure.Table] = []
    }

    /// What is told of each count in turn.
    static func told(_ times: [Counts], organisation: Int, everyone: Int) -> Seen {
        var (disclosure, seen) = (
            Disclosure(families: Array(families.prefix(times[0].count)), organisation: organisation, everyone: everyone), Seen()
        )
        for counts in times {
            try! disclosure.count(counts)
            seen.organisation.append(disclosure.table(for: .organisation))
            seen.everyone.append(disclosure.table(for: .everyone))
        }
        return seen
    }

    /// What somebody would like to know of one perspective, and whether that is any secret.
    typealias Secret = ([Counts], Int) -> (value: [Int], isSecret: Bool)

    /// Over everything that was told, the fewest values that `secret` could have where it is one.
    static func fewest<Told: Hashable>(_ histories: [[Counts]], _ told: ([Counts]) -> Told, _ secret: Secret) -> Int {
        var fewest = Int.max
        let most = histories.map(total).max() ?? 0
        for inputs in Dictionary(grouping: histories, by: told).values {
            // With as many people as were tried at most, what would fit with one more is missing.
            let tried = inputs.filter { $0.count == 1 || total($0) < most }
            for place in inputs[0][0].indices where tried.contains(where: { secret($0, place).isSecret }) {
                fewest = min(fewest, Set(inputs.map { secret($0, place).value }).count)
            }
        }
        return fewest
    }

    private static func total(_ history: [Counts]) -> Int { history[history.count - 1].reduce(0) { $0 + $1.people } }

    /// How many people there are of a perspective that has too few at one time.
    static func people(at time: Int, below least: Int) -> Secret {
        { history, place in ([history[time][place].people], (1..<least).contains(history[time][place].people)) }
    }

    /// How many of those agree.
    static func agree(at time: Int, below least: Int) -> Secret {
        { history, place in
            let (then, last) = (history[time][place], history[history.count - 1][place])
            // A perspective that is large in the end and all of one answer gives itself away: nothing to do with subtraction.
            let givesItselfAway = last.people >= least && last.splits[0].contains(0)
            return ([then.splits[0][0]], (1..<least).contains(then.people) && !givesItselfAway)
        }
    }

    /// What newcomers said, where they are too few.
    static func newcomers(below least: Int) -> Secret {
        { history, place in
            let steps = zip(history[1][place].splits[0], history[0][place].splits[0]).map { $0 - $1 }
            return (steps, (1..<least).contains(steps[0] + steps[1]))
        }
    }

    @Test(arguments: [3, 4]) func `One public table hides how many a small perspective has, and what they said`(least: Int) {
        let all = Self.all(3, most: least + 4).map { [$0] }
        func told(_ history: [Counts]) -> [Disclosure.Table] { Self.told(history, organisation: least, everyone: least).everyone }
        #expect(Self.fewest(all, told, Self.people(at: 0, below: least)) >= least - 1)
        #expect(Self.fewest(all, told, Self.agree(at: 0, below: least)) >= 2)
    }

    @Test func `Holding the organisation's table and the public one hides it just as well`() {
        let all = Self.all(3, most: 8).map { [$0] }
        func told(_ history: [Counts]) -> Seen { Self.told(history, organisation: 3, everyone: 5) }
        #expect(Self.fewest(all, told, Self.people(at: 0, below: 3)) >= 2)
        #expect(Self.fewest(all, told, Self.agree(at: 0, below: 3)) >= 2)
    }

    /// Two counts, the second with more answers or the same, as somebody would assume.
    static func histories(_ perspectives: Int, most: Int) -> [[Counts]] {
        let all = all(perspectives, most: most)
        return all.flatMap { first in
            all.filter { second in
                zip(first, second).allSatisfy { zip($0.splits[0], $1.splits[0]).allSatisfy { $0 <= $1 } }
            }.map { [first, $0] }
        }
    }

    @Test func `Two tables over time, of both circles, hide it, and what few newcomers said`() {
        let all = Self.histories(2, most: 7)
        func told(_ history: [Counts]) -> Seen { Self.told(history, organisation: 3, everyone: 4) }
        for time in 0...1 {
            #expect(Self.fewest(all, told, Self.people(at: time, below: 3)) >= 2)
            #expect(Self.fewest(all, told, Self.agree(at: time, below: 3)) >= 2)
        }
        #expect(Self.fewest(all, told, Self.newcomers(below: 3)) >= 2)
    }

    /// All who answered something, beside all who answered one statement: with everybody of a small perspective leaving that one out, telling it as
    /// "nobody" would give its number away.
    @Test func `A statement that a small perspective left out does not tell how many they are`() {
        struct Two: Hashable {
            let all: Disclosure.Table
            let one: Disclosure.Table
        }
        func table(_ people: [Int], _ present: Set<Int>) -> Disclosure.Table {
            var disclosure = Disclosure(families: [.staff, .staff], organisation: 3, everyone: 3)
            try! disclosure.count(people.map { Disclosure.Count(people: $0) }, present: present)
            return disclosure.table(for: .everyone)
        }
        var inputs: [Two: Set<Int>] = [:]
        for many in 0...12 {
            for few in 0...12 - many {
                let present = Set([many, few].indices.filter { [many, few][$0] > 0 })
                for (left, others) in (0...many).flatMap({ left in (0...few).map { (left, $0) } }) {
                    let seen = Two(all: table([many, few], present), one: table([left, others], present))
                    inputs[seen, default: []].insert(few)
                }
            }
        }
        let given = inputs.filter { $0.value.count == 1 && (1...2).contains($0.value.first ?? 0) }
        #expect(given.isEmpty)
    }
}
