import HTML
import Kernel
import People
import Projects
import Services
import Store
import Web
import Words

/// `/voices/:voice`: one voice, for those who may read it, with what they may do about it.
struct VoicePage: Page {
    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let words: String?
    let perspective: String
    let facts: [Fact]
    /// A place of the directory or the like that it is about.
    let about: Link?
    let isOverdue: Bool
    let hearing: Hearing?
    let earlier: [EarlierWords]
    let talk: [Talk]
    let can: Can
    let version: Int
    let url: SafeURL
    let themeURL: SafeURL?
    let receipt: SafeURL?
    /// Whose code stops working when a new receipt is made.
    let codeHeld: String?
    let isHeldBack: Bool
    let isPassed: Bool
    /// What was just done.
    let news: String?
    let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case words, perspective, facts, about, isOverdue, hearing, earlier, talk, version }

    struct Fact: Encodable {
        let name: String
        let value: String
    }

    struct Hearing: Encodable {
        let by: String
        let on: String
        let answer: String
    }

    struct Talk: Encodable {
        let who: String
        let on: String
        let words: String
    }

    struct Can {
        let hear: Bool
        let answer: Bool
        let changeForSpeaker: Bool
        let isSpeaker: Bool
        let sort: Bool
        let holdBack: Bool
    }

    static func make(_ visit: Visit, _ subjects: VoiceSubjects?, _ tx: Transaction) throws -> VoicePage {
        let voice = try VoiceStore.find(try visit.id("voice"), tx)
        try VoicePolicy.read(voice, by: visit.actor)
        let here = try ProjectVisit(visit, project: voice.project, tx)
        let actor = visit.actor
        let isStaff = try Staff.isStaff(actor, in: voice, tx)
        let mayHear = (try? VoicePolicy.hear(voice, by: actor, isStaff: isStaff)) != nil
        let runs = VoicePolicy.runs(voice.place, actor)
        let isOpen = voice.withdrawnAt == nil
        return VoicePage(
            heading: W.kind(voice.kind),
            caption: here.project.title,
            surroundings: here.surroundings(
                VoicePolicy.mayList(in: here.place, actor) ? Link(W.voicesHeading, to: here.here("voices")) : nil,
                isPrivate: true
            ),
            words: voice.words,
            perspective: here.perspectives.label(voice.perspective),
            facts: try facts(voice, here, seesScribe: runs, tx),
            about: try subjects?.of(voice.id, tx),
            isOverdue: isOpen && voice.heardAt == nil && voice.hearDue < visit.at,
            hearing: try hearing(voice, here, tx),
            earlier: try EarlierWords.of(voice, for: actor, here.dates, tx),
            talk: try talk(voice, here, actor, tx),
            can: Can(
                hear: mayHear && voice.heardAt == nil,
                answer: mayHear && voice.heardAt != nil,
                changeForSpeaker: (try? VoicePolicy.changeForSpeaker(voice, by: actor)) != nil,
                isSpeaker: VoicePolicy.isSpeaker(of: voice, actor),
                sort: runs && isOpen,
                holdBack: runs && isOpen && (voice.consent.isPublic || voice.isFromStranger)
            ),
            version: voice.version,
            url: .path("/voices", voice.id),
            themeURL: try theme(of: voice, here, tx) ?? (runs && isOpen && voice.theme == nil ? here.here("themes", "sort") : nil),
            receipt: VoicePolicy.isSpeaker(of: voice, actor) ? .path("/voices", voice.id, "receipt") : nil,
            codeHeld: try codeHeld(voice, here, tx),
            isHeldBack: voice.heldBecause != nil,
            isPassed: voice.passedAt != nil,
            news: news(visit.query["done"], isSorted: voice.theme != nil || !runs),
            form: visit.form
        )
    }

    private static func news(_ done: String?, isSorted: Bool) -> String? {
        switch done {
        case "heard": isSorted ? W.doneHeardSorted : W.doneHeard
        case "answered": W.doneAnswered
        case "words": W.doneWords
        case "consent": W.doneConsent
        default: nil
        }
    }

    private static func facts(_ voice: Voice, _ here: ProjectVisit, seesScribe: Bool, _ tx: Transaction) throws -> [Fact] {
        var facts = [
            Fact(
                name: W.factSaid,
                // The minute could tell who it was to somebody who stood beside them.
                value: [seesScribe ? here.dates.dayAndTime(voice.saidAt) : here.dates.day(voice.saidAt), W.channel(voice.channel)]
                    .joined(separator: ", ")
            ), Fact(name: W.factConsent, value: VoiceWords.seenBy(voice)),
        ]
        if voice.consent == .publicWithName, let name = voice.speakerName { facts.append(Fact(name: W.factName, value: name)) }
        if seesScribe, let scribe = voice.scribe {
            let name: String? = try tx.first("SELECT name FROM people WHERE id = \(scribe)") { try $0.next() as String? } ?? nil
            facts.append(Fact(name: W.factScribe, value: (name ?? Common.someone) + (voice.wasReadBack ? ", " + W.factReadBack : "")))
        }
        if voice.withdrawnAt == nil, voice.heardAt == nil {
            facts.append(Fact(name: W.factHearBy, value: here.dates.weekday(voice.hearDue)))
        }
        return facts
    }

    /// The working page for the project's people, the public one for everybody else, and none where the theme is not public.
    private static func theme(of voice: Voice, _ here: ProjectVisit, _ tx: Transaction) throws -> SafeURL? {
        guard let theme = voice.theme else { return nil }
        if here.actor.belongs(to: here.place) { return here.here("themes", theme) }
        let isPublic = try tx.count("SELECT COUNT(*) FROM themes WHERE id = \(theme) AND public = 1") > 0
        return isPublic ? .path("/", here.service.slug, "themes", theme) : nil
    }

    private static func codeHeld(_ voice: Voice, _ here: ProjectVisit, _ tx: Transaction) throws -> String? {
        try tx.first("SELECT made_at, by_staff FROM receipts WHERE voice = \(voice.id) AND revoked_at IS NULL") { row in
            let day = here.dates.day(try row.next() as Moment)
            let isSlip: Bool = try row.next()
            return isSlip ? W.forSpeakerReceiptLosesSlip(day: day) : W.forSpeakerReceiptLosesOwn(day: day)
        }
    }

    private static func hearing(_ voice: Voice, _ here: ProjectVisit, _ tx: Transaction) throws -> Hearing? {
        guard let at = voice.heardAt, let by = voice.heardBy, let answer = voice.heardAnswer else { return nil }
        let name = try tx.first("SELECT name FROM people WHERE id = \(by)") { try $0.next() as String? } ?? nil
        return Hearing(by: name ?? Common.someone, on: here.dates.day(at), answer: answer)
    }

    /// What was written to and fro is between the speaker and those who run the project.
    private static func talk(_ voice: Voice, _ here: ProjectVisit, _ actor: Actor, _ tx: Transaction) throws -> [Talk] {
        guard
            VoicePolicy.runs(voice.place, actor) || VoicePolicy.isSpeaker(of: voice, actor)
                || voice.heardBy != nil && voice.heardBy == actor.personID
        else {
            return []
        }
        return try FollowUps.of(voice.id, tx).compactMap { talk in
            talk.words.map {
                Talk(
                    who: talk.isFromSpeaker ? talk.isBySlip ? W.theSpeakerBySlip : W.theSpeaker : talk.person ?? Common.someone,
                    on: here.dates.day(talk.at),
                    words: $0
                )
            }
        }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let words { quote(words, by: perspective) } else { p(W.wasWithdrawn) }
            if let about {
                p {
                    W.aboutPlace + " "
                    a(about.label, to: about.url)
                }
            }
            if isOverdue { p { tag(W.overdueHearing, .attention) } }
            summaryList(facts.map { SummaryRow($0.name, $0.value) })
            EarlierWords.html(earlier)
            if let receipt { p { a(W.toReceipt, to: receipt) } }
            if can.holdBack { section(W.publicHeading) { goingPublic } }
            if let hearing { section(W.heardHeading) { quote(hearing.answer, by: "\(hearing.by), \(hearing.on)") } }
            if !talk.isEmpty { section(W.talkHeading) { for line in talk { quote(line.words, by: "\(line.who), \(line.on)") } } }
            if can.hear { section(W.hearHeading) { hearForm } }
            if can.answer, !talk.isEmpty { section(W.answerAgain) { answerForm } }
            if let themeURL {
                p { buttonLink(can.sort && themeURL.description.hasSuffix("sort") ? W.toSort : W.toTheme, to: themeURL, kind: .secondary) }
            }
            if can.changeForSpeaker, words != nil { section(W.forSpeakerHeading) { forSpeaker } }
        }
    }

    private var hearForm: HTML {
        HTML::form(post: .path(url, "hearing"), help: .asksBeforeLeaving) {
            textArea(
                "answer",
                label: W.answerLabel,
                value: form["answer"],
                hint: W.answerHint,
                problems: problems,
                limit: HearVoice.limit,
                rows: 5
            )
            button(W.sendAnswer)
        }
    }

    private var answerForm: HTML {
        HTML::form(post: .path(url, "answers"), help: .asksBeforeLeaving) {
            textArea("words", label: W.answerLabel, value: form["words"], problems: problems, limit: FollowUps.limit, rows: 4)
            button(W.sendAnswer)
        }
    }

    private var goingPublic: HTML {
        HTML {
            if !isPassed {
                p(isHeldBack ? W.isHeldBack : W.waitsForYou)
                postButton(W.release, to: .path(url, "release"), kind: .secondary)
            }
            if !isHeldBack {
                details(W.hold, isOpen: problems["because"] != nil) {
                    HTML::form(post: .path(url, "holding")) {
                        p(W.holdLead)
                        radios(
                            "because",
                            legend: W.holdLegend,
                            options: [
                                Choice("names", W.heldNames), Choice("risk", W.heldRisk),
                                Choice("other", W.holdOther) {
                                    textField("because-words", label: W.holdWords, value: form["because-words"], problems: problems)
                                },
                            ],
                            value: form["because"],
                            problems: problems
                        )
                        button(W.hold, kind: .secondary)
                    }
                }
            }
        }
    }

    /// Three forms of one page ask it, and no two fields of a page may share a name.
    private func asked(_ name: String) -> HTML {
        radios(
            name,
            legend: W.askedLegend,
            options: ChangeVoice.Asked.allCases.map { Choice($0.rawValue, W.asked($0)) },
            value: form[name],
            problems: problems,
            isInline: true
        )
    }

    private var forSpeaker: HTML {
        HTML {
            p(W.forSpeakerLead)
            details(W.forSpeakerWords, around: ["new-words", "asked-words"], problems) {
                HTML::form(post: .path(url, "words")) {
                    hidden("version", version)
                    textArea(
                        "new-words",
                        label: W.wordsLabelScribe,
                        value: form.value("new-words", or: words ?? ""),
                        problems: problems,
                        limit: SayVoice.limit,
                        rows: 5
                    )
                    asked("asked-words")
                    button(Common.save, kind: .secondary)
                }
            }
            details(W.forSpeakerConsent, around: VoiceForms.consentFields.union(["asked-consent"]), problems) {
                HTML::form(post: .path(url, "consent")) {
                    VoiceFields.consent(
                        [.project, .publicWithoutName, .publicWithName],
                        form,
                        legend: W.consentLegendScribe,
                        isTheirs: true
                    )
                    asked("asked-consent")
                    button(Common.save, kind: .secondary)
                }
            }
            details(W.forSpeakerReceipt, around: ["sure"], problems) {
                HTML::form(post: .path(url, "receipts")) {
                    p(codeHeld ?? W.forSpeakerReceiptFirst)
                    checkbox("sure", label: W.forSpeakerReceiptSure, isChecked: form.has("sure"), problems: problems)
                    button(W.forSpeakerReceiptMake, kind: .secondary)
                }
            }
            details(W.forSpeakerWithdraw, around: ["asked-withdrawal"], problems) {
                HTML::form(post: .path(url, "withdrawal")) {
                    p(W.withdrawMeans)
                    asked("asked-withdrawal")
                    button(W.withdrawNow, kind: .warning)
                }
            }
        }
    }
}

extension SafeURL {
    /// An address below another of ours.
    static func path(_ above: SafeURL, _ segment: StaticString) -> SafeURL {
        SafeURL(local: "\(above)/\(segment)") ?? above
    }
}
