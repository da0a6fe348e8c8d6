/// Writes a result down in the words of its export.
struct TallySheet<Ballot: Sendable> {
    let export: DecisionExport
    let poll: Poll<Ballot>

    init(_ export: DecisionExport, _ poll: Poll<Ballot>) { (self.export, self.poll) = (export, poll) }

    var options: [String] { export.options.map(\.id) }

    /// - Parameters:
    ///   - tied: whether every exact tie was followed.
    ///   - support: for an option, whether a ballot supports it.
    ///   - asked: for an option, whether a ballot answers it at all.
    func result(
        tied: (Weighing) -> Bool = { _ in true },
        support: ((Int) -> (Ballot) -> Bool)? = nil,
        asked: (Int) -> (Ballot) -> Bool = { _ in { _ in true } },
        _ count: (Weighing) -> TallyResult.Count
    ) -> TallyResult {
        let (person, parity) = (count(.person), count(.parity))
        return TallyResult(
            id: export.id,
            method: export.method,
            people: poll.voters,
            perspectives: export.perspectives.indices.map { perspective($0, support, asked) },
            notYetHeard: poll.unheard.map { export.perspectives[$0].id },
            person: person,
            parity: parity,
            differ: person.winners != parity.winners || person.alternatives != parity.alternatives,
            notes: notes(tied),
            disagreements: []
        )
    }

    func count(_ weighing: Weighing, _ outcome: Outcome) -> TallyResult.Count {
        var count = count(weighing, winners: outcome.winners)
        count.order = outcome.order.map { options[$0] }
        return count
    }

    func count(_ weighing: Weighing, winners: [Int]) -> TallyResult.Count {
        let weights = zip(export.perspectives, poll.weights(weighing)).map { ($0.0.id, $0.1) }
        let heard = weights.enumerated().filter { !poll.unheard.contains($0.offset) }.map(\.element)
        return TallyResult.Count(winners: winners.map { options[$0] }, weights: Dictionary(heard) { first, _ in first })
    }

    func byOption<Value>(_ value: (Int) -> Value?) -> [String: Value] {
        Dictionary(options.indices.compactMap { place in value(place).map { (options[place], $0) } }) { first, _ in first }
    }

    func state(_ consent: ConsentRound) -> TallyResult.ConsentState {
        var state = TallyResult.ConsentState(
            version: consent.version,
            state: .adopted,
            waitingFor: [],
            reasons: [],
            concerns: consent.concerns
        )
        switch consent.state {
        case .adopted: break
        case .waiting(let places): (state.state, state.waitingFor) = (.waiting, places.map { export.perspectives[$0].id })
        case .objected(let reasons): (state.state, state.reasons) = (.objected, reasons)
        case .upheld(let reasons): (state.state, state.reasons) = (.upheld, reasons)
        }
        return state
    }

    private func perspective(
        _ place: Int,
        _ support: ((Int) -> (Ballot) -> Bool)?,
        _ asked: (Int) -> (Ballot) -> Bool
    ) -> TallyResult.Perspective {
        let (named, ballots) = (export.perspectives[place], poll.perspectives[place])
        let lines = support.map { support in
            options.indices.map { option in
                TallyResult.Support(
                    option: options[option],
                    people: ballots.count(where: support(option)),
                    of: ballots.count(where: asked(option))
                )
            }
        }
        return TallyResult.Perspective(id: named.id, words: named.words, people: ballots.count, invited: named.invited, support: lines)
    }

    private func notes(_ tied: (Weighing) -> Bool) -> [String] {
        var notes: [String] = []
        if poll.voters == 0 { notes.append("Nobody voted.") }
        if poll.voters > 0, !poll.unheard.isEmpty {
            notes.append("Not every perspective was heard: \(poll.unheard.map { export.perspectives[$0].words }.joined(separator: ", ")).")
        }
        for weighing in Weighing.allCases where !tied(weighing) {
            notes.append("So much ties exactly (\(weighing.rawValue)) that ties were broken oldest first, and not every way was tried.")
        }
        return notes
    }
}

extension TallySheet where Ballot == [Int: StatementAnswer] {
    /// The answers to one statement. People who were not shown it, or did not answer, do not count among its answers.
    func parity(of statement: Int) throws -> Parity {
        let casts = poll.perspectives.enumerated().flatMap { place, ballots in
            ballots.compactMap { $0[statement] }.map { Cast($0, from: place) }
        }
        return try Poll(casts, perspectives: poll.perspectives.count).parity(invited: export.perspectives.map(\.invited))
    }
}
