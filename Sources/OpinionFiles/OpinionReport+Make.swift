import Opinion

extension OpinionReport {
    /// Reads the files, computes the map and puts together the report.
    ///
    /// - Parameters:
    ///   - votes, comments, perspectives, groupsFrom: paths; see `OpinionInput` for the columns and for what is done about bad rows.
    ///   - groupsFrom: takes groups from a file instead of looking for them.
    /// - Throws: `OpinionFileError`, with sentences for people.
    public static func make(
        votes: String,
        comments: String? = nil,
        perspectives: String? = nil,
        mode: OpinionMap.Mode = .stable,
        groupsFrom: String? = nil,
        badRows: OpinionInput.Policy = .refuse
    ) throws -> OpinionReport {
        var watch = Stopwatch()
        let input = try OpinionInput(votes: votes, comments: comments, perspectives: perspectives, groups: groupsFrom, badRows: badRows)
        watch.lap(\.read)
        return OpinionReport(input, mode: mode, &watch)
    }

    /// The same of what has been read already.
    public init(_ input: OpinionInput, mode: OpinionMap.Mode) {
        var watch = Stopwatch()
        self.init(input, mode: mode, &watch)
    }

    private init(_ input: OpinionInput, mode: OpinionMap.Mode, _ watch: inout Stopwatch) {
        let matrix = OpinionMatrix(input.log, order: mode == .compat ? .statement : .id)
        watch.lap(\.matrix)
        let map = OpinionMap(
            matrix,
            moderation: input.moderation,
            mode: mode,
            perspectives: input.perspectives,
            givenGroups: input.groups
        ) { watch.lap($0) }
        self.init(input, matrix, map, watch.finish())
    }

    private init(_ input: OpinionInput, _ matrix: OpinionMatrix, _ map: OpinionMap, _ cost: OpinionCost) {
        let parity = input.perspectives.isEmpty ? nil : PerspectiveFigures(matrix, input.perspectives)
        mode = map.mode
        people = People(answered: matrix.people.count, inGroups: map.labels.count { $0 != nil })
        answers = Answers(
            read: input.log.count,
            changed: input.log.count - matrix.answerCount,
            skipped: input.badRowCount,
            counted: matrix.answerCount
        )
        participants = matrix.people.indices.map { row in
            Participant(
                id: matrix.people[row],
                group: map.labels[row],
                position: map.projection.people[row].list,
                answered: matrix.answered(row: row)
            )
        }
        statements = matrix.statements.indices.map { Statement(input, map, parity, column: $0) }
        let areas = map.areas()
        groups = areas.indices.map { Group(input, map, areas[$0], number: $0) }
        let id = { (column: Int) in matrix.statements[column] }
        consensus = Consensus(agree: map.figures.consensusAgree.map(id), disagree: map.figures.consensusDisagree.map(id))
        divisive = map.figures.divisive.map(id)
        perspectives = parity.map { parity in parity.names.indices.map { Perspective(parity, number: $0) } }
        eigenvalues = map.axes.eigenvalues.list
        silhouettes = map.silhouettes.map { Tried(groups: $0.groups, silhouette: $0.silhouette) }
        baseClusters = map.baseClusters
        stability = map.stability
        notices = input.notices + Self.warnings(input, map, parity)
        badRows = input.badRows
        timings = cost.timings
        peakMemory = cost.peakMemory
    }

    private static func warnings(_ input: OpinionInput, _ map: OpinionMap, _ parity: PerspectiveFigures?) -> [String] {
        var warnings: [String] = []
        if map.projection.people.isEmpty { warnings.append(ReportWords.nothing) }
        if map.mode == .parity, input.perspectives.isEmpty { warnings.append(ReportWords.noPerspectives) }
        if let parity, parity.votes.contains(where: { $0.people < 5 }) { warnings.append(ReportWords.smallPerspectives) }
        return warnings
    }
}

extension OpinionReport.Statement {
    fileprivate init(_ input: OpinionInput, _ map: OpinionMap, _ parity: PerspectiveFigures?, column: Int) {
        id = map.statements[column]
        text = input.texts[id]
        state = input.moderation.rejected.contains(id) ? .rejected : input.moderation.meta.contains(id) ? .meta : .kept
        votes = OpinionReport.Votes(map.figures.everyone, column)
        mean = map.axes.center[column]
        axes = [map.axes.first[column], map.axes.second[column]]
        position = map.projection.statements[column].list
        extremity = map.projection.extremities[column]
        groupAwareAgree = map.figures.groupAwareAgree[column]
        groupAwareDisagree = map.figures.groupAwareDisagree[column]
        divisiveness = map.figures.divisiveness[column]
        priority = map.figures.priorities[column]
        byPerson = parity?.byPerson[column]
        byPerspective = parity?.byPerspective[column]
    }
}

extension OpinionReport.Group {
    fileprivate init(_ input: OpinionInput, _ map: OpinionMap, _ area: GroupArea, number: Int) {
        self.number = number
        name = input.groups == nil ? ReportWords.letter(number) : input.groupNames[number]
        people = map.figures.groups[number].people
        centre = area.centre.list
        outline = area.outline().map(\.list)
        representative = map.figures.representative[number].map { OpinionReport.Representative($0, map.statements[$0.column]) }
        figures = map.statements.indices.map { OpinionReport.Figures(map.figures.groups[number], map.figures.votes[number], $0) }
    }
}

extension OpinionReport.Representative {
    fileprivate init(_ found: RepresentativeStatement, _ statement: UInt64) {
        self.statement = statement
        direction = found.direction
        (count, answered) = (found.count, found.answered)
        (share, shareTest) = (found.share, found.shareTest)
        (ratio, ratioTest) = (found.ratio, found.ratioTest)
    }
}

extension OpinionReport.Figures {
    fileprivate init(_ group: GroupFigures, _ votes: GroupCounts, _ column: Int) {
        self.votes = OpinionReport.Votes(votes, column)
        (agrees, disagrees, answered) = (group.agrees[column], group.disagrees[column], group.answered[column])
        (agreeShare, disagreeShare) = (group.agreeShare[column], group.disagreeShare[column])
        (agreeTest, disagreeTest) = (group.agreeTest[column], group.disagreeTest[column])
        (agreeRatio, disagreeRatio) = (group.agreeRatio[column], group.disagreeRatio[column])
        (agreeRatioTest, disagreeRatioTest) = (group.agreeRatioTest[column], group.disagreeRatioTest[column])
    }
}

extension OpinionReport.Perspective {
    fileprivate init(_ parity: PerspectiveFigures, number: Int) {
        (name, invited, answered) = (parity.names[number], parity.invited[number], parity.votes[number].people)
        votes = parity.byPerson.indices.map { OpinionReport.Votes(parity.votes[number], $0) }
    }
}

extension SIMD2<Double> {
    var list: [Double] { [x, y] }
}
