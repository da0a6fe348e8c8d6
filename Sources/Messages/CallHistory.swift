import HTML
import Kernel
import Store
import Words

/// What happened so far when somebody was to be told: each time with its day, who tried, what came of it and the team's note.
enum CallHistory {
    struct Line: Encodable, Sendable {
        let on: String
        let by: String
        let outcome: String
        let note: String
    }

    static func add(_ outcome: Telling.Outcome, _ note: String, to voice: VoiceID, by deed: Deed, _ tx: Transaction) throws {
        let id: TellingID = deed.newID()
        try tx.run(
            """
            INSERT INTO calls (id, voice, at, by_whom, outcome, note)
            VALUES (\(id), \(voice), \(deed.at), \(try deed.someone().id), \(outcome), \(note))
            """
        )
    }

    static func of(_ voice: VoiceID, _ dates: Dates, _ tx: Transaction) throws -> [Line] {
        try tx.all(
            """
            SELECT calls.at, people.name, calls.outcome, calls.note FROM calls LEFT JOIN people ON people.id = calls.by_whom
            WHERE calls.voice = \(voice) ORDER BY calls.at, calls.id
            """
        ) { row in
            Line(
                on: dates.dayAndTime(try row.next()),
                by: try row.next() as String? ?? Common.someone,
                outcome: W.outcome(try row.next()),
                note: try row.next()
            )
        }
    }
}

/// One person is one call, however much there is to tell them.
enum OneCall {
    /// As SQL over `tellings`: the most urgent of all that is still to be told about the same voice.
    static let first: SQL = """
        NOT EXISTS (SELECT 1 FROM tellings AS earlier WHERE earlier.voice = tellings.voice AND earlier.ended_at IS NULL
            AND (earlier.due < tellings.due OR (earlier.due = tellings.due AND earlier.id < tellings.id)))
        """
}

/// What other rooms show of calls.
public enum Calls {
    /// As SQL over `tellings` that wait: one for each person.
    public static var first: SQL { OneCall.first }

    /// What to do, in words such as "Ring Kim, parent or carer, after 6".
    public static func titles(of ids: [TellingID], _ tx: Transaction) throws -> [TellingID: String] {
        let rows = try tx.all(
            """
            SELECT tellings.id, tellings.channel, voices.speaker_name, perspectives.one, voices.reply_when
            FROM tellings JOIN voices ON voices.id = tellings.voice
            LEFT JOIN perspectives ON perspectives.service = voices.service AND perspectives.key = voices.perspective
            WHERE tellings.id IN \(list: ids)
            """
        ) { row in
            let (id, channel): (TellingID, Telling.Channel) = (try row.next(), try row.next())
            let (name, one, when): (String?, String?, String?) = (try row.next(), try row.next(), try row.next())
            return (id, title(channel, [name ?? W.somebody, one, when].compactMap(\.self).joined(separator: ", ")))
        }
        return Dictionary(rows) { first, _ in first }
    }

    private static func title(_ channel: Telling.Channel, _ who: String) -> String {
        switch channel {
        case .phone: W.ring(who: who)
        case .email: W.email(who: who)
        case .text: W.text(who: who)
        case .letter: W.letter(who: who)
        case .inPerson: W.tell(who: who)
        }
    }
}

extension W {
    static func outcome(_ outcome: Telling.Outcome) -> String {
        switch outcome {
        case .told: W.outcomeTold
        case .noAnswer: W.outcomeNoAnswer
        case .wrongContact: W.outcomeWrong
        case .ratherNot: W.outcomeRatherNot
        case .withdrawn: W.outcomeWithdrawn
        }
    }
}
