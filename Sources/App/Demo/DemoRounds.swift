import Kernel
import Projects
import Services
import Statements
import WhatWeThink

// Statements that people answered: by themselves, by phone and on paper.
extension DemoStage {
    func start(_ round: DemoStory.Round, in slug: String) throws {
        for key in round.asks { try known(perspective: key) }
        let deed = try deed(facilitator(slug))
        let draft = RoundDraft(title: round.title, question: round.question, perspectives: round.asks)
        let made = try StartRound.run(draft, in: project(slug), by: deed, tx)
        rounds[round.title] = made.id
        for statement in round.statements {
            let theme = try statement.theme.map { title in
                guard let found = themes[title] else { throw UnknownKey("theme", title) }
                return found
            }
            statements[statement.says] = try AddStatements.run([statement.says], from: theme, to: made.id, by: deed, tx).first
        }
    }

    func open(_ round: DemoStory.Round, in slug: String) throws {
        try TurnRound.open(self.round(round).id, by: deed(facilitator(slug)), tx)
    }

    func close(_ round: DemoStory.Round, in slug: String) throws {
        try TurnRound.close(self.round(round).id, by: deed(facilitator(slug)), tx)
    }

    func answer(_ answers: DemoStory.Answers, of told: DemoStory.Round, in slug: String) throws {
        let round = try round(told)
        let said = try responses(answers.said, told)
        guard let from = answers.from ?? answers.who.map({ _ in "" }) else { throw UnknownKey("'who' or 'from' has to say who answered.") }
        for _ in 0..<(answers.people ?? 1) {
            if answers.online == nil {
                let channel: Responder.Channel = answers.phone == nil ? .paper : .phone
                let deed = try deed(scribe(slug))
                try GiveAnswers.writtenDown(said, channel, perspective: from, in: round, by: deed, tx)
            } else {
                try answerOnline(answers, from, said, round, told, slug)
            }
        }
    }

    private func answerOnline(
        _ answers: DemoStory.Answers,
        _ from: String,
        _ said: [Int: Response],
        _ round: Round,
        _ told: DemoStory.Round,
        _ slug: String
    ) throws {
        let (responder, by): (Responder, Deed)
        if let who = answers.who {
            by = try deed(who)
            responder = try JoinRound.run(nil, in: round, of: project(slug), by: by, tx)
        } else {
            by = Deed(by: .stranger, at: try deed(scribe(slug)).at)
            let code = try JoinRound.stranger(from, in: round, of: project(slug), by: by, tx)
            responder = try ResponderStore.door(code: code, tx).responder
        }
        for (place, statement) in told.statements.enumerated() {
            guard let answer = said[place + 1], let id = statements[statement.says] else { continue }
            try GiveAnswers.one(answer, to: id, from: responder, in: round, by: by, tx)
        }
    }

    func add(_ added: DemoStory.Added, to told: DemoStory.Round, in slug: String) throws {
        let (round, deed) = (try round(told), try deed(added.by))
        let responder = try JoinRound.run(nil, in: round, of: project(slug), by: deed, tx)
        statements[added.says] = try AddStatements.propose(added.says, by: responder, in: round, deed, tx)
    }

    func look(_ looked: DemoStory.Looked, at added: DemoStory.Added, of told: DemoStory.Round) throws {
        guard let id = statements[added.says] else { throw UnknownKey("statement", added.says) }
        let (round, deed) = (try round(told), try deed(looked.by))
        if let words = looked.words {
            try ModerateStatement.reword(id, to: words, in: round, by: deed, tx)
        } else {
            try ModerateStatement.keep(id, in: round, by: deed, tx)
        }
    }

    func tellFigures(of told: DemoStory.Round) throws {
        let at = try deed(file.story.service.by).at
        try TellFigures.run(round(told), by: Deed(by: .system("demo"), at: at), tx)
    }

    private func round(_ told: DemoStory.Round) throws -> Round {
        guard let id = rounds[told.title] else { throw UnknownKey("round", told.title) }
        return try RoundStore.find(id, tx)
    }

    /// The letters of a line, in the order of the statements.
    private func responses(_ said: String, _ told: DemoStory.Round) throws -> [Int: Response] {
        let letters = said.filter { $0 != " " }
        guard letters.count == told.statements.count, letters.allSatisfy({ "adp-".contains($0) }) else {
            throw UnknownKey("'\(said)' is not a letter a, d, p or - for each of the \(told.statements.count) statements.")
        }
        let pairs = letters.enumerated().compactMap { place, letter in Response(String(letter)).map { (place + 1, $0) } }
        return Dictionary(pairs) { first, _ in first }
    }
}
