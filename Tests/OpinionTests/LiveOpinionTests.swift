import Opinion
import Testing

@Suite struct LiveOpinionTests {
    @Test func `Answers one by one give the figures and the map of all at once`() {
        let said = MadeUp.camps(people: 50, statements: 15, seed: 31)
        var live = LiveOpinion()
        for (place, one) in said.enumerated() {
            live.add(person: one.person, statement: one.statement, one.answer, at: one.at)
            // A map now and then, so that the last one starts from another.
            if place == said.count / 2 || place == said.count - 2 { _ = live.map() }
        }
        let (matrix, map) = live.map(withStability: true)
        let cold = OpinionMatrix(MadeUp.log(said))
        let other = OpinionMap(cold)
        #expect(matrix.people == cold.people && matrix.statements == cold.statements)
        #expect(matrix.people.indices.allSatisfy { row in matrix.answers(row: row).elementsEqual(cold.answers(row: row)) { $0 == $1 } })
        #expect(map.labels == other.labels)
        #expect(map.figures.representative == other.figures.representative)
        expectClose(map.axes.first, other.axes.first, within: 1e-10)
        expectClose(map.axes.second, other.axes.second, within: 1e-10)
    }

    @Test func `An answer is in its statement's figures at once, a changed one instead of the old`() {
        var live = LiveOpinion()
        live.add(person: 1, statement: 9, .agree, at: 1)
        live.add(person: 2, statement: 9, .agree, at: 2)
        live.add(person: 1, statement: 9, .pass, at: 3)
        #expect(live.figures(statement: 9)?.agrees == 1)
        #expect(live.figures(statement: 9)?.passes == 1)
        #expect(live.figures(statement: 9)?.agreeShare == 0.5)
        #expect(live.answerCount == 2)
        #expect(live.figures(statement: 8) == nil)
    }

    @Test func `An older answer that comes in late changes nothing`() {
        var live = LiveOpinion()
        live.add(person: 1, statement: 9, .agree, at: 5)
        live.add(person: 1, statement: 9, .disagree, at: 4)
        #expect(live.figures(statement: 9)?.agrees == 1)
    }

    @Test func `A statement that is new since the last map is in the next`() {
        var live = LiveOpinion()
        for one in MadeUp.camps(people: 30, statements: 9, seed: 32) {
            live.add(person: one.person, statement: one.statement + 10, one.answer)
        }
        _ = live.map()
        for person in 0..<UInt64(30) { live.add(person: person, statement: 3, person % 2 == 0 ? .agree : .disagree) }
        let (matrix, map) = live.map()
        #expect(matrix.statements.first == 3)
        expectClose(map.axes.first, OpinionMap(matrix).axes.first, within: 1e-10)
    }
}
