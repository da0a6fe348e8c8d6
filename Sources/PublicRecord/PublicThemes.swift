import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web
import Words

/// The themes of a service, with what became of each. Everything about fifty of them is read in seven questions.
enum PublicThemes {
    static func url(_ theme: ThemeID, in service: Service) -> SafeURL { .path("/", service.slug, "themes", theme) }

    /// What the public may know of.
    static let condition: SQL = "themes.public = 1"

    /// The people of a project know all its themes; everybody else those that were made public.
    static func condition(for actor: Actor, in place: Place) -> SQL { mayReadAll(in: place, by: actor) ? "1 = 1" : condition }

    static func mayReadAll(in place: Place, by actor: Actor) -> Bool {
        ThemePolicy.mayRead(in: place, by: actor)
    }

    static func find(_ id: ThemeID, in service: Service, for actor: Actor, _ tx: Transaction) throws -> ThemeFacts {
        let found = try tx.first(
            "SELECT \(ThemeFacts.columns) \(ThemeFacts.tables) WHERE themes.id = \(id) AND themes.service = \(service.id)"
        ) {
            try ThemeFacts(&$0)
        }
        guard let found, found.isPublic || mayReadAll(in: found.place, by: actor) else { throw Refusal.notFound }
        return found
    }

    static func slice(in service: Service, where filter: SQL, part: Part, size: Int = Slice<ThemeFacts>.size, _ tx: Transaction) throws
        -> Slice<ThemeFacts>
    {
        let found = try tx.all(
            """
            SELECT \(ThemeFacts.columns) \(ThemeFacts.tables)
            WHERE themes.service = \(service.id) AND \(condition) AND \(filter) AND \(part.condition("themes.moved_at", "themes.id"))
            ORDER BY \(part.order("themes.moved_at", "themes.id")) LIMIT \(fixed: size + 1)
            """
        ) { try ThemeFacts(&$0) }
        return Slice(found, of: part, size: size) { Cursor($0.movedAt, $0.id.text) }
    }

    /// The themes of a project, newest news first.
    static func list(in project: Project, for actor: Actor, most: Int, _ tx: Transaction) throws -> [ThemeFacts] {
        try tx.all(
            """
            SELECT \(ThemeFacts.columns) \(ThemeFacts.tables)
            WHERE themes.project = \(project.id) AND \(condition(for: actor, in: project.place))
            ORDER BY themes.moved_at DESC, themes.id LIMIT \(fixed: most)
            """
        ) { try ThemeFacts(&$0) }
    }

    // MARK: What became of them

    /// How many voices that anybody may read each perspective has in these themes; counted no further than is said. What only a group may
    /// see moves no number here.
    static func counts(_ themes: [ThemeID], in service: ServiceID, _ tx: Transaction) throws -> [ThemeID: [(
        perspective: String, number: Int
    )]] {
        let rows = try tx.all(
            """
            SELECT themes.id, perspectives.key, (
                SELECT COUNT(*) FROM (
                    SELECT 1 FROM voices WHERE voices.theme = themes.id AND voices.perspective = perspectives.key
                    AND voices.theme IS NOT NULL AND \(VoicePolicy.everybodys) LIMIT \(fixed: Counts.bound)
                ) AS counted)
            FROM themes CROSS JOIN perspectives WHERE themes.id IN \(list: themes) AND perspectives.service = \(service)
            ORDER BY perspectives.place, perspectives.key
            """
        ) { row in (theme: try row.next(ThemeID.self), perspective: try row.next(String.self), number: try row.next(Int.self)) }
        return Dictionary(grouping: rows.filter { $0.number > 0 }, by: \.theme).mapValues { $0.map { ($0.perspective, $0.number) } }
    }

    /// The newest voice of each theme that anybody may read.
    static func quotes(_ themes: [ThemeID], in place: Place, _ tx: Transaction) throws -> [ThemeID: [VoiceFacts]] {
        let ids = try tx.all(
            """
            SELECT (SELECT voices.id FROM voices WHERE voices.theme = themes.id AND \(PublicVoices.condition(in: place))
                    ORDER BY voices.said_at DESC, voices.id LIMIT 1)
            FROM themes WHERE themes.id IN \(list: themes)
            """
        ) { row in try row.next(VoiceID?.self) }.compactMap(\.self)
        guard !ids.isEmpty else { return [:] }
        // Asked again in the second question: whatever the first one found, nothing but what is public comes out.
        let found = try tx.all(
            """
            SELECT \(VoiceFacts.outer) FROM (
                SELECT \(VoiceFacts.inner) FROM voices WHERE voices.id IN \(list: ids) AND \(PublicVoices.condition(in: place))
            ) AS found LEFT JOIN themes ON themes.id = found.theme ORDER BY found.said_at DESC, found.id
            """
        ) { try VoiceFacts(&$0) }
        return Dictionary(grouping: found.filter { $0.theme != nil }) { $0.theme?.id ?? ThemeID(at: $0.saidAt, chance: .system) }
    }

    static func decisions(_ themes: [ThemeID], _ tx: Transaction) throws -> [ThemeID: [DecisionFacts]] {
        let rows = try tx.all(
            """
            SELECT theme, id, at, outcome, words, reasons, dissent, \(named("by_whom")) FROM decisions WHERE theme IN \(list: themes) ORDER BY at, id
            """
        ) { try DecisionFacts(&$0) }
        return Dictionary(grouping: rows, by: \.theme)
    }

    static func changes(_ themes: [ThemeID], _ tx: Transaction) throws -> [ThemeID: [ChangeFacts]] {
        let rows = try tx.all(
            "SELECT theme, words, since, evidence, \(named("by_whom")) FROM changes WHERE theme IN \(list: themes) ORDER BY since, id"
        ) { try ChangeFacts(&$0) }
        return Dictionary(grouping: rows, by: \.theme)
    }

    /// Whoever did a step is named to the public where they carry a duty; a young person who took something on is not.
    static func named(_ person: SQL) -> SQL {
        "(SELECT people.name FROM people WHERE people.id = \(person) AND EXISTS (SELECT 1 FROM duties WHERE duties.person = people.id))"
    }

    /// Whoever owns an action is named where they carry a duty or are no person of ours at all. Other staff of the project are told by what
    /// they are ("Clinician"), and a young person or parent not at all.
    static func actions(_ themes: [ThemeID], _ tx: Transaction) throws -> [ThemeID: [ActionFacts]] {
        let rows = try tx.all(
            """
            SELECT actions.theme, actions.what, actions.due, actions.state, actions.ended_at, actions.evidence,
                   CASE WHEN actions.owner IS NULL OR EXISTS (SELECT 1 FROM duties WHERE duties.person = actions.owner) THEN actions.owner_name
                   ELSE (SELECT MIN(perspectives.one) FROM members JOIN themes ON themes.id = actions.theme AND themes.project = members.project
                         JOIN perspectives ON perspectives.service = themes.service AND perspectives.key = members.perspective
                         WHERE members.person = actions.owner AND members.left_at IS NULL AND perspectives.staff = 1) END
            FROM actions WHERE actions.theme IN \(list: themes) AND actions.state <> 'dropped' ORDER BY actions.made_at, actions.id
            """
        ) { try ActionFacts(&$0) }
        return Dictionary(grouping: rows, by: \.theme)
    }

    /// When the oldest voice that this actor may read makes a theme due to be talked about and decided.
    static func dues(_ themes: [ThemeID], in place: Place, for actor: Actor, _ tx: Transaction) throws -> [ThemeID: Dues] {
        guard !themes.isEmpty else { return [:] }
        let rows = try tx.all(
            """
            SELECT themes.id, oldest.said_at, oldest.discuss_due, oldest.decide_due FROM themes JOIN voices AS oldest ON oldest.id = (\(oldest(in: place, for: actor)))
            WHERE themes.id IN \(list: themes)
            """
        ) { row in (try row.next(ThemeID.self), Dues(said: try row.next(), discuss: try row.next(), decide: try row.next())) }
        return Dictionary(rows) { first, _ in first }
    }

    private static func oldest(in place: Place, for actor: Actor) -> SQL {
        guard actor.person != nil else {
            return """
                SELECT voices.id FROM voices WHERE voices.theme = themes.id AND \(PublicVoices.condition(in: place)) ORDER BY voices.said_at, voices.id DESC LIMIT 1
                """
        }
        // 10: among that many of a theme's oldest there is one that a member may read, or the theme is not theirs to wait for.
        return """
            SELECT voices.id FROM (
                SELECT voices.id, voices.said_at, voices.consent, voices.group_id, voices.speaker, voices.scribe, voices.withdrawn_at,
                    voices.passed_at, voices.channel FROM voices
                WHERE voices.theme = themes.id AND voices.withdrawn_at IS NULL ORDER BY voices.said_at LIMIT 10
            ) AS voices WHERE \(VoicePolicy.readable(in: place, by: actor)) ORDER BY voices.said_at, voices.id LIMIT 1
            """
    }
}

struct Dues: Sendable {
    /// When the oldest of them was said.
    let said: Moment
    let discuss: Moment
    let decide: Moment
}

struct ThemeFacts: Sendable {
    let id: ThemeID
    let service: ServiceID
    let project: ProjectID
    let title: String
    let said: String
    let isPublic: Bool
    let state: String
    let madeAt: Moment
    let madeBy: String?
    let discussedAt: Moment?
    let decidedAt: Moment?
    let changedAt: Moment?
    let replyDue: Moment?
    let repliedAt: Moment?
    let movedAt: Moment
    let projectSlug: String
    let projectTitle: String

    var place: Place { Place(service: service, project: project) }

    static let columns: SQL = """
        themes.id, themes.service, themes.project, themes.title, themes.said, themes.public, themes.state, themes.made_at, themes.discussed_at,
        themes.decided_at, themes.changed_at, themes.reply_due, themes.replied_at, themes.moved_at, projects.slug, projects.title,
        \(PublicThemes.named("themes.made_by"))
        """
    static let tables: SQL = "FROM themes JOIN projects ON projects.id = themes.project"

    init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        project = try row.next()
        title = try row.next()
        said = try row.next()
        isPublic = try row.next()
        state = try row.next()
        madeAt = try row.next()
        discussedAt = try row.next()
        decidedAt = try row.next()
        changedAt = try row.next()
        replyDue = try row.next()
        repliedAt = try row.next()
        movedAt = try row.next()
        projectSlug = try row.next()
        projectTitle = try row.next()
        madeBy = try row.next()
    }

    /// What of it should have happened by now and has not, in words; nil where nothing is late.
    func late(_ dues: Dues?, _ dates: Dates, at now: Moment) -> String? {
        switch state {
        case "open":
            if let due = dues?.discuss, due < now {
                return W.lateDiscuss(day: dates.day(due), late: Lateness(due, at: now, zone: dates.zone).words)
            }
        case "discussed":
            if let due = dues?.decide, due < now {
                return W.lateDecide(day: dates.day(due), late: Lateness(due, at: now, zone: dates.zone).words)
            }
        default: break
        }
        if let due = replyDue, due < now {
            return W.lateReply(day: dates.day(due), late: Lateness(due, at: now, zone: dates.zone).words)
        }
        return nil
    }
}

struct DecisionFacts: Sendable {
    let theme: ThemeID
    let id: DecisionID
    let at: Moment
    let outcome: String
    let words: String
    let reasons: String
    let dissent: String
    /// Who recorded it, where they may be named.
    let by: String?

    init(_ row: inout Row) throws {
        theme = try row.next()
        id = try row.next()
        at = try row.next()
        outcome = try row.next()
        words = try row.next()
        reasons = try row.next()
        dissent = try row.next()
        by = try row.next()
    }
}

struct ChangeFacts: Sendable {
    let theme: ThemeID
    let words: String
    let since: Moment
    let evidence: String
    let by: String?

    init(_ row: inout Row) throws {
        theme = try row.next()
        words = try row.next()
        since = try row.next()
        evidence = try row.next()
        by = try row.next()
    }
}

struct ActionFacts: Sendable {
    let theme: ThemeID
    let what: String
    let due: Moment
    let state: String
    let endedAt: Moment?
    /// How everybody can see that it was done.
    let evidence: String
    let owner: String?

    init(_ row: inout Row) throws {
        theme = try row.next()
        what = try row.next()
        due = try row.next()
        state = try row.next()
        endedAt = try row.next()
        evidence = try row.next()
        owner = (try row.next() as String?)?.capitalisedFirst
    }
}

/// One time that a theme was talked about, as far as everybody may know it: when, in which session, and who wrote it down.
struct TalkFacts: Sendable {
    let at: Moment
    let session: String?
    let by: String?

    static func all(of theme: ThemeID, _ tx: Transaction) throws -> [TalkFacts] {
        try tx.all(
            """
            SELECT at, (SELECT title FROM sessions WHERE sessions.id = discussions.session), \(PublicThemes.named("discussions.by_whom"))
            FROM discussions WHERE theme = \(theme) ORDER BY at, id
            """
        ) { row in TalkFacts(at: try row.next(), session: try row.next(), by: try row.next()) }
    }
}

/// What was answered to everybody who said something.
struct ReplyFacts: Sendable {
    let at: Moment
    let words: String
    let by: String?
    /// How many people somebody has still to tell. Never shown as a number.
    let stillToTell: Int

    static func all(of theme: ThemeID, _ tx: Transaction) throws -> [ReplyFacts] {
        try tx.all(
            """
            SELECT at, words, \(PublicThemes.named("replies.by_whom")),
                   (SELECT COUNT(*) FROM tellings WHERE tellings.reply = replies.id AND tellings.ended_at IS NULL)
            FROM replies WHERE theme = \(theme) ORDER BY at, id
            """
        ) { row in
            ReplyFacts(at: try row.next(), words: try row.next(), by: try row.next(), stillToTell: try row.next())
        }
    }
}
