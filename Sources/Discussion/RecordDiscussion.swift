import Kernel
import Projects
import Services
import Sessions
import Store
import Trail
import Web

/// When something happened that is written down later.
public enum HappenedOn {
    /// The typed day, else the session's start, else now. Nothing can have happened in the future.
    public static func read(_ form: inout Form, _ name: String, session: Session?, now: Moment, zone: String) -> Moment {
        guard let typed = form.date(name, zone: zone) else { return session.map { min($0.startsAt, now) } ?? now }
        if typed <= now { return typed }
        // A date comes as noon of its day: before noon, today is not the future.
        if CivilDay(typed, zone: zone) == CivilDay(now, zone: zone) { return now }
        form.problems.add(name, W.inFuture)
        return now
    }

    /// The session that was chosen; nil for "between meetings".
    public static func session(_ form: Form, in project: Project, _ tx: Transaction) throws -> Session? {
        try SessionID(form["session"]).map { try SessionStore.find($0, in: project.id, tx) }
    }
}

/// Writes down that a theme was discussed, what was said and what comes next.
public enum RecordDiscussion {
    public struct Draft: Sendable {
        /// nil for between meetings.
        public var session: SessionID?
        public var at: Moment
        /// What was said, by the group.
        public var notes: String
        public var next: String
        /// What a group said in its own session stays there, unless its people agreed that the project may read it.
        public var isReleased: Bool

        static let limit = 4_000

        public init(session: SessionID? = nil, at: Moment, notes: String, next: String = "", isReleased: Bool = false) {
            self.session = session
            self.at = at
            self.notes = notes
            self.next = next
            self.isReleased = isReleased
        }

        init(_ form: inout Form, in project: Project, zone: String, now: Moment, _ tx: Transaction) throws {
            let held = try HappenedOn.session(form, in: project, tx)
            session = held?.id
            at = HappenedOn.read(&form, "on", session: held, now: now, zone: zone)
            notes = form.text("notes", limit: Self.limit, empty: W.notesEmpty)
            next = form.text("next", limit: 1_000)
            isReleased = form.has("released")
            try form.check()
        }
    }

    @discardableResult
    public static func run(_ id: ThemeID, _ draft: Draft, by deed: Deed, _ tx: Transaction) throws -> DiscussionID {
        let theme = try ThemeStore.find(id, tx)
        try ThemePolicy.tend(in: theme.place, by: deed.actor)
        let session = try draft.session.map { try SessionStore.find($0, in: theme.project, tx) }
        let isReleased = draft.isReleased || session?.group == nil
        let discussion: DiscussionID = deed.newID()
        try tx.run(
            """
            INSERT INTO discussions (id, theme, session, at, by_whom, notes, next, released)
            VALUES (\(discussion), \(id), \(draft.session), \(draft.at), \(deed.actor.personID), \(draft.notes), \(draft.next), \(isReleased))
            """
        )
        let first = min(theme.discussedAt ?? draft.at, draft.at)
        try tx.run("UPDATE themes SET discussed_at = \(first) WHERE id = \(id)")
        let state = try ThemeStore.settle(id, at: deed.at, tx)
        try Trail.record(
            "theme.discussed",
            TrailSubject("theme", id),
            at: theme.place,
            facts: ["discussion": discussion.text, "session": draft.session?.text, "state": state.rawValue].compactMapValues(\.self),
            by: deed,
            in: tx
        )
        return discussion
    }
}
