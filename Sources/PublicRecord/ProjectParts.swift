import HTML
import Kernel
import Projects
import Store
import Services
import Web
import Words

/// One thing people do together, and how far up the ladder of co-production it honestly is.
struct ActivityLine: Encodable, Sendable {
    let name: String
    let who: String
    let level: String
    let why: String
    init(_ activity: Activity) {
        name = activity.name
        who = activity.who
        level = activity.level.words
        why = activity.why
    }

    var html: HTML {
        card(name) {
            p { badge(W.level, level) }
            if !who.isEmpty { p(who) }
            if !why.isEmpty {
                p {
                    strong(W.whyLevel)
                    ": "
                    why
                }
            }
        }
    }
}

/// A meeting that was held, and whose points of view were there.
struct HeldSession: Encodable, Sendable {
    let title: String
    let on: String
    let way: String
    let there: [String]

    /// 50 of the latest: a project that met weekly for a year.
    static func all(of here: ProjectVisit, _ tx: Transaction) throws -> [HeldSession] {
        let held = try tx.all(
            """
            SELECT id, title, starts_at, way FROM sessions WHERE project = \(here.project.id) AND starts_at + minutes * 60000 < \(here.visit.at)
            ORDER BY starts_at DESC, id LIMIT 50
            """
        ) { row in
            (
                id: try row.next(SessionID.self), title: try row.next(String.self), at: try row.next(Moment.self),
                way: try row.next(String.self)
            )
        }
        guard !held.isEmpty else { return [] }
        let rows = try tx.all("SELECT session, perspective, people FROM attendance WHERE session IN \(list: held.map(\.id))") { row in
            (session: try row.next(SessionID.self), perspective: try row.next(String.self), people: try row.next(Int?.self))
        }
        let there = Dictionary(grouping: rows.filter { $0.people != 0 }, by: \.session)
        return held.map { one in
            let present = here.perspectives.all.compactMap { perspective in
                there[one.id]?.first { $0.perspective == perspective.key }.map { Self.words(perspective.label, $0.people) }
            }
            return HeldSession(title: one.title, on: here.dates.day(one.at), way: SessionWords.way(one.way), there: present)
        }
    }

    /// How many came is said from ten up; that they came is always said.
    static func words(_ label: String, _ people: Int?) -> String {
        guard let people, people >= Counts.hidden else { return label }
        return "\(label) (\(Counts.words(people)))"
    }

    var html: HTML {
        HTML {
            strong(title)
            ", \(on), \(way)."
            if !there.isEmpty { p(W.whoWasThere(list: listed(there)), class: "quiet") }
        }
    }
}

/// How listened-to people of one perspective felt.
struct RatingLine: Encodable, Sendable {
    let words: String

    /// 200: the latest so many of each perspective tell how it is now, and reading them costs the same whatever came before.
    private static let latest = 200

    static func all(of project: ProjectID, _ perspectives: Perspectives, _ tx: Transaction) throws -> [RatingLine] {
        var shown: [RatingLine] = []
        var rest: [Int] = []
        for perspective in perspectives.all {
            let scores: [Int] = try tx.values(
                """
                SELECT score FROM ratings WHERE project = \(project) AND perspective = \(perspective.key) AND together = 0 ORDER BY at DESC LIMIT \(fixed: latest)
                """
            )
            if scores.count < Counts.hidden { rest += scores } else { shown.append(RatingLine(perspective.label, scores)) }
        }
        // Perspectives of fewer than ten are only told together, and only where they are ten.
        if rest.count >= Counts.hidden { shown.append(RatingLine(shown.isEmpty ? W.everybodyTogether : W.othersTogether, rest)) }
        return shown
    }

    /// A whole number: from an average with decimals before and after one person rated, that person's score could be worked out.
    private init(_ who: String, _ scores: [Int]) {
        let average = (Double(scores.reduce(0, +)) / Double(scores.count)).rounded()
        words = W.rating(who: who, score: String(Int(average)), people: Counts.words(scores.count))
    }
}

/// A rating that a session gave as one and let go further than its room.
struct TogetherLine: Encodable, Sendable {
    let who: String
    let score: Int
    let words: String?
    let session: String?

    static func all(of here: ProjectVisit, _ tx: Transaction) throws -> [TogetherLine] {
        var lines: [TogetherLine] = []
        for perspective in here.perspectives.all {
            lines += try tx.all(
                """
                SELECT ratings.score, ratings.words, sessions.title FROM ratings LEFT JOIN sessions ON sessions.id = ratings.session
                WHERE ratings.project = \(here.project.id) AND ratings.perspective = \(perspective.key) AND ratings.together = 1 AND ratings.public = 1
                ORDER BY ratings.at DESC LIMIT 10
                """
            ) { row in TogetherLine(who: perspective.label, score: try row.next(), words: try row.next(), session: try row.next()) }
        }
        return lines
    }

    var html: HTML {
        HTML {
            p {
                strong(W.together(who: who, score: String(score)))
                if let session { " (\(session))" }
            }
            if let words, !words.isEmpty { quote(words, by: who) }
        }
    }
}

extension ActivityLine {
    /// The one ladder of a project: each rung on which something is, with what that is.
    static func ladder(_ activities: [Activity]) -> [Rung] {
        Level.allCases.map { level in
            let here = activities.filter { $0.level == level }.map(\.name)
            return Rung(
                level.words,
                here.isEmpty ? level.meaning : "\(level.meaning) \(W.onThisRung(list: listed(here)))",
                isHere: !here.isEmpty
            )
        }
    }
}

/// A part of what is told about how it went: with its heading, where whoever wrote it gave one.
struct Retold: Encodable, Sendable, Equatable {
    let heading: String?
    let words: String

    /// A line of its own that ends with a colon is a heading, as people write one.
    static func parts(of text: String) -> [Retold] {
        var parts: [Retold] = []
        var heading: String?
        var words: [Substring] = []
        func close() {
            if heading != nil || !words.isEmpty { parts.append(Retold(heading: heading, words: words.joined(separator: "\n\n"))) }
            words = []
        }
        for paragraph in text.split(separator: "\n\n") {
            let line = paragraph.trimmingPrefix { $0.isNewline }
            // 60: longer than that it is a sentence which leads on to the next.
            if line.last == ":", line.count <= 60, !line.contains("\n") {
                close()
                heading = String(line.dropLast())
            } else {
                words.append(line)
            }
        }
        close()
        return parts
    }

    var html: HTML {
        guard let heading else { return HTML::words(words) }
        return section(heading) { HTML::words(words) }
    }
}
