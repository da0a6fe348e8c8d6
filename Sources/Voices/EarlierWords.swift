import HTML
import Kernel
import Projects
import Store
import Words

/// What a voice said before its words were changed, and who changed them. Gone with the words when it is taken back.
public struct EarlierWords: Sendable, Encodable {
    public let words: String
    /// From which day until which day these were the words.
    public let from: String
    public let until: String
    /// Who changed them then: the speaker, or whoever writes down at the speaker's word.
    public let changedBy: String

    /// Those that this actor may read, the newest first; the speaker's own are all of them.
    public static func of(_ voice: Voice, for actor: Actor, _ dates: Dates, _ tx: Transaction) throws -> [EarlierWords] {
        guard voice.version > 1, voice.withdrawnAt == nil else { return [] }
        let all = try Version.all(of: voice.id, tx)
        return zip(all.dropFirst(), all).compactMap { earlier, next in
            guard let words = earlier.words, VoicePolicy.mayReadEarlier(voice, reach: earlier.reach, by: actor) else { return nil }
            return EarlierWords(
                words: words,
                from: dates.day(earlier.at),
                until: dates.day(next.at),
                changedBy: changedBy(next, seesScribe: VoicePolicy.seesScribe(of: voice, actor))
            )
        }
    }

    /// Folded away: the words of now come first. Nothing where there were no others.
    public static func html(_ all: [EarlierWords]) -> HTML {
        guard !all.isEmpty else { return .nothing }
        return details(W.earlierHeading) {
            for one in all { quote(one.words, by: "\(one.days) \(one.changedBy)") }
        }
    }

    private var days: String { from == until ? W.earlierDay(day: from) : W.earlierDays(from: from, until: until) }

    private static func changedBy(_ version: Version, seesScribe: Bool) -> String {
        switch version.by {
        case .speaker: W.changedBySpeaker
        case .link: W.changedByLink
        case .scribe(let name): seesScribe && name != nil ? W.changedForSpeakerBy(name: name ?? "") : W.changedForSpeaker
        }
    }

    /// One version of the words, as it lies in the table.
    private struct Version {
        let words: String?
        let at: Moment
        let reach: Voice.Consent?
        let by: By

        enum By {
            case speaker
            /// Whoever holds the receipt: the speaker, or somebody they gave it to.
            case link
            case scribe(name: String?)
        }

        static func all(of voice: VoiceID, _ tx: Transaction) throws -> [Version] {
            try tx.all(
                """
                SELECT voice_versions.words, voice_versions.at, voice_versions.reach, people.id, people.name, voices.speaker
                FROM voice_versions JOIN voices ON voices.id = voice_versions.voice
                LEFT JOIN people ON voice_versions.by_whom = 'person:' || people.id
                WHERE voice_versions.voice = \(voice) ORDER BY voice_versions.version DESC
                """
            ) { row in
                let (words, at, reach) = (try row.next() as String?, try row.next() as Moment, try row.next() as Voice.Consent?)
                let (person, name, speaker) = (try row.next() as PersonID?, try row.next() as String?, try row.next() as PersonID?)
                let by: By = person == nil ? .link : person == speaker ? .speaker : .scribe(name: name)
                return Version(words: words, at: at, reach: reach, by: by)
            }
        }
    }
}

extension Voice {
    /// How far the words of now may still be read once others have taken their place: as far as they have gone, and never to the public.
    ///
    /// nil: only by the speaker and those who run the project. That is so for what nobody had let through, and for what was held back:
    /// it may name somebody, and that may be just why it was changed.
    var reachOnceChanged: Consent? {
        guard passedAt != nil || !isFromStranger && heldBecause == nil else { return nil }
        return min(consent, .project)
    }
}
