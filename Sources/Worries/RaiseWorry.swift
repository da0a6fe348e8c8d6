import HTML
import Kernel
import Projects
import Services
import Store
import Trail

/// Somebody tells the safeguarding lead what worries them. No account is needed, and no name.
public enum RaiseWorry {
    /// The next working day: whoever reads worries must be told the same evening that it is not watched at night.
    static let clock = Clock(1, .workingDays)

    @discardableResult
    public static func run(
        words: String,
        about: String,
        contact: String,
        page: String,
        service: Service?,
        by deed: Deed,
        _ tx: Transaction
    ) throws -> WorryID {
        // Whoever tells us must never believe that somebody reads it when there is nobody.
        guard try Leads(tx).isSomebody else { throw Refusal.notAllowed(because: W.cannotTake + " " + W.danger + " " + W.childline) }
        let id: WorryID = deed.newID()
        let due = clock.due(from: deed.at, zone: service?.zone ?? "Europe/London")
        try tx.run(
            """
            INSERT INTO worries (id, service, words, about, page, contact, person, at, due)
            VALUES (\(id), \(service?.id), \(words), \(about), \(page), \(contact), \(deed.actor.personID), \(deed.at), \(due))
            """
        )
        try Trail.record("worry.raised", TrailSubject("worry", id), at: Place(service: service?.id), by: deed, in: tx)
        return id
    }
}

/// What the safeguarding lead does about a worry, each with a line that stays.
public enum AnswerWorry {
    public static func see(_ id: WorryID, by deed: Deed, _ tx: Transaction) throws {
        let worry = try WorryStore.find(id, for: deed.actor, tx)
        guard worry.seenAt == nil else { return }
        try tx.run(
            "UPDATE worries SET seen_at = \(deed.at), seen_by = \(deed.actor.personID), version = version + 1 WHERE id = \(id)"
        )
        try WorryStore.add(.seen, "", to: id, by: deed, tx)
        try Trail.record("worry.seen", TrailSubject("worry", id), at: worry.place, by: deed, in: tx)
    }

    /// Writes down what was done; with `ends`, that it is finished.
    public static func did(_ words: String, ends: Bool, to id: WorryID, version: Int, by deed: Deed, _ tx: Transaction) throws {
        let worry = try WorryStore.find(id, for: deed.actor, tx)
        try check(worry, version, words)
        try see(id, by: deed, tx)
        if ends {
            try tx.run(
                """
                UPDATE worries SET ended_at = \(deed.at), ended_by = \(deed.actor.personID), outcome = \(words), version = version + 1 WHERE id = \(id)
                """
            )
        } else {
            try tx.run("UPDATE worries SET version = version + 1 WHERE id = \(id)")
        }
        try WorryStore.add(ends ? .ended : .did, words, to: id, by: deed, tx)
        try Trail.record(ends ? "worry.ended" : "worry.answered", TrailSubject("worry", id), at: worry.place, by: deed, in: tx)
    }

    /// Takes up again what was thought to be finished.
    public static func open(_ id: WorryID, because words: String, version: Int, by deed: Deed, _ tx: Transaction) throws {
        let worry = try WorryStore.find(id, for: deed.actor, tx)
        try check(worry, version, words)
        guard worry.endedAt != nil else { return }
        try tx.run("UPDATE worries SET ended_at = NULL, ended_by = NULL, outcome = '', version = version + 1 WHERE id = \(id)")
        try WorryStore.add(.opened, words, to: id, by: deed, tx)
        try Trail.record("worry.opened", TrailSubject("worry", id), at: worry.place, by: deed, in: tx)
    }

    /// Two leads at once: the second sees what the first did before adding to it.
    private static func check(_ worry: Worry, _ version: Int, _ words: String) throws {
        guard worry.version != version else { return }
        let field = StaleEdit.Field(label: W.outcome, theirs: worry.outcome.isEmpty ? W.changedMeanwhile : worry.outcome, yours: words)
        throw Refusal.stale(StaleEdit(fields: [field], again: WorryPage.url(worry.id).description))
    }
}
