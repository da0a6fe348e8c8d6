import Kernel
import Store

/// A reply to everybody in a theme, and how far it has reached one of them.
struct ReplyTold {
    let at: Moment
    let words: String
    let by: String?
    /// By when a person is to tell them; nil where they look at their receipt.
    let due: Moment?
    let ended: Moment?
    let outcome: String?

    /// By when somebody has still to tell them.
    var stillDue: Moment? { ended == nil ? due : nil }
    var isUnreached: Bool { outcome == "wrong-contact" }

    static func all(of theme: ThemeID?, to voice: VoiceID, _ tx: Transaction) throws -> [ReplyTold] {
        guard let theme else { return [] }
        return try tx.all(
            """
            SELECT replies.at, replies.words, people.name, tellings.due, tellings.ended_at, tellings.outcome
            FROM replies LEFT JOIN people ON people.id = replies.by_whom
            LEFT JOIN tellings ON tellings.reply = replies.id AND tellings.voice = \(voice)
            WHERE replies.theme = \(theme) ORDER BY replies.at, replies.id
            """
        ) { row in
            ReplyTold(
                at: try row.next(),
                words: try row.next(),
                by: try row.next(),
                due: try row.next(),
                ended: try row.next(),
                outcome: try row.next()
            )
        }
    }
}
