import Kernel
import Store
import Voices

/// How listened-to somebody felt, 0 to 10.
public struct Rating: Sendable, Encodable {
    public let id: RatingID
    public let session: SessionID?
    public let perspective: String
    public let score: Int
    public let words: String?
    /// Said aloud by a whole session, as one score.
    public let isTogether: Bool
    /// How many said it together, where anybody counted.
    public let people: Int?
    /// Its words may be shown to everybody, without a name.
    public let isPublic: Bool
    public let channel: Voice.Channel
    public let at: Moment
    public let version: Int

    static let columns: SQL = """
        ratings.id, ratings.session, ratings.perspective, ratings.score, ratings.words, ratings.together, ratings.people, ratings.public,
        ratings.channel, ratings.at, ratings.version
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        session = try row.next()
        perspective = try row.next()
        score = try row.next()
        words = try row.next()
        isTogether = try row.next()
        people = try row.next()
        isPublic = try row.next()
        channel = try row.next()
        at = try row.next()
        version = try row.next()
    }
}

/// How those of one perspective felt: how many answered for themselves, and their average.
public struct RatingFigures: Sendable, Equatable {
    public let perspective: String
    public let people: Int
    /// The sum of their scores; divided by `people` it is the average.
    public let sum: Int

    public init(perspective: String, people: Int, sum: Int) {
        self.perspective = perspective
        self.people = people
        self.sum = sum
    }

    /// To one place: 8.3. Nobody's average is nothing.
    public var average: Double? { people == 0 ? nil : (Double(sum) * 10 / Double(people)).rounded() / 10 }
}

/// Who may rate, and who may see the figures.
public enum RatingPolicy {
    /// Members rate for themselves.
    public static func give(in project: ProjectID, by actor: Actor) throws -> String {
        guard actor.person != nil else { throw Refusal.signIn }
        guard let perspective = actor.perspective(in: project) else { throw Refusal.notFound }
        return perspective
    }

    /// Writing down what somebody said by phone, or a session said together.
    public static func record(in place: Place, by actor: Actor) throws {
        try read(in: place, by: actor)
        guard mayRecord(in: place, by: actor) else { throw Refusal.notAllowed(because: W.onlyScribes) }
    }

    public static func mayRecord(in place: Place, by actor: Actor) -> Bool { actor.carries(.facilitator, .scribe, at: place) }

    /// Members of the project, and those who work in it.
    public static func read(in place: Place, by actor: Actor) throws {
        guard mayRead(in: place, by: actor) else { throw Refusal.notFound }
    }

    public static func mayRead(in place: Place, by actor: Actor) -> Bool {
        if let project = place.project, actor.isMember(of: project) { return true }
        return actor.carries(.facilitator, .moderator, .scribe, .publisher, .actionOwner, at: place)
    }

    /// The words people wrote beside their score: those who run the project.
    static func readsWords(in place: Place, _ actor: Actor) -> Bool { VoicePolicy.runs(place, actor) }
}

public enum RatingStore {
    /// What the speaker of a voice said about what became of it.
    public static func of(_ voice: VoiceID, _ tx: Transaction) throws -> Rating? {
        try tx.first("SELECT \(Rating.columns) FROM ratings WHERE ratings.voice = \(voice)") { try Rating(&$0) }
    }

    /// What somebody said about a session, or, without one, about the project as a whole.
    public static func own(of actor: Actor, session: SessionID?, in project: ProjectID, _ tx: Transaction) throws -> Rating? {
        let about: SQL = if let session { "ratings.session = \(session)" } else { "ratings.session IS NULL" }
        return try tx.first(
            """
            SELECT \(Rating.columns) FROM ratings
            WHERE ratings.project = \(project) AND \(about) AND ratings.by_whom = \(actor.trailName) AND ratings.voice IS NULL AND ratings.together = 0
              AND ratings.channel = 'online'
            """
        ) { try Rating(&$0) }
    }

    /// By perspective, of everybody who answered for themselves. Scores given together are apart: they are not one person's.
    public static func figures(in project: ProjectID, _ tx: Transaction) throws -> [RatingFigures] {
        try tx.all(
            """
            SELECT perspective, COUNT(*), CAST(SUM(score) AS BIGINT) FROM ratings WHERE project = \(project) AND together = 0
            GROUP BY perspective ORDER BY perspective
            """
        ) { row in RatingFigures(perspective: try row.next(), people: try row.next(), sum: try row.next()) }
    }

    /// Scores that sessions gave together, the newest first.
    public static func together(in project: ProjectID, _ tx: Transaction) throws -> [Rating] {
        try tx.all(
            "SELECT \(Rating.columns) FROM ratings WHERE ratings.project = \(project) AND ratings.together = 1 ORDER BY ratings.at DESC, ratings.id"
        ) {
            try Rating(&$0)
        }
    }

    /// The newest words people wrote beside their scores. `onlyPublic`: those they agreed to have shown.
    static func words(in project: ProjectID, onlyPublic: Bool, limit: Int, _ tx: Transaction) throws -> [Rating] {
        let which: SQL = onlyPublic ? "ratings.public = 1" : "1 = 1"
        return try tx.all(
            """
            SELECT \(Rating.columns) FROM ratings WHERE ratings.project = \(project) AND ratings.words IS NOT NULL AND \(which)
            ORDER BY ratings.at DESC, ratings.id LIMIT \(limit)
            """
        ) { try Rating(&$0) }
    }
}
