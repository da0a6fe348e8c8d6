import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// `/…/voices/paper`: several cards typed in at once. What is the same on all of them is asked once.
struct PaperPage: Page {
    let heading = W.paperHeading
    let caption: String?
    let lead: String? = W.paperLead
    let surroundings: Surroundings
    let perspectives: [Perspective]
    let send: SafeURL
    let form: Form
    let saved: Int?
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case saved }

    /// Cards on one screen.
    static let cards = 5

    static func make(_ visit: Visit, _ tx: Transaction) throws -> PaperPage {
        let here = try ProjectVisit(visit, tx)
        try VoicePolicy.scribe(in: here.place, by: visit.actor)
        return PaperPage(
            caption: here.project.title,
            surroundings: here.surroundings(Link(W.voicesHeading, to: here.here("voices")), isPrivate: true),
            perspectives: here.perspectives.all,
            send: here.here("voices", "paper"),
            form: visit.form,
            saved: visit.query["saved"].flatMap { Int($0) }
        )
    }

    var html: HTML {
        HTML {
            if let saved { notificationBanner(W.paperSaved(n: saved), kind: .success) }
            HTML::form(post: send, help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
                radios(
                    "consent",
                    legend: W.consentLegendPaper,
                    options: [Voice.Consent.project, .publicWithoutName].map { Choice($0.rawValue, W.consent($0)) },
                    value: form["consent"],
                    hint: W.consentPaperHint,
                    problems: problems
                )
                dateField(
                    "collected",
                    legend: W.paperDate,
                    value: DateParts(form, "collected"),
                    hint: W.paperDateHint,
                    problems: problems,
                    isOptional: true
                )
                for number in 1...Self.cards { card(number) }
                button(W.paperSave)
            }
        }
    }

    private func card(_ number: Int) -> HTML {
        fieldset(W.paperCard(number: String(number))) {
            textArea(
                "words-\(number)",
                label: W.wordsLabelCard,
                value: form["words-\(number)"],
                problems: problems,
                limit: SayVoice.limit,
                rows: 3,
                isOptional: number > 1
            )
            selectField(
                "perspective-\(number)",
                label: W.perspectiveLegendScribe,
                options: [Choice("", W.paperChoose)] + perspectives.map { Choice($0.key, $0.label) },
                value: form["perspective-\(number)"],
                problems: problems
            )
            selectField(
                "kind-\(number)",
                label: W.kindLegend,
                options: Voice.Kind.allCases.map { Choice($0.rawValue, W.kind($0)) },
                value: form.value("kind-\(number)", or: "idea"),
                problems: problems
            )
        }
    }
}

extension DateParts {
    /// What was typed into a date's three fields.
    init(_ form: Form, _ name: String) {
        self.init(day: form["\(name)-day"], month: form["\(name)-month"], year: form["\(name)-year"])
    }
}

/// The cards that were typed in: all of them or, where one is wrong, none.
enum TypeInPaper {
    /// Days. Two years: what is older was typed wrongly, or is no longer about how things are.
    static let oldest = 731

    static func run(_ visit: Visit, _ tx: Transaction) throws -> Answer {
        let here = try ProjectVisit(visit, tx)
        try VoicePolicy.scribe(in: here.place, by: visit.actor)
        var form = visit.form
        let consent: Voice.Consent = form.choice("consent", missing: W.consentMissing) ?? .project
        let collected = form.date("collected", zone: here.service.zone)
        if let collected, collected > visit.at { form.problems.add("collected", W.paperDateFuture) }
        if let collected, collected < visit.at.adding(days: -oldest) { form.problems.add("collected", W.paperDateOld) }
        var cards: [SayVoice] = []
        for number in 1...PaperPage.cards {
            let words = form.text("words-\(number)", limit: SayVoice.limit, empty: number == 1 ? W.wordsEmptyCard : nil)
            guard !words.isEmpty else { continue }
            let perspective = form["perspective-\(number)"]
            if here.perspectives[perspective] == nil { form.problems.add("perspective-\(number)", W.perspectiveMissing) }
            let kind: Voice.Kind = form.choice("kind-\(number)", missing: nil) ?? .idea
            cards.append(SayVoice(words: words, kind: kind, perspective: perspective, consent: consent, channel: .paper, saidAt: collected))
        }
        try form.check()
        for card in cards { _ = try card.run(in: here.project, zone: here.service.zone, by: visit.deed, tx) }
        return .see(here.here("voices", "paper", query: ["saved": cards.count]))
    }
}
