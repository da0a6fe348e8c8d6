import Kernel
import Pathways
import Store

/// What is kept of a sound beside its bytes.
struct KeptSound: Sendable {
    let type: String
    let length: Int
    let milliseconds: Int
    let digest: String
}

enum SoundStore {
    // 64 KB, as a browser is sent it: a piece costs one row, and nobody's memory holds a whole sound.
    static let piece = 65_536

    /// Published texts without a sound, in languages that have a voice; the oldest first.
    static func waiting(_ tx: Transaction) throws -> [LeafletTextID] {
        try tx.values(
            """
            SELECT leaflet_texts.id FROM leaflet_texts LEFT JOIN leaflet_sounds ON leaflet_sounds.text = leaflet_texts.id
            WHERE leaflet_texts.state = 'published' AND leaflet_sounds.text IS NULL AND leaflet_texts.language IN \(list: Speaker.languages)
            ORDER BY leaflet_texts.published_at, leaflet_texts.id
            """
        )
    }

    static func find(_ text: LeafletTextID, _ tx: Transaction) throws -> KeptSound? {
        try tx.first("SELECT type, length, milliseconds, digest FROM leaflet_sounds WHERE text = \(text)") { row in
            KeptSound(type: try row.next(), length: try row.next(), milliseconds: try row.next(), digest: try row.next())
        }
    }

    static func add(_ sound: Sound, _ digest: String, of text: LeafletTextID, _ voice: String, at: Moment, _ tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO leaflet_sounds (text, type, length, milliseconds, digest, voice, made_at)
            VALUES (\(text), \(sound.type), \(sound.bytes.count), \(sound.milliseconds), \(digest), \(voice), \(at))
            """
        )
        for (number, start) in stride(from: 0, to: sound.bytes.count, by: piece).enumerated() {
            let bytes = Array(sound.bytes[start..<min(start + piece, sound.bytes.count)])
            try tx.run("INSERT INTO leaflet_sound_pieces (text, number, bytes) VALUES (\(text), \(number), \(bytes))")
        }
    }

    /// Exactly these bytes of a sound.
    static func bytes(_ range: Range<Int>, of text: LeafletTextID, _ tx: Transaction) throws -> [UInt8] {
        let first = range.lowerBound / piece
        let pieces: [[UInt8]] = try tx.values(
            """
            SELECT bytes FROM leaflet_sound_pieces WHERE text = \(text) AND number >= \(first) AND number <= \((range.upperBound - 1) / piece)
            ORDER BY number
            """
        )
        let start = range.lowerBound - first * piece
        return Array(pieces.joined().dropFirst(start).prefix(range.count))
    }
}
