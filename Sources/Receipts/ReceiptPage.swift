import HTML
import Kernel
import Pathways
import Projects
import QR
import Services
import Store
import Voices
import Web
import Words

/// How somebody came to a receipt: by its code, or signed in as the one who said it.
struct ReceiptDoor {
    let voice: Voice
    /// The start of every address below this receipt.
    let base: SafeURL
    let code: String?
    /// Acting on the voice as its speaker.
    let deed: Deed

    init(_ visit: Visit, _ tx: Transaction) throws {
        if let code = try? visit.part("code") {
            do { voice = try VoiceStore.find(code: code, tx) } catch Refusal.notFound {
                // 60 wrong codes in ten minutes are no typing mistakes any more.
                try visit.site.limits.count("receipt", visit, most: 60, minutes: 10)
                throw Refusal.deadLink(
                    DeadLink(
                        heading: W.codeDeadHeading,
                        because: W.codeDead,
                        label: W.codeDeadWay,
                        path: SafeURL.path("/receipt").description
                    )
                )
            }
            self.code = code
            base = .path("/receipts", code)
            deed = Deed(by: .holder(of: voice.id), at: visit.at, chance: visit.chance)
        } else {
            let found = try VoiceStore.find(try visit.id("voice"), tx)
            guard let me = visit.actor.personID, found.speaker == me else { throw Refusal.notFound }
            voice = found
            code = nil
            base = .path("/voices", found.id, "receipt")
            deed = visit.deed
        }
    }

    func at(_ segment: StaticString) -> SafeURL { SafeURL(local: "\(base)/\(segment)") ?? base }
}

/// The receipt: what became of what somebody said, and everything they may do about it. Needs no account.
struct ReceiptPage: Page {
    let heading: String
    let caption: String?
    let surroundings: Surroundings
    let words: String?
    let saidAs: String
    let earlier: [EarlierWords]
    let path: VoicePath
    let consent: String
    /// What is still between the words and the public, where they were said for everybody.
    let passing: String?
    let isHeldBack: Bool
    let telling: String
    /// Pages in plain words that its theme led to.
    let pages: [Link]
    let talk: [Talk]
    let rating: Rating?
    let isNew: Bool
    let canRate: Bool
    let links: Links
    let address: String?
    let version: Int
    let currentConsent: String
    let currentTelling: Voice.ReplyBy
    let isInGroup: Bool
    let notice: String?
    let form: Form
    var problems: Problems { form.problems }
    var lead: String? { isNew || words == nil ? nil : path.now }
    var confirmation: HTML? { isNew ? HTML { p(W.newWords) } : nil }

    private enum CodingKeys: String, CodingKey {
        case words, saidAs, earlier, path, pages, consent, passing, telling, talk, rating, address, version
    }

    struct Talk: Encodable {
        let who: String
        let on: String
        let words: String
    }

    struct Rating: Encodable {
        let score: Int
        let words: String
    }

    struct Links {
        let slip: SafeURL
        let words: SafeURL
        let consent: SafeURL
        let telling: SafeURL
        let withdrawal: SafeURL
        let answer: SafeURL
        let rating: SafeURL
        let codes: SafeURL
    }

    static func make(_ visit: Visit, _ tx: Transaction) throws -> ReceiptPage {
        let door = try ReceiptDoor(visit, tx)
        let voice = door.voice
        let here = try ProjectVisit(visit, project: voice.project, tx)
        let isNew = visit.query["new"] != nil
        return ReceiptPage(
            heading: isNew ? W.newHeading : W.heading,
            caption: here.project.title,
            surroundings: Surroundings(
                service: here.service.link,
                breadcrumbs: [here.service.link, here.link],
                place: here.place,
                isPrivate: true
            ),
            words: voice.words,
            saidAs: W.saidAs(who: here.perspectives.one(voice.perspective), day: here.dates.dayAndTime(voice.saidAt)),
            earlier: try EarlierWords.of(voice, for: door.deed.actor, here.dates, tx),
            path: try PathReader(voice: voice, actor: visit.actor, clocks: here.project.clocks, dates: here.dates, now: visit.at, tx: tx)
                .read(),
            consent: VoiceWords.consent(voice.consent),
            passing: VoiceWords.passing(voice),
            isHeldBack: voice.heldBecause != nil && voice.withdrawnAt == nil,
            telling: try telling(voice, tx),
            pages: voice.withdrawnAt == nil ? try voice.theme.map { try LeafletThemes.pages(of: $0, tx) } ?? [] : [],
            talk: try FollowUps.of(voice.id, tx).compactMap { talk in
                talk.words.map {
                    Talk(who: talk.isFromSpeaker ? Common.you : talk.person ?? Common.someone, on: here.dates.day(talk.at), words: $0)
                }
            },
            rating: try tx.first("SELECT score, words FROM ratings WHERE voice = \(voice.id)") { row in
                Rating(score: try row.next(), words: try row.next() as String? ?? "")
            },
            isNew: isNew,
            canRate: voice.withdrawnAt == nil,
            links: Links(
                slip: door.at("slip"),
                words: door.at("words"),
                consent: door.at("consent"),
                telling: door.at("telling"),
                withdrawal: door.at("withdrawal"),
                answer: door.at("answers"),
                rating: door.at("rating"),
                codes: door.at("codes")
            ),
            address: door.code.map { SafeURL.path("/receipts", $0).absolute(on: visit.site.base).description },
            version: voice.version,
            currentConsent: voice.consent.rawValue,
            currentTelling: voice.replyBy,
            isInGroup: voice.group != nil,
            notice: visit.query["done"].flatMap { notices[$0] },
            form: visit.form
        )
    }

    private static let notices = [
        "words": W.doneWords, "consent": W.doneConsent, "telling": W.doneTelling, "answer": W.doneAnswer, "rating": W.doneRating,
        "code": W.doneCode,
    ]

    private static func telling(_ voice: Voice, _ tx: Transaction) throws -> String {
        let (to, when): (String?, String?) =
            try tx.first("SELECT reply_to, reply_when FROM voices WHERE id = \(voice.id)") { (try $0.next(), try $0.next()) } ?? (nil, nil)
        return [VoiceWords.replyBy(voice.replyBy), to, when].compactMap { $0 }.joined(separator: ", ")
    }

    var html: HTML {
        HTML {
            if let notice { notificationBanner(notice, kind: .success) }
            if isNew { keep }
            if let words { quote(words, by: saidAs) } else { p(W.wordsGone) }
            EarlierWords.html(earlier)
            if let passing { inset { p(passing) } }
            if words != nil, !isNew { section(W.keepHeading) { keepLinks } }
            section(W.pathHeading) { HTML::path(label: W.pathHeading, steps: path.steps.map(\.html)) }
            if !pages.isEmpty {
                section(W.pagesHeading) {
                    p(W.pagesWords)
                    ul { for page in pages { li { a(page.label, to: page.url) } } }
                }
            }
            if !talk.isEmpty || canRate || isHeldBack { section(W.talkHeading) { conversation } }
            if canRate { section(W.ratingHeading) { ratingForm } }
            if words != nil { section(W.changeHeading) { changes } }
        }
    }

    /// What to do with the link, right after something was said.
    private var keep: HTML {
        nextSteps(W.keepHeading) {
            if address != nil { p(W.keepWhy) } else { p(W.keepAccount) }
            keepLinks
        }
    }

    private var keepLinks: HTML {
        HTML {
            if address == nil, words != nil { postButton(W.slipMake, to: links.codes) }
            if let address {
                p(class: "address") { strong(address) }
                buttons {
                    copyButton(W.copyLink, copies: address)
                    buttonLink(W.printSlip, to: links.slip, kind: .secondary)
                }
            }
        }
    }

    private var conversation: HTML {
        HTML {
            for line in talk { quote(line.words, by: "\(line.who), \(line.on)") }
            details(W.answerBack, around: ["answer"], problems) {
                HTML::form(post: links.answer) {
                    textArea(
                        "answer",
                        label: W.answerLabel,
                        value: form["answer"],
                        hint: W.answerHint,
                        problems: problems,
                        limit: FollowUps.limit,
                        rows: 4
                    )
                    button(W.answerSend)
                }
            }
        }
    }

    private var ratingForm: HTML {
        HTML {
            if let rating { p(W.ratedBefore(score: String(rating.score))) }
            HTML::form(post: links.rating) {
                scale(
                    "score",
                    legend: W.ratingLegend,
                    from: (0, W.ratingLow),
                    to: (10, W.ratingHigh),
                    value: form.isSent ? Int(form["score"]) : rating?.score,
                    problems: problems
                )
                textArea(
                    "rating-words",
                    label: W.ratingWords,
                    value: form.value("rating-words", or: rating?.words ?? ""),
                    problems: problems,
                    limit: 500,
                    rows: 2,
                    isOptional: true
                )
                button(rating == nil ? W.ratingSend : W.ratingChange, kind: .secondary)
            }
        }
    }

    private var changes: HTML {
        HTML {
            summaryList([SummaryRow(W.consentNow, consent), SummaryRow(W.tellingNow, telling)])
            details(W.changeConsent, around: VoiceForms.consentFields, problems) {
                HTML::form(post: links.consent) {
                    VoiceForms.consent(consentForm, isInGroup: isInGroup)
                    button(Common.save, kind: .secondary)
                }
            }
            details(W.changeTelling, around: VoiceForms.replyByFields, problems) {
                HTML::form(post: links.telling) {
                    VoiceForms.replyBy(form, now: currentTelling)
                    button(Common.save, kind: .secondary)
                }
            }
            details(W.changeWords, around: ["words"], problems) {
                HTML::form(post: links.words) {
                    hidden("version", version)
                    textArea(
                        "words",
                        label: W.wordsLabel,
                        value: form.value("words", or: words ?? ""),
                        hint: W.wordsHint,
                        problems: problems,
                        limit: SayVoice.limit,
                        rows: 6
                    )
                    button(Common.save, kind: .secondary)
                }
            }
            if address != nil {
                details(W.newCode) {
                    p(W.newCodeLead)
                    postButton(W.newCodeMake, to: links.codes)
                }
            }
            details(W.withdraw, around: ["sure"], problems) {
                p(W.withdrawMeans)
                HTML::form(post: links.withdrawal) {
                    checkbox("sure", label: W.withdrawSure, problems: problems)
                    button(W.withdrawNow, kind: .warning)
                }
            }
        }
    }

    /// The form as it was sent, or what is so now.
    private var consentForm: Form {
        guard !form.has("consent") else { return form }
        var now = form
        now.set("consent", currentConsent)
        return now
    }
}

/// The slip: to print on A6, or to read out to somebody on the telephone.
struct SlipPage: Page {
    var heading: String { isFromPhone ? W.phoneHeading : W.slipHeading }
    let caption: String?
    let surroundings: Surroundings
    let code: String
    let address: String
    let shortAddress: String
    let saidOn: String
    let hearBy: String
    let isFromPhone: Bool
    let another: SafeURL?
    var confirmation: HTML? { isFromPhone ? HTML { p(W.phoneSaved) } : nil }

    private enum CodingKeys: String, CodingKey { case code, address, saidOn, hearBy }

    static func make(_ visit: Visit, _ tx: Transaction) throws -> SlipPage {
        let door = try ReceiptDoor(visit, tx)
        guard let code = door.code else { throw Refusal.notFound }
        let here = try ProjectVisit(visit, project: door.voice.project, tx)
        let isFromPhone = visit.query["new"] == "phone" && visit.actor.carries(.facilitator, .scribe, at: here.place)
        return SlipPage(
            caption: here.project.title,
            surroundings: here.surroundings(isPrivate: true),
            code: code,
            address: SafeURL.path("/receipts", code).absolute(on: visit.site.base).description,
            shortAddress: SafeURL.path("/receipt").absolute(on: visit.site.base).description,
            saidOn: here.dates.day(door.voice.saidAt),
            hearBy: here.dates.weekday(door.voice.hearDue),
            isFromPhone: isFromPhone,
            another: isFromPhone ? here.here("voices", "phone") : nil
        )
    }

    var html: HTML {
        HTML {
            if isFromPhone {
                inset {
                    p(W.phoneReadOut, class: "quiet")
                    p("“\(W.phoneScript(code: spoken, day: hearBy))”")
                }
            }
            slip(W.slipTitle) {
                p(W.slipSaid(day: saidOn))
                p(W.slipHearBy(day: hearBy))
                if let square = QRCode(address) { square.html(title: W.qrTitle, description: W.qrDescription) }
                p(W.slipOr)
                p { strong(shortAddress) }
                p { codeWords(code) }
                p(W.slipKeep, class: "quiet")
            }
            buttons {
                printButton(W.printThis)
                if let another { buttonLink(W.phoneNext, to: another, kind: .secondary) }
            }
        }
    }

    /// In fours, with pauses.
    private var spoken: String { code.split(separator: "-").map { $0.map { String($0) }.joined(separator: " ") }.joined(separator: ", ") }
}

/// `/receipt`: for typing the code off a slip.
struct CodePage: Page {
    let heading = W.codeHeading
    let lead: String? = W.codeLead
    let surroundings = Surroundings()
    let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: CodingKey {}

    var html: HTML {
        HTML::form(post: .path("/receipt")) {
            textField("code", label: W.codeLabel, value: form["code"], hint: W.codeHint, problems: problems, autocomplete: .off)
            button(W.codeGo)
        }
    }
}
