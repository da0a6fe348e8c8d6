import Testing

@testable import Opinion

@Suite struct PropertyTests {
    @Test func `The parity map is the stable map of a crowd in which everybody is cloned until perspectives are equally large`() {
        let said = MadeUp.camps(people: 48, statements: 16, seed: 3)
        var perspectives = Perspectives()
        for person in 0..<UInt64(48) { perspectives.add(person: person, person < 12 ? "few" : "many") }
        // Twelve against thirty-six: each of the few three times.
        let clones = said.flatMap { one in
            (0..<(one.person < 12 ? 3 : 1)).map {
                Said(person: one.person + UInt64($0) * 1000, statement: one.statement, answer: one.answer, at: 0)
            }
        }
        let parity = OpinionMap(MadeUp.matrix(said), mode: .parity, perspectives: perspectives, withStability: false)
        let cloned = OpinionMap(MadeUp.matrix(clones), withStability: false)
        expectClose(parity.axes.center, cloned.axes.center, within: 1e-12)
        expectClose(parity.axes.first, cloned.axes.first, within: 1e-9)
        expectClose(parity.axes.second, cloned.axes.second, within: 1e-9)
        #expect(parity.labels == Array(cloned.labels.prefix(48)))
        #expect(parity.groupCount == cloned.groupCount)
    }

    @Test func `With equally large perspectives parity is the same as one person, one weight`() {
        let matrix = MadeUp.matrix(MadeUp.camps(people: 40, statements: 12, seed: 9))
        var perspectives = Perspectives()
        for person in 0..<UInt64(40) { perspectives.add(person: person, person < 20 ? "a" : "b") }
        let (parity, stable) = (OpinionMap(matrix, mode: .parity, perspectives: perspectives), OpinionMap(matrix))
        #expect(parity.labels == stable.labels)
        expectClose(parity.axes.first, stable.axes.first, within: 1e-9)
    }

    @Test func `Turning every answer round turns agreement into disagreement and moves nobody apart`() {
        let said = MadeUp.camps(people: 45, statements: 14, seed: 4)
        let turned = said.map {
            Said(person: $0.person, statement: $0.statement, answer: Answer(rawValue: -$0.answer.rawValue)!, at: $0.at)
        }
        let (map, other) = (OpinionMap(MadeUp.matrix(said)), OpinionMap(MadeUp.matrix(turned)))
        #expect(map.labels == other.labels)
        for (group, same) in zip(map.figures.groups, other.figures.groups) {
            #expect(group.agreeShare == same.disagreeShare)
            #expect(group.disagreeRatioTest == same.agreeRatioTest)
        }
        #expect(map.figures.consensusAgree == other.figures.consensusDisagree)
    }

    @Test func `Somebody who changes from disagree to agree never lowers an agreement`() {
        let said = MadeUp.camps(people: 30, statements: 8, seed: 6, share: 1)
        let change = said.firstIndex { $0.answer == .disagree }!
        var changed = said
        changed[change].answer = .agree
        let labels = OpinionMap(MadeUp.matrix(said)).labels
        let groups = (labels.compactMap { $0 }.max() ?? 0) + 1
        let figures = [said, changed].map {
            OpinionFigures(
                MadeUp.matrix($0),
                labels: labels,
                groups: groups,
                extremities: [Double](repeating: 0, count: 8),
                moderation: .none
            )
        }
        let column = Int(said[change].statement)
        #expect(figures[1].groupAwareAgree[column] > figures[0].groupAwareAgree[column])
        #expect(figures[1].everyone.agrees[column] == figures[0].everyone.agrees[column] + 1)
        for other in 0..<8 where other != column { #expect(figures[1].groupAwareAgree[other] == figures[0].groupAwareAgree[other]) }
    }

    @Test func `Perspectives weigh the same together, whoever speaks, and people without one weigh nothing`() {
        var perspectives = Perspectives()
        for (person, name) in [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "c")] { perspectives.add(person: UInt64(person), name) }
        let weights = perspectives.weights(of: [1, 2, 3, 4, 9])
        #expect(weights[0] + weights[1] + weights[2] == weights[3])
        #expect(weights.reduce(0, +) == 4)
        #expect(weights[4] == 0)
    }

    @Test func `One person has one perspective`() {
        var perspectives = Perspectives()
        let (isFirstTaken, isSecondTaken) = (perspectives.add(person: 1, "a"), perspectives.add(person: 1, "b"))
        #expect(isFirstTaken && !isSecondTaken)
        #expect(perspectives.names == ["a"])
        #expect(perspectives.invited == [1])
    }

    @Test func `Where a large perspective drowns a small one the two figures differ`() {
        let matrix = MadeUp.matrix(rows: [[1], [1], [1], [-1], [-1], [-1], [-1], [-1], [-1], [-1], [1], [1]])
        var perspectives = Perspectives()
        for person in 0..<UInt64(10) { perspectives.add(person: person, "clinicians") }
        for person in UInt64(10)..<12 { perspectives.add(person: person, "parents") }
        let figures = PerspectiveFigures(matrix, perspectives)
        #expect(figures.byPerson == [6.0 / 14])
        #expect(abs(figures.byPerspective[0] - 13.0 / 24) < 1e-15)
    }
}
