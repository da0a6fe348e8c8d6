import EqualVoice
import Testing

struct DisclosureTests {
    /// Agree, disagree, pass for young people, parents and carers (lived experience), clinicians and managers (staff).
    static func counts(_ rows: [[Int]]) -> [Disclosure.Count] { rows.map { Disclosure.Count(people: $0.reduce(0, +), splits: [$0]) } }

    static let families: [Disclosure.Family] = [.livedExperience, .livedExperience, .staff, .staff]

    static func disclosure(_ times: [[Int]]...) throws -> Disclosure {
        var disclosure = Disclosure(families: families)
        for rows in times { try disclosure.count(counts(rows)) }
        return disclosure
    }

    static func people(_ table: Disclosure.Table) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: table.rows.map { ($0.perspectives.map(String.init).joined(separator: "+"), $0.people) })
    }

    static let large = [[10, 2, 0], [8, 7, 1], [20, 0, 5], [4, 6, 0]]

    @Test func `Large perspectives are told in full, and parity with them`() throws {
        let table = try Self.disclosure(Self.large).table(for: .everyone)
        #expect(Self.people(table) == ["0": 12, "1": 16, "2": 25, "3": 10])
        #expect(table.rows[2].splits == [[.exactly(20), .exactly(0), .exactly(5)]])
        #expect(
            table.parity()?.score
                == (try Parity(Self.large.map { try PerspectiveAnswers(agrees: $0[0], disagrees: $0[1], passes: $0[2]) }).score)
        )
        #expect(table.onePerson() == Fraction(43, 65) && table.people == 63)
    }

    @Test func `A small perspective is told with its family, and no parity, as that would give it away`() throws {
        let table = try Self.disclosure([[1, 1, 0]] + Self.large.dropFirst()).table(for: .everyone)
        #expect(Self.people(table) == ["0+1": 18, "2": 25, "3": 10])
        #expect(table.rows[0].splits == [[.exactly(9), .withheld, .withheld]])
        #expect(table.parity() == nil)
        #expect(table.onePerson() == Fraction(34, 55))
    }

    @Test func `Where a whole family is small, everyone is told as one`() throws {
        let table = try Self.disclosure([[1, 1, 0], [3, 0, 0], [20, 0, 5], [4, 6, 0]]).table(for: .everyone)
        #expect(Self.people(table) == ["0+1+2+3": 40])
    }

    @Test func `Fewer than ten in all is all that is told`() throws {
        #expect(try Self.disclosure([[1, 1, 0], [3, 0, 0], [4, 0, 0], [0, 0, 0]]).table(for: .everyone) == .few(below: 10))
        #expect(try Self.disclosure([[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]).table(for: .everyone) == .few(below: 10))
    }

    @Test func `A perspective not yet heard is told as such`() throws {
        let table = try Self.disclosure([[0, 0, 0]] + Self.large.dropFirst()).table(for: .everyone)
        #expect(Self.people(table) == ["0": 0, "1": 16, "2": 25, "3": 10])
        #expect(table.parity()?.isComplete == false)
    }

    @Test func `Next to all and next to none of a joined group are only told so`() throws {
        let all = try Self.disclosure([[2, 0, 0], [15, 1, 0], [20, 0, 5], [4, 6, 0]]).table(for: .everyone)
        #expect(all.rows[0].splits[0][0] == .atLeast(16))
        #expect(all.onePerson() == nil)
        let none = try Self.disclosure([[0, 2, 0], [2, 14, 0], [20, 0, 5], [4, 6, 0]]).table(for: .everyone)
        #expect(none.rows[0].splits[0][0] == .atMost(2))
    }

    @Test func `Inside the organisation five are enough`() throws {
        let disclosure = try Self.disclosure([[3, 2, 0]] + Self.large.dropFirst())
        #expect(Self.people(disclosure.table(for: .organisation))["0"] == 5)
        #expect(Self.people(disclosure.table(for: .everyone))["0+1"] == 21)
    }

    @Test func `One more answer is not told until it is one of ten`() throws {
        var disclosure = try Self.disclosure(Self.large)
        for more in 1...10 {
            try disclosure.count(Self.counts([[10 + more, 2, 0]] + Self.large.dropFirst()))
            #expect(disclosure.table(for: .everyone).rows[0].people == (more < 10 ? 12 : 22))
            #expect(disclosure.table(for: .organisation).rows[0].people == 12 + more / 5 * 5)
        }
    }

    @Test func `What changes elsewhere is told meanwhile`() throws {
        let disclosure = try Self.disclosure(Self.large, [[11, 2, 0], [8, 7, 1], [40, 3, 5], [4, 6, 0]])
        #expect(Self.people(disclosure.table(for: .everyone)) == ["0": 12, "1": 16, "2": 48, "3": 10])
    }

    @Test func `One person who thinks again or takes an answer back is not told`() throws {
        let disclosure = try Self.disclosure(Self.large)
        for row in [[9, 3, 0], [9, 2, 0]] {
            var changed = disclosure
            try changed.count(Self.counts([row] + Self.large.dropFirst()))
            #expect(changed.table(for: .everyone) == disclosure.table(for: .everyone))
        }
    }

    @Test func `A family parts only when newcomers of every perspective in it have said one thing and the other`() throws {
        let before = [[2, 2, 0], [8, 7, 1], [20, 0, 5], [4, 6, 0]]
        let oneSided = try Self.disclosure(before, [[12, 2, 0], [15, 15, 1], [20, 0, 5], [4, 6, 0]])
        #expect(Self.people(oneSided.table(for: .everyone))["0+1"] == 20)
        let both = try Self.disclosure(before, [[10, 4, 0], [15, 15, 1], [20, 0, 5], [4, 6, 0]])
        #expect(Self.people(both.table(for: .everyone)) == ["0": 14, "1": 31, "2": 25, "3": 10])
    }

    @Test func `A perspective that was hidden in between is still held against what was told before that`() throws {
        let staff = [[20, 0, 5], [4, 6, 0]]
        let disclosure = try Self.disclosure(
            [[6, 6, 0], [20, 10, 0]] + staff,
            [[3, 3, 0], [30, 20, 0]] + staff,
            [[7, 7, 0], [40, 30, 0]] + staff
        )
        // 14 is 8 more than the 6 told last, but only 2 more than the 12 told first.
        #expect(Self.people(disclosure.table(for: .organisation)) == ["0": 6, "1": 70, "2": 25, "3": 10])
        #expect(Self.people(disclosure.table(for: .everyone)) == ["0+1": 76, "2": 25, "3": 10])
    }

    @Test func `What the organisation is only told the edge of is not added up in public`() throws {
        let disclosure = try Self.disclosure([[0, 3, 0], [0, 4, 0], [20, 0, 5], [4, 6, 0]])
        #expect(disclosure.table(for: .organisation).rows[0].splits[0][0] == .atMost(2))
        #expect(Self.people(disclosure.table(for: .everyone)) == ["0+1+2+3": 42])
        #expect(disclosure.table(for: .everyone).rows[0].splits[0][0] == .withheld)
    }

    @Test func `People only counted follow the same rule`() throws {
        var disclosure = Disclosure(families: [.livedExperience, .staff])
        try disclosure.count([.init(people: 3), .init(people: 12)])
        #expect(Self.people(disclosure.table(for: .everyone)) == ["0+1": 15])
        try disclosure.count([.init(people: 13), .init(people: 20)])
        #expect(Self.people(disclosure.table(for: .everyone)) == ["0": 13, "1": 20])
    }

    @Test func `Counts that do not fit are refused`() {
        var disclosure = Disclosure(families: Self.families)
        #expect(throws: DisclosureProblem.otherPerspectives) { try disclosure.count([]) }
        #expect(throws: DisclosureProblem.unsoundCounts) {
            try disclosure.count(Array(repeating: .init(people: 2, splits: [[1, 0]]), count: 4))
        }
        #expect(throws: DisclosureProblem.unsoundCounts) { try disclosure.count([.init(people: 0)] + Self.counts(Self.large).dropFirst()) }
        #expect(throws: DisclosureProblem.unsoundCounts) { try disclosure.count(Array(repeating: .init(people: -1), count: 4)) }
    }

    /// From the tables alone: any two sums that somebody could subtract are of the same people, or differ by as many as it takes.
    @Test(arguments: 1...12) func `No two tables ever told differ by a few people`(seed: Int) throws {
        var dice = Dice(seed)
        var disclosure = Disclosure(families: Self.families)
        var rows = [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
        var told: [Disclosure.Circle: [Disclosure.Table]] = [:]
        for _ in 0..<80 {
            let (place, answer) = (dice.roll(0...3), dice.roll(0...2))
            rows[place][answer] += dice.roll(1...3)
            try disclosure.count(Self.counts(rows))
            for circle in Disclosure.Circle.allCases where disclosure.table(for: circle) != told[circle]?.last {
                told[circle, default: []].append(disclosure.table(for: circle))
            }
        }
        for circle in Disclosure.Circle.allCases {
            let tables = (told[circle] ?? []).filter { !$0.rows.isEmpty }
            for (first, second) in tables.indices.flatMap({ a in tables.indices.filter { $0 > a }.map { (tables[a], tables[$0]) } }) {
                for union in Self.unions where Self.sum(first, union) != nil && Self.sum(second, union) != nil {
                    let difference = abs(Self.sum(first, union)! - Self.sum(second, union)!)
                    #expect(difference == 0 || difference >= circle.least, "\(union)")
                }
            }
        }
    }

    static let unions = (1..<16).map { bits in Set((0..<4).filter { bits >> $0 & 1 == 1 }) }

    /// How many people these perspectives have together, where the table tells.
    static func sum(_ table: Disclosure.Table, _ union: Set<Int>) -> Int? {
        let rows = table.rows.filter { union.isSuperset(of: $0.perspectives) }
        return rows.reduce(0) { $0 + $1.perspectives.count } == union.count ? rows.reduce(0) { $0 + $1.people } : nil
    }
}
