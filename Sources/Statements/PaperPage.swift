import HTML
import Kernel
import Projects
import Services
import Store
import Web

/// The statements on a sheet to print: three boxes beside each, and whose point of view at the top.
struct SheetPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    let statements: [PhonePage.Row]
    let perspectives: [String]

    private enum CodingKeys: String, CodingKey { case statements, perspectives }

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        heading = here.round.title
        caption = here.project.project.title
        lead = here.round.question
        surroundings = here.surroundings()
        statements = try StatementStore.kept(in: here.round.id, tx).map { PhonePage.Row(number: $0.number, words: $0.words) }
        perspectives = here.round.perspectives.map { here.project.perspectives.label($0.key) }
    }

    var html: HTML {
        HTML {
            p { printButton(W.sheetPrint) }
            p(W.sheetHow)
            section(W.sheetWho) { ul(class: "plain") { for perspective in perspectives { li("☐ \(perspective)") } } }
            section(W.sheetCaption) { ul(class: "plain sheet") { for row in statements { li { line(row) } } } }
            section(W.another) {
                p(W.anotherHint)
                for _ in 0..<2 { div(class: "ruled") {} }
            }
            p(W.sheetWhat, class: "quiet")
        }
    }

    private func line(_ row: PhonePage.Row) -> HTML {
        HTML {
            span("\(row.number). \(row.words)")
            span(class: "sheet-boxes") { for answer in [W.agree, W.disagree, W.passShort] { span("☐ \(answer)") } }
        }
    }
}

/// Several sheets typed in at once: a row of numbers and letters for each, as they stand on the paper.
struct PaperPage: Page {
    let heading = W.paperHeading
    let caption: String?
    let lead: String? = W.paperLead
    let surroundings: Surroundings
    let statements: [PhonePage.Row]
    let perspectives: [Question.Option]
    let standing: String?
    let sheet: SafeURL
    private let form: Form
    private let send: SafeURL
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case statements, perspectives, standing, sheet }

    // Eight: what fits on a screen beside a pile of paper.
    static let sheets = 8

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        caption = here.round.title
        surroundings = here.surroundings()
        statements = try StatementStore.kept(in: here.round.id, tx).map { PhonePage.Row(number: $0.number, words: $0.words) }
        perspectives = here.round.perspectives.map { Question.Option($0.key, here.project.perspectives.label($0.key)) }
        let now = here.round.standing(at: here.visit.at)
        standing = now == .open ? nil : AnswerPage.words(now, here.project.dates)
        sheet = here.url("sheet")
        form = here.visit.form
        send = here.url("paper")
    }

    var html: HTML {
        HTML {
            if let standing { notificationBanner(standing) }
            p { a(W.sheetLink, to: sheet) }
            if standing == nil {
                HTML::form(post: send, help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
                    inset { p(W.paperHow) }
                    for number in 1...Self.sheets { fields(number) }
                    button(W.paperSave)
                }
            }
            details(W.paperStatements) { ul(class: "plain") { for row in statements { li("\(row.number). \(row.words)") } } }
        }
    }

    private func fields(_ number: Int) -> HTML {
        fieldset(W.paperSheet(number: String(number))) {
            selectField(
                "perspective-\(number)",
                label: W.phonePerspective,
                options: [Choice("", W.paperChoose)] + perspectives.map { Choice($0.value, $0.label) },
                value: form["perspective-\(number)"],
                problems: problems
            )
            textField(
                "answers-\(number)",
                label: W.paperAnswers,
                value: form["answers-\(number)"],
                problems: problems,
                isOptional: number > 1
            )
            textField(
                "another-\(number)",
                label: W.another,
                value: form["another-\(number)"],
                hint: number == 1 ? W.anotherPaper : nil,
                problems: problems,
                isOptional: true
            )
        }
    }
}

/// A sheet of paper as it was typed in.
struct PaperSheet {
    let number: Int
    let perspective: String
    let answers: [Int: Response]
    /// "I'd put it another way"; empty for none.
    let another: String

    /// Saves all sheets or, where one is wrong, none. Answers the code of each.
    static func save(_ here: RoundVisit, _ tx: Transaction) throws -> [String] {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        var form = here.visit.form
        let known = Set(try StatementStore.all(in: here.round.id, tx).map(\.number))
        let sheets = (1...PaperPage.sheets).compactMap { PaperSheet($0, &form, here.round, known) }
        try form.check()
        return try sheets.map { sheet in
            try Problems.at("another-\(sheet.number)") {
                try GiveAnswers.writtenDown(
                    sheet.answers,
                    another: sheet.another,
                    .paper,
                    perspective: sheet.perspective,
                    in: here.round,
                    by: here.visit.deed,
                    tx
                )
            }
        }
    }

    /// nil where nothing was typed.
    private init?(_ number: Int, _ form: inout Form, _ round: Round, _ known: Set<Int>) {
        let another = form.line("another-\(number)", limit: Statement.limit, empty: nil)
        let typed = form.line("answers-\(number)", limit: 1_000, empty: number == 1 && another.isEmpty ? W.paperEmpty : nil)
        guard !typed.isEmpty || !another.isEmpty else { return nil }
        perspective = form["perspective-\(number)"]
        if round.place(of: perspective) == nil { form.problems.add("perspective-\(number)", W.perspectiveEmpty) }
        switch PaperAnswers.read(typed, known) {
        case .success(let read): answers = read
        case .failure(let wrong):
            answers = [:]
            form.problems.add("answers-\(number)", W.paperWrong(part: String(wrong.part.prefix(20))))
        }
        self.number = number
        self.another = another
    }
}

extension Problems {
    /// What is wrong with the words of a statement, told at the field that held them here.
    static func at<Made>(_ field: String, _ work: () throws -> Made) throws -> Made {
        do { return try work() } catch let problems as Problems { throw problems["words"].map { Problems(field, $0) } ?? problems }
    }
}

/// "1a 2d 3p": the number of a statement and the first letter of the answer. Spaces and commas do not matter, nor does what is missing.
enum PaperAnswers {
    /// The part that could not be read.
    struct Wrong: Error, Equatable { let part: String }

    static func read(_ typed: String, _ known: Set<Int>) -> Result<[Int: Response], Wrong> {
        var answers: [Int: Response] = [:]
        var digits = ""
        for letter in typed where !" ,;.".contains(letter) {
            if letter.isASCII, letter.isNumber {
                digits.append(letter)
                continue
            }
            guard let number = Int(digits), known.contains(number), let answer = Response(String(letter)), answers[number] == nil else {
                return .failure(Wrong(part: digits + String(letter)))
            }
            answers[number] = answer
            digits = ""
        }
        return digits.isEmpty ? .success(answers) : .failure(Wrong(part: digits))
    }
}
