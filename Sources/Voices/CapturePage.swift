import HTML
import Kernel
import Projects
import QR
import Services
import Sessions
import Store
import Web
import Words

/// `/…/sessions/:session/capture`: many voices while people talk. Words, whose point of view, enter; the next.
struct CapturePage: Page {
    let heading = W.captureHeading
    let caption: String?
    let lead: String? = W.captureLead
    let surroundings: Surroundings
    let perspectives: [Perspective]
    let send: SafeURL
    let slips: SafeURL
    let captured: [Captured]
    let count: Int
    let withoutSlip: Int
    let isInGroup: Bool
    let isSaved: Bool
    let form: Form
    var problems: Problems { form.problems }

    private enum CodingKeys: String, CodingKey { case captured, count, send }

    struct Captured: Encodable {
        let words: String
        let perspective: String
        let at: String
        let url: SafeURL
    }

    static func make(_ visit: Visit, _ tx: Transaction) throws -> CapturePage {
        let here = try ProjectVisit(visit, tx)
        let meeting = try Meeting.toCapture(here, tx)
        let readable: SQL =
            "voices.session = \(meeting.id) AND voices.withdrawn_at IS NULL AND \(VoicePolicy.readable(in: here.place, by: here.actor))"
        let recent = try VoiceStore.list(readable, limit: 20, offset: 0, tx)
        let address = here.here("sessions", meeting.id)
        // The perspective and the kind stay chosen: the same person often goes on.
        var form = visit.form
        if !form.isSent { for name in ["perspective", "kind", "consent"] { if let kept = visit.query[name] { form.set(name, kept) } } }
        return CapturePage(
            caption: meeting.title,
            surroundings: here.surroundings(Link(meeting.title, to: address), isPrivate: true),
            perspectives: here.perspectives.all,
            send: here.here("sessions", meeting.id, "capture"),
            slips: here.here("sessions", meeting.id, "slips"),
            captured: recent.map { voice in
                Captured(
                    words: voice.words ?? "",
                    perspective: here.perspectives.label(voice.perspective),
                    at: here.dates.time(voice.saidAt),
                    url: .path("/voices", voice.id)
                )
            },
            count: try tx.count("SELECT COUNT(*) FROM voices WHERE \(readable)"),
            withoutSlip: try tx.count("SELECT COUNT(*) FROM voices WHERE \(readable) AND \(SlipsPage.withoutSlip)"),
            isInGroup: meeting.group != nil,
            isSaved: visit.query["saved"] != nil,
            form: form
        )
    }

    var html: HTML {
        HTML {
            liveRegion(id: "saved") { if isSaved { p(W.captureSaved(n: count)) } }
            HTML::form(post: send, class: "capture", help: [.sendsWithControlEnter, .staysOpen]) {
                textArea(
                    "words",
                    label: W.wordsLabelScribe,
                    value: form["words"],
                    problems: problems,
                    limit: SayVoice.limit,
                    rows: 3,
                    isFocused: true
                )
                radios(
                    "perspective",
                    legend: W.perspectiveLegendScribe,
                    options: perspectives.map { Choice($0.key, $0.label) },
                    value: form.has("perspective") ? form["perspective"] : nil,
                    problems: problems,
                    isInline: true
                )
                VoiceFields.kind(form, beginning: .idea)
                radios(
                    "consent",
                    legend: W.consentLegendRoom,
                    options: consents.map { Choice($0.rawValue, W.consentTheirs($0)) },
                    value: form.value("consent", or: consents[0].rawValue),
                    hint: W.consentRoomHint,
                    problems: problems
                )
                button(W.captureSave)
            }
            section(W.capturedHeading(n: count), id: "captured") {
                if captured.isEmpty { p(W.capturedNone, class: "quiet") }
                for voice in captured {
                    quote(voice.words, by: "\(voice.perspective), \(voice.at)")
                    p { a(W.capturedOpen, about: W.capturedSaidAt(time: voice.at), to: voice.url) }
                }
            }
            if count > 0 {
                section(W.slipsHeading) {
                    p(withoutSlip > 0 ? W.slipsLead : W.slipsAllMade)
                    if withoutSlip > 0 { postButton(W.slipsMake, to: slips) }
                }
            }
        }
    }

    private var consents: [Voice.Consent] { isInGroup ? [.group, .project, .publicWithoutName] : [.project, .publicWithoutName] }
}

/// The little that capture needs to know of a session.
struct Meeting {
    let id: SessionID
    let group: GroupID?
    let title: String
    let startsAt: Moment

    /// The session of the page, where this actor may write down what is said in it.
    static func toCapture(_ here: ProjectVisit, _ tx: Transaction) throws -> Meeting {
        try VoicePolicy.scribe(in: here.place, by: here.actor)
        let meeting = try find(try here.visit.id("session"), in: here.project.id, tx)
        try VoicePolicy.capture(in: here.place, group: meeting.group, by: here.actor)
        return meeting
    }

    static func find(_ id: SessionID, in project: ProjectID, _ tx: Transaction) throws -> Meeting {
        let found = try tx.first("SELECT id, group_id, title, starts_at FROM sessions WHERE id = \(id) AND project = \(project)") { row in
            Meeting(id: try row.next(), group: try row.next(), title: try row.next(), startsAt: try row.next())
        }
        guard let found else { throw Refusal.notFound }
        return found
    }
}

/// One voice caught while people talk. Speaker unknown, written down by whoever types, no reply but the printed receipt.
enum CaptureVoice {
    static func run(_ visit: Visit, _ tx: Transaction) throws -> Answer {
        let here = try ProjectVisit(visit, tx)
        let meeting = try Meeting.toCapture(here, tx)
        var form = visit.form
        let words = form.text("words", limit: SayVoice.limit, empty: W.wordsEmptyScribe)
        let perspective = form["perspective"]
        if here.perspectives[perspective] == nil { form.problems.add("perspective", W.perspectiveMissingScribe) }
        let consent: Voice.Consent = form.choice("consent", missing: W.consentMissing) ?? .group
        let kind: Voice.Kind = form.choice("kind", missing: nil) ?? .idea
        try form.check()
        let say = SayVoice(
            words: words,
            kind: kind,
            perspective: perspective,
            consent: consent == .group && meeting.group == nil ? .project : consent,
            channel: .session,
            group: meeting.group,
            session: meeting.id
        )
        _ = try say.run(in: here.project, zone: here.service.zone, by: visit.deed, tx)
        return .see(
            here.here(
                "sessions",
                meeting.id,
                "capture",
                query: ["saved": "yes", "perspective": perspective, "kind": kind.rawValue, "consent": say.consent.rawValue]
            )
        )
    }
}

/// Receipts to print and hand out for those voices of a session that have none yet: a code that somebody holds goes on working.
struct SlipsPage: Page {
    let heading = W.slipsHeading
    let caption: String?
    let surroundings: Surroundings
    let slips: [Slip]
    let service: String

    private enum CodingKeys: String, CodingKey { case slips, service }

    struct Slip: Encodable {
        let words: String
        let perspective: String
        let code: String
        let address: String
        let hearBy: String
    }

    // 60: a printer's tray, and a page that an old phone can still show.
    static let most = 60

    static let withoutSlip: SQL = "NOT EXISTS (SELECT 1 FROM receipts WHERE receipts.voice = voices.id)"

    static func make(_ visit: Visit, _ tx: Transaction) throws -> SlipsPage {
        let here = try ProjectVisit(visit, tx)
        let meeting = try Meeting.toCapture(here, tx)
        let which: SQL = """
            voices.session = \(meeting.id) AND voices.withdrawn_at IS NULL AND voices.speaker IS NULL AND \(withoutSlip) \
            AND \(VoicePolicy.readable(in: here.place, by: here.actor))
            """
        let voices = try VoiceStore.list(which, limit: most, offset: 0, tx)
        let slips = try voices.map { voice in
            let code = try IssueReceipt.run(for: voice, by: visit.deed, tx)
            return Slip(
                words: voice.words ?? "",
                perspective: here.perspectives.label(voice.perspective),
                code: code,
                address: SafeURL.path("/receipts", code).absolute(on: visit.site.base).description,
                hearBy: here.dates.weekday(voice.hearDue)
            )
        }
        return SlipsPage(
            caption: meeting.title,
            surroundings: here.surroundings(Link(meeting.title, to: here.here("sessions", meeting.id)), isPrivate: true),
            slips: slips,
            service: here.service.name
        )
    }

    var html: HTML {
        HTML {
            if slips.isEmpty { p(W.slipsAllMade) } else { p(W.slipsOnce) }
            if !slips.isEmpty { printButton(W.printSlips) }
            for one in slips {
                slip(W.slipTitle) {
                    p(service, class: "quiet")
                    quote(one.words, by: one.perspective)
                    p(W.slipHearBy(day: one.hearBy))
                    p(W.slipFollow)
                    if let square = QRCode(one.address) { square.html(title: W.qrTitle, description: W.qrDescription) }
                    p { HTML(one.address) }
                    p { codeWords(one.code) }
                }
            }
        }
    }
}
