import Discussion
import Kernel
import Projects
import Services
import Sessions
import Store
import Trail
import Web

/// Writes down what was agreed about a theme, or that it cannot be done and why.
public enum RecordDecision {
    public struct Draft: Sendable {
        public var outcome: Decision.Outcome
        public var words: String
        public var reasons: String
        public var dissent: String
        public var session: SessionID?
        public var at: Moment
        public var support: [Support]

        static let wordsLimit = 2_000
        static let reasonsLimit = 4_000

        public init(
            _ outcome: Decision.Outcome,
            words: String,
            reasons: String = "",
            dissent: String = "",
            session: SessionID? = nil,
            at: Moment,
            support: [Support] = []
        ) {
            self.outcome = outcome
            self.words = words
            self.reasons = reasons
            self.dissent = dissent
            self.session = session
            self.at = at
            self.support = support
        }

        init(_ form: inout Form, in here: ThemeVisit, _ tx: Transaction) throws {
            let held = try HappenedOn.session(form, in: here.project.project, tx)
            outcome = form.choice("outcome", missing: W.outcomeEmpty) ?? .agreed
            words = form.text("words", limit: Self.wordsLimit, empty: W.wordsEmpty)
            reasons = form.text("reasons", limit: Self.reasonsLimit)
            dissent = form.text("dissent", limit: Self.reasonsLimit)
            session = held?.id
            at = HappenedOn.read(&form, "on", session: held, now: here.visit.at, zone: here.zone)
            support = here.project.perspectives.all.map { perspective in
                Support(
                    perspective.key,
                    present: Self.number(perspective.key, "present", &form),
                    agreed: Self.number(perspective.key, "agreed", &form),
                    against: Self.number(perspective.key, "against", &form),
                    unsure: Self.number(perspective.key, "unsure", &form)
                )
            }
            for problem in problems(here.project.perspectives).list { form.problems.add(problem.field, problem.sentence) }
            try form.check()
        }

        private static func number(_ perspective: String, _ what: String, _ form: inout Form) -> Int? {
            form.number("\(what)-\(perspective)", in: 0...100_000, wrong: W.notCountable)
        }

        /// What does not fit together, field by field.
        func problems(_ perspectives: Perspectives) -> Problems {
            var problems = Problems()
            if outcome == .cannot, reasons.isEmpty { problems.add("reasons", W.reasonsEmpty) }
            for row in support where !row.isConsistent {
                problems.add("present-\(row.perspective)", W.moreAnswersThanPeople(who: perspectives.label(row.perspective)))
            }
            return problems
        }
    }

    @discardableResult
    public static func run(_ id: ThemeID, _ draft: Draft, by deed: Deed, _ tx: Transaction) throws -> DecisionID {
        let theme = try ThemeStore.find(id, tx)
        try ThemePolicy.read(in: theme.place, by: deed.actor)
        try DecisionPolicy.record(in: theme.place, by: deed.actor)
        try draft.problems(ServiceStore.perspectives(of: theme.service, tx)).orContinue()
        if let session = draft.session { _ = try SessionStore.find(session, in: theme.project, tx) }
        if draft.outcome == .cannot || draft.outcome == .thanks { try checkNothingIsBeingDone(theme.id, tx) }
        let decision: DecisionID = deed.newID()
        try tx.run(
            """
            INSERT INTO decisions (id, theme, session, at, by_whom, outcome, words, reasons, dissent, version)
            VALUES (\(decision), \(id), \(draft.session), \(draft.at), \(deed.actor.personID), \(draft.outcome), \(draft.words), \(draft.reasons),
                    \(draft.dissent), 1)
            """
        )
        for row in draft.support where !row.isEmpty { try insert(row, decision, tx) }
        try move(theme, draft, tx)
        let state = try ThemeStore.settle(id, at: deed.at, tx)
        try Trail.record(
            "theme.decided",
            TrailSubject("theme", id),
            at: theme.place,
            facts: ["decision": decision.text, "outcome": draft.outcome.rawValue, "state": state.rawValue],
            by: deed,
            in: tx
        )
        return decision
    }

    private static func insert(_ row: Support, _ decision: DecisionID, _ tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO decision_support (decision, perspective, present, agreed, against, unsure)
            VALUES (\(decision), \(row.perspective), \(row.present), \(row.agreed), \(row.against), \(row.unsure))
            """
        )
    }

    /// From the day of the decision the people who asked are owed an answer. One recorded for an earlier day than the newest changes no dates.
    /// Where there was nothing to decide, the thanks are the answer: no clock runs on.
    private static func move(_ theme: Theme, _ draft: Draft, _ tx: Transaction) throws {
        let at = draft.at
        guard at >= theme.decidedAt ?? at else { return }
        guard draft.outcome != .thanks else {
            try tx.run("UPDATE themes SET decided_at = \(at), reply_due = NULL WHERE id = \(theme.id)")
            return
        }
        let project = try ProjectStore.find(theme.project, tx)
        let due = project.clocks.reply.due(from: at, zone: try ServiceStore.find(theme.service, tx).zone)
        // An answer that is still owed does not get later by deciding again.
        try tx.run("UPDATE themes SET decided_at = \(at), reply_due = \(min(theme.replyDue ?? due, due)) WHERE id = \(theme.id)")
    }

    private static func checkNothingIsBeingDone(_ theme: ThemeID, _ tx: Transaction) throws {
        let open = try tx.count("SELECT COUNT(*) FROM actions WHERE theme = \(theme) AND state = 'doing'")
        if open > 0 { throw Problems("outcome", W.actionsOpen(n: open)) }
    }
}
