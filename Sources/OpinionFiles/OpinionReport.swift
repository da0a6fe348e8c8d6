import Foundation
import Opinion

/// Everything that can be said about a conversation, ready to be written as JSON or as a page.
///
/// docs/schemas/opinion.schema.json describes the JSON.
public struct OpinionReport: Sendable, Encodable {
    public let format = "heard-opinion/1"
    public let mode: OpinionMap.Mode
    public let people: People
    public let answers: Answers
    public let participants: [Participant]
    public let statements: [Statement]
    public let groups: [Group]
    /// Statement ids, strongest first.
    public let consensus: Consensus
    /// Statement ids, those where groups differ most first.
    public let divisive: [UInt64]
    public let perspectives: [Perspective]?
    public let eigenvalues: [Double]
    public let silhouettes: [Tried]
    public let baseClusters: Int?
    public let stability: Double?
    public let notices: [String]
    public let badRows: [OpinionFileError.Row]
    public let timings: OpinionCost.Timings
    public let peakMemory: Int?

    public struct People: Sendable, Encodable {
        public let answered: Int
        public let inGroups: Int
    }

    public struct Answers: Sendable, Encodable {
        /// Rows that could be used, rows in which somebody changed an answer, rows left out, and answers that count.
        public let read: Int
        public let changed: Int
        public let skipped: Int
        public let counted: Int
    }

    public struct Participant: Sendable, Encodable {
        public let id: UInt64
        public let group: Int?
        public let position: [Double]
        public let answered: Int
    }

    public struct Votes: Sendable, Encodable, Equatable {
        public let agrees: Int
        public let disagrees: Int
        public let passes: Int

        init(_ counts: GroupCounts, _ column: Int) {
            (agrees, disagrees) = (counts.agrees[column], counts.disagrees[column])
            passes = counts.answered[column] - agrees - disagrees
        }

        var answers: Int { agrees + disagrees + passes }
        /// (agrees + 1) / (answers + 2)
        var agreeShare: Double { Double(agrees + 1) / Double(answers + 2) }
    }

    public struct Statement: Sendable, Encodable {
        public enum State: String, Sendable, Encodable { case kept, rejected, meta }

        public let id: UInt64
        public let text: String?
        public let state: State
        public let votes: Votes
        public let mean: Double
        public let axes: [Double]
        public let position: [Double]
        public let extremity: Double
        public let groupAwareAgree: Double
        public let groupAwareDisagree: Double
        public let divisiveness: Double
        public let priority: Double
        /// nil without a file of perspectives.
        public let byPerson: Double?
        public let byPerspective: Double?
    }

    public struct Group: Sendable, Encodable {
        public let number: Int
        public let name: String
        public let people: Int
        public let centre: [Double]
        public let outline: [[Double]]
        public let representative: [Representative]
        /// By statement, in the order of `statements`.
        public let figures: [Figures]
    }

    public struct Figures: Sendable, Encodable {
        public let votes: Votes
        public let agrees: Int
        public let disagrees: Int
        public let answered: Int
        public let agreeShare: Double
        public let disagreeShare: Double
        public let agreeTest: Double
        public let disagreeTest: Double
        public let agreeRatio: Double
        public let disagreeRatio: Double
        public let agreeRatioTest: Double
        public let disagreeRatioTest: Double
    }

    public struct Representative: Sendable, Encodable {
        public let statement: UInt64
        public let direction: RepresentativeStatement.Direction
        public let count: Int
        public let answered: Int
        public let share: Double
        public let shareTest: Double
        public let ratio: Double
        public let ratioTest: Double
    }

    public struct Consensus: Sendable, Encodable {
        public let agree: [UInt64]
        public let disagree: [UInt64]
    }

    public struct Perspective: Sendable, Encodable {
        public let name: String
        public let invited: Int
        public let answered: Int
        /// By statement, in the order of `statements`.
        public let votes: [Votes]
    }

    public struct Tried: Sendable, Encodable {
        public let groups: Int
        public let silhouette: Double
    }

    /// The report as JSON, in UTF-8.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
