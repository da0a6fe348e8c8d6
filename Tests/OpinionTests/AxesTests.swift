import Testing

@testable import Opinion

@Suite struct AxesTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `The axes are those of a dense eigendecomposition`(seed: UInt64) {
        let matrix = MadeUp.matrix(MadeUp.camps(people: 25, statements: 9, seed: seed, share: 0.5))
        let map = OpinionMap(matrix, withStability: false)
        let dense = denseGram(matrix, map.axes.center)
        for (value, axis) in zip([map.axes.eigenvalues.x, map.axes.eigenvalues.y], [map.axes.first, map.axes.second]) {
            let image = dense.map { dot($0, axis) }
            expectClose(image, axis.map { $0 * value }, within: 1e-9 * value)
        }
        #expect(map.axes.eigenvalues.x >= map.axes.eigenvalues.y)
        // Deflated by both, no direction is left with more.
        let rest = largestEigenvalue(dense, without: [map.axes.first, map.axes.second])
        #expect(rest <= map.axes.eigenvalues.y * (1 + 1e-6))
    }

    @Test func `Two blocks of people who differ equally give two axes, though the eigenvalues are the same`() {
        // Each pair of people disagrees on statements of their own.
        let rows: [[Int?]] = [[1, 1, nil, nil], [-1, -1, nil, nil], [nil, nil, 1, 1], [nil, nil, -1, -1]]
        let map = OpinionMap(MadeUp.matrix(rows: rows))
        #expect(abs(map.axes.eigenvalues.x - 4) < 1e-12)
        #expect(abs(map.axes.eigenvalues.y - 4) < 1e-12)
        #expect(abs(dot(map.axes.first, map.axes.second)) < 1e-12)
    }

    @Test func `Where people differ in one direction only, the second axis is none`() {
        let map = OpinionMap(MadeUp.matrix(rows: (0..<20).map { person in (0..<5).map { _ in person < 10 ? 1 : -1 } }))
        #expect(map.axes.eigenvalues.y == 0)
        #expect(map.axes.second.allSatisfy { $0 == 0 })
        #expect(map.groupCount == 2)
    }

    @Test func `Where people differ in one direction only, a few sweeps find that out, however many statements there are`() {
        let rows = (0..<12).map { person in [Int?](repeating: person < 6 ? 1 : -1, count: 800) }
        var solver = Lanczos(CentredVotes(MadeUp.matrix(rows: rows), isKept: [Bool](repeating: true, count: 800), weights: nil))
        let pairs = solver.leading(near: [])
        #expect(pairs.count == 1)
        #expect(abs(pairs[0].value - 12 * 800) < 1e-6)
        #expect(solver.sweeps < 6)
    }

    @Test(arguments: [false, true])
    func `Over answers and over pairs of statements the operator is the same`(isWeighted: Bool) {
        let matrix = MadeUp.matrix(MadeUp.camps(people: 30, statements: 12, seed: 42, share: 0.4))
        let isKept = (0..<12).map { $0 != 5 }
        let votes = CentredVotes(matrix, isKept: isKept, weights: isWeighted ? matrix.people.map { Double($0 % 4) } : nil)
        var sweep = CentredSweep(votes)
        let x = (0..<12).map { Double($0 * $0 % 7) - 3 }
        expectClose(Covariance(votes).apply(x), sweep.apply(x), within: 1e-12)
    }

    @Test func `Votes without any structure have the axes of a dense eigendecomposition, though they take many steps`() {
        var dice = SeededDice(43)
        let rows = (0..<150).map { _ in (0..<120).map { _ in Bool.random(using: &dice) ? Int.random(in: -1...1, using: &dice) : nil } }
        let matrix = MadeUp.matrix(rows: rows)
        let map = OpinionMap(matrix, withStability: false)
        let dense = denseGram(matrix, map.axes.center)
        for (value, axis) in zip([map.axes.eigenvalues.x, map.axes.eigenvalues.y], [map.axes.first, map.axes.second]) {
            expectClose(dense.map { dot($0, axis) }, axis.map { $0 * value }, within: 1e-9 * value)
        }
    }

    @Test func `Starting from axes that are nearly right saves sweeps and finds the same`() {
        let votes = CentredVotes(
            MadeUp.matrix(MadeUp.camps(people: 90, statements: 40, seed: 41)),
            isKept: [Bool](repeating: true, count: 40),
            weights: nil
        )
        var (cold, warm) = (Lanczos(votes), Lanczos(votes))
        let found = cold.leading(near: [])
        let again = warm.leading(near: found.map { pair in pair.vector.map { $0 + 1e-6 } })
        #expect(warm.sweeps < cold.sweeps)
        for (pair, same) in zip(found, again) { #expect(abs(abs(dot(pair.vector, same.vector)) - 1) < 1e-14) }
    }

    @Test func `Statements kept out have no part in the axes and count as seen`() {
        let said = MadeUp.camps(people: 30, statements: 10, seed: 2, share: 1)
        let matrix = MadeUp.matrix(said)
        let map = OpinionMap(matrix, moderation: Moderation(rejected: [3], meta: [7]))
        for column in [3, 7] {
            #expect(map.axes.first[column] == 0 && map.axes.second[column] == 0 && map.axes.center[column] == 0)
            #expect(map.projection.extremities[column] == 0)
        }
        let without = OpinionMap(MadeUp.matrix(said.filter { $0.statement != 3 && $0.statement != 7 }))
        expectClose(map.axes.first.filter { $0 != 0 }, without.axes.first, within: 1e-9)
        // Eight of eight seen, or ten of ten: the root is 1 in both.
        expectClose(map.projection.people.map { abs($0.x) }, without.projection.people.map { abs($0.x) }, within: 1e-9)
        #expect(map.figures.priorities[7] == 49)
        #expect(!map.figures.divisive.contains(3) && !map.figures.divisive.contains(7))
    }

    @Test func `The sign of an axis makes its largest entry positive`() {
        let map = OpinionMap(MadeUp.matrix(MadeUp.camps(people: 30, statements: 10, seed: 8)))
        for axis in [map.axes.first, map.axes.second] { #expect(axis.max { abs($0) < abs($1) }! > 0) }
    }

    private func denseGram(_ matrix: OpinionMatrix, _ means: [Double]) -> [[Double]] {
        var gram = [[Double]](repeating: [Double](repeating: 0, count: means.count), count: means.count)
        for row in matrix.people.indices {
            let said = matrix.answers(row: row).map { ($0.column, Double($0.answer.rawValue) - means[$0.column]) }
            for (i, a) in said { for (j, b) in said { gram[i][j] += a * b } }
        }
        return gram
    }

    private func largestEigenvalue(_ dense: [[Double]], without known: [[Double]]) -> Double {
        var vector = dense.indices.map { Double($0 * 7 % 5) + 0.3 }
        var value = 0.0
        for _ in 0..<500 {
            for axis in known { subtract(dot(vector, axis), axis, from: &vector) }
            vector = vector.unit
            let image = dense.map { dot($0, vector) }
            (value, vector) = (dot(image, vector), image)
        }
        return value
    }
}
