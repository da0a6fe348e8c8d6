import HTML
import Kernel
import Projects
import Services
import Store
import Web

/// `/…/voices/phone`: one screen for somebody who writes down what a caller says, from the greeting to the receipt.
struct PhonePage: Page {
    let heading = W.phoneHeading
    let caption: String?
    let lead: String? = W.phoneLead
    let surroundings: Surroundings
    /// What is asked: the project's own question, or what a place was like.
    let question: String
    let about: Link?
    let perspectives: [Perspective]
    let send: SafeURL
    let hearDays: String
    let subject: VoiceSubject?
    let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case question, about }

    static func make(_ visit: Visit, _ subjects: VoiceSubjects?, _ tx: Transaction) throws -> PhonePage {
        let here = try ProjectVisit(visit, tx)
        try VoicePolicy.scribe(in: here.place, by: visit.actor)
        try VoicePolicy.say(in: here.project, by: visit.actor)
        let subject = try VoiceSubject(
            visit.form.value(VoiceSubjects.field, or: visit.query[VoiceSubjects.field] ?? ""),
            subjects,
            visit.actor,
            tx
        )
        return PhonePage(
            caption: here.project.title,
            surroundings: here.surroundings(Link(W.voicesHeading, to: here.here("voices")), isPrivate: true),
            question: subject.map { W.phoneScriptAbout(place: $0.link.label) } ?? here.project.question,
            about: subject?.link,
            perspectives: here.perspectives.all,
            send: here.here("voices", "phone"),
            hearDays: here.project.clocks.hear.inWords,
            subject: subject,
            form: visit.form
        )
    }

    var html: HTML {
        HTML::form(post: send, class: "phone", help: [.asksBeforeLeaving, .sendsWithControlEnter]) {
            if let subject { subject.html }
            section(W.phoneFirst) { script([W.phoneScriptWho, W.phoneScriptSafe, question]) }
            section(W.phoneListen) {
                textArea(
                    "words",
                    label: W.wordsLabelScribe,
                    value: form["words"],
                    hint: W.wordsHintScribe,
                    problems: problems,
                    limit: SayVoice.limit,
                    rows: 6,
                    isFocused: true
                )
                VoiceFields.kind(form, beginning: subject == nil ? nil : .experience)
                VoiceFields.perspective(perspectives, form, legend: W.perspectiveLegendScribe)
            }
            section(W.phoneReadBack) {
                script([W.phoneScriptReadBack])
                checkbox("read-back", label: W.readBackLabel, isChecked: form.has("read-back"), problems: problems)
            }
            section(W.phoneConsent) {
                script([W.phoneScriptConsent])
                VoiceFields.consent([.project, .publicWithoutName, .publicWithName], form, legend: W.consentLegendScribe, isTheirs: true)
            }
            section(W.phoneTell) {
                script([W.phoneScriptTell(days: hearDays)])
                VoiceFields.replyBy(form, isSpeakerThere: false, beginning: .phone)
            }
            button(W.savePhone)
        }
    }

    /// What to read out, set apart from what to do.
    private func script(_ sentences: [String]) -> HTML {
        inset {
            p(W.readOut, class: "quiet")
            for sentence in sentences { p("“\(sentence)”") }
        }
    }
}
