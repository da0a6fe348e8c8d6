import Kernel
import NIOConcurrencyHelpers
import Store
import Web

/// Browsers that are signed in.
public enum SignIns {
    /// Who holds the cookie with this digest, with their duties and memberships; nil when nobody does any more.
    ///
    /// Three short look-ups by key: this runs on every page of everybody signed in.
    public static func recognise(_ digest: String, at now: Moment, seen: SeenLately? = nil, _ tx: Transaction) throws -> (Actor, SignIn)? {
        let found = try tx.first(
            """
            SELECT people.id, people.name, sign_ins.csrf, sign_ins.seen_at FROM sign_ins JOIN people ON people.id = sign_ins.person
            WHERE sign_ins.digest = \(digest) AND sign_ins.stage = 'whole' AND sign_ins.ends_at > \(now)
              AND sign_ins.seen_at > \(now.adding(minutes: -idleMinutes)) AND people.closed_at IS NULL
            """
        ) { row in
            (
                id: try row.next() as PersonID, name: try row.next() as String?, csrf: try row.next() as String,
                seenAt: try row.next() as Moment
            )
        }
        guard let found else { return nil }
        let grants = try grants(of: found.id, tx)
        guard grants.isEmpty || found.seenAt > now.adding(minutes: -idleMinutesWithDuty) else { return nil }
        if found.seenAt < now.adding(minutes: -SeenLately.minutes) { seen?.note(digest, at: now) }
        let someone = Someone(id: found.id, name: found.name, grants: grants, memberships: try memberships(of: found.id, tx))
        return (.person(someone), SignIn(digest: digest, csrf: found.csrf))
    }

    /// 14 days: young people come back after a week without having to find their four words.
    static let idleMinutes = 14 * 24 * 60
    /// 12 hours for whoever carries a duty: they read what others said, often on computers that are not theirs alone.
    static let idleMinutesWithDuty = 12 * 60
    /// 60 days, however busy.
    static let longestDays = 60
    /// How long the second step may take.
    static let codeMinutes = 10

    enum Stage: String, Column { case whole, codeWanted = "code-wanted" }

    /// Signs somebody in under a new token, and ends whatever `before` this browser had: a token from before signing in opens nothing after it.
    static func begin(_ person: PersonID, _ stage: Stage, insteadOf before: String?, by deed: Deed, _ tx: Transaction) throws -> (
        token: String, SignIn
    ) {
        if let before { try end(before, tx) }
        try tx.run("DELETE FROM sign_ins WHERE person = \(person) AND ends_at < \(deed.at)")
        let token = SignInCookie.newToken(deed.chance)
        let signIn = SignIn(digest: SignInCookie.digest(token), csrf: deed.chance.token(32))
        let ends = stage == .whole ? deed.at.adding(days: longestDays) : deed.at.adding(minutes: codeMinutes)
        try tx.run(
            """
            INSERT INTO sign_ins (digest, person, csrf, stage, made_at, seen_at, ends_at)
            VALUES (\(signIn.digest), \(person), \(signIn.csrf), \(stage), \(deed.at), \(deed.at), \(ends))
            """
        )
        return (token, signIn)
    }

    /// Who this browser gave the right password for, while the second step is awaited.
    static func awaitingCode(_ digest: String?, at now: Moment, _ tx: Transaction) throws -> PersonID? {
        guard let digest else { return nil }
        return try tx.value(
            """
            SELECT sign_ins.person FROM sign_ins JOIN people ON people.id = sign_ins.person
            WHERE digest = \(digest) AND stage = 'code-wanted' AND ends_at > \(now) AND people.closed_at IS NULL
            """
        )
    }

    static func end(_ digest: String, _ tx: Transaction) throws { try tx.run("DELETE FROM sign_ins WHERE digest = \(digest)") }

    static func endAll(of person: PersonID, but kept: String? = nil, _ tx: Transaction) throws {
        try tx.run("DELETE FROM sign_ins WHERE person = \(person) AND digest <> \(kept ?? "")")
    }

    /// When each browser signed in and was last used, newest first.
    static func all(of person: PersonID, at now: Moment, _ tx: Transaction) throws -> [(digest: String, madeAt: Moment, seenAt: Moment)] {
        try tx.all(
            """
            SELECT digest, made_at, seen_at FROM sign_ins
            WHERE person = \(person) AND stage = 'whole' AND ends_at > \(now) AND seen_at > \(now.adding(minutes: -idleMinutes))
            ORDER BY seen_at DESC, digest
            """
        ) { row in (digest: try row.next(), madeAt: try row.next(), seenAt: try row.next()) }
    }

    static func grants(of person: PersonID, _ tx: Transaction) throws -> Set<Grant> {
        let rows = try tx.all("SELECT duty, reach, reach_id FROM duties WHERE person = \(person)") { row in
            (duty: try row.next() as Duty, reach: try row.next() as String, id: try row.next() as String)
        }
        return Set(rows.compactMap { row in Grant.Reach(row.reach, id: row.id).map { Grant(row.duty, $0) } })
    }

    static func memberships(of person: PersonID, _ tx: Transaction) throws -> [Membership] {
        try tx.all(
            """
            SELECT members.project, members.group_id, members.perspective, COALESCE(perspectives.staff, 0)
            FROM members JOIN projects ON projects.id = members.project
            LEFT JOIN perspectives ON perspectives.service = projects.service AND perspectives.key = members.perspective
            WHERE members.person = \(person) AND members.left_at IS NULL ORDER BY members.joined_at, members.group_id
            """
        ) { row in
            Membership(project: try row.next(), group: try row.next(), perspective: try row.next(), isStaff: try row.next())
        }
    }
}

/// Keeps "last used" of browsers fresh without making every page a write: at most once in five minutes each, after the page was answered.
public final class SeenLately: Sendable {
    static let minutes = 5
    private let db: Database
    private let underWay = NIOLockedValueBox<Set<String>>([])

    public init(db: Database) { self.db = db }

    func note(_ digest: String, at now: Moment) {
        guard underWay.withLockedValue({ $0.insert(digest).inserted }) else { return }
        Task {
            // Where it cannot be written, nobody is harmed: the next page notes it again.
            _ = try? await db.write { tx in try tx.run("UPDATE sign_ins SET seen_at = \(now) WHERE digest = \(digest) AND seen_at < \(now)")
            }
            underWay.withLockedValue { _ = $0.remove(digest) }
        }
    }
}
