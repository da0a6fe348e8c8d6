import Kernel
import Store
import Trail

/// Somebody who runs the project keeps a voice from the public, and says why; the speaker sees it on their receipt and can answer.
public enum HoldVoice {
    public enum Reason: String, Sendable, Codable, CaseIterable { case names, risk, other }

    /// The longest of one's own words.
    public static let limit = 300

    /// - Parameter words: why, where the reason is `.other`. Kept beside the voice and wiped with it, never in the trail.
    public static func run(_ id: VoiceID, because reason: Reason, words: String, by deed: Deed, _ tx: Transaction) throws {
        let voice = try VoiceStore.find(id, tx)
        try VoicePolicy.holdBack(voice, by: deed.actor)
        let because = reason == .other ? words : reason.rawValue
        try tx.run("UPDATE voices SET held_because = \(because), passed_at = NULL WHERE id = \(id)")
        try Trail.record(
            "voice.held-back",
            TrailSubject("voice", id),
            at: voice.place,
            facts: ["because": reason.rawValue],
            by: deed,
            in: tx
        )
    }

    /// A sentence for the receipt and the voice's page.
    public static func words(_ because: String) -> String {
        switch Reason(rawValue: because) {
        case .names: W.heldNames
        case .risk: W.heldRisk
        case .other, nil: because
        }
    }
}

/// Somebody who runs the project has read a voice and lets it go as far as its consent says.
public enum ReleaseVoice {
    public static func run(_ id: VoiceID, by deed: Deed, _ tx: Transaction) throws {
        let voice = try VoiceStore.find(id, tx)
        try VoicePolicy.holdBack(voice, by: deed.actor)
        guard voice.passedAt == nil else { return }
        try tx.run("UPDATE voices SET passed_at = \(deed.at), held_because = NULL WHERE id = \(id)")
        try Trail.record("voice.released", TrailSubject("voice", id), at: voice.place, by: deed, in: tx)
    }
}
