import HTML
import Kernel
import Store

/// A rung of the ladder of co-production: how much say people really have.
public enum Level: String, Column, Sendable, Codable, CaseIterable {
    case informing, consulting, engaging
    case coDesigning = "co-designing"
    case coProducing = "co-producing"

    /// "Consulting"
    public var words: String {
        switch self {
        case .informing: W.informing
        case .consulting: W.consulting
        case .engaging: W.engaging
        case .coDesigning: W.coDesigning
        case .coProducing: W.coProducing
        }
    }

    /// What it means, in one sentence.
    public var meaning: String {
        switch self {
        case .informing: W.informingMeaning
        case .consulting: W.consultingMeaning
        case .engaging: W.engagingMeaning
        case .coDesigning: W.coDesigningMeaning
        case .coProducing: W.coProducingMeaning
        }
    }

    /// The whole ladder, with this rung marked: for the component `ladder(label:rungs:)`.
    public var rungs: [Rung] { Level.allCases.map { Rung($0.words, $0.meaning, isHere: $0 == self) } }
}

/// Something people of a project do together, with the level said honestly and why it is that one.
public struct Activity: Sendable, Encodable {
    public let id: ActivityID
    public let project: ProjectID
    public let name: String
    public let level: Level
    /// Why this level and no other, so that everybody can judge it.
    public let why: String
    /// Who takes part.
    public let who: String
    public let place: Int
    public let version: Int

    static let columns: SQL = "id, project, name, level, why, who, place, version"

    init(_ row: inout Row) throws {
        id = try row.next()
        project = try row.next()
        name = try row.next()
        level = try row.next()
        why = try row.next()
        who = try row.next()
        place = try row.next()
        version = try row.next()
    }
}

public enum ActivityStore {
    /// A project's activities in their order.
    public static func all(of project: ProjectID, _ tx: Transaction) throws -> [Activity] {
        try tx.all("SELECT \(Activity.columns) FROM activities WHERE project = \(project) ORDER BY place, id") { try Activity(&$0) }
    }

    public static func find(_ id: ActivityID, in project: ProjectID, _ tx: Transaction) throws -> Activity {
        let found = try tx.first("SELECT \(Activity.columns) FROM activities WHERE id = \(id) AND project = \(project)") {
            try Activity(&$0)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }
}
