import Kernel
import Store
import Trail

/// Makes a new code for a voice's receipt; the codes before it stop working.
public enum IssueReceipt {
    public static func run(for voice: Voice, by deed: Deed, _ tx: Transaction) throws -> String {
        let before = try tx.count("SELECT COUNT(*) FROM receipts WHERE voice = \(voice.id)")
        let isByStaff = !VoicePolicy.isSpeaker(of: voice, deed.actor)
        if try tx.run("UPDATE receipts SET revoked_at = \(deed.at) WHERE voice = \(voice.id) AND revoked_at IS NULL") > 0 {
            try record("receipt.revoked", issue: before, voice, isByStaff, deed, tx)
        }
        let code = try insert(voice.id, issue: before + 1, isByStaff, deed, tx)
        try record("receipt.issued", issue: before + 1, voice, isByStaff, deed, tx)
        return code
    }

    /// The first, in the transaction in which the voice is said; the trail has it in the entry of that.
    static func first(for voice: VoiceID, isByStaff: Bool, _ deed: Deed, _ tx: Transaction) throws -> String {
        try insert(voice, issue: 1, isByStaff, deed, tx)
    }

    private static func insert(_ voice: VoiceID, issue: Int, _ isByStaff: Bool, _ deed: Deed, _ tx: Transaction) throws -> String {
        let code = ReceiptCode.make(deed.chance)
        try tx.run(
            """
            INSERT INTO receipts (digest, voice, issue, made_at, made_by, by_staff)
            VALUES (\(ReceiptCode.digest(code)), \(voice), \(issue), \(deed.at), \(deed.actor.trailName), \(isByStaff))
            """
        )
        return code
    }

    private static func record(_ what: String, issue: Int, _ voice: Voice, _ isByStaff: Bool, _ deed: Deed, _ tx: Transaction) throws {
        let facts = ["issue": String(issue), "by": isByStaff ? "staff" : "speaker"]
        try Trail.record(what, TrailSubject("voice", voice.id), at: voice.place, facts: facts, by: deed, in: tx)
    }
}

/// Which receipt somebody without an account acts through, for the trail: what is done with a slip that staff made is not passed off as
/// something only the speaker can have done.
public enum ReceiptFacts {
    /// Empty for everybody but the holder of a receipt. Only the newest code opens anything, so it is the one they hold.
    public static func of(_ actor: Actor, _ tx: Transaction) throws -> [String: String] {
        guard case .holder(let voice) = actor else { return [:] }
        let newest = try tx.first("SELECT issue, by_staff FROM receipts WHERE voice = \(voice) AND revoked_at IS NULL") { row in
            (issue: try row.next() as Int, isByStaff: try row.next() as Bool)
        }
        return newest.map { ["receipt": String($0.issue), "receipt-by": $0.isByStaff ? "staff" : "speaker"] } ?? [:]
    }

    public static func isFromStaff(_ facts: [String: String]) -> Bool { facts["receipt-by"] == "staff" }
}
