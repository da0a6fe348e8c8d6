import Directory
import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Words

/// What somebody said about a place, as everybody may read it.
public struct Experience: Sendable, Encodable {
    public let words: String
    /// Whose point of view it is, or the name they chose; no more than cannot give them away.
    public let who: String
    /// The month in which they said it: the day could tell who it was to somebody who was there.
    public let month: String

    // Below five people of one perspective in a closed project, saying which one it was could tell who.
    static let leastPeople = 5

    /// Newest first. Only what may go to everybody and has been read by a person; what is taken back is no longer there to be found.
    public static func shown(of entry: EntryID, limit: Int, offset: Int = 0, _ dates: Dates, _ tx: Transaction) throws -> [Experience] {
        let rows = try tx.all(
            """
            SELECT voices.words, voices.perspective, voices.consent, voices.speaker_name, voices.said_at, voices.project, voices.service
            FROM voice_subjects JOIN voices ON voices.id = voice_subjects.voice
            WHERE \(isShown(of: entry)) ORDER BY voices.said_at DESC, voices.id LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            Row(
                words: try row.next(),
                perspective: try row.next(),
                consent: try row.next(),
                name: try row.next(),
                saidAt: try row.next(),
                project: try row.next(),
                service: try row.next()
            )
        }
        return try rows.map { Experience(words: $0.words, who: try who($0, tx), month: month($0.saidAt, dates)) }
    }

    public static func count(of entry: EntryID, _ tx: Transaction) throws -> Int {
        try tx.count(
            "SELECT COUNT(*) FROM voice_subjects JOIN voices ON voices.id = voice_subjects.voice WHERE \(isShown(of: entry))"
        )
    }

    private struct Row {
        let words: String
        let perspective: String
        let consent: Voice.Consent
        let name: String?
        let saidAt: Moment
        let project: ProjectID
        let service: ServiceID
    }

    /// Those of what became part of it as well.
    private static func isShown(of entry: EntryID) -> SQL {
        """
        (voice_subjects.subject = \(entry) OR voice_subjects.subject IN (SELECT id FROM directory_entries WHERE became = \(entry))) \
        AND \(VoicePolicy.everybodys)
        """
    }

    private static func who(_ row: Row, _ tx: Transaction) throws -> String {
        let perspective = try ServiceStore.perspectives(of: row.service, tx).one(row.perspective)
        if row.consent == .publicWithName, let name = row.name { return W.named(name: name, perspective: perspective) }
        return try isOneOfMany(row, tx) ? perspective.prefix(1).uppercased() + perspective.dropFirst() : W.somebody
    }

    /// Where everybody may speak, it could have been anybody.
    private static func isOneOfMany(_ row: Row, _ tx: Transaction) throws -> Bool {
        if try ProjectStore.find(row.project, tx).isOpenToPublic { return true }
        let people = try tx.count(
            "SELECT COUNT(DISTINCT person) FROM members WHERE project = \(row.project) AND perspective = \(row.perspective) AND left_at IS NULL"
        )
        return people >= leastPeople
    }

    /// `March 2026`
    private static func month(_ moment: Moment, _ dates: Dates) -> String {
        dates.day(moment).split(separator: " ").dropFirst().joined(separator: " ")
    }

    public var html: HTML { quote(words, by: "\(who), \(month)") }
}
