import HTML
import Kernel
import Projects
import Services
import Web

/// The questions that all four ways of saying something share.
enum VoiceFields {
    /// - Parameter beginning: chosen beforehand only where the page itself is about one kind, or while a whole room talks.
    static func kind(_ form: Form, beginning: Voice.Kind?) -> HTML {
        radios(
            "kind",
            legend: W.kindLegend,
            options: Voice.Kind.allCases.map { Choice($0.rawValue, W.kind($0)) },
            value: form.value("kind", or: beginning?.rawValue ?? ""),
            problems: form.problems,
            isInline: true
        )
    }

    static func perspective(_ perspectives: [Perspective], _ form: Form, legend: String = W.perspectiveLegend) -> HTML {
        radios(
            "perspective",
            legend: legend,
            options: perspectives.map { Choice($0.key, $0.one) },
            value: form["perspective"],
            problems: form.problems
        )
    }

    /// - Parameters:
    ///   - isTheirs: asked of somebody who writes down for another.
    ///   - suffix: after every name, where a page asks it several times.
    static func consent(
        _ consents: [Voice.Consent],
        _ form: Form,
        legend: String = W.consentLegend,
        isTheirs: Bool = false,
        suffix: String = ""
    ) -> HTML {
        radios(
            "consent" + suffix,
            legend: legend,
            options: consents.map { consent in
                let label = isTheirs ? W.consentTheirs(consent) : W.consent(consent)
                let hint = isTheirs ? W.consentTheirsHint(consent) : W.consentHint(consent)
                guard consent == .publicWithName else { return Choice(consent.rawValue, label, hint: hint) }
                return Choice(consent.rawValue, label, hint: hint) {
                    textField(
                        "name" + suffix,
                        label: W.nameLabel,
                        value: form["name" + suffix],
                        hint: W.nameHint,
                        problems: form.problems,
                        width: .short,
                        autocomplete: .nickname
                    )
                }
            },
            value: form["consent" + suffix],
            hint: isTheirs ? W.consentHintTheirs : W.consentHintAll,
            problems: form.problems
        )
    }

    static func replyBy(_ form: Form, isSpeakerThere: Bool, beginning: Voice.ReplyBy = .receipt, suffix: String = "") -> HTML {
        radios(
            "reply-by" + suffix,
            legend: isSpeakerThere ? W.replyByLegend : W.replyByLegendScribe,
            options: Voice.ReplyBy.allCases.map { way in
                switch way {
                case .receipt: Choice(way.rawValue, W.replyBy(way), hint: W.replyByReceiptHint)
                case .phone:
                    Choice(way.rawValue, W.replyBy(way)) {
                        telField("reply-phone" + suffix, label: W.replyPhone, value: form["reply-phone" + suffix], problems: form.problems)
                        textField(
                            "reply-when" + suffix,
                            label: W.replyWhen,
                            value: form["reply-when" + suffix],
                            hint: W.replyWhenHint,
                            problems: form.problems,
                            isOptional: true
                        )
                    }
                case .text:
                    Choice(way.rawValue, W.replyBy(way)) {
                        telField("reply-text" + suffix, label: W.replyText, value: form["reply-text" + suffix], problems: form.problems)
                    }
                case .email:
                    Choice(way.rawValue, W.replyBy(way)) {
                        emailField(
                            "reply-email" + suffix,
                            label: W.replyEmail,
                            value: form["reply-email" + suffix],
                            problems: form.problems
                        )
                    }
                case .letter:
                    Choice(way.rawValue, W.replyBy(way)) {
                        textArea(
                            "reply-letter" + suffix,
                            label: W.replyLetter,
                            value: form["reply-letter" + suffix],
                            problems: form.problems,
                            limit: 300,
                            rows: 3
                        )
                    }
                case .inPerson: Choice(way.rawValue, W.replyBy(way), hint: W.replyInPersonHint)
                }
            },
            value: form.value("reply-by" + suffix, or: beginning.rawValue),
            problems: form.problems
        )
    }

    /// Reads what `replyBy` asked; adds what is missing to the form's problems.
    static func readReplyBy(_ form: inout Form, suffix: String = "") -> (way: Voice.ReplyBy, to: String?, when: String?) {
        let way: Voice.ReplyBy = form.choice("reply-by" + suffix, missing: nil) ?? .receipt
        let when = form.line("reply-when" + suffix, limit: 120)
        let to: String? =
            switch way {
            case .receipt, .inPerson: nil
            case .phone: phone("reply-phone" + suffix, &form)
            case .text: phone("reply-text" + suffix, &form)
            case .email: email("reply-email" + suffix, &form)
            case .letter: form.text("reply-letter" + suffix, limit: 300, empty: W.replyLetterMissing)
            }
        return (way, to, when.isEmpty ? nil : when)
    }

    private static func phone(_ name: String, _ form: inout Form) -> String {
        let typed = form.line(name, limit: 40, empty: W.replyPhoneMissing)
        if !typed.isEmpty, typed.filter(\.isNumber).count < 6 { form.problems.add(name, W.replyPhoneWrong) }
        return typed
    }

    private static func email(_ name: String, _ form: inout Form) -> String {
        let typed = form.line(name, limit: 200, empty: W.replyEmailMissing)
        let sides = typed.split(separator: "@", omittingEmptySubsequences: false)
        if !typed.isEmpty, sides.count != 2 || sides.contains(where: \.isEmpty) || typed.contains(" ") {
            form.problems.add(name, W.replyEmailWrong)
        }
        return typed
    }
}

/// A voice as it was typed into any of the forms, checked.
struct VoiceForm {
    let say: SayVoice

    /// - Parameter kindMissing: said where nobody chose a kind; nil where a program may leave it out.
    init(_ form: inout Form, _ here: ProjectVisit, channel: Voice.Channel, kindMissing: String? = nil) throws {
        let words = form.text("words", limit: SayVoice.limit, empty: channel == .online ? W.wordsEmpty : W.wordsEmptyScribe)
        let kind: Voice.Kind = form.choice("kind", missing: kindMissing) ?? .idea
        // Whoever belongs to a group speaks for their own perspective; a form that says another one is not asked.
        let own = channel == .online ? here.actor.perspective(in: here.project.id) : nil
        let perspective = own ?? form["perspective"]
        if here.perspectives[perspective] == nil {
            form.problems.add("perspective", channel == .online ? W.perspectiveMissing : W.perspectiveMissingScribe)
        }
        // What is missing is listed in the order of the page.
        if channel == .phone, !form.has("read-back") { form.problems.add("read-back", W.readBackMissing) }
        let consent: Voice.Consent = form.choice("consent", missing: W.consentMissing) ?? .group
        let group = channel == .online ? SpeakerGroups.read(&form, here.actor, in: here.project) : nil
        // A voice of no group that only its group may see would be seen by nobody, and nobody's consent is widened without a word.
        if consent == .group, group == nil, channel == .online, form.problems["group"] == nil, form.problems["consent"] == nil {
            form.problems.add("consent", W.consentNoGroup)
        }
        let name = form.line("name", limit: 60, empty: consent == .publicWithName ? W.nameMissing : nil)
        let reply = VoiceFields.readReplyBy(&form)
        say = SayVoice(
            words: words,
            kind: kind,
            perspective: perspective,
            consent: consent,
            channel: channel,
            speaker: channel == .online ? here.actor.personID : nil,
            speakerName: name.isEmpty ? nil : name,
            group: group,
            replyBy: reply.way,
            replyTo: reply.to,
            replyWhen: reply.when
        )
        try form.check()
    }
}

extension W {
    static func kind(_ kind: Voice.Kind) -> String {
        switch kind {
        case .idea: W.kindIdea
        case .concern: W.kindConcern
        case .experience: W.kindExperience
        case .praise: W.kindPraise
        case .question: W.kindQuestion
        }
    }

    static func consent(_ consent: Voice.Consent) -> String {
        switch consent {
        case .group: W.consentGroup
        case .project: W.consentProject
        case .publicWithoutName: W.consentPublic
        case .publicWithName: W.consentNamed
        }
    }

    /// The same, said to somebody who writes down for another.
    static func consentTheirs(_ consent: Voice.Consent) -> String {
        switch consent {
        case .group, .project: W.consent(consent)
        case .publicWithoutName: W.consentPublicTheirs
        case .publicWithName: W.consentNamedTheirs
        }
    }

    static func consentTheirsHint(_ consent: Voice.Consent) -> String {
        switch consent {
        case .group: W.consentGroupTheirsHint
        case .project: W.consentHint(consent)
        case .publicWithoutName: W.consentPublicTheirsHint
        case .publicWithName: W.consentNamedTheirsHint
        }
    }

    static func consentHint(_ consent: Voice.Consent) -> String {
        switch consent {
        case .group: W.consentGroupHint
        case .project: W.consentProjectHint
        case .publicWithoutName: W.consentPublicHint
        case .publicWithName: W.consentNamedHint
        }
    }

    static func replyBy(_ way: Voice.ReplyBy) -> String {
        switch way {
        case .receipt: W.replyByReceipt
        case .phone: W.replyByPhone
        case .email: W.replyByEmail
        case .text: W.replyByText
        case .letter: W.replyByLetter
        case .inPerson: W.replyByInPerson
        }
    }

    static func asked(_ asked: ChangeVoice.Asked) -> String {
        switch asked {
        case .phone: W.askedPhone
        case .inPerson: W.askedInPerson
        case .writing: W.askedWriting
        }
    }

    static func channel(_ channel: Voice.Channel) -> String {
        switch channel {
        case .online: W.channelOnline
        case .phone: W.channelPhone
        case .session: W.channelSession
        case .paper: W.channelPaper
        case .text: W.channelText
        }
    }
}

/// What rooms above show of a voice in the same words.
public enum VoiceWords {
    public static func kind(_ kind: Voice.Kind) -> String { W.kind(kind) }
    public static func consent(_ consent: Voice.Consent) -> String { W.consent(consent) }
    public static func channel(_ channel: Voice.Channel) -> String { W.channel(channel) }
    public static func replyBy(_ way: Voice.ReplyBy) -> String { W.replyBy(way) }

    /// Who may see it, and what is still in between.
    public static func seenBy(_ voice: Voice) -> String {
        [W.consent(voice.consent), passing(voice)].compactMap { $0 }.joined(separator: ". ")
    }

    /// That nobody has read it yet, or why it is held back from the public; nil where it has gone as far as its consent says.
    public static func passing(_ voice: Voice) -> String? {
        guard voice.withdrawnAt == nil, voice.passedAt == nil, voice.consent.isPublic || voice.isFromStranger else { return nil }
        if let because = voice.heldBecause { return W.heldBack(because: HoldVoice.words(because)) }
        return voice.consent.isPublic ? W.readFirst : W.readFirstInProject
    }
}

/// The same fields for the receipt, where the speaker changes them.
public enum VoiceForms {
    public static func consent(_ form: Form, isInGroup: Bool) -> HTML {
        VoiceFields.consent(isInGroup ? Voice.Consent.allCases : [.project, .publicWithoutName, .publicWithName], form)
    }

    public static func replyBy(_ form: Form, now: Voice.ReplyBy) -> HTML { VoiceFields.replyBy(form, isSpeakerThere: true, beginning: now) }

    /// The names of the fields of each question.
    public static let consentFields: Set<String> = ["consent", "name"]
    public static let replyByFields: Set<String> = [
        "reply-by", "reply-phone", "reply-when", "reply-text", "reply-email", "reply-letter",
    ]

    public static func readReplyBy(_ form: inout Form) -> (way: Voice.ReplyBy, to: String?, when: String?) {
        VoiceFields.readReplyBy(&form)
    }

    public static func readConsent(_ form: inout Form) -> (consent: Voice.Consent?, name: String?) {
        let consent: Voice.Consent? = form.choice("consent", missing: W.consentMissing)
        let name = form.line("name", limit: 60, empty: consent == .publicWithName ? W.nameMissing : nil)
        return (consent, name.isEmpty ? nil : name)
    }
}
