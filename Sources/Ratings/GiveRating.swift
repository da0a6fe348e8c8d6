import Kernel
import Projects
import Services
import Sessions
import Store
import Trail
import Voices

/// Keeps how listened-to somebody felt. Given again about the same thing, it replaces what was there.
public enum GiveRating {
    /// What it is about, and whose it is.
    public enum About: Sendable {
        /// What became of a voice: by its speaker, or by phone at the speaker's word.
        case voice(VoiceID)
        /// A session, or (nil) the project as a whole, by a member.
        case own(ProjectID, session: SessionID?)
        /// The same, said by somebody who rang up.
        case phoned(ProjectID, session: SessionID?, perspective: String)
        /// A whole session's score, said aloud by those of one perspective.
        case together(SessionID, perspective: String, people: Int?)
    }

    /// - Parameters:
    ///   - score: 0 to 10; throws `Problems` for anything else.
    ///   - isPublic: its words may be shown to everybody, without a name.
    @discardableResult
    public static func run(
        _ score: Int,
        words: String? = nil,
        isPublic: Bool = false,
        about: About,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> RatingID {
        guard (0...10).contains(score) else { throw Problems("score", W.scoreEmpty) }
        let words = words.flatMap { $0.isEmpty ? nil : $0 }
        let entry = try entry(about, by: deed, tx)
        let id = try save(entry, score, words, isPublic, deed, tx)
        try Trail.record(
            "rating.given",
            TrailSubject("rating", id),
            at: entry.place,
            facts: try ReceiptFacts.of(deed.actor, tx).merging(
                [
                    "session": entry.session?.text, "voice": entry.voice?.text, "channel": entry.channel.rawValue,
                    "together": entry.isTogether ? "yes" : nil,
                ].compactMapValues(\.self)
            ) { own, _ in own },
            by: deed,
            in: tx
        )
        return id
    }

    private struct Entry {
        let place: Place
        var session: SessionID?
        var voice: VoiceID?
        let perspective: String
        var isTogether = false
        var people: Int?
        let channel: Voice.Channel
        /// The rating this one replaces.
        var before: RatingID?
    }

    private static func entry(_ about: About, by deed: Deed, _ tx: Transaction) throws -> Entry {
        switch about {
        case .voice(let id): return try ofVoice(id, deed, tx)
        case .own(let id, let session):
            let perspective = try RatingPolicy.give(in: id, by: deed.actor)
            let project = try ProjectStore.find(id, tx)
            if let session { try checkWasThere(session, project, deed, tx) }
            let before = try RatingStore.own(of: deed.actor, session: session, in: id, tx)
            return Entry(place: project.place, session: session, perspective: perspective, channel: .online, before: before?.id)
        case .phoned(let id, let session, let perspective):
            let project = try ProjectStore.find(id, tx)
            try RatingPolicy.record(in: project.place, by: deed.actor)
            if let session { try checkHasBegun(session, project, deed, tx) }
            try check(perspective, in: project, tx)
            return Entry(place: project.place, session: session, perspective: perspective, channel: .phone)
        case .together(let id, let perspective, let people):
            let project = try ProjectStore.find(SessionStore.find(id, tx).project, tx)
            try RatingPolicy.record(in: project.place, by: deed.actor)
            try checkHasBegun(id, project, deed, tx)
            try check(perspective, in: project, tx)
            let before: RatingID? = try tx.value(
                "SELECT id FROM ratings WHERE session = \(id) AND perspective = \(perspective) AND together = 1"
            )
            return Entry(
                place: project.place,
                session: id,
                perspective: perspective,
                isTogether: true,
                people: people,
                channel: .session,
                before: before
            )
        }
    }

    private static func ofVoice(_ id: VoiceID, _ deed: Deed, _ tx: Transaction) throws -> Entry {
        let voice = try VoiceStore.find(id, tx)
        let receipt = try ReceiptFacts.of(deed.actor, tx)
        let isSpeaker = (try? VoicePolicy.change(voice, by: deed.actor)) != nil
        if !isSpeaker { try VoicePolicy.changeForSpeaker(voice, by: deed.actor) }
        return Entry(
            place: voice.place,
            session: voice.session,
            voice: id,
            perspective: voice.perspective,
            // With a slip that staff made it may be the speaker or whoever has the slip: it is kept as what the voice was.
            channel: !isSpeaker ? .phone : ReceiptFacts.isFromStaff(receipt) ? voice.channel : .online,
            before: try RatingStore.of(id, tx)?.id
        )
    }

    private static func checkHasBegun(_ id: SessionID, _ project: Project, _ deed: Deed, _ tx: Transaction) throws {
        guard try SessionStore.find(id, in: project.id, tx).startsAt <= deed.at else { throw Problems("session", W.notYet) }
    }

    /// A session of a group is rated by those of the group.
    private static func checkWasThere(_ id: SessionID, _ project: Project, _ deed: Deed, _ tx: Transaction) throws {
        let session = try SessionStore.find(id, in: project.id, tx)
        if let group = session.group, !deed.actor.isMember(of: group) { throw Refusal.notFound }
        try checkHasBegun(id, project, deed, tx)
    }

    private static func check(_ perspective: String, in project: Project, _ tx: Transaction) throws {
        guard try ServiceStore.perspectives(of: project.service, tx)[perspective] != nil else {
            throw Problems("perspective", W.perspectiveEmpty)
        }
    }

    private static func save(_ entry: Entry, _ score: Int, _ words: String?, _ isPublic: Bool, _ deed: Deed, _ tx: Transaction) throws
        -> RatingID
    {
        if let before = entry.before {
            try tx.run(
                """
                UPDATE ratings SET score = \(score), words = \(words), public = \(isPublic), people = \(entry.people), at = \(deed.at),
                    version = version + 1
                WHERE id = \(before)
                """
            )
            return before
        }
        let id: RatingID = deed.newID()
        try tx.run(
            """
            INSERT INTO ratings (id, service, project, session, voice, perspective, score, words, together, people, public, channel, by_whom, at, version)
            VALUES (\(id), \(entry.place.service), \(entry.place.project), \(entry.session), \(entry.voice), \(entry.perspective), \(score), \(words),
                    \(entry.isTogether), \(entry.people), \(isPublic), \(entry.channel), \(deed.actor.trailName), \(deed.at), 1)
            """
        )
        return id
    }
}
