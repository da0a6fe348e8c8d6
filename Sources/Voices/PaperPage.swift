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
    /// The cards that were just saved.
    let saved: [Saved]
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case saved }

    struct Saved: Encodable {
        let words: String
        let url: SafeURL
    }

    /// Cards on one screen.
    static let cards = 4
    /// Cards that are there before anybody asks for one more.
    private static let first = 2

    static func make(_ visit: Visit, _ tx: Transaction) throws -> PaperPage {
        let here = try ProjectVisit(visit, tx)
        try VoicePolicy.scribe(in: here.place, by: visit.actor)
        return PaperPage(
            caption: here.project.title,
            surroundings: here.surroundings(Link(W.voicesHeading, to: here.here("voices")), isPrivate: true),
            perspectives: here.perspectives.all,
            send: here.here("voices", "paper"),
            form: visit.form,
            saved: saved(visit, tx)
        )
    }

    private static func saved(_ visit: Visit, _ tx: Transaction) -> [Saved] {
        (visit.query["saved"] ?? "").split(separator: ",").prefix(cards).compactMap { VoiceID(String($0)) }.compactMap { id in
            guard let voice = try? VoiceStore.find(id, tx), VoicePolicy.mayRead(voice, by: visit.actor) else { return nil }
            return Saved(words: voice.words ?? "", url: .path("/voices", id))
        }
    }

    var html: HTML {
        HTML {
            if !saved.isEmpty {
                notificationBanner(W.paperSaved(n: saved.count), kind: .success) {
                    ol { for card in saved { li { a(String(card.words.prefix(80)), to: card.url) } } }
                    p(W.paperSlips)
                }
            }
            HTML::form(post: send, help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
                dateField(
                    "collected",
                    legend: W.paperDate,
                    value: DateParts(form, "collected"),
                    hint: W.paperDateHint,
                    problems: problems,
                    isOptional: true
                )
                for number in 1...Self.first { card(number) }
                added(Self.first + 1)
                button(W.paperSave)
            }
        }
    }

    /// One more card, and in it the way to the next.
    private func added(_ number: Int) -> HTML {
        guard number <= Self.cards else { return .nothing }
        return details(W.paperAdd, isOpen: (number...Self.cards).contains { isBegun($0) }) {
            card(number)
            added(number + 1)
        }
    }

    private func isBegun(_ number: Int) -> Bool {
        form.has("words-\(number)") || problems.list.contains { $0.field.hasSuffix("-\(number)") }
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
                options: [Choice("", W.paperChoose)] + Voice.Kind.allCases.map { Choice($0.rawValue, W.kind($0)) },
                value: form["kind-\(number)"],
                problems: problems
            )
            VoiceFields.consent(
                [.project, .publicWithoutName, .publicWithName],
                form,
                legend: W.consentLegendPaper,
                isTheirs: true,
                suffix: "-\(number)"
            )
            details(W.replyByLegendScribe, isOpen: asksToBeTold(number)) {
                VoiceFields.replyBy(form, isSpeakerThere: false, suffix: "-\(number)")
            }
        }
    }

    private func asksToBeTold(_ number: Int) -> Bool {
        let way = form["reply-by-\(number)"]
        return problems.concern(Set(VoiceForms.replyByFields.map { $0 + "-\(number)" }))
            || !way.isEmpty && way != Voice.ReplyBy.receipt.rawValue
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
        let collected = form.date("collected", zone: here.service.zone)
        if let collected, collected > visit.at { form.problems.add("collected", W.paperDateFuture) }
        if let collected, collected < visit.at.adding(days: -oldest) { form.problems.add("collected", W.paperDateOld) }
        var cards: [SayVoice] = []
        for number in 1...PaperPage.cards where number == 1 || form.has("words-\(number)") {
            var typed = form
            typed.problems = Problems()
            cards.append(card(number, &typed, here, at: collected))
            for problem in typed.problems.list {
                form.problems.add(problem.field, W.paperProblem(number: String(number), problem: problem.sentence))
            }
        }
        try form.check()
        let saved = try cards.map { try $0.run(in: here.project, zone: here.service.zone, by: visit.deed, tx).id.text }
        return .see(here.here("voices", "paper", query: ["saved": saved.joined(separator: ",")]))
    }

    /// One card; what is wrong with it is added to the form's problems.
    private static func card(_ number: Int, _ form: inout Form, _ here: ProjectVisit, at collected: Moment?) -> SayVoice {
        let words = form.text("words-\(number)", limit: SayVoice.limit, empty: W.wordsEmptyCard)
        let perspective = form["perspective-\(number)"]
        if here.perspectives[perspective] == nil { form.problems.add("perspective-\(number)", W.perspectiveMissingScribe) }
        let kind: Voice.Kind = form.choice("kind-\(number)", missing: W.kindMissing) ?? .idea
        let consent: Voice.Consent = form.choice("consent-\(number)", missing: W.consentMissing) ?? .project
        let name = form.line("name-\(number)", limit: 60, empty: consent == .publicWithName ? W.nameMissing : nil)
        let reply = VoiceFields.readReplyBy(&form, suffix: "-\(number)")
        return SayVoice(
            words: words,
            kind: kind,
            perspective: perspective,
            consent: consent == .group ? .project : consent,
            channel: .paper,
            speakerName: name.isEmpty ? nil : name,
            replyBy: reply.way,
            replyTo: reply.to,
            replyWhen: reply.when,
            saidAt: collected
        )
    }
}
