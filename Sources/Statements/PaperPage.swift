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
            table(
                caption: W.sheetCaption,
                columns: [TableColumn(W.statement), TableColumn(W.agree), TableColumn(W.disagree), TableColumn(W.passShort)],
                rows: statements.map { TableRow("\($0.number). \($0.words)", [HTML("☐"), HTML("☐"), HTML("☐")]) }
            )
            p(W.sheetAnother)
            p(W.sheetWhat, class: "quiet")
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
    let saved: String?
    let standing: String?
    let sheet: SafeURL
    private let form: Form
    private let send: SafeURL
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case statements, perspectives, saved, standing, sheet }

    // Eight: what fits on a screen beside a pile of paper.
    static let sheets = 8

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        caption = here.round.title
        surroundings = here.surroundings()
        statements = try StatementStore.kept(in: here.round.id, tx).map { PhonePage.Row(number: $0.number, words: $0.words) }
        perspectives = here.round.perspectives.map { Question.Option($0.key, here.project.perspectives.label($0.key)) }
        saved = here.visit.query["saved"].flatMap { Int($0) }.map { W.paperSaved(n: $0) }
        let now = here.round.standing(at: here.visit.at)
        standing = now == .open ? nil : AnswerPage.words(now, here.project.dates)
        sheet = here.url("sheet")
        form = here.visit.form
        send = here.url("paper")
    }

    var html: HTML {
        HTML {
            if let saved { notificationBanner(saved, kind: .success) }
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
        }
    }

    /// All sheets or, where one is wrong, none.
    static func save(_ here: RoundVisit, _ tx: Transaction) throws -> Int {
        try RoundPolicy.scribe(in: here.round.place, by: here.actor)
        var form = here.visit.form
        let known = Set(try StatementStore.all(in: here.round.id, tx).map(\.number))
        var read: [(perspective: String, answers: [Int: Response])] = []
        for number in 1...sheets {
            let typed = form.line("answers-\(number)", limit: 1_000, empty: number == 1 ? W.paperEmpty : nil)
            guard !typed.isEmpty else { continue }
            let perspective = form["perspective-\(number)"]
            if here.round.place(of: perspective) == nil { form.problems.add("perspective-\(number)", W.perspectiveEmpty) }
            switch PaperAnswers.read(typed, known) {
            case .success(let answers): read.append((perspective, answers))
            case .failure(let wrong): form.problems.add("answers-\(number)", W.paperWrong(part: String(wrong.part.prefix(20))))
            }
        }
        try form.check()
        for sheet in read {
            _ = try GiveAnswers.writtenDown(sheet.answers, .paper, perspective: sheet.perspective, in: here.round, by: here.visit.deed, tx)
        }
        return read.count
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
