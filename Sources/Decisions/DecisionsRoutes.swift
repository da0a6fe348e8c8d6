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
            return .see(here.url.adding("done", "decided"))
        }
    }

    @Sendable private static func form(_ visit: Visit, _ tx: Transaction) throws -> any Page {
        let here = try ThemeVisit(visit, tx)
        try DecisionPolicy.record(in: here.theme.place, by: visit.actor)
        return try DecisionFormPage(here, visit.form, tx)
    }
}

/// Writing down what was decided: the answer in words, and one small table of who was there.
struct DecisionFormPage: Page {
    let heading = W.record
    let lead: String? = W.recordLead
    let caption: String?
    let surroundings: Surroundings
    let questions: [Question]
    let people: NumberGrid
    /// Points of view that nobody brings to this project.
    let others: NumberGrid
    let problems: Problems
    private let sendTo: SafeURL
    private let back: Link

    // What is asked is told by the page's `forms`.
    private enum CodingKeys: String, CodingKey { case people, others }

    init(_ here: ThemeVisit, _ form: Form, _ tx: Transaction) throws {
        caption = here.theme.title
        surroundings = here.surroundings()
        problems = form.problems
        sendTo = here.here("decisions")
        back = here.back
        questions = try Self.questions(here, form, tx)
        let taking = try Self.takingPart(here, tx)
        let all = here.project.perspectives.all
        // Where nobody has joined yet, nobody is somebody else.
        let invited = all.filter { taking.isEmpty || taking.contains($0.key) }
        people = Self.grid(invited, W.whoWasThere, form)
        others = Self.grid(all.filter { one in !invited.contains { $0.key == one.key } }, W.othersThere, form)
    }

    private static func questions(_ here: ThemeVisit, _ form: Form, _ tx: Transaction) throws -> [Question] {
        let outcomes = Decision.Outcome.allCases.map { Question.Option($0.rawValue, $0.label, hint: $0.hint) }
        return [
            .choice("outcome", W.outcome, outcomes, in: form),
            .text("words", W.words, in: form, hint: W.wordsHint, limit: RecordDecision.Draft.wordsLimit),
            .text("reasons", W.reasons, in: form, hint: W.reasonsHint, limit: RecordDecision.Draft.reasonsLimit, isOptional: true),
            .text("dissent", W.dissent, in: form, hint: W.dissentHint, limit: RecordDecision.Draft.reasonsLimit, isOptional: true),
            try here.sessionQuestion(tx, label: W.inWhichSession), here.dayQuestion(),
        ]
    }

    /// The points of view that members of the project bring.
    private static func takingPart(_ here: ThemeVisit, _ tx: Transaction) throws -> Set<String> {
        Set(try tx.values("SELECT DISTINCT perspective FROM members WHERE project = \(here.theme.project) AND left_at IS NULL") as [String])
    }

    private static func grid(_ perspectives: [Perspective], _ caption: String, _ form: Form) -> NumberGrid {
        let columns = [("present", W.present), ("agreed", W.agreedCount), ("against", W.against), ("unsure", W.unsure)]
        return NumberGrid(
            caption: caption,
            corner: W.perspective,
            columns: columns.map(\.1),
            rows: perspectives.map { one in
                NumberGrid.Row(
                    label: one.label,
                    fields: columns.map { name, _ in NumberGrid.Field("\(name)-\(one.key)", form["\(name)-\(one.key)"]) }
                )
            }
        )
    }

    private var othersHaveProblems: Bool {
        others.rows.contains { row in row.fields.contains { !$0.value.isEmpty || problems[$0.name] != nil } }
    }

    var html: HTML {
        form(post: sendTo, help: [.asksBeforeLeaving]) {
            for question in questions { question.html(problems) }
            section(W.numbers) {
                p(W.whoHint, class: "hint")
                people.html(problems)
                if !others.rows.isEmpty { details(W.othersThere, isOpen: othersHaveProblems) { others.html(problems) } }
            }
            buttons {
                button(W.recordButton)
                a(back.label, to: back.url)
            }
        }
    }
}

extension Decision.Outcome {
    /// As it stands on screens: "Agreed", "Agreed in part", "We can’t, because…"
    public var label: String {
        switch self {
        case .agreed: W.agreed
        case .partly: W.partly
        case .cannot: W.cannot
        case .thanks: W.thanks
        }
    }

    var hint: String? {
        switch self {
        case .agreed, .partly: nil
        case .cannot: W.cannotHint
        case .thanks: W.thanksHint
        }
    }

    public var tone: Tone {
        switch self {
        case .agreed, .thanks: .good
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
