import HTML
import Kernel
import Messages
import Projects
import Services
import Store
import Voices
import Words

/// One thing that waits to be done.
struct Waiting: Sendable {
    let task: Task
    let id: String
    let project: ProjectID
    /// What it is about, in somebody's words.
    var title: String
    /// Whose words those are, such as "Young person"; nil where nobody in particular said it.
    var who: String?
    /// nil where no clock runs.
    let due: Moment?
    let url: SafeURL

    /// What has no clock comes after everything that has one.
    var order: (Moment, String) { (due ?? Moment(milliseconds: .max), id) }
    func isLate(at now: Moment) -> Bool { due.map { $0 < now } ?? false }
}

/// What is asked for: a task's list or a part of it.
struct Asked: Sendable {
    var after: DueCursor?
    /// Only what should have been done before then.
    var lateAt: Moment?
    var limit = 51
}

/// The lists of the desk. Those of voices and call-backs read the next rows off an index of their project, with 100 waiting or 100,000.
struct DeskLists {
    let actor: Actor
    /// Narrowed down to one project, where somebody asked for that.
    let only: ProjectID?

    func projects(_ task: Task, _ tx: Transaction) throws -> [DeskProject] {
        let all = try DeskReach.projects(task, for: actor, tx)
        // Whoever works for the service and takes part in a project may answer people there, as far as they may read them.
        let more = task == .hear ? try DeskReach.staffProjects(of: actor, tx).filter { one in !all.contains { $0.id == one.id } } : []
        return (all + more).filter { only == nil || $0.id == only }
    }

    /// What is late in the projects in which somebody takes part as staff without running them: theirs to know, others' to do.
    func watched(at now: Moment, _ tx: Transaction) throws -> [Waiting] {
        let run = Set(try DeskReach.projects(.discuss, for: actor, tx).map(\.id))
        let mine = try DeskReach.staffProjects(of: actor, tx).filter { !run.contains($0.id) && (only == nil || $0.id == only) }
        guard !mine.isEmpty else { return [] }
        let all = [
            try themes(mine, "open", "discuss_due", .discuss, tx), try themes(mine, "discussed", "decide_due", .decide, tx),
            try owed(mine, tx), try actions(mine, tx).filter { one in mine.contains { $0.id == one.project } },
        ]
        return cut(all.flatMap(\.self), Asked(lateAt: now))
    }

    func list(_ task: Task, _ asked: Asked, _ tx: Transaction) throws -> [Waiting] {
        let projects = try projects(task, tx)
        switch task {
        case .hear: return try merged(.hear, projects, asked, tx) { unheard($0, asked) }
        case .sort: return try merged(.sort, projects, asked, tx) { unsorted($0, asked) }
        case .call: return try named(try merged(.call, projects, asked, tx) { calls($0, asked) }, tx)
        case .discuss: return cut(try themes(projects, "open", "discuss_due", .discuss, tx), asked)
        case .decide: return cut(try themes(projects, "discussed", "decide_due", .decide, tx), asked)
        case .tell: return cut(try owed(projects, tx), asked)
        case .start: return cut(try unstarted(projects, tx), asked)
        case .act: return cut(try actions(projects, tx), asked)
        case .read: return cut(try followUps(projects, tx), asked)
        case .again: return cut(try reworded(projects, tx), asked)
        case .look: return cut(try statements(projects, tx), asked)
        }
    }

    // MARK: Voices and call-backs: any number of them

    private func unheard(_ project: DeskProject, _ asked: Asked) -> SQL {
        """
        SELECT voices.id AS id, voices.project AS project, voices.words AS title, voices.hear_due AS due, (
            SELECT perspectives.one FROM perspectives WHERE perspectives.service = voices.service AND perspectives.key = voices.perspective) AS who FROM voices
        WHERE voices.project = \(project.id) AND voices.heard_at IS NULL AND voices.withdrawn_at IS NULL AND \(within("voices.hear_due", "voices.id", asked))
          AND \(VoicePolicy.readable(in: project.place, by: actor))
        ORDER BY voices.hear_due, voices.id LIMIT \(asked.limit)
        """
    }

    /// What somebody has heard already: before that it stands under "To hear", and in one list only.
    private func unsorted(_ project: DeskProject, _ asked: Asked) -> SQL {
        """
        SELECT voices.id AS id, voices.project AS project, voices.words AS title, voices.discuss_due AS due, (
            SELECT perspectives.one FROM perspectives WHERE perspectives.service = voices.service AND perspectives.key = voices.perspective) AS who FROM voices
        WHERE voices.project = \(project.id) AND voices.theme IS NULL AND voices.heard_at IS NOT NULL AND voices.withdrawn_at IS NULL
          AND \(within("voices.discuss_due", "voices.id", asked))
        ORDER BY voices.discuss_due, voices.id LIMIT \(asked.limit)
        """
    }

    private func calls(_ project: DeskProject, _ asked: Asked) -> SQL {
        """
        SELECT tellings.id AS id, tellings.project AS project, tellings.channel AS title, tellings.due AS due, '' AS who FROM tellings
        WHERE tellings.project = \(project.id) AND tellings.ended_at IS NULL AND \(Calls.first) AND \(within("tellings.due", "tellings.id", asked))
        ORDER BY tellings.due, tellings.id LIMIT \(asked.limit)
        """
    }

    /// Whom to ring, and when.
    private func named(_ calls: [Waiting], _ tx: Transaction) throws -> [Waiting] {
        let titles = try Calls.titles(of: calls.compactMap { TellingID($0.id) }, tx)
        return calls.map { call in
            var call = call
            if let title = TellingID(call.id).flatMap({ titles[$0] }) { call.title = title }
            return call
        }
    }

    private func within(_ due: SQL, _ id: SQL, _ asked: Asked) -> SQL {
        var conditions: [SQL] = ["1 = 1"]
        if let after = asked.after { conditions.append("\(due) >= \(after.due) AND (\(due) > \(after.due) OR \(id) > \(after.id))") }
        if let lateAt = asked.lateAt { conditions.append("\(due) < \(lateAt)") }
        return conditions.joined(separator: " AND ")
    }

    /// The first of every project, then the first of those: sorting all that wait would take longer the more of them there are.
    private func merged(
        _ task: Task,
        _ projects: [DeskProject],
        _ asked: Asked,
        _ tx: Transaction,
        _ branch: (DeskProject) -> SQL
    ) throws -> [Waiting] {
        var found: [Waiting] = []
        // 50 at a time: SQLite joins at most 500 questions into one.
        for start in stride(from: 0, to: projects.count, by: 50) {
            let branches = projects[start..<min(start + 50, projects.count)].map { "SELECT * FROM (\(branch($0))) AS waiting" as SQL }
            found += try tx.all("\(branches.joined(separator: " UNION ALL ")) ORDER BY due, id LIMIT \(asked.limit)") { row in
                try Self.line(task, &row)
            }
        }
        return Array(found.sorted { $0.order < $1.order }.prefix(asked.limit))
    }

    private static func line(_ task: Task, _ row: inout Row) throws -> Waiting {
        let id: String = try row.next()
        let project: ProjectID = try row.next()
        let title: String? = try row.next()
        let due: Moment = try row.next()
        let who: String? = try row.next()
        let url: SafeURL = task == .call ? .path("/tellings", id) : .path("/voices", id)
        return Waiting(
            task: task,
            id: id,
            project: project,
            title: task == .call ? DeskWords.channel(title ?? "") : DeskWords.beginning(title ?? ""),
            who: who.flatMap { $0.isEmpty ? nil : $0.prefix(1).uppercased() + $0.dropFirst() },
            due: due,
            url: url
        )
    }

    // MARK: Themes, actions and answers back: as many as people can hold in their heads

    // 500: beyond that many open themes the oldest come first, and the rest come up as those are done.
    private static let most = 500

    private func themes(_ projects: [DeskProject], _ state: String, _ due: SQL, _ task: Task, _ tx: Transaction) throws -> [Waiting] {
        try read(
            task,
            projects,
            """
            SELECT themes.id, themes.project, themes.title, (
                SELECT voices.\(due) FROM voices WHERE voices.theme = themes.id AND voices.withdrawn_at IS NULL ORDER BY voices.said_at LIMIT 1)
            FROM themes WHERE themes.project IN \(list: projects.map(\.id)) AND themes.state = \(state) ORDER BY themes.made_at, themes.id LIMIT \(Self.most)
            """,
            tx
        )
    }

    /// Themes whose people are owed an answer.
    private func owed(_ projects: [DeskProject], _ tx: Transaction) throws -> [Waiting] {
        try read(
            .tell,
            projects,
            """
            SELECT themes.id, themes.project, themes.title, themes.reply_due FROM themes
            WHERE themes.project IN \(list: projects.map(\.id)) AND themes.reply_due IS NOT NULL ORDER BY themes.reply_due, themes.id LIMIT \(Self.most)
            """,
            tx
        )
    }

    /// Agreed, and nobody has begun; or all that was begun is done, and nobody has said what is different now.
    private func unstarted(_ projects: [DeskProject], _ tx: Transaction) throws -> [Waiting] {
        try read(
            .start,
            projects,
            """
            SELECT themes.id, themes.project, themes.title, NULL FROM themes
            WHERE themes.project IN \(list: projects.map(\.id)) AND (themes.state = 'agreed' OR (themes.state = 'doing' AND NOT EXISTS (
                SELECT 1 FROM actions WHERE actions.theme = themes.id AND actions.state = 'doing')))
            ORDER BY themes.decided_at, themes.id LIMIT \(Self.most)
            """,
            tx
        )
    }

    private func read(_ task: Task, _ projects: [DeskProject], _ sql: SQL, _ tx: Transaction) throws -> [Waiting] {
        guard !projects.isEmpty else { return [] }
        let byID = Dictionary(projects.map { ($0.id, $0) }) { first, _ in first }
        return try tx.all(sql) { row in
            let (id, project, title, due) = (
                try row.next(String.self), try row.next(ProjectID.self), try row.next(String.self), try row.next(Moment?.self)
            )
            let found = byID[project]
            let url = SafeURL.path("/", found?.serviceSlug ?? "", "projects", found?.slug ?? "", "themes", id)
            return Waiting(task: task, id: id, project: project, title: title, due: due, url: url)
        }
    }

    /// The actions of the projects somebody runs, and their own wherever those are.
    private func actions(_ projects: [DeskProject], _ tx: Transaction) throws -> [Waiting] {
        let mine: SQL = only.map { "actions.owner = \(actor.personID) AND themes.project = \($0)" } ?? "actions.owner = \(actor.personID)"
        return try tx.all(
            """
            SELECT actions.id, themes.project, actions.what, actions.due FROM actions JOIN themes ON themes.id = actions.theme
            WHERE actions.state = 'doing' AND (themes.project IN \(list: projects.map(\.id)) OR (\(mine)))
            ORDER BY actions.due, actions.id LIMIT \(Self.most)
            """
        ) { row in
            let id: String = try row.next()
            return Waiting(
                task: .act,
                id: id,
                project: try row.next(),
                title: DeskWords.beginning(try row.next()),
                due: try row.next(),
                url: .path("/actions", id)
            )
        }
    }

    /// What speakers wrote back and nobody has read.
    private func followUps(_ projects: [DeskProject], _ tx: Transaction) throws -> [Waiting] {
        try tx.all(
            """
            SELECT follow_ups.id, voices.project, follow_ups.words, voices.id FROM follow_ups JOIN voices ON voices.id = follow_ups.voice
            WHERE follow_ups.from_speaker = 1 AND follow_ups.seen_at IS NULL AND voices.withdrawn_at IS NULL
              AND voices.project IN \(list: projects.map(\.id))
            ORDER BY follow_ups.at, follow_ups.id LIMIT \(Self.most)
            """
        ) { row in
            let (id, project, words) = (try row.next(String.self), try row.next(ProjectID.self), try row.next(String?.self))
            return Waiting(
                task: .read,
                id: id,
                project: project,
                title: DeskWords.beginning(words ?? ""),
                due: nil,
                url: .path("/voices", try row.next(String.self))
            )
        }
    }

    /// Heard, and then changed by whoever said it, words or name: nobody has read that, and until then it goes no further. What nobody has heard yet
    /// stands under "To hear".
    private func reworded(_ projects: [DeskProject], _ tx: Transaction) throws -> [Waiting] {
        try tx.all(
            """
            SELECT voices.id, voices.project, voices.words FROM voices
            WHERE voices.project IN \(list: projects.map(\.id)) AND voices.withdrawn_at IS NULL AND voices.passed_at IS NULL
              AND voices.heard_at IS NOT NULL AND voices.held_because IS NULL AND (voices.consent IN ('public', 'public-named')
                OR (voices.consent = 'project' AND voices.speaker IS NULL AND voices.channel = 'online'))
            ORDER BY voices.said_at, voices.id LIMIT \(Self.most)
            """
        ) { row in
            let (id, project, words) = (try row.next(String.self), try row.next(ProjectID.self), try row.next(String?.self))
            return Waiting(
                task: .again,
                id: id,
                project: project,
                title: DeskWords.beginning(words ?? ""),
                due: nil,
                url: .path("/voices", id)
            )
        }
    }

    /// What people added to a round and nobody has looked at.
    private func statements(_ projects: [DeskProject], _ tx: Transaction) throws -> [Waiting] {
        let byID = Dictionary(projects.map { ($0.id, $0) }) { first, _ in first }
        return try tx.all(
            """
            SELECT statements.id, rounds.project, statements.words, rounds.id FROM statements JOIN rounds ON rounds.id = statements.round
            WHERE statements.state = 'waiting' AND rounds.project IN \(list: projects.map(\.id))
            ORDER BY statements.made_at, statements.id LIMIT \(Self.most)
            """
        ) { row in
            let (id, project) = (try row.next(String.self), try row.next(ProjectID.self))
            let (words, round) = (try row.next(String.self), try row.next(String.self))
            let (service, slug) = (byID[project]?.serviceSlug ?? "", byID[project]?.slug ?? "")
            return Waiting(
                task: .look,
                id: id,
                project: project,
                title: DeskWords.beginning(words),
                due: nil,
                url: .path("/", service, "projects", slug, "rounds", round, "statements", id)
            )
        }
    }

    private func cut(_ all: [Waiting], _ asked: Asked) -> [Waiting] {
        let kept = all.filter { one in
            if let lateAt = asked.lateAt, !one.isLate(at: lateAt) { return false }
            guard let after = asked.after else { return true }
            return one.order > (after.due, after.id)
        }
        return Array(kept.sorted { $0.order < $1.order }.prefix(asked.limit))
    }

    // MARK: Counting, as far as anybody wants to know

    static let mostCounted = 1_000

    /// How many wait, and how many of them are late; neither is counted beyond 1,000.
    func count(_ task: Task, at now: Moment, _ tx: Transaction) throws -> (waiting: Int, late: Int) {
        let all = Asked(limit: Self.mostCounted + 1)
        guard task == .hear || task == .sort || task == .call else {
            let list = try list(task, all, tx)
            return (list.count, list.count { $0.isLate(at: now) })
        }
        var late = all
        late.lateAt = now
        return (try counted(task, all, tx), try counted(task, late, tx))
    }

    private func counted(_ task: Task, _ asked: Asked, _ tx: Transaction) throws -> Int {
        var sum = 0
        for project in try projects(task, tx) where sum < asked.limit {
            var left = asked
            left.limit = asked.limit - sum
            let some: SQL =
                switch task {
                case .hear:
                    """
                    SELECT 1 FROM voices WHERE voices.project = \(project.id) AND voices.heard_at IS NULL AND voices.withdrawn_at IS NULL
                    AND \(within("voices.hear_due", "voices.id", left)) AND \(VoicePolicy.readable(in: project.place, by: actor)) LIMIT \(left.limit)
                    """
                case .sort:
                    """
                    SELECT 1 FROM voices WHERE voices.project = \(project.id) AND voices.theme IS NULL AND voices.heard_at IS NOT NULL AND voices.withdrawn_at IS NULL
                    AND \(within("voices.discuss_due", "voices.id", left)) LIMIT \(left.limit)
                    """
                default:
                    """
                    SELECT 1 FROM tellings WHERE tellings.project = \(project.id) AND tellings.ended_at IS NULL AND \(Calls.first)
                    AND \(within("tellings.due", "tellings.id", left)) LIMIT \(left.limit)
                    """
                }
            sum += try tx.count("SELECT COUNT(*) FROM (\(some)) AS counted")
        }
        return sum
    }
}
