import Opinion
import Testing

/// Conversations with hardly anything in them must give a map all the same.
@Suite struct SmallConversationTests {
    static let modes = OpinionMap.Mode.allCases

    @Test(arguments: modes)
    func `Nobody at all is an empty map`(mode: OpinionMap.Mode) {
        let map = OpinionMap(OpinionMatrix(AnswerLog()), mode: mode)
        #expect(map.labels.isEmpty)
        #expect(map.figures.consensusAgree.isEmpty)
        #expect(map.stability == nil)
    }

    @Test(arguments: modes)
    func `One person is one group`(mode: OpinionMap.Mode) {
        let map = OpinionMap(MadeUp.matrix(rows: [[1, -1, 0]]), mode: mode)
        #expect(map.labels == [0])
        #expect(map.groupCount == 1)
        #expect(map.projection.people == [.zero])
    }

    @Test(arguments: modes)
    func `One statement parts those who agree from those who don't`(mode: OpinionMap.Mode) {
        let map = OpinionMap(MadeUp.matrix(rows: (0..<20).map { [$0 < 10 ? 1 : -1] }), mode: mode)
        #expect(Set(map.labels.prefix(10)).count == 1)
        #expect(map.labels.first != map.labels.last)
    }

    @Test(arguments: modes)
    func `Where everybody says the same everybody is in one group, and the consensus is that`(mode: OpinionMap.Mode) {
        let map = OpinionMap(MadeUp.matrix(rows: [[Int?]](repeating: [1, 1, -1, 0], count: 30)), mode: mode)
        #expect(Set(map.labels) == [0])
        #expect(map.groupCount == 1)
        #expect(map.figures.consensusAgree == [0, 1])
        #expect(map.figures.consensusDisagree == [2])
        #expect(map.projection.people.allSatisfy { $0 == .zero })
    }

    @Test(arguments: modes)
    func `Statements that nobody but one person answered have figures without a fault`(mode: OpinionMap.Mode) {
        let map = OpinionMap(MadeUp.matrix(rows: (0..<20).map { person in (0..<20).map { $0 == person ? 1 : nil } }), mode: mode)
        #expect(map.figures.priorities.allSatisfy { $0.isFinite })
        #expect(map.projection.people.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }

    /// A group that passes on what others agree with disagrees less than they do in no case: the ratio alone would say that it disagrees.
    @Test(arguments: modes)
    func `No group is said to agree or disagree where nobody in it did`(mode: OpinionMap.Mode) {
        let rows = (0..<20).map { person in (0..<8).map { person < 10 ? ($0 < 4 ? 1 : 0) : ($0 < 4 ? 0 : -1) } }
        let map = OpinionMap(
            MadeUp.matrix(rows: rows),
            mode: mode,
            givenGroups: Dictionary(uniqueKeysWithValues: (0..<UInt64(20)).map { ($0, $0 < 10 ? 0 : 1) })
        )
        for told in map.figures.representative.joined() { #expect(told.count > 0, "statement \(told.column), \(told.direction)") }
        let silent = OpinionMap(MadeUp.matrix(rows: [[Int?]](repeating: [0, 0, 0], count: 12)), mode: mode)
        #expect(silent.figures.representative.joined().isEmpty)
    }

    @Test func `A perspective of one person weighs as much as one of many, and is no group by itself`() {
        var rows = (0..<30).map { _ in [Int?](repeating: 1, count: 8) }
        rows.append([Int?](repeating: -1, count: 8))
        var perspectives = Perspectives()
        for person in 0..<UInt64(31) { perspectives.add(person: person, person < 30 ? "many" : "one") }
        let map = OpinionMap(MadeUp.matrix(rows: rows), mode: .parity, perspectives: perspectives)
        #expect(map.axes.center.allSatisfy { abs($0) < 1e-12 })
        #expect(map.groupCount == 1)
    }

    @Test func `People without a perspective are placed and do not shape the parity map`() {
        let said = MadeUp.camps(people: 40, statements: 10, seed: 21, share: 1)
        var perspectives = Perspectives()
        for person in 0..<UInt64(30) { perspectives.add(person: person, person < 10 ? "few" : "many") }
        let map = OpinionMap(MadeUp.matrix(said), mode: .parity, perspectives: perspectives)
        let without = OpinionMap(MadeUp.matrix(said.filter { $0.person < 30 }), mode: .parity, perspectives: perspectives)
        expectClose(map.axes.first, without.axes.first, within: 1e-9)
        #expect(map.labels.count == 40)
        #expect(map.labels.allSatisfy { $0 != nil })
    }

    @Test func `Where few answered enough, the fifteen with most answers are grouped, and those who tie with them`() {
        let rows = (0..<30).map { person in (0..<12).map { $0 < (person < 10 ? 6 : person < 20 ? 4 : 2) ? (person % 2 == 0 ? 1 : -1) : nil }
        }
        #expect(OpinionMap(MadeUp.matrix(rows: rows), mode: .compat).labels.count { $0 != nil } == 15)
        #expect(OpinionMap(MadeUp.matrix(rows: rows)).labels.count { $0 != nil } == 20)
    }
}
