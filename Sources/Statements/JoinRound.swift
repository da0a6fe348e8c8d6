import Kernel
import Projects
import Store
import Trail
import Voices

/// Somebody says whose point of view they bring, once in a project, and from then on answers.
public enum JoinRound {
    /// Somebody with an account. A member brings the perspective of their group; others choose.
    public static func run(_ chosen: String?, in round: Round, of project: Project, by deed: Deed, _ tx: Transaction) throws -> Responder {
        let someone = try deed.someone()
        if let known = try ResponderStore.of(someone.id, in: project.id, tx) { return known }
        try RoundPolicy.answer(in: project, by: deed.actor)
        try RoundPolicy.beOpen(round, at: deed.at)
        let perspective = deed.actor.perspective(in: project.id) ?? chosen ?? ""
        return try insert(perspective, .online, person: someone.id, in: round, deed, tx)
    }

    /// Somebody without an account: answers the code of the private link by which they come back. Only its digest is kept.
    public static func stranger(_ perspective: String, in round: Round, of project: Project, by deed: Deed, _ tx: Transaction) throws
        -> String
    {
        try RoundPolicy.answer(in: project, by: deed.actor)
        try RoundPolicy.beOpen(round, at: deed.at)
        let responder = try insert(perspective, .online, in: round, deed, tx)
        return try link(responder.number, to: round, by: deed, tx)
    }

    /// A link to another round of the same project: the same person with the same perspective.
    static func link(_ responder: Int, to round: Round, by deed: Deed, _ tx: Transaction) throws -> String {
        let code = ReceiptCode.make(deed.chance)
        try tx.run(
            """
            INSERT INTO answering_links (digest, responder, round, made_at)
            VALUES (\(ReceiptCode.digest(code)), \(responder), \(round.id), \(deed.at))
            """
        )
        return code
    }

    static func insert(
        _ perspective: String,
        _ channel: Responder.Channel,
        person: PersonID? = nil,
        in round: Round,
        _ deed: Deed,
        _ tx: Transaction
    ) throws -> Responder {
        guard round.place(of: perspective) != nil else { throw Problems("perspective", W.perspectiveEmpty) }
        let number = try tx.count("SELECT COALESCE(MAX(number), 0) + 1 FROM responders")
        let scribe = channel == .online ? nil : deed.actor.personID
        try tx.run(
            """
            INSERT INTO responders (number, project, perspective, person, channel, scribe, made_at)
            VALUES (\(number), \(round.project), \(perspective), \(person), \(channel), \(scribe), \(deed.at))
            """
        )
        try Trail.record(
            "round.joined",
            TrailSubject("round", round.id),
            at: round.place,
            facts: ["perspective": perspective, "channel": channel.rawValue],
            by: deed,
            in: tx
        )
        return Responder(number: number, project: round.project, perspective: perspective, person: person, channel: channel)
    }
}

extension Responder {
    init(number: Int, project: ProjectID, perspective: String, person: PersonID?, channel: Channel) {
        self.number = number
        self.project = project
        self.perspective = perspective
        self.person = person
        self.channel = channel
    }
}
