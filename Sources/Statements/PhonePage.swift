import HTML
import Kernel
import Projects
import Services
import Store
import Web

/// One screen for a scribe who reads the statements out on the telephone and ticks what the caller answers.
struct PhonePage: Page {
    struct Row: Encodable, Sendable {
        let number: Int
        let words: String
    }

    let heading = W.phoneHeading
    let caption: String?
    let lead: String? = W.phoneLead
    let surroundings: Surroundings
    let question: String
    let consent: String
    let statements: [Row]
    let perspectives: [Question.Option]
    let standing: String?
    private let form: Form
    private let send: SafeURL
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case question, consent, statements, perspectives, standing }

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        caption = here.round.title
        surroundings = here.surroundings()
        question = here.round.question
        consent = here.project.project.isOpenToPublic ? W.phoneConsentPublic : W.phoneConsent
        statements = try StatementStore.kept(in: here.round.id, tx).map { Row(number: $0.number, words: $0.words) }
        perspectives = here.round.perspectives.map { Question.Option($0.key, here.project.perspectives.label($0.key)) }
        let now = here.round.standing(at: here.visit.at)
        standing = now == .open ? nil : AnswerPage.words(now, here.project.dates)
        form = here.visit.form
        send = here.url("phone")
    }

    var html: HTML {
        HTML {
            if let standing {
                notificationBanner(standing)
            } else {
                HTML::form(post: send, class: "phone", help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
                    section(W.phoneFirst) {
                        script(consent)
                        checkbox("agreed", label: W.phoneAgreed, isChecked: form.has("agreed"), problems: problems)
                        radios(
                            "perspective",
                            legend: W.phonePerspective,
                            options: perspectives.map { Choice($0.value, $0.label) },
                            value: form["perspective"],
                            problems: problems
                        )
                    }
                    section(W.phoneStatements, id: "answers") {
                        script(question)
                        p(W.phoneHow, class: "hint")
                        for row in statements { html(of: row) }
                        textArea(
                            "another",
                            label: W.another,
                            value: form["another"],
                            hint: W.anotherPhone,
                            problems: problems,
                            limit: Statement.limit,
                            rows: 2,
                            isOptional: true
                        )
                    }
                    button(W.phoneSave)
                }
            }
        }
    }

    private func html(of row: Row) -> HTML {
        radios(
            "answer-\(row.number)",
            legend: row.words,
            options: [Response.agree, .disagree, .pass].map { Choice($0.word, W.answerWord($0)) },
            value: form["answer-\(row.number)"],
            problems: problems,
            isInline: true
        )
    }

    /// What to read out, set apart from what to do.
    private func script(_ sentence: String) -> HTML {
        inset {
            p(W.readOut, class: "quiet")
            p("“\(sentence)”")
        }
    }

    /// What was ticked, saved in one go.
    static func save(_ here: RoundVisit, _ tx: Transaction) throws -> SafeURL {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        var form = here.visit.form
        if !form.has("agreed") { form.problems.add("agreed", W.phoneAgreedEmpty) }
        let perspective = form["perspective"]
        if here.round.place(of: perspective) == nil { form.problems.add("perspective", W.perspectiveEmpty) }
        let numbers = try StatementStore.kept(in: here.round.id, tx).map(\.number)
        let answers = numbers.compactMap { number in Response(form["answer-\(number)"]).map { (number, $0) } }
        let another = form.line("another", limit: Statement.limit, empty: nil)
        if answers.isEmpty, another.isEmpty { form.problems.add("answers", W.phoneNothing) }
        try form.check()
        let code = try Problems.at("another") {
            try GiveAnswers.writtenDown(
                Dictionary(answers) { first, _ in first },
                another: another,
                .phone,
                perspective: perspective,
                in: here.round,
                by: here.visit.deed,
                tx
            )
        }
        return .path("/answering", code, "slip")
    }
}
