/// Counts a decision again from its export.
public enum Tally {
    /// Both tallies of `export`, and whether they are what it claims.
    ///
    /// - Throws: `TallyProblems`, which says all that is wrong with the export, and where.
    public static func recount(_ export: DecisionExport) throws -> TallyResult {
        var reader = ExportReader(export)
        var result = try count(&reader)
        let disagreements = ClaimCheck.disagreements(export.claims, result)
        result.disagreements = disagreements
        result.agreesWithClaims = export.claims == nil ? nil : disagreements.isEmpty
        return result
    }

    private static func count(_ reader: inout ExportReader) throws -> TallyResult {
        switch reader.export.method {
        case .schulze: try ranked(&reader, .schulze)
        case .rankedPairs: try ranked(&reader, .rankedPairs)
        case .majorityJudgment: try graded(&reader)
        case .equalShares: try budgeted(&reader)
        case .agreeDisagreePass: try answered(&reader)
        case .consent: try consented(&reader)
        }
    }

    private static func ranked(_ reader: inout ExportReader, _ method: RankedChoice.Method) throws -> TallyResult {
        let poll = try reader.poll { $0.ranking($1, $2) }
        let sheet = TallySheet(reader.export, poll)
        let choices = try RankedChoice.count(poll, options: sheet.options.count, by: method)
        return sheet.result(tied: { choices[$0].isEveryTieFollowed }, support: { option in { $0.tiers.first?.contains(option) ?? false } })
        { weighing in
            var count = sheet.count(weighing, choices[weighing].outcome)
            count.margins = choices[weighing].margins.rows
            return count
        }
    }

    private static func graded(_ reader: inout ExportReader) throws -> TallyResult {
        let poll = try reader.poll { $0.grades($1, $2) }
        let sheet = TallySheet(reader.export, poll)
        let judgments = try MajorityJudgment.count(poll, options: sheet.options.count, tieBreak: reader.export.tieBreak ?? .removal)
        return sheet.result(support: { option in { ($0[option] ?? 0) >= 3 } }) { weighing in
            var count = sheet.count(weighing, judgments[weighing].outcome)
            count.medians = sheet.byOption { judgments[weighing].medians[$0] }
            return count
        }
    }

    private static func budgeted(_ reader: inout ExportReader) throws -> TallyResult {
        let poll = try reader.poll { $0.approvals($1, $2) }
        let budget = try reader.budget()
        let sheet = TallySheet(reader.export, poll)
        let shares = try EqualShares.count(poll, budget)
        return sheet.result(tied: { shares[$0].isEveryTieFollowed }, support: { option in { $0.contains(option) } }) { weighing in
            var count = sheet.count(weighing, winners: shares[weighing].chosen)
            count.alternatives = shares[weighing].winners.map { $0.map { sheet.options[$0] } }
            return count
        }
    }

    private static func answered(_ reader: inout ExportReader) throws -> TallyResult {
        let poll = try reader.poll { $0.answers($1, $2) }
        let sheet = TallySheet(reader.export, poll)
        let parities = try sheet.options.indices.map { try sheet.parity(of: $0) }
        return sheet.result(support: { option in { $0[option] == .agree } }, asked: { option in { $0[option] != nil } }) { weighing in
            let order = weighing == .parity ? Parity.ranked(parities) : Parity.rankedByPerson(parities)
            let winners = order.filter { poll.voters > 0 && Parity.isTied(parities[$0], parities[order[0]], weighing) }.sorted()
            var count = sheet.count(weighing, Outcome(winners: winners, order: order))
            count.scores = sheet.byOption { TallyResult.Score(parities[$0], weighing) }
            count.weights = nil
            return count
        }
    }

    private static func consented(_ reader: inout ExportReader) throws -> TallyResult {
        if reader.export.options.count != 1 { reader.problems.add("options", "Consent is asked for one proposal at a time.") }
        if let version = reader.export.version, version < 1 { reader.problems.add("version", "Versions are counted from 1.") }
        let poll = try reader.poll { $0.consent($1, $2) }
        let sheet = TallySheet(reader.export, poll)
        let consent = try ConsentRound(poll, version: reader.export.version ?? 1)
        var result = sheet.result { _ in TallyResult.Count(winners: consent.state == .adopted ? sheet.options : []) }
        result.consent = sheet.state(consent)
        for place in result.perspectives.indices { result.perspectives[place].consent = consent.summaries[place] }
        return result
    }
}

extension Parity {
    /// The places of `statements` by the one-person figure, exact ties in the order given.
    static func rankedByPerson(_ statements: [Parity]) -> [Int] {
        let figures = statements.map(\.onePerson)
        return statements.indices.sorted { figures[$0] == figures[$1] ? $0 < $1 : figures[$0] > figures[$1] }
    }

    static func isTied(_ a: Parity, _ b: Parity, _ weighing: Weighing) -> Bool {
        switch weighing {
        case .person: a.onePerson == b.onePerson
        case .parity: a.isComplete == b.isComplete && a.consensusProduct == b.consensusProduct
        }
    }
}
