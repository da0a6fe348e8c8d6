/// Turns the ids of an export into places, and gathers what is wrong on the way.
struct ExportReader {
    let export: DecisionExport
    var problems = TallyProblems()
    private let options: [String: Int]
    private let perspectives: [String: Int]

    init(_ export: DecisionExport) {
        self.export = export
        options = Self.places(export.options.map(\.id))
        perspectives = Self.places(export.perspectives.map(\.id))
        checkHead()
        checkBallots()
    }

    private static func places(_ ids: [String]) -> [String: Int] {
        Dictionary(zip(ids, ids.indices)) { first, _ in first }
    }

    private mutating func checkHead() {
        if export.format != DecisionExport.format { problems.add("format", "This should be “\(DecisionExport.format)”.") }
        if export.options.isEmpty { problems.add("options", "There is nothing to decide on.") }
        if export.perspectives.isEmpty { problems.add("perspectives", "There are no perspectives.") }
        checkOnce(export.options.map(\.id), in: "options", "id", "option")
        checkOnce(export.perspectives.map(\.id), in: "perspectives", "id", "perspective")
        for (place, perspective) in export.perspectives.enumerated() {
            if let invited = perspective.invited, !(0...1_000_000_000).contains(invited) {
                problems.add("perspectives[\(place)].invited", "This should be 0 or more, and at most 1,000,000,000.")
                continue
            }
            guard let invited = perspective.invited, invited < export.ballots.count(where: { $0.perspective == perspective.id }) else {
                continue
            }
            problems.add("perspectives[\(place)].invited", "More people answered from “\(perspective.id)” than the \(invited) invited.")
        }
    }

    private mutating func checkBallots() {
        checkOnce(export.ballots.map(\.voter), in: "ballots", "voter", "voter")
        for (place, ballot) in export.ballots.enumerated() {
            if perspectives[ballot.perspective] == nil {
                problems.add("ballots[\(place)].perspective", "There is no perspective “\(ballot.perspective)”.")
            }
            for field in ballot.fields.subtracting([export.method.field]).sorted() {
                problems.add("ballots[\(place)].\(field)", "A decision by \(export.method.rawValue) is read from “\(export.method.field)”.")
            }
        }
    }

    private mutating func checkOnce(_ ids: [String], in list: String, _ field: String, _ thing: String) {
        var seen = Set<String>()
        for (place, id) in ids.enumerated() where !seen.insert(id).inserted {
            problems.add("\(list)[\(place)].\(field)", "The \(thing) “\(id)” is here twice.")
        }
    }

    /// The ballots as `read` makes them; one with problems is left out, as they are thrown before anything is counted.
    mutating func poll<Ballot>(_ read: (inout ExportReader, ExportedBallot, String) -> Ballot?) throws -> Poll<Ballot> {
        var casts: [Cast<Ballot>] = []
        for (place, ballot) in export.ballots.enumerated() {
            let cast = read(&self, ballot, "ballots[\(place)].\(export.method.field)")
            if let cast, let perspective = perspectives[ballot.perspective] { casts.append(Cast(cast, from: perspective)) }
        }
        try problems.orContinue()
        return try Poll(casts, perspectives: export.perspectives.count)
    }

    /// The place of an option; where there is none, a problem at `place`.
    private mutating func option(_ id: String, _ place: String) -> Int? {
        if options[id] == nil { problems.add(place, "There is no option “\(id)”.") }
        return options[id]
    }

    mutating func ranking(_ ballot: ExportedBallot, _ place: String) -> Ranking? {
        var (tiers, seen) = ([[Int]](), Set<Int>())
        for (step, tier) in (ballot.ranking ?? []).enumerated() {
            let found = tier.options.compactMap { option($0, "\(place)[\(step)]") }
            for again in found where !seen.insert(again).inserted {
                problems.add("\(place)[\(step)]", "The option “\(export.options[again].id)” is here twice.")
            }
            tiers.append(found)
        }
        return try? Ranking(tiers: tiers)
    }

    mutating func grades(_ ballot: ExportedBallot, _ place: String) -> MajorityJudgment.Grades? {
        var grades = MajorityJudgment.Grades()
        for (id, grade) in (ballot.grades ?? [:]).sorted(by: { $0.key < $1.key }) {
            if !MajorityJudgment.scale.contains(grade) { problems.add("\(place).\(id)", "A grade is 0, 1, 2, 3, 4 or 5, not \(grade).") }
            if let option = option(id, "\(place).\(id)") { grades[option] = grade }
        }
        return grades
    }

    mutating func approvals(_ ballot: ExportedBallot, _ place: String) -> EqualShares.Approvals? {
        Set((ballot.approvals ?? []).enumerated().compactMap { option($0.element, "\(place)[\($0.offset)]") })
    }

    mutating func answers(_ ballot: ExportedBallot, _ place: String) -> [Int: StatementAnswer]? {
        var answers: [Int: StatementAnswer] = [:]
        for (id, answer) in (ballot.answers ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let option = option(id, "\(place).\(id)") { answers[option] = answer }
        }
        return answers
    }

    mutating func consent(_ ballot: ExportedBallot, _ place: String) -> ConsentRound.Ballot? {
        guard let consent = ballot.consent else { return nil }
        let reason = consent.reason ?? ""
        let isBlank = reason.allSatisfy(\.isWhitespace)
        let (version, newest) = (consent.version ?? 1, export.version ?? 1)
        if !(1...max(1, newest)).contains(version) { problems.add("\(place).version", "The newest version of the proposal is \(newest).") }
        switch consent.answer {
        case .consent: return ConsentRound.Ballot(.consent, version: version)
        case .standAside: return ConsentRound.Ballot(.standAside, version: version)
        case .concern:
            if isBlank { problems.add("\(place).reason", "A concern needs words: what should be watched?") }
            return ConsentRound.Ballot(.concern(reason), version: version)
        case .objection:
            if isBlank { problems.add("\(place).reason", "An objection needs a reason.") }
            return ConsentRound.Ballot(.objection(reason, consent.objection ?? .open), version: version)
        }
    }

    /// For equal shares.
    mutating func budget() throws -> EqualShares.Budget {
        if export.utility == nil { problems.add("utility", "Say “cardinal” or “cost”: what a project is worth to its supporters.") }
        if (export.budget ?? -1) < 0 { problems.add("budget", "Say how much there is to spend, 0 or more.") }
        for (place, option) in export.options.enumerated() where (option.cost ?? 0) <= 0 {
            problems.add("options[\(place)].cost", "Say what “\(option.id)” costs, 1 or more.")
        }
        try problems.orContinue()
        return try EqualShares.Budget(
            costs: export.options.compactMap(\.cost),
            total: export.budget ?? 0,
            utility: export.utility ?? .cardinal
        )
    }
}
