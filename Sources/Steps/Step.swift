import Kernel
import Services
import Store

extension Subject { public enum Step {} }

public typealias StepID = ID<Subject.Step>

/// One step of a service's stepped model.
public struct Step: Sendable, Encodable {
    public let id: StepID
    public let service: ServiceID
    /// 1, 2, 3 …, from the lightest help up.
    public let number: Int
    public let name: String
    public let offers: String
    public let forWhom: String
    /// How somebody moves to more help, and to less.
    public let moving: String
    /// How long it takes now, such as "about 6 weeks"; empty where nobody knows.
    public let wait: String
    /// The day on which `wait` was true.
    public let waitTrueOn: Moment?
    public let version: Int

    static let columns: SQL = "id, service, number, name, offers, for_whom, moving, wait, wait_true_on, version"

    init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        number = try row.next()
        name = try row.next()
        offers = try row.next()
        forWhom = try row.next()
        moving = try row.next()
        wait = try row.next()
        waitTrueOn = try row.next()
        version = try row.next()
    }
}

/// What is true of all steps together.
public struct StepModel: Sendable, Encodable {
    public var intro: String
    /// How people come back after they have left.
    public var comingBack: String
    public var decided: String
    public var disagree: String
    public var version: Int

    public init(intro: String, comingBack: String, decided: String, disagree: String, version: Int = 0) {
        self.intro = intro
        self.comingBack = comingBack
        self.decided = decided
        self.disagree = disagree
        self.version = version
    }
}

public enum StepStore {
    public static func all(of service: ServiceID, _ tx: Transaction) throws -> [Step] {
        try tx.all("SELECT \(Step.columns) FROM steps WHERE service = \(service) AND removed_at IS NULL ORDER BY number, id") {
            try Step(&$0)
        }
    }

    public static func find(_ id: StepID, in service: ServiceID, _ tx: Transaction) throws -> Step {
        let found = try tx.first("SELECT \(Step.columns) FROM steps WHERE id = \(id) AND service = \(service) AND removed_at IS NULL") {
            try Step(&$0)
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    /// Empty, version 0, where nobody has written it.
    public static func model(of service: ServiceID, _ tx: Transaction) throws -> StepModel {
        let found = try tx.first("SELECT intro, coming_back, decided, disagree, version FROM step_models WHERE service = \(service)") {
            row in
            StepModel(
                intro: try row.next(),
                comingBack: try row.next(),
                decided: try row.next(),
                disagree: try row.next(),
                version: try row.next()
            )
        }
        return found ?? StepModel(intro: "", comingBack: "", decided: "", disagree: "")
    }
}
