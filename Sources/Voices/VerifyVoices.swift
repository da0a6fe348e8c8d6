import Kernel
import Store
import Trail

/// Compares every voice with what the trail says of it: its words' digest, its consent, whether it was taken back.
public enum VerifyVoices {
    public struct Finding: Sendable, Equatable, CustomStringConvertible {
        public enum Difference: String, Sendable {
            case missing = "it is missing"
            case unrecorded = "the trail does not know of it"
            case words = "its words were altered"
            case digest = "its digest was altered"
            case consent = "its consent was altered"
            case withdrawn = "that it was taken back, or not, was altered"
        }

        public let voice: String
        /// The newest entry of the trail that says otherwise.
        public let seq: Int?
        public let difference: Difference

        public var description: String {
            "Voice \(voice) is not as the trail has it\(seq.map { " in entry \($0)" } ?? ""): \(difference.rawValue)."
        }
    }

    private struct Known {
        var digest: (text: String, seq: Int)
        var consent: (text: String, seq: Int)
        var withdrawn: Int?
        var seq: Int
    }

    /// One pass over the trail and one over the voices; the first `most` differences.
    ///
    /// - Returns: how many voices there are, and where they differ.
    public static func run(in tx: Transaction, page: Int = 2_000, most: Int = 20) throws -> (voices: Int, findings: [Finding]) {
        var known = try read(tx)
        var findings: [Finding] = []
        var (count, last) = (0, "")
        while true {
            let found = try tx.all(
                """
                SELECT id, digest, salt, words, consent, withdrawn_at FROM voices WHERE id > \(last) ORDER BY id LIMIT \(page)
                """
            ) { row in
                Stored(
                    id: try row.next(),
                    digest: try row.next(),
                    salt: try row.next(),
                    words: try row.next(),
                    consent: try row.next(),
                    isWithdrawn: try row.next() as Moment? != nil
                )
            }
            for voice in found {
                if let finding = compare(voice, known.removeValue(forKey: voice.id)) { findings.append(finding) }
            }
            count += found.count
            guard let end = found.last, found.count == page else { break }
            last = end.id
        }
        let missing = known.sorted { $0.value.seq < $1.value.seq }
        findings += missing.map { Finding(voice: $0.key, seq: $0.value.seq, difference: .missing) }
        return (count, Array(findings.prefix(most)))
    }

    private struct Stored {
        let id: String
        let digest: String
        let salt: String?
        let words: String?
        let consent: String
        let isWithdrawn: Bool
    }

    private static func read(_ tx: Transaction) throws -> [String: Known] {
        var known: [String: Known] = [:]
        try Trail.each("voice", in: tx) { happened in
            let (seq, facts) = (happened.seq, happened.facts)
            switch happened.what {
            case "voice.said":
                known[happened.subject] = Known(
                    digest: (facts["digest"] ?? "", seq),
                    consent: (facts["consent"] ?? "", seq),
                    withdrawn: nil,
                    seq: seq
                )
            case "voice.reworded": known[happened.subject]?.digest = (facts["digest"] ?? "", seq)
            case "voice.consent-changed": known[happened.subject]?.consent = (facts["to"] ?? "", seq)
            case "voice.withdrawn": known[happened.subject]?.withdrawn = seq
            default: break
            }
        }
        return known
    }

    private static func compare(_ voice: Stored, _ known: Known?) -> Finding? {
        guard let known else { return Finding(voice: voice.id, seq: nil, difference: .unrecorded) }
        if voice.digest != known.digest.text { return Finding(voice: voice.id, seq: known.digest.seq, difference: .digest) }
        if voice.consent != known.consent.text { return Finding(voice: voice.id, seq: known.consent.seq, difference: .consent) }
        if voice.isWithdrawn != (known.withdrawn != nil) {
            return Finding(voice: voice.id, seq: known.withdrawn ?? known.seq, difference: .withdrawn)
        }
        guard !voice.isWithdrawn else { return voice.words == nil ? nil : Finding(voice: voice.id, seq: known.seq, difference: .words) }
        guard let words = voice.words, let salt = voice.salt, WordsDigest.make(words, salt: salt) == voice.digest else {
            return Finding(voice: voice.id, seq: known.digest.seq, difference: .words)
        }
        return nil
    }
}
