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
    let isOverdue: Bool
    let hearing: Hearing?
    let talk: [Talk]
    let can: Can
    let version: Int
    let url: SafeURL
    let themeURL: SafeURL?
    let receipt: SafeURL?
    /// What was just done.
    let news: String?
    let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case words, perspective, facts, isOverdue, hearing, talk, version }

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
    }

    static func make(_ visit: Visit, _ tx: Transaction) throws -> VoicePage {
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
            surroundings: here.surroundings(Link(W.voicesHeading, to: here.here("voices")), isPrivate: true),
            words: voice.words,
            perspective: here.perspectives.label(voice.perspective),
            facts: try facts(voice, here, seesScribe: runs, tx),
            isOverdue: isOpen && voice.heardAt == nil && voice.hearDue < visit.at,
            hearing: try hearing(voice, here, tx),
            talk: try talk(voice, here, actor, tx),
            can: Can(
                hear: mayHear && voice.heardAt == nil,
                answer: mayHear && voice.heardAt != nil,
                changeForSpeaker: isOpen && VoicePolicy.writesDown(in: voice.place, actor) && !VoicePolicy.isSpeaker(of: voice, actor),
                isSpeaker: VoicePolicy.isSpeaker(of: voice, actor),
                sort: runs && isOpen
            ),
            version: voice.version,
            url: .path("/voices", voice.id),
            themeURL: voice.theme.map { here.here("themes", $0) } ?? (runs && isOpen ? here.here("themes", "sort") : nil),
            receipt: VoicePolicy.isSpeaker(of: voice, actor) ? .path("/voices", voice.id, "receipt") : nil,
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
            Fact(name: W.factSaid, value: "\(here.dates.dayAndTime(voice.saidAt)), \(W.channel(voice.channel))"),
            Fact(name: W.factConsent, value: W.consent(voice.consent)),
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
                Talk(who: talk.isFromSpeaker ? W.theSpeaker : talk.person ?? Common.someone, on: here.dates.day(talk.at), words: $0)
            }
        }
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let words { quote(words, by: perspective) } else { p(W.wasWithdrawn) }
            if isOverdue { p { tag(W.overdueHearing, .attention) } }
            summaryList(facts.map { SummaryRow($0.name, $0.value) })
            if let receipt { p { a(W.toReceipt, to: receipt) } }
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
                    button(Common.save, kind: .secondary)
                }
            }
            details(W.forSpeakerReceipt, around: ["sure"], problems) {
                p(W.forSpeakerReceiptLead)
                postButton(W.forSpeakerReceiptMake, to: .path(url, "receipts"))
            }
            details(W.forSpeakerWithdraw, around: ["asked-withdrawal"], problems) {
                p(W.withdrawMeans)
                postButton(W.withdrawNow, to: .path(url, "withdrawal"), kind: .warning)
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
