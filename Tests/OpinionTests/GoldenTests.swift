import Opinion
import OpinionFiles
import Testing

@Suite struct GoldenTests {
    @Test(arguments: Golden.conversations)
    func `The matrix has the rows, statements and answers of the published conversation`(name: String) throws {
        let golden = try Golden.read(name)
        let matrix = OpinionMatrix(try Golden.input(name).log, order: .statement)
        #expect(matrix.people == golden.pids)
        #expect(matrix.statements == golden.tids)
        #expect(matrix.answerCount == golden.nnz)
    }

    @Test(arguments: Golden.conversations)
    func `The axes, places and extremities are those of the exact eigenvectors`(name: String) throws {
        let (golden, map, _) = try coldStart(name)
        let expected = golden.cold_start
        expectClose(map.axes.center, expected.center, within: 1e-9)
        let signs = zip([map.axes.first, map.axes.second], expected.comps).map { axis, comp in
            zip(axis, comp).map(*).reduce(0, +) < 0 ? -1.0 : 1.0
        }
        expectClose(map.axes.first.map { $0 * signs[0] }, expected.comps[0], within: 1e-9)
        expectClose(map.axes.second.map { $0 * signs[1] }, expected.comps[1], within: 1e-9)
        expectClose(map.projection.extremities, expected.extremity, within: 1e-9)
        let rows = map.projection.people
        expectClose(rows.map { $0.x * signs[0] }, expected.projection.map { $0[0] }, within: 1e-9)
        expectClose(rows.map { $0.y * signs[1] }, expected.projection.map { $0[1] }, within: 1e-9)
    }

    @Test(arguments: Golden.conversations)
    func `Groups, silhouettes and everybody's label are those of a cold start`(name: String) throws {
        let (golden, map, matrix) = try coldStart(name)
        #expect(labels(map, matrix) == golden.cold_start.labels)
        #expect(map.groupCount == golden.cold_start.k)
        #expect(map.baseClusters == golden.cold_start.base_clusters)
        for tried in map.silhouettes {
            let expected = try #require(golden.cold_start.silhouettes[String(tried.groups)])
            #expect(abs(tried.silhouette - expected) < 1e-9)
        }
    }

    @Test(arguments: Golden.conversations)
    func `With nothing moderated out the labels are those of a cold start without moderation`(name: String) throws {
        let golden = try Golden.read(name)
        let matrix = OpinionMatrix(try Golden.input(name).log, order: .statement)
        #expect(labels(OpinionMap(matrix, mode: .compat), matrix) == golden.cold_start_no_moderation.labels)
    }

    @Test(arguments: Golden.conversations)
    func `With people in order of time the labels are those of a cold start in that order`(name: String) throws {
        let golden = try Golden.read(name)
        let input = try Golden.input(name)
        let matrix = OpinionMatrix(input.log, order: .time)
        #expect(labels(OpinionMap(matrix, moderation: input.moderation, mode: .compat), matrix) == golden.cold_start_time_order.labels)
    }

    @Test(arguments: Golden.conversations)
    func `Given the published groups the counts and statistics are exact`(name: String) throws {
        let (golden, map) = try given(name)
        for (number, group) in map.figures.groups.enumerated() {
            let expected = try #require(golden.stats[String(number)])
            #expect(group.agrees.elementsEqual(expected.na))
            #expect(group.disagrees.elementsEqual(expected.nd))
            #expect(group.answered.elementsEqual(expected.ns))
            for (found, wanted) in [
                (group.agreeShare, expected.pa), (group.disagreeShare, expected.pd), (group.agreeTest, expected.pat),
                (group.disagreeTest, expected.pdt), (group.agreeRatio, expected.ra), (group.disagreeRatio, expected.rd),
                (group.agreeRatioTest, expected.rat), (group.disagreeRatioTest, expected.rdt),
            ] { expectClose(found, wanted, relative: 1e-12) }
        }
    }

    @Test(arguments: Golden.conversations)
    func `Given the published groups the representative statements are the same`(name: String) throws {
        let (golden, map) = try given(name)
        let statements = try Golden.read(name).tids
        for (number, found) in map.figures.representative.enumerated() {
            let expected = try #require(golden.repness[String(number)])
            #expect(found.map { statements[$0.column] } == expected.map(\.tid))
            #expect(found.map(\.direction.rawValue) == expected.map(\.dir))
            #expect(found.map(\.count) == expected.map(\.n_success))
            #expect(found.map(\.answered) == expected.map(\.n_trials))
            expectClose(found.map(\.share), expected.map(\.p_success), relative: 1e-12)
            expectClose(found.map(\.shareTest), expected.map(\.p_test), relative: 1e-12)
            expectClose(found.map(\.ratio), expected.map(\.repness), relative: 1e-12)
            expectClose(found.map(\.ratioTest), expected.map(\.repness_test), relative: 1e-12)
        }
    }

    @Test(arguments: Golden.conversations)
    func `Given the published groups consensus and priorities are the same`(name: String) throws {
        let (golden, map) = try given(name)
        let statements = try Golden.read(name).tids
        #expect(map.figures.consensusAgree.map { statements[$0] } == golden.consensus["agree"])
        #expect(map.figures.consensusDisagree.map { statements[$0] } == golden.consensus["disagree"])
        expectClose(map.figures.groupAwareAgree, golden.gac_agree, relative: 1e-12)
        expectClose(map.figures.groupAwareDisagree, golden.gac_disagree, relative: 1e-12)
        expectClose(map.figures.priorities, golden.priority, relative: 1e-9)
    }

    private func coldStart(_ name: String) throws -> (Golden, OpinionMap, OpinionMatrix) {
        let input = try Golden.input(name)
        let matrix = OpinionMatrix(input.log, order: .statement)
        return (try Golden.read(name), OpinionMap(matrix, moderation: input.moderation, mode: .compat), matrix)
    }

    private func given(_ name: String) throws -> (Golden.Given, OpinionMap) {
        let input = try Golden.input(name)
        let matrix = OpinionMatrix(input.log, order: .statement)
        let map = OpinionMap(matrix, moderation: input.moderation, mode: .compat, givenGroups: input.groups)
        return (try Golden.read(name).given_true_groups, map)
    }

    private func labels(_ map: OpinionMap, _ matrix: OpinionMatrix) -> [String: Int] {
        var labels: [String: Int] = [:]
        for (person, label) in zip(matrix.people, map.labels) { labels[String(person)] = label }
        return labels
    }
}

func expectClose(_ found: [Double], _ wanted: [Double], within tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(found.count == wanted.count, sourceLocation: sourceLocation)
    let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
    #expect(worst <= tolerance, sourceLocation: sourceLocation)
}

func expectClose(_ found: [Double], _ wanted: [Double], relative tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(found.count == wanted.count, sourceLocation: sourceLocation)
    let worst = zip(found, wanted).map { abs($0 - $1) / max(abs($1), 1e-3) }.max() ?? 0
    #expect(worst <= tolerance, sourceLocation: sourceLocation)
}
