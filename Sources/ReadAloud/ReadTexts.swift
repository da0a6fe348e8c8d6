import Crypto
import Kernel
import Pathways
import Services
import Store
import Trail

/// Reads aloud every published text that has no sound yet: once for each version, since its words never change.
public enum ReadTexts {
    /// Where one fails the others are read all the same; it is tried again another time.
    public static func run(_ db: Database, _ speaker: Speaker, by deed: Deed) async throws {
        var failed: (any Error)?
        for id in try await db.read({ tx in try SoundStore.waiting(tx) }) {
            do { try await read(id, db, speaker, deed) } catch { failed = error }
        }
        if let failed { throw failed }
    }

    private static func read(_ id: LeafletTextID, _ db: Database, _ speaker: Speaker, _ deed: Deed) async throws {
        let text = try await db.read { tx in try TextStore.find(id, tx) }
        guard let voice = Speaker.voice(for: text.language) else { return }
        let sound = try await speaker.speak(Script(of: text).ssml, voice)
        try await db.write { tx in try keep(sound, of: text, voice, deed, tx) }
    }

    private static func keep(_ sound: Sound, of text: LeafletText, _ voice: String, _ deed: Deed, _ tx: Transaction) throws {
        // Another process may have been as quick.
        guard try SoundStore.find(text.id, tx) == nil else { return }
        try SoundStore.add(sound, Hex.text(of: SHA256.hash(data: sound.bytes)), of: text.id, voice, at: deed.at, tx)
        let service = try ServiceStore.find(LeafletStore.find(text.leaflet, tx).service, tx)
        try Trail.record("leaflet.read-aloud", TrailSubject("leaflet-text", text.id), at: service.place, by: deed, in: tx)
    }
}
