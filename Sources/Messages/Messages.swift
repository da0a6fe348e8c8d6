import Kernel
import Store
import Trail

/// One piece of news that somebody has to be told, by a person: a line of the call-back list.
public struct Telling: Sendable {
    /// That a voice was answered; a reply to everybody in its theme; an answer to what they wrote back.
    public enum News: String, Column, Sendable, Codable { case heard, reply, answer }
    public enum Channel: String, Column, Sendable, Codable, CaseIterable { case phone, email, text, letter, inPerson = "in-person" }
    public enum Outcome: String, Column, Sendable, Codable, CaseIterable {
        case told
        case noAnswer = "no-answer"
        case wrongContact = "wrong-contact"
        case ratherNot = "rather-not"
        case withdrawn

        /// Nobody picked up: the line stays on the list.
        public var ends: Bool { self != .noAnswer }
    }
}

/// News on its way to people.
public enum Messages {
    /// Puts one line on the call-back list, in the transaction of what is to be told. The same news to the same voice is put there once.
    public static func tell(
        _ voice: VoiceID,
        at place: Place,
        _ news: Telling.News,
        by channel: Telling.Channel,
        due: Moment,
        _ deed: Deed,
        _ tx: Transaction
    ) throws {
        let isThere =
            try tx.count("SELECT COUNT(*) FROM tellings WHERE voice = \(voice) AND news = \(news) AND ended_at IS NULL AND reply IS NULL")
            > 0
        guard !isThere, let project = place.project else { return }
        let id: TellingID = deed.newID()
        try tx.run(
            """
            INSERT INTO tellings (id, voice, project, news, channel, due, made_at)
            VALUES (\(id), \(voice), \(project), \(news), \(channel), \(due), \(deed.at))
            """
        )
    }

    /// Puts a reply to a theme on the list for everybody in it who did not choose to look at their receipt. One statement, however many.
    ///
    /// - Returns: how many people are to be told.
    public static func tellAll(of theme: ThemeID, reply: ReplyID, at place: Place, due: Moment, _ deed: Deed, _ tx: Transaction) throws
        -> Int
    {
        guard let project = place.project else { return 0 }
        // The id is the voice's own with the reply's in front: unique, and made without a round trip each.
        return try tx.run(
            """
            INSERT INTO tellings (id, voice, project, news, reply, channel, due, made_at)
            SELECT substr(\(reply.text), 1, 18) || substr(voices.id, 19), voices.id, \(project), 'reply', \(reply), voices.reply_by, \(due), \(deed.at)
            FROM voices WHERE voices.theme = \(theme) AND voices.withdrawn_at IS NULL AND voices.reply_by <> 'receipt'
            """
        )
    }
}

/// Somebody tried to tell somebody: what came of it.
public enum TickOff {
    /// - Parameter others: what else the same person was told in this call; only what was on the page can have been told.
    public static func run(
        _ id: TellingID,
        with others: [TellingID] = [],
        _ outcome: Telling.Outcome,
        note: String,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let line = try CallBackList.find(id, tx)
        try MessagePolicy.tell(at: line.place, by: deed.actor)
        guard line.endedAt == nil else { throw Refusal.notAllowed(because: W.alreadyDone) }
        try CallHistory.add(outcome, note, to: line.voice, by: deed, tx)
        let open: [TellingID] = try tx.values(
            "SELECT id FROM tellings WHERE voice = \(line.voice) AND ended_at IS NULL AND id IN \(list: others + [id]) ORDER BY id"
        )
        for one in open { try end(one, outcome, note, line, deed, tx) }
    }

    private static func end(
        _ id: TellingID,
        _ outcome: Telling.Outcome,
        _ note: String,
        _ line: CallBack,
        _ deed: Deed,
        _ tx: Transaction
    ) throws {
        if outcome.ends {
            try tx.run(
                """
                UPDATE tellings SET tries = tries + 1, outcome = \(outcome), note = \(note), ended_at = \(deed.at), ended_by = \(try deed.someone().id)
                WHERE id = \(id)
                """
            )
        } else {
            try tx.run("UPDATE tellings SET tries = tries + 1, note = \(note) WHERE id = \(id)")
        }
        try Trail.record(
            "telling.\(outcome.rawValue)",
            TrailSubject("telling", id),
            at: line.place,
            facts: ["voice": line.voice.text],
            by: deed,
            in: tx
        )
    }
}

/// Who may see how to reach people, and ring them.
enum MessagePolicy {
    static func tell(at place: Place, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard actor.carries(.facilitator, .scribe, at: place) else { throw Refusal.notFound }
    }
}
