import Opinion
import OpinionFiles
import Testing

@Suite struct ShufflingTests {
    private static let modes: [OpinionMap.Mode] = [.stable, .parity]

    @Test(arguments: modes, [1, 2, 3] as [UInt64])
    func `Answers read in another order give the same map, bit for bit`(mode: OpinionMap.Mode, seed: UInt64) {
        let said = MadeUp.camps(people: 60, statements: 20, seed: 7)
        var dice = SeededDice(seed)
        let map = map(said, mode)
        let other = self.map(said.shuffled(using: &dice), mode)
        #expect(map.projection.people == other.projection.people)
        #expect(map.projection.statements == other.projection.statements)
        #expect(map.labels == other.labels)
        #expect(map.stability == other.stability)
        #expect(map.figures.representative == other.figures.representative)
        #expect(map.figures.priorities == other.figures.priorities)
    }

    @Test(arguments: modes, [1, 2, 3] as [UInt64])
    func `People and statements with other numbers give the same groups and figures`(mode: OpinionMap.Mode, seed: UInt64) {
        let said = MadeUp.camps(people: 60, statements: 20, seed: 7)
        var dice = SeededDice(seed)
        let people = Array(0..<UInt64(60)).shuffled(using: &dice)
        let statements = Array(0..<UInt64(20)).shuffled(using: &dice)
        let renumbered = said.map {
            Said(person: people[Int($0.person)], statement: statements[Int($0.statement)], answer: $0.answer, at: $0.at)
        }
        let (map, other) = (map(said, mode), self.map(renumbered, mode) { UInt64(people.firstIndex(of: $0)!) })
        #expect(map.groupCount == other.groupCount)
        #expect(map.labels == people.map { other.labels[Int($0)] })
        #expect(map.stability == other.stability)
        for (group, same) in zip(map.figures.groups, other.figures.groups) {
            #expect(group.agrees == statements.map { same.agrees[Int($0)] })
            #expect(group.agreeRatioTest == statements.map { same.agreeRatioTest[Int($0)] })
        }
        expectClose(map.projection.extremities, statements.map { other.projection.extremities[Int($0)] }, within: 1e-9)
        expectClose(map.projection.people.map { abs($0.x) }, people.map { abs(other.projection.people[Int($0)].x) }, within: 1e-9)
    }

    @Test(arguments: Golden.conversations)
    func `A real conversation gives the same groups whatever the numbers of its people`(name: String) throws {
        let input = try Golden.input(name)
        let matrix = OpinionMatrix(input.log)
        var dice = SeededDice(5)
        let numbers = Array(matrix.people.indices).shuffled(using: &dice)
        var log = AnswerLog()
        for row in matrix.people.indices {
            for said in matrix.answers(row: row) {
                log.add(person: UInt64(numbers[row]), statement: matrix.statements[said.column], said.answer)
            }
        }
        let map = OpinionMap(matrix, moderation: input.moderation, withStability: false)
        let other = OpinionMap(OpinionMatrix(log), moderation: input.moderation, withStability: false)
        #expect(map.labels == numbers.map { other.labels[$0] })
        #expect(map.figures.representative == other.figures.representative)
    }

    private func map(_ said: [Said], _ mode: OpinionMap.Mode, original: (UInt64) -> UInt64 = { $0 }) -> OpinionMap {
        var perspectives = Perspectives()
        for person in 0..<UInt64(60) { perspectives.add(person: person, original(person) < 9 ? "few" : "many") }
        return OpinionMap(MadeUp.matrix(said), mode: mode, perspectives: perspectives)
    }
}
