import HTML
import Kernel
import Projects
import Services
import Store

/// One question of a project, with short statements that people answer.
public struct Round: Sendable {
    public enum State: String, Column, Sendable, Codable, CaseIterable { case draft, open, closed }

    /// What somebody who comes now finds.
    public enum Standing: Sendable, Hashable {
        case draft
        /// It was opened, and its first day is still to come.
        case waiting(from: Moment)
        case open
        case closed
    }

    /// A perspective that is asked. Fixed once the round opens: whoever joined a small one later would buy weight.
    public struct Asked: Sendable, Hashable {
        public let key: String
        public let isStaff: Bool

        public init(key: String, isStaff: Bool) {
            self.key = key
            self.isStaff = isStaff
        }
    }

    public let id: RoundID
    /// What the answers name it by: eight bytes instead of thirty-six, in every one of them.
    public let number: Int
    public let service: ServiceID
    public let project: ProjectID
    public let title: String
    public let question: String
    /// New statements wait until a moderator has looked at them.
    public let isHeld: Bool
    public let state: State
    public let opensAt: Moment?
    public let closesAt: Moment?
    public let perspectives: [Asked]
    public let madeAt: Moment
    public let openedAt: Moment?
    public let version: Int

    public var place: Place { Place(service: service, project: project) }

    public func standing(at now: Moment) -> Standing {
        if state == .draft { return .draft }
        if state == .closed || closesAt.map({ $0 <= now }) ?? false { return .closed }
        if let opensAt, opensAt > now { return .waiting(from: opensAt) }
        return .open
    }

    /// The place of a perspective among those that are asked.
    public func place(of perspective: String) -> Int? { perspectives.firstIndex { $0.key == perspective } }

    public func url(in here: ProjectVisit) -> SafeURL { here.here("rounds", id) }

    public static let columns: SQL = """
        rounds.id, rounds.number, rounds.service, rounds.project, rounds.title, rounds.question, rounds.held, rounds.state, rounds.opens_at,
        rounds.closes_at, rounds.perspectives, rounds.made_at, rounds.opened_at, rounds.version
        """

    public init(_ row: inout Row) throws {
        id = try row.next()
        number = try row.next()
        service = try row.next()
        project = try row.next()
        title = try row.next()
        question = try row.next()
        isHeld = try row.next()
        state = try row.next()
        opensAt = try row.next()
        closesAt = try row.next()
        perspectives = Self.asked(try row.next())
        madeAt = try row.next()
        openedAt = try row.next()
        version = try row.next()
    }
}

// One cell of the table: `young-people clinicians*`, the star for staff. Every answer needs them, and reads them with the round.
extension Round {
    static func asked(_ text: String) -> [Asked] {
        text.split(separator: " ").map { Asked(key: String($0.hasSuffix("*") ? $0.dropLast() : $0), isStaff: $0.hasSuffix("*")) }
    }

    static func text(_ asked: [Asked]) -> String { asked.map { $0.key + ($0.isStaff ? "*" : "") }.joined(separator: " ") }
}
