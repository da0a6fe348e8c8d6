import Opinion
import Testing

@Suite struct MatrixTests {
    @Test func `Of several answers the last in time counts, and of those at one time the last read`() {
        var log = AnswerLog()
        log.add(person: 1, statement: 5, .agree, at: 30)
        log.add(person: 1, statement: 5, .disagree, at: 10)
        log.add(person: 1, statement: 6, .pass, at: 20)
        log.add(person: 1, statement: 6, .agree, at: 20)
        log.add(person: 2, statement: 6, .disagree, at: 1)
        let matrix = OpinionMatrix(log)
        #expect(matrix.answers(row: 0).map(\.answer) == [.agree, .agree])
        #expect(matrix.answers(row: 1).map(\.answer) == [.disagree])
        #expect(matrix.answerCount == 3)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `A log with many changes of mind comes out as a dictionary would have it`(seed: UInt64) {
        var dice = SeededDice(seed)
        var log = AnswerLog()
        var last: [[UInt64]: (Int64, Answer)] = [:]
        for _ in 0..<4000 {
            let (person, statement) = (UInt64.random(in: 0..<40, using: &dice), UInt64.random(in: 0..<30, using: &dice))
            let (answer, at) = (Answer.allCases.randomElement(using: &dice)!, Int64.random(in: -50...50, using: &dice))
            log.add(person: person, statement: statement, answer, at: at)
            if at >= last[[person, statement]]?.0 ?? .min { last[[person, statement]] = (at, answer) }
        }
        for order in [OpinionMatrix.RowOrder.id, .statement, .time] {
            let matrix = OpinionMatrix(log, order: order)
            #expect(matrix.answerCount == last.count)
            for (row, person) in matrix.people.enumerated() {
                let said = matrix.answers(row: row)
                #expect(said.map(\.column) == said.map(\.column).sorted())
                for one in said { #expect(last[[person, matrix.statements[one.column]]]?.1 == one.answer) }
            }
        }
    }

    @Test func `Rows stand as people first appear by id, by statement or in time`() {
        var log = AnswerLog()
        log.add(person: 3, statement: 1, .agree, at: 5)
        log.add(person: 1, statement: 2, .agree, at: 9)
        log.add(person: 2, statement: 1, .agree, at: 7)
        log.add(person: 1, statement: 9, .agree, at: -4)
        #expect(OpinionMatrix(log, order: .id).people == [1, 2, 3])
        #expect(OpinionMatrix(log, order: .statement).people == [2, 3, 1])
        #expect(OpinionMatrix(log, order: .time).people == [1, 3, 2])
    }

    @Test func `Ids up to the largest are taken`() {
        var log = AnswerLog()
        for id in [0, 1 << 20, (1 << 20) - 1, 1 << 63, .max] as [UInt64] { log.add(person: id, statement: id, .agree) }
        let matrix = OpinionMatrix(log)
        #expect(matrix.people == [0, (1 << 20) - 1, 1 << 20, 1 << 63, .max])
        #expect(matrix.statements == matrix.people)
    }
}
