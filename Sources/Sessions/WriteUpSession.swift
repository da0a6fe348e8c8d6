import HTML
import Kernel
import Projects
import Services
import Store
import Trail

/// Writes down who was at a session and how it went.
public enum WriteUpSession {
    /// - Parameters:
    ///   - attendance: one entry for each perspective that was there, counted or not; those left out were not there.
    ///   - version: of the session when the form was opened.
    public static func run(
        _ session: Session,
        of project: Project,
        attendance: [Attendance],
        notes: String,
        version: Int,
        in service: Service,
        by deed: Deed,
        _ tx: Transaction
    ) throws {
        try SessionPolicy.run(in: project, by: deed.actor)
        guard session.startsAt <= deed.at else { throw Refusal.notAllowed(because: W.notYetHeld) }
        let known = try ServiceStore.perspectives(of: project.service, tx)
        guard attendance.allSatisfy({ known[$0.perspective] != nil }) else { throw Refusal.notFound }
        try checkNewest(session, attendance, notes, version, project, service, known, tx)
        try tx.run("DELETE FROM attendance WHERE session = \(session.id)")
        for entry in attendance {
            try tx.run(
                "INSERT INTO attendance (session, perspective, people) VALUES (\(session.id), \(entry.perspective), \(entry.people))"
            )
        }
        try tx.run("UPDATE sessions SET notes = \(notes), version = \(version + 1) WHERE id = \(session.id)")
        let facts = ["perspectives": attendance.map(\.perspective).sorted().joined(separator: " ")]
        try Trail.record("session.written-up", TrailSubject("session", session.id), at: project.place, facts: facts, by: deed, in: tx)
    }

    private static func checkNewest(
        _ session: Session,
        _ attendance: [Attendance],
        _ notes: String,
        _ version: Int,
        _ project: Project,
        _ service: Service,
        _ known: Perspectives,
        _ tx: Transaction
    ) throws {
        let before = try SessionStore.attendance(of: session.id, tx)
        let again = SafeURL.path("/", service.slug, "projects", project.slug, "sessions", session.id, "attendance")
        let sides = [
            (W.notes, session.notes, notes), (W.whoCame, words(of: before, known), words(of: attendance, known)),
        ]
        try EditCheck.newest(version, is: session.version, fields: sides, again: again)
    }

    private static func words(of attendance: [Attendance], _ known: Perspectives) -> String {
        attendance.map { "\(known.label($0.perspective)): \($0.people.map { "\($0)" } ?? W.notCounted)" }.sorted().joined(separator: "\n")
    }
}
