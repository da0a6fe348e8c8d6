import Kernel
import Store

/// A short claim that people answer: agree, disagree, or pass.
public struct Statement: Sendable {
    /// What became of it.
    public enum State: String, Column, Sendable, Codable, CaseIterable {
        /// Nobody has looked at it yet, and nobody is asked about it.
        case waiting
        /// People are asked about it.
        case kept
        /// Another one says the same: that one is asked.
        case merged
        /// Said in other words since: the new one begins without answers, these keep theirs.
        case reworded
        /// Not asked; the author was told why.
        case rejected
        /// Taken back by who wrote it, before anybody was asked.
        case withdrawn
    }

    /// 200: two lines on a telephone's screen. What is longer says two things.
    public static let limit = 200

    public let id: StatementID
    public let round: RoundID
    /// In the order in which they came; printed on paper, and never given twice.
    public let number: Int
    public let words: String
    public let state: State
    /// The one that it was merged into, or that says it in other words.
    public let became: StatementID?
    /// Why it was rejected.
    public let reason: String?
    /// Who wrote it, where that was one of those who answer.
    public let author: Int?
    public let madeAt: Moment

    public static let columns: SQL = """
        statements.id, statements.round, statements.number, statements.words, statements.state, statements.became, statements.reason,
        statements.author, statements.made_at
        """

    public init(_ row: inout Row) throws {
        id = try row.next()
        round = try row.next()
        number = try row.next()
        words = try row.next()
        state = try row.next()
        became = try row.next()
        reason = try row.next()
        author = try row.next()
        madeAt = try row.next()
    }
}

/// What somebody says to a statement.
public enum Response: Int, Sendable, CaseIterable, Codable {
    case disagree = -1
    case pass = 0
    case agree = 1

    /// As forms and paper have it: `agree` or `a`.
    public init?(_ word: some StringProtocol) {
        switch word.lowercased() {
        case "agree", "a": self = .agree
        case "disagree", "d": self = .disagree
        case "pass", "p": self = .pass
        default: return nil
        }
    }

    public var word: String {
        switch self {
        case .agree: "agree"
        case .disagree: "disagree"
        case .pass: "pass"
        }
    }
}

extension Response: Column {
    public static var kind: Value.Kind { .integer }
    public var value: Value { .integer(Int64(rawValue)) }
    public static func column(_ value: Value) throws -> Response {
        guard case .integer(let number) = value, let found = Response(rawValue: Int(number)) else { throw Mismatch() }
        return found
    }
}

/// Somebody who answers: a member, a stranger with a private link, or somebody for whom a scribe writes.
public struct Responder: Sendable {
    public enum Channel: String, Column, Sendable, Codable { case online, phone, paper }

    public let number: Int
    public let project: ProjectID
    /// Whose point of view they bring: chosen once in a project.
    public let perspective: String
    public let person: PersonID?
    public let channel: Channel

    static let columns: SQL =
        "responders.number, responders.project, responders.perspective, responders.person, responders.channel"

    init(_ row: inout Row) throws {
        number = try row.next()
        project = try row.next()
        perspective = try row.next()
        person = try row.next()
        channel = try row.next()
    }
}
