import Kernel
import Store

/// Fills an empty database with the story of a demo file: every step of it is taken by the person who took it, on the day on which they did,
/// through the same use cases as on the pages.
public enum LoadDemo {
    /// What was loaded.
    public struct Loaded: Sendable {
        /// The codes of the receipts of those voices that have a key in the file. Nothing else keeps them.
        public let receipts: [String: String]
        /// Everybody, by their key in the file.
        public let people: [String: PersonID]
    }

    /// In one transaction, which also marks the database as a demo's: all of it is there, or nothing is.
    ///
    /// Throws `DemoProblem`, with the line of the file, where somebody does what they may not or what does not fit.
    @discardableResult
    public static func run(_ file: DemoFile, at now: Moment, into db: Database) async throws -> Loaded {
        try await db.write { tx in
            let steps = DemoSteps(file)
            try steps.checkOrder()
            try tx.run("INSERT INTO installation (name, value) VALUES ('demo', 'yes') ON CONFLICT (name) DO NOTHING")
            let stage = DemoStage(file, calendar: steps.calendar(at: now), tx)
            for step in steps.inOrder { try stage.take(step) }
            return Loaded(receipts: stage.receipts, people: stage.people)
        }
    }
}
