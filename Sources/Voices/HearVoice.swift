import Kernel
import Messages
import Projects
import Services
import Store
import Trail

/// A named person answers: the moment a voice is heard.
public enum HearVoice {
    public static let limit = 2_000

    public static func run(_ id: VoiceID, answer: String, by deed: Deed, _ tx: Transaction) throws {
        let voice = try VoiceStore.find(id, tx)
        try VoicePolicy.hear(voice, by: deed.actor, isStaff: try Staff.isStaff(deed.actor, in: voice, tx))
        guard voice.heardAt == nil else { throw Refusal.notAllowed(because: W.alreadyHeard) }
        try tx.run(
            """
            UPDATE voices SET heard_at = \(deed.at), heard_by = \(try deed.someone().id), heard_answer = \(answer),
                passed_at = CASE WHEN held_because IS NULL THEN COALESCE(passed_at, \(deed.at)) END WHERE id = \(id)
            """
        )
        try Tell.run(.heard, voice, by: deed, tx)
        try Trail.record("voice.heard", TrailSubject("voice", id), at: voice.place, by: deed, in: tx)
    }
}

/// Puts the speaker on the call-back list, where they did not choose to look at their receipt.
enum Tell {
    static func run(_ news: Telling.News, _ voice: Voice, by deed: Deed, _ tx: Transaction) throws {
        guard let channel = Telling.Channel(rawValue: voice.replyBy.rawValue) else { return }
        let project = try ProjectStore.find(voice.project, tx)
        let zone = try ServiceStore.find(voice.service, tx).zone
        try Messages.tell(voice.id, at: voice.place, news, by: channel, due: project.clocks.reply.due(from: deed.at, zone: zone), deed, tx)
    }
}

/// Whether somebody brings a staff perspective to a voice's project.
enum Staff {
    static func isStaff(_ actor: Actor, in voice: Voice, _ tx: Transaction) throws -> Bool {
        guard let key = actor.perspective(in: voice.project) else { return false }
        return try ServiceStore.perspectives(of: voice.service, tx)[key]?.isStaff ?? false
    }
}
