import HTML
import Kernel
import Projects
import Services
import Store
import Web

/// For those who are not members: whose point of view do you bring? Asked once.
struct JoinPage: Page {
    let heading: String
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    let statements: Int
    let perspectives: [Question.Option]
    let standing: String?
    let isSignedIn: Bool
    let back: Link
    private let send: SafeURL
    private let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case statements, perspectives, standing, back }

    init(_ here: RoundVisit, _ tx: Transaction) throws {
        let round = here.round
        try RoundPolicy.answer(in: here.project.project, by: here.actor)
        heading = round.title
        caption = here.project.project.title
        lead = round.question
        surroundings = here.surroundings()
        statements = try StatementStore.kept(in: round.id, tx).count
        perspectives = round.perspectives.map { Question.Option($0.key, here.project.perspectives.label($0.key)) }
        let now = round.standing(at: here.visit.at)
        standing = now == .open ? nil : AnswerPage.words(now, here.project.dates)
        isSignedIn = here.actor.person != nil
        back = here.link
        send = here.url("joining")
        form = here.visit.form
    }

    var html: HTML {
        HTML {
            if let standing {
                notificationBanner(standing)
                p { a(back.label, to: back.url) }
            } else {
                p(W.joinLead(n: statements))
                HTML::form(post: send) {
                    radios(
                        "perspective",
                        legend: W.perspectiveLegend,
                        options: perspectives.map { Choice($0.value, $0.label) },
                        value: form["perspective"],
                        hint: W.perspectiveHint,
                        problems: problems
                    )
                    button(W.begin)
                }
                p(isSignedIn ? W.joinSignedIn : W.joinPrivate, class: "quiet")
            }
        }
    }
}
