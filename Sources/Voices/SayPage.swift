import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// `/…/say`: somebody says something online. Three short questions, then a page to check, then it is sent.
struct SayPage: Page {
    let heading = W.sayHeading
    let caption: String?
    let lead: String?
    let surroundings: Surroundings
    /// The project's own; nil where it is about something else.
    let question: String?
    let about: Link?
    let send: SafeURL
    let perspectives: [Perspective]
    /// Set where the speaker's perspective is known, because they belong to a group of the project.
    let ownPerspective: String?
    /// Those of the speaker's groups to choose from; empty for whoever is in one or none.
    let groups: [Choice]
    let consents: [Voice.Consent]
    let hearDays: String
    let form: Form
    /// The group whose page led here.
    let group: String
    /// What the words begin with, where another page led here: that page's name.
    let beginning: String
    let subject: VoiceSubject?
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case question, about }

    // 200: the longest title of a page and a few words around it.
    private static let mostBeginning = 200

    static func make(_ visit: Visit, _ subjects: VoiceSubjects?, _ tx: Transaction) throws -> SayPage {
        let here = try ProjectVisit(visit, tx)
        try VoicePolicy.say(in: here.project, by: visit.actor)
        let subject = try VoiceSubject(
            visit.form.value(VoiceSubjects.field, or: visit.query[VoiceSubjects.field] ?? ""),
            subjects,
            visit.actor,
            tx
        )
        let own = visit.actor.perspective(in: here.project.id)
        let isMember = own != nil
        return SayPage(
            caption: here.project.title,
            lead: visit.actor.person == nil ? W.sayLeadStranger : W.sayLead,
            surroundings: here.surroundings(isPrivate: true),
            question: subject == nil ? here.project.question : nil,
            about: subject?.link,
            send: here.here("say", "check"),
            perspectives: here.perspectives.all,
            ownPerspective: own.map { here.perspectives.one($0) },
            groups: try SpeakerGroups.choices(of: visit.actor, in: here.project, tx),
            consents: isMember ? Voice.Consent.allCases : [.project, .publicWithoutName, .publicWithName],
            hearDays: here.project.clocks.hear.inWords,
            form: visit.form,
            group: visit.query["group"] ?? "",
            beginning: PlainText.line(String((visit.query["words"] ?? "").prefix(Self.mostBeginning))),
            subject: subject
        )
    }

    var html: HTML {
        HTML {
            if let question { p { strong(question) } }
            HTML::form(post: send, help: .asksBeforeLeaving) {
                if let subject { subject.html }
                textArea(
                    "words",
                    label: W.wordsLabel,
                    value: form.value("words", or: beginning),
                    hint: W.wordsHint,
                    problems: problems,
                    limit: SayVoice.limit,
                    rows: 7
                )
                VoiceFields.kind(form, beginning: subject == nil ? nil : .experience)
                if let ownPerspective {
                    p(W.youSpeakAs(who: ownPerspective), class: "quiet")
                } else {
                    VoiceFields.perspective(perspectives, form)
                }
                if !groups.isEmpty { SpeakerGroups.question(groups, form, from: group) }
                VoiceFields.consent(consents, form)
                VoiceFields.replyBy(form, isSpeakerThere: true)
                button(W.toCheck)
            }
            inset { p(W.hearPromise(days: hearDays)) }
        }
    }
}

/// `/…/say/check`: what is about to be sent, each part with a way back to it. Nothing is kept until it is sent.
struct CheckPage: Page {
    let heading = W.checkHeading
    let caption: String?
    let surroundings: Surroundings
    let rows: [Row]
    /// What happens once it is sent.
    let next: [String]
    let send: SafeURL
    let back: SafeURL
    let form: Form

    struct Row: Encodable {
        let question: String
        let answer: String
        /// The field that asks it.
        let field: String
    }

    private enum CodingKeys: String, CodingKey { case rows, next, send }

    static let fields = [
        "words", "kind", "perspective", "group", "consent", "name", "reply-by", "reply-phone", "reply-email", "reply-text", "reply-letter",
        "reply-when", VoiceSubjects.field,
    ]

    static func make(_ said: VoiceForm, _ here: ProjectVisit) -> CheckPage {
        var rows = [
            Row(question: W.wordsLabel, answer: said.say.words, field: "words"),
            Row(question: W.kindLegend, answer: W.kind(said.say.kind), field: "kind"),
            Row(question: W.perspectiveRow, answer: here.perspectives.one(said.say.perspective), field: "perspective"),
            Row(question: W.consentLegend, answer: W.consent(said.say.consent), field: "consent"),
        ]
        if said.say.consent == .publicWithName, let name = said.say.speakerName {
            rows.append(Row(question: W.nameLabel, answer: name, field: "consent"))
        }
        let way = W.replyBy(said.say.replyBy) + (said.say.replyTo.map { ": " + $0 } ?? "")
        rows.append(Row(question: W.replyByLegend, answer: way, field: "reply-by"))
        if said.say.replyBy == .phone, let when = said.say.replyWhen {
            rows.append(Row(question: W.replyWhen, answer: when, field: "reply-by"))
        }
        let due = here.project.clocks.hear.due(from: here.visit.at, zone: here.service.zone)
        return CheckPage(
            caption: here.project.title,
            surroundings: here.surroundings(isPrivate: true),
            rows: rows,
            next: [
                W.whatNextAnswer(day: here.dates.weekday(due)), W.whatNextSeen(who: W.consent(said.say.consent)),
            ] + (said.say.consent.isPublic ? [W.readFirst] : []) + [W.whatNextReceipt, W.whatNextWithdraw],
            send: here.here("voices"),
            back: here.here("say", "again"),
            form: here.visit.form
        )
    }

    var html: HTML {
        HTML {
            HTML::form(post: send) {
                carried
                summaryList(rows.map { SummaryRow($0.question, $0.answer, sendsBackTo: back.at($0.field)) })
                nextSteps(W.whatNext) { ul { for one in next { li(one) } } }
                button(W.sendVoice)
            }
        }
    }

    private var carried: [HTML] { Self.fields.filter { form.has($0) }.map { hidden($0, form[$0]) } }
}
