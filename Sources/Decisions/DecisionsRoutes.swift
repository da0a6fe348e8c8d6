import Discussion
import HTML
import Kernel
import Projects
import Services
import Store
import Web

public enum DecisionsRoutes {
    public static func add(to site: Site) {
        let decisions = "/:service/projects/:project/themes/:theme/decisions"
        site.page(decisions + "/new", form)
        site.post(decisions, again: form) { visit, tx in
            let here = try ThemeVisit(visit, tx)
            var form = visit.form
            try RecordDecision.run(here.theme.id, RecordDecision.Draft(&form, in: here, tx), by: visit.deed, tx)
            return .see(here.url.at("decision"))
        }
    }

    @Sendable private static func form(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try DecisionPolicy.record(in: here.theme.place, by: visit.actor)
        let outcomes = Decision.Outcome.allCases.map { Question.Option($0.rawValue, $0.label, hint: $0.hint) }
        let what = FormPage.Part([
            .choice("outcome", W.outcome, outcomes, in: visit.form),
            .text("words", W.words, in: visit.form, hint: W.wordsHint, limit: RecordDecision.Draft.wordsLimit),
            .text("reasons", W.reasons, in: visit.form, hint: W.reasonsHint, limit: RecordDecision.Draft.reasonsLimit, isOptional: true),
            .text("dissent", W.dissent, in: visit.form, hint: W.dissentHint, limit: RecordDecision.Draft.reasonsLimit, isOptional: true),
            try here.sessionQuestion(tx), here.dayQuestion(),
        ])
        return FormPage(
            W.record,
            here.surroundings(),
            caption: here.theme.title,
            lead: W.recordLead,
            parts: [what] + here.project.perspectives.all.map { people($0, visit.form) },
            sendTo: here.here("decisions"),
            button: W.recordButton,
            otherwise: here.back,
            problems: visit.form.problems
        )
    }

    private static func people(_ perspective: Perspective, _ form: Form) -> FormPage.Part {
        let questions = [("present", W.present), ("agreed", W.agreedCount), ("against", W.against), ("unsure", W.unsure)].map {
            name,
            label in
            Question.number("\(name)-\(perspective.key)", label, in: form, isOptional: true)
        }
        return FormPage.Part(W.whoWasThere(who: perspective.label), hint: W.whoHint, questions)
    }
}

extension Decision.Outcome {
    /// As it stands on screens: "Agreed", "Agreed in part", "We can’t, because…"
    public var label: String {
        switch self {
        case .agreed: W.agreed
        case .partly: W.partly
        case .cannot: W.cannot
        }
    }

    var hint: String? { self == .cannot ? W.cannotHint : nil }

    public var tone: Tone {
        switch self {
        case .agreed: .good
        case .partly: .waiting
        case .cannot: .stop
        }
    }
}

/// Who was there and what they thought, perspective beside perspective. No sum over all: that would weigh without saying so.
public struct SupportTable: Sendable, Encodable {
    struct Line: Sendable, Encodable {
        let who: String
        let present: String
        let agreed: String
        let against: String
        let unsure: String
    }

    let lines: [Line]

    /// - Parameter circle: how close whoever looks stands to those who were there; small numbers are not for everybody.
    public init(_ support: [Support], _ perspectives: Perspectives, outside circle: SmallNumbers.Circle) {
        lines = support.map { row in
            // "2 of 2 agreed" is said by any one of the four: where one may not be told, none is.
            let isTold = [row.present, row.agreed, row.against, row.unsure].allSatisfy { number in
                number.map { SmallNumbers.shown($0, outside: circle).number != nil } ?? true
            }
            func words(_ number: Int?) -> String {
                guard let number else { return W.notCounted }
                return (isTold ? SmallNumbers.Shown.number(number) : .withheld).words
            }
            return Line(
                who: perspectives.label(row.perspective),
                present: words(row.present),
                agreed: words(row.agreed),
                against: words(row.against),
                unsure: words(row.unsure)
            )
        }
    }

    public var html: HTML {
        guard !lines.isEmpty else { return HTML { p(W.nobodyCounted) } }
        return HTML {
            table(
                caption: W.supportCaption,
                columns: [
                    TableColumn(W.perspective), .number(W.present), .number(W.agreedCount), .number(W.against), .number(W.unsure),
                ],
                rows: lines.map { TableRow($0.who, [HTML($0.present), HTML($0.agreed), HTML($0.against), HTML($0.unsure)]) }
            )
        }
    }
}
