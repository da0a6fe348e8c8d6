import Crypto
import Kernel
import Projects
import Store

/// The SQL of voices.
public enum VoiceStore {
    /// Throws `Refusal.notFound` where there is none. Whether the actor may read it is the policy's question, asked by the caller.
    public static func find(_ id: VoiceID, _ tx: Transaction) throws -> Voice {
        guard let voice = try tx.first("SELECT \(Voice.columns) FROM voices WHERE id = \(id)", { try Voice(&$0) }) else {
            throw Refusal.notFound
        }
        return voice
    }

    /// The voice that a receipt's code opens; a code that was replaced opens nothing.
    public static func find(code: String, _ tx: Transaction) throws -> Voice {
        let digest = ReceiptCode.digest(code)
        let voice = try tx.first(
            """
            SELECT \(Voice.columns) FROM voices JOIN receipts ON receipts.voice = voices.id
            WHERE receipts.digest = \(digest) AND receipts.revoked_at IS NULL
            """
        ) { try Voice(&$0) }
        guard let voice else { throw Refusal.notFound }
        return voice
    }

    /// What one page of a list shows, newest first.
    static func list(_ condition: SQL, limit: Int, offset: Int, _ tx: Transaction) throws -> [Voice] {
        try tx.all(
            "SELECT \(Voice.columns) FROM voices WHERE \(condition) ORDER BY voices.said_at DESC, voices.id LIMIT \(limit) OFFSET \(offset)"
        ) { try Voice(&$0) }
    }

    public static func by(speaker: PersonID, _ tx: Transaction) throws -> [Voice] {
        try tx.all("SELECT \(Voice.columns) FROM voices WHERE speaker = \(speaker) ORDER BY said_at DESC, id LIMIT 200") { try Voice(&$0) }
    }

    static func insert(_ said: NewVoice, id: VoiceID, _ tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO voices (id, service, project, group_id, session, perspective, kind, channel, speaker, speaker_name, scribe, read_back,
                consent, consent_at, words, digest, salt, version, reply_by, reply_to, reply_when, said_at, recorded_at, hear_due, discuss_due, decide_due)
            VALUES (\(id), \(said.project.service), \(said.project.id), \(said.group), \(said.session), \(said.perspective), \(said.kind),
                \(said.channel), \(said.speaker), \(said.speakerName), \(said.scribe), \(said.wasReadBack), \(said.consent), \(said.recordedAt),
                \(said.words), \(said.digest), \(said.salt), 1, \(said.replyBy), \(said.replyTo), \(said.replyWhen), \(said.saidAt), \(said.recordedAt),
                \(said.due.hear), \(said.due.discuss), \(said.due.decide))
            """
        )
        try insertVersion(of: id, version: 1, words: said.words, digest: said.digest, at: said.recordedAt, by: said.recordedBy, tx)
    }

    static func insertVersion(of id: VoiceID, version: Int, words: String, digest: String, at: Moment, by: String, _ tx: Transaction) throws
    {
        try tx.run(
            "INSERT INTO voice_versions (voice, version, words, digest, at, by_whom) VALUES (\(id), \(version), \(words), \(digest), \(at), \(by))"
        )
    }
}

/// A digest that proves what the words were while their salt is kept; once that is gone, nobody can find short words by guessing.
enum WordsDigest {
    static func make(_ words: String, salt: String) -> String { Hex.text(of: SHA256.hash(data: Array((salt + ":" + words).utf8))) }
}

/// The code of a receipt: 28 letters and digits, 140 bits of chance, in fours for reading out on the telephone.
public enum ReceiptCode {
    /// How many there are, without the dashes.
    public static let letters = 28

    /// `k7m2-9xqp-4hns-r8td-2f6w-zc5j-e3ya`
    public static func make(_ chance: Chance) -> String {
        let letters = Array(chance.token(letters))
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// However it was typed, in the one way it is kept.
    public static func digest(_ typed: String) -> String { Hex.text(of: SHA256.hash(data: Array(plain(typed).utf8))) }

    /// For an address: only letters and digits.
    public static func tidy(_ typed: String) -> String { plain(typed) }

    /// Case, spaces and dashes do not count; o is 0, i and l are 1.
    private static func plain(_ typed: String) -> String {
        String(
            typed.lowercased().compactMap { letter -> Character? in
                switch letter {
                case "o": "0"
                case "i", "l": "1"
                case _ where letter.isASCII && (letter.isLetter || letter.isNumber): letter
                default: nil
                }
            }
        )
    }
}
