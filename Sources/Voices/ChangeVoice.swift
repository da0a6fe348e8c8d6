import HTML
import Jobs
import Kernel
import Messages
import Store
import Trail

/// What a speaker may change: the words (as a new version), how far they travel, and how to be told.
///
/// The speaker comes by account or by receipt. For a speaker without an account, a scribe may do the same at their word: `forSpeaker`.
public enum ChangeVoice {
    public enum Right: Sendable {
        case speaker
        case forSpeaker(Asked)

        /// For the trail: who asked, and how.
        func facts(_ more: [String: String]) -> [String: String] {
            guard case .forSpeaker(let asked) = self else { return more }
            return more.merging(["asked": asked.rawValue]) { own, _ in own }
        }
    }

    /// How the speaker asked somebody to change it for them.
    public enum Asked: String, Sendable, Codable, CaseIterable {
        case phone, inPerson = "in-person", writing
    }

    /// - Parameter version: the version the form was opened with; an older one is shown side by side, and nothing is overwritten.
    public static func words(
        _ id: VoiceID,
        to words: String,
        version: Int,
        _ right: Right,
        again: SafeURL? = nil,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let voice = try open(id, right, deed, tx)
        guard voice.version == version else {
            throw Refusal.stale(
                StaleEdit(
                    fields: [.init(label: W.wordsLabel, theirs: voice.words ?? "", yours: words)],
                    again: again?.description ?? "/voices/\(id)"
                )
            )
        }
        guard words != voice.words else { return }
        let salt = deed.chance.token(26)
        let digest = WordsDigest.make(words, salt: salt)
        // Nobody has read the new words: they wait again.
        try tx.run(
            "UPDATE voices SET words = \(words), digest = \(digest), salt = \(salt), version = \(version + 1), passed_at = NULL WHERE id = \(id)"
        )
        try tx.run("UPDATE voice_versions SET reach = \(voice.reachOnceChanged) WHERE voice = \(id) AND version = \(version)")
        try VoiceStore.insertVersion(of: id, version: version + 1, words: words, digest: digest, at: deed.at, by: deed.actor.trailName, tx)
        try Trail.record(
            "voice.reworded",
            TrailSubject("voice", id),
            at: voice.place,
            facts: right.facts(
                ["version": String(version + 1), "digest": digest].merging(try ReceiptFacts.of(deed.actor, tx)) { own, _ in own }
            ),
            by: deed,
            in: tx
        )
    }

    /// - Parameter name: what to show beside the words, for `.publicWithName`.
    public static func consent(_ id: VoiceID, to consent: Voice.Consent, name: String?, _ right: Right, by deed: Deed, _ tx: Transaction)
        throws
    {
        let voice = try open(id, right, deed, tx)
        try tx.run(
            "UPDATE voices SET consent = \(consent), consent_at = \(deed.at), speaker_name = \(name ?? voice.speakerName) WHERE id = \(id)"
        )
        // A name is words too, and nobody has read this one.
        if consent == .publicWithName, let name, name != voice.speakerName {
            try tx.run("UPDATE voices SET passed_at = NULL WHERE id = \(id)")
        }
        try Trail.record(
            "voice.consent-changed",
            TrailSubject("voice", id),
            at: voice.place,
            facts: right.facts(
                ["from": voice.consent.rawValue, "to": consent.rawValue].merging(try ReceiptFacts.of(deed.actor, tx)) { own, _ in own }
            ),
            by: deed,
            in: tx
        )
    }

    public static func telling(
        _ id: VoiceID,
        by channel: Voice.ReplyBy,
        to contact: String?,
        when: String?,
        _ right: Right,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        let voice = try open(id, right, deed, tx)
        try tx.run("UPDATE voices SET reply_by = \(channel), reply_to = \(contact), reply_when = \(when) WHERE id = \(id)")
        // What is still to be told goes the new way; who wants nobody to ring any more is taken off the list.
        if channel == .receipt {
            try tx.run("UPDATE tellings SET ended_at = \(deed.at), outcome = 'rather-not' WHERE voice = \(id) AND ended_at IS NULL")
        } else {
            try tx.run("UPDATE tellings SET channel = \(channel) WHERE voice = \(id) AND ended_at IS NULL")
        }
        try Trail.record(
            "voice.telling-changed",
            TrailSubject("voice", id),
            at: voice.place,
            facts: right.facts(["by": channel.rawValue]),
            by: deed,
            in: tx
        )
    }

    static func open(_ id: VoiceID, _ right: Right, _ deed: Deed, _ tx: Transaction) throws -> Voice {
        let voice = try VoiceStore.find(id, tx)
        switch right {
        case .speaker: try VoicePolicy.change(voice, by: deed.actor)
        case .forSpeaker: try VoicePolicy.changeForSpeaker(voice, by: deed.actor)
        }
        return voice
    }
}

/// Takes a voice back: its words leave every table at once, and only dates and a digest that nobody can open stay.
public enum WithdrawVoice {
    /// The kind of job that wipes withdrawn words from where the engine keeps old pages, and the tables that held them.
    public static let scrub = "scrub"
    public static let tables: [StaticString] = ["voices", "voice_versions", "voice_subjects", "follow_ups", "ratings", "tellings"]

    /// The job `scrub` then wipes the words from the database's own files; who does not want to wait for it calls `Database.scrub()` as well.
    public static func run(_ id: VoiceID, _ right: ChangeVoice.Right, by deed: Deed, _ tx: Transaction) throws {
        let voice = try ChangeVoice.open(id, right, deed, tx)
        try tx.run(
            """
            UPDATE voices SET words = NULL, salt = NULL, speaker_name = NULL, reply_to = NULL, reply_when = NULL, heard_answer = NULL,
                held_because = NULL, passed_at = NULL, withdrawn_at = \(deed.at), version = version + 1 WHERE id = \(id)
            """
        )
        try tx.run("UPDATE voice_versions SET words = NULL WHERE voice = \(id)")
        try tx.run("DELETE FROM voice_subjects WHERE voice = \(id)")
        try tx.run("UPDATE follow_ups SET words = NULL WHERE voice = \(id)")
        try tx.run("UPDATE ratings SET words = NULL WHERE voice = \(id)")
        try tx.run(
            "UPDATE tellings SET note = '', ended_at = COALESCE(ended_at, \(deed.at)), outcome = COALESCE(outcome, 'withdrawn') WHERE voice = \(id)"
        )
        try tx.run("UPDATE calls SET note = '' WHERE voice = \(id)")
        try Jobs.enqueue(scrub, due: deed.at, by: deed, tx)
        try Trail.record(
            "voice.withdrawn",
            TrailSubject("voice", id),
            at: voice.place,
            facts: right.facts(try ReceiptFacts.of(deed.actor, tx)),
            by: deed,
            in: tx
        )
    }
}

/// The talk that goes on after a voice was heard: the speaker answers back, the service answers again.
public enum FollowUps {
    public static let limit = 2_000

    public struct FollowUp: Sendable {
        public let at: Moment
        public let isFromSpeaker: Bool
        public let person: String?
        public let words: String?
        public let seenAt: Moment?
        /// Written with a receipt whose code staff made: by the speaker, or by whoever has the slip.
        public let isBySlip: Bool
    }

    public static func of(_ voice: VoiceID, _ tx: Transaction) throws -> [FollowUp] {
        try tx.all(
            """
            SELECT follow_ups.at, follow_ups.from_speaker, people.name, follow_ups.words, follow_ups.seen_at, follow_ups.by_slip
            FROM follow_ups LEFT JOIN people ON people.id = follow_ups.person WHERE voice = \(voice) ORDER BY follow_ups.at, follow_ups.id
            """
        ) { row in
            FollowUp(
                at: try row.next(),
                isFromSpeaker: try row.next(),
                person: try row.next(),
                words: try row.next(),
                seenAt: try row.next(),
                isBySlip: try row.next()
            )
        }
    }

    /// The speaker answers back.
    public static func answerBack(_ id: VoiceID, _ words: String, by deed: Deed, _ tx: Transaction) throws {
        let voice = try ChangeVoice.open(id, .speaker, deed, tx)
        let facts = try ReceiptFacts.of(deed.actor, tx)
        try insert(id, words, fromSpeaker: true, bySlip: ReceiptFacts.isFromStaff(facts), deed, tx)
        try Trail.record("voice.answered-back", TrailSubject("voice", id), at: voice.place, facts: facts, by: deed, in: tx)
    }

    /// The service answers again; what the speaker wrote is then seen.
    public static func answer(_ id: VoiceID, _ words: String, by deed: Deed, _ tx: Transaction) throws {
        let voice = try VoiceStore.find(id, tx)
        try VoicePolicy.hear(voice, by: deed.actor, isStaff: try Staff.isStaff(deed.actor, in: voice, tx))
        try insert(id, words, fromSpeaker: false, deed, tx)
        try tx.run("UPDATE follow_ups SET seen_at = \(deed.at) WHERE voice = \(id) AND from_speaker = 1 AND seen_at IS NULL")
        try Tell.run(.answer, voice, by: deed, tx)
        try Trail.record("voice.answered", TrailSubject("voice", id), at: voice.place, by: deed, in: tx)
    }

    private static func insert(_ voice: VoiceID, _ words: String, fromSpeaker: Bool, bySlip: Bool = false, _ deed: Deed, _ tx: Transaction)
        throws
    {
        let id: ID<Subject.Voice> = deed.newID()
        try tx.run(
            """
            INSERT INTO follow_ups (id, voice, at, from_speaker, person, words, by_slip)
            VALUES (\(id), \(voice), \(deed.at), \(fromSpeaker), \(fromSpeaker ? nil : deed.actor.personID), \(words), \(bySlip))
            """
        )
    }
}
