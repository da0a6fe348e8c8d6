import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// What somebody answered, each with the way to change it, what became of what they wrote, and the way to take it all back.
struct MinePage: Page {
    struct Answered: Encodable, Sendable {
        let words: String
        let answer: String
        /// nil where it is no longer asked or the round is closed.
        let change: SafeURL?
    }

    struct Written: Encodable, Sendable {
        let words: String
        let became: String
        let tone: Tone
        let reason: String?
    }

    let heading = W.whatIAnswered
    let caption: String?
    let surroundings: Surroundings
    let notice: String?
    let answered: [Answered]
    let written: [Written]
    let back: Link
    private let base: SafeURL
    private let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case notice, answered, written, back }

    init(_ door: AnsweringDoor, _ tx: Transaction) throws {
        let here = try door.here(tx)
        let round = door.round
        let all = try StatementStore.all(in: round.id, tx)
        let answers = try door.responder.map { try ResponderStore.answers(of: $0.number, in: round, tx) } ?? [:]
        let isOpen = round.standing(at: door.visit.at) == .open
        caption = round.title
        surroundings = here.surroundings(isPrivate: true).wearing(.statements)
        notice = door.visit.query["done"] == nil ? nil : W.takenBack
        answered = all.compactMap { statement in
            answers[statement.number].map { answer in
                let change = isOpen && statement.state == .kept ? door.base.adding("statement", statement.id) : nil
                return Answered(words: statement.words, answer: W.answerWord(answer), change: change)
            }
        }
        written = all.filter { $0.author != nil && $0.author == door.responder?.number && !Self.isNewWording($0, all) }.map { statement in
            let became = statement.became.flatMap { id in all.first { $0.id == id } }?.words ?? ""
            return Written(
                words: statement.words,
                became: W.fate(statement.state, became: became),
                tone: statement.state.tone,
                reason: statement.reason
            )
        }
        back = Link(W.backToStatements, to: door.base)
        base = door.base
        form = door.visit.form
    }

    /// A moderator's wording of what somebody wrote: told beside their own words, not as a second statement of theirs.
    private static func isNewWording(_ statement: Statement, _ all: [Statement]) -> Bool {
        all.contains { $0.became == statement.id && $0.state == .reworded }
    }

    var html: HTML {
        HTML {
            if let notice { notificationBanner(notice, kind: .success) }
            if answered.isEmpty { emptyState(W.answeredNothing, next: back) }
            if !answered.isEmpty {
                table(
                    caption: W.answeredCaption,
                    columns: [TableColumn(W.statement), TableColumn(W.yourAnswer)],
                    rows: answered.map { row($0) }
                )
            }
            if !written.isEmpty {
                section(W.whatIWrote) {
                    for one in written {
                        quote(one.words)
                        p { tag(one.became, one.tone) }
                        if let reason = one.reason { p(W.reasonWas(reason: reason)) }
                    }
                }
            }
            p { a(back.label, to: back.url) }
            if !answered.isEmpty || !written.isEmpty { takeBack }
        }
    }

    private func row(_ one: Answered) -> TableRow {
        TableRow(
            one.words,
            [
                HTML {
                    one.answer
                    if let change = one.change {
                        " "
                        a(W.changeIt, about: one.words, to: change)
                    }
                }
            ]
        )
    }

    private var takeBack: HTML {
        section(W.takeBackHeading, id: "take-back") {
            p(W.takeBackWords)
            HTML::form(post: base.below("withdrawal")) {
                checkbox("sure", label: W.takeBackSure, problems: problems)
                button(W.takeBack, kind: .warning)
            }
        }
    }
}

extension Statement.State {
    var tone: Tone {
        switch self {
        case .waiting: .waiting
        case .kept: .good
        case .merged, .reworded: .neutral
        case .rejected, .withdrawn: .stop
        }
    }
}

extension W {
    static func answerWord(_ answer: Response) -> String {
        switch answer {
        case .agree: agree
        case .disagree: disagree
        case .pass: passShort
        }
    }

    static func youSaid(_ answer: Response, _ words: String) -> String { youAnswered(answer: answerWord(answer), words: words) }

    /// What became of a statement, for whoever wrote it.
    static func fate(_ state: Statement.State, became: String) -> String {
        switch state {
        case .waiting: fateWaiting
        case .kept: fateKept
        case .merged: fateMerged(words: became)
        case .reworded: fateReworded(words: became)
        case .rejected: fateRejected
        case .withdrawn: fateWithdrawn
        }
    }
}
