import Decisions
import Discussion
import Kernel
import Messages
import Projects
import Services
import Store
import Trail

/// Sends an answer to everybody in a theme: onto each receipt, and onto the call-back list for those who asked to be told.
public enum WriteReply {
    static let limit = 4_000

    @discardableResult
    public static func run(to id: ThemeID, words: String, by deed: Deed, _ tx: Transaction) throws -> ReplyID {
        let theme = try ThemeStore.find(id, tx)
        try ThemePolicy.read(in: theme.place, by: deed.actor)
        try ReplyPolicy.write(in: theme.place, by: deed.actor)
        guard !words.isEmpty else { throw Problems("words", W.wordsEmpty) }
        guard try DecisionStore.newest(of: id, tx) != nil else { throw Refusal.notAllowed(because: W.decideFirst) }
        let reply: ReplyID = deed.newID()
        try tx.run(
            "INSERT INTO replies (id, theme, words, at, by_whom) VALUES (\(reply), \(id), \(words), \(deed.at), \(deed.actor.personID))"
        )
        let project = try ProjectStore.find(theme.project, tx)
        let due = project.clocks.reply.due(from: deed.at, zone: try ServiceStore.find(theme.service, tx).zone)
        let told = try Messages.tellAll(of: id, reply: reply, at: theme.place, due: due, deed, tx)
        try tx.run("UPDATE themes SET replied_at = \(deed.at), reply_due = NULL WHERE id = \(id)")
        try ThemeStore.settle(id, at: deed.at, tx)
        try Trail.record(
            "theme.replied",
            TrailSubject("theme", id),
            at: theme.place,
            facts: ["reply": reply.text, "to-tell": "\(told)"],
            by: deed,
            in: tx
        )
        return reply
    }
}
