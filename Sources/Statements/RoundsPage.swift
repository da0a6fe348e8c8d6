import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// The rounds of a project, each with how it stands.
struct RoundsPage: Page {
    let heading = W.rounds
    let caption: String?
    let lead: String? = W.roundsLead
    let surroundings: Surroundings
    let rounds: [RoundLine]
    let start: Link?

    private enum CodingKeys: String, CodingKey { case rounds, start }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let here = try ProjectVisit(visit, tx)
        try RoundPolicy.know(of: here.project, by: visit.actor)
        caption = here.project.title
        surroundings = here.surroundings()
        rounds = try RoundLine.all(in: here, tx)
        start = RoundPolicy.mayRun(in: here.place, by: visit.actor) ? Link(W.startRound, to: here.here("rounds", "new")) : nil
    }

    var html: HTML {
        HTML {
            if rounds.isEmpty { emptyState(W.noRounds, next: start) }
            for round in rounds { round.html }
            if let start, !rounds.isEmpty { p { buttonLink(start.label, to: start.url, kind: .secondary) } }
        }
    }
}

/// A round in a list: what it asks, and how it stands.
public struct RoundLine: Encodable, Sendable {
    public let title: String
    public let question: String?
    public let state: String
    public let url: SafeURL
    public let answer: SafeURL?
    private let tone: Tone

    private enum CodingKeys: String, CodingKey { case title, question, state, url, answer }

    /// Those that whoever visits may know of, the newest first.
    public static func all(in here: ProjectVisit, _ tx: Transaction) throws -> [RoundLine] {
        guard RoundPolicy.mayKnow(of: here.project, by: here.actor) else { return [] }
        return try RoundStore.all(in: here.project, for: here.actor, tx).map { round in
            let standing = round.standing(at: here.visit.at)
            let mayAnswer = standing == .open && RoundPolicy.mayAnswer(in: here.project, by: here.actor)
            return RoundLine(
                title: round.title,
                question: round.question,
                state: AnswerPage.words(standing, here.dates),
                url: round.url(in: here),
                answer: mayAnswer ? round.answering(for: here.actor, in: here) : nil,
                tone: standing.tone
            )
        }
    }

    /// For a page that has much else to say: the title and how it stands.
    public var short: RoundLine { RoundLine(title: title, question: nil, state: state, url: url, answer: nil, tone: tone) }

    public var line: HTML {
        p {
            a(title, to: url)
            " "
            tag(state, tone)
        }
    }

    public var html: HTML {
        card(title, to: url) {
            p { tag(state, tone) }
            if let question { p(question) }
            if let answer { p { a(W.answerThem, about: title, to: answer) } }
        }
    }
}

extension Round {
    /// Where somebody begins to answer.
    public func answering(for actor: Actor, in here: ProjectVisit) -> SafeURL {
        here.here("rounds", id, actor.person == nil ? "joining" : "answering")
    }
}

extension Round.Standing {
    var tone: Tone {
        switch self {
        case .draft, .waiting: .waiting
        case .open: .good
        case .closed: .neutral
        }
    }
}
