import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web

/// Who answers which round: by a private link, or signed in.
struct AnsweringDoor {
    let visit: Visit
    let round: Round
    /// nil for somebody signed in who has not answered anything in this project yet.
    let responder: Responder?
    /// Where their pages are.
    let base: SafeURL
    /// True for who came by a link: whoever has its address is that person.
    let isByLink: Bool

    /// `/answering/:code…`
    init(code visit: Visit, _ tx: Transaction) throws {
        let code = try visit.part("code")
        let found = try ResponderStore.door(code: code, tx)
        self.visit = visit
        (responder, round) = (found.responder, found.round)
        base = .path("/answering", ReceiptCode.tidy(code))
        isByLink = true
    }

    /// `/…/rounds/:round/answering…`
    init(signedIn visit: Visit, _ tx: Transaction) throws {
        let here = try RoundVisit(visit, tx)
        let someone = try visit.someone()
        let known = try ResponderStore.of(someone.id, in: here.project.project.id, tx)
        if known == nil { try RoundPolicy.answer(in: here.project.project, by: visit.actor) }
        self.visit = visit
        round = here.round
        responder = known
        base = here.url("answering")
        isByLink = false
    }

    /// Whose point of view they bring; nil for somebody who has still to say.
    var perspective: String? { responder?.perspective ?? visit.actor.perspective(in: round.project) }

    func here(_ tx: Transaction) throws -> ProjectVisit { try ProjectVisit(visit, project: round.project, tx) }

    /// The responder, made now for somebody signed in who answers for the first time.
    func joined(_ tx: Transaction) throws -> Responder {
        if let responder { return responder }
        return try JoinRound.run(nil, in: round, of: ProjectStore.find(round.project, tx), by: visit.deed, tx)
    }
}

/// A visit to a page of one round: resolved, and allowed, once.
public struct RoundVisit: Sendable {
    public let project: ProjectVisit
    public let round: Round

    public init(_ visit: Visit, _ tx: Transaction) throws {
        project = try ProjectVisit(visit, tx)
        round = try RoundStore.find(visit.id("round"), tx)
        try RoundPolicy.read(round, of: project.project, by: visit.actor)
    }

    public var visit: Visit { project.visit }
    public var actor: Actor { project.actor }
    public var link: Link { Link(round.title, to: url()) }

    /// An address below the round's own.
    public func url(_ segments: any CustomStringConvertible...) -> SafeURL {
        segments.reduce(project.here("rounds", round.id)) { SafeURL(local: $0.description + SafeURL.path("/", $1).description) ?? $0 }
    }

    /// The way down to a page below the round's own.
    public func surroundings() -> Surroundings {
        project.surroundings(Link(W.rounds, to: project.here("rounds")), link, isPrivate: true).wearing(.statements)
    }
}
