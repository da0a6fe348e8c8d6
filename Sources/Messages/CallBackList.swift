import HTML
import Kernel
import Store
import Web
import Words

/// Who is to be told what, how and by when: read from the voice, so that a changed number is always the newest.
struct CallBack: Sendable {
    let id: TellingID
    let voice: VoiceID
    let place: Place
    let serviceName: String
    let projectTitle: String
    let news: Telling.News
    let channel: Telling.Channel
    let due: Moment
    let tries: Int
    let note: String
    let endedAt: Moment?
    let contact: String?
    let when: String?
    let name: String?
    let words: String?
    /// The title of the theme it is in.
    let theme: String?
    /// What they are to be told: the answer, the reply to their theme, or the answer to what they wrote back.
    let message: String?
}

enum CallBackList {
    private static let columns: SQL = """
        tellings.id, tellings.voice, projects.service, projects.id, services.name, projects.title, tellings.news, tellings.channel, tellings.due,
        tellings.tries, tellings.note, tellings.ended_at, voices.reply_to, voices.reply_when, voices.speaker_name, voices.words,
        (SELECT themes.title FROM themes WHERE themes.id = voices.theme),
        CASE tellings.news
            WHEN 'heard' THEN voices.heard_answer
            WHEN 'reply' THEN (SELECT replies.words FROM replies WHERE replies.id = tellings.reply)
            ELSE (SELECT follow_ups.words FROM follow_ups WHERE follow_ups.voice = tellings.voice AND follow_ups.from_speaker = 0
                  ORDER BY follow_ups.at DESC LIMIT 1)
        END
        """

    private static let tables: SQL = """
        tellings JOIN voices ON voices.id = tellings.voice JOIN projects ON projects.id = tellings.project
        JOIN services ON services.id = projects.service
        """

    static func waiting(for actor: Actor, limit: Int, _ tx: Transaction) throws -> [CallBack] {
        try tx.all(
            """
            SELECT \(columns) FROM \(tables) WHERE tellings.ended_at IS NULL AND \(OneCall.first) AND (\(reach(of: actor)))
            ORDER BY tellings.due, tellings.id LIMIT \(limit)
            """,
            read
        )
    }

    /// All that is still to be told about the same voice, as it came up.
    static func together(with call: CallBack, _ tx: Transaction) throws -> [CallBack] {
        guard call.endedAt == nil else { return [call] }
        return try tx.all(
            """
            SELECT \(columns) FROM \(tables) WHERE tellings.voice = \(call.voice) AND tellings.ended_at IS NULL
            ORDER BY tellings.made_at, tellings.id
            """,
            read
        )
    }

    static func find(_ id: TellingID, _ tx: Transaction) throws -> CallBack {
        guard let found = try tx.first("SELECT \(columns) FROM \(tables) WHERE tellings.id = \(id)", read) else { throw Refusal.notFound }
        return found
    }

    /// The policy as SQL: where this actor may see how to reach people.
    static func reach(of actor: Actor) -> SQL {
        let grants = (actor.person?.grants ?? []).filter { $0.duty == .facilitator || $0.duty == .scribe }
        var parts: [SQL] = []
        for grant in grants.sorted(by: { "\($0)" < "\($1)" }) {
            switch grant.reach {
            case .organisation: parts.append("1 = 1")
            case .service(let id): parts.append("projects.service = \(id)")
            case .project(let id): parts.append("projects.id = \(id)")
            }
        }
        return parts.isEmpty ? "1 = 0" : parts.joined(separator: " OR ")
    }

    private static func read(_ row: inout Row) throws -> CallBack {
        CallBack(
            id: try row.next(),
            voice: try row.next(),
            place: Place(service: try row.next() as ServiceID, project: try row.next() as ProjectID),
            serviceName: try row.next(),
            projectTitle: try row.next(),
            news: try row.next(),
            channel: try row.next(),
            due: try row.next(),
            tries: try row.next(),
            note: try row.next(),
            endedAt: try row.next(),
            contact: try row.next(),
            when: try row.next(),
            name: try row.next(),
            words: try row.next(),
            theme: try row.next(),
            message: try row.next()
        )
    }
}

/// What else is to be told or sent, and where that is done; nil where there is nothing.
public typealias AlsoToTell = @Sendable (Actor, Transaction) throws -> Link?

/// `/tellings`: the list of people to ring, write to or speak to, the most urgent first.
struct CallBackPage: Page {
    let heading = W.listHeading
    let lines: [Line]
    let hasMore: Bool
    let also: Link?
    let surroundings = Surroundings(breadcrumbs: [Link(W.desk, to: .path("/desk"))], isPrivate: true)
    var problems: Problems
    /// What was just done.
    var news: String?
    var lead: String? { lines.isEmpty ? nil : W.listLead }

    private enum CodingKeys: String, CodingKey { case lines, hasMore, also }

    struct Line: Encodable {
        let id: TellingID
        /// What to do, to whom and when: "Ring somebody, parent or carer, before 10".
        let title: String
        let how: String
        let contact: String
        let when: String?
        let due: String
        let isOverdue: Bool
        let project: String
        let tries: String?
        let url: SafeURL
        let isPhone: Bool

        init(_ line: CallBack, title: String, _ dates: Dates, at now: Moment) {
            id = line.id
            self.title = title
            how = W.channel(line.channel)
            contact = line.contact ?? W.noContact
            when = line.when
            due = dates.weekday(line.due)
            isOverdue = line.due < now
            project = "\(line.projectTitle), \(line.serviceName)"
            tries = line.tries > 0 ? W.tried(n: line.tries) : nil
            url = .path("/tellings", line.id)
            isPhone = line.channel == .phone || line.channel == .text
        }
    }

    static let most = 50

    static func make(_ visit: Visit, also: AlsoToTell, _ tx: Transaction) throws -> CallBackPage {
        _ = try visit.someone()
        guard visit.actor.carriesAnywhere(.facilitator, .scribe) else { throw Refusal.notFound }
        let found = try CallBackList.waiting(for: visit.actor, limit: most + 1, tx)
        let dates = visit.site.dates
        let titles = try Calls.titles(of: found.map(\.id), tx)
        return CallBackPage(
            lines: found.prefix(most).map { Line($0, title: titles[$0.id] ?? W.noName, dates, at: visit.at) },
            hasMore: found.count > most,
            also: try also(visit.actor, tx),
            problems: visit.form.problems,
            news: visit.query["done"].flatMap { Telling.Outcome(rawValue: $0) }.flatMap(W.done)
        )
    }

    var html: HTML {
        HTML {
            if let news { notificationBanner(news, kind: .success) }
            if let also { p { a(also.label, to: also.url) } }
            if lines.isEmpty { emptyState(W.listEmpty, next: Link(W.desk, to: .path("/desk"))) }
            for line in lines { card(line) }
            if hasMore { p(W.listMore) }
        }
    }

    private func card(_ line: Line) -> HTML {
        HTML::card(line.title, to: line.url) {
            p {
                tag(line.isOverdue ? W.overdueSince(day: line.due) : W.by(day: line.due), line.isOverdue ? .attention : .waiting)
                if let tries = line.tries { " " + tries }
            }
            p {
                strong(line.how)
                ": "
                contact(line.contact, line.isPhone)
                if let when = line.when { " (" + when + ")" }
            }
            p(line.project, class: "quiet")
        }
    }
}

/// A telephone number that a press rings.
func contact(_ words: String, _ isPhone: Bool) -> HTML { isPhone ? a(words, to: .tel(words)) : HTML(words) }

/// Whether somebody may read a voice: the rule of the room of voices, which stands above this one.
public typealias MayReadVoice = @Sendable (VoiceID, Actor, Transaction) throws -> Bool

/// `/tellings/:telling`: one call: what to say, and what came of it.
struct CallPage: Page {
    let heading: String
    let line: CallBackPage.Line
    /// What they said, where whoever rings may read it.
    let said: String?
    /// What it was about, where they may not.
    let about: String?
    /// All that there is to tell them.
    let messages: [String]
    let together: [TellingID]
    let history: [CallHistory.Line]
    let isDone: Bool
    let wording: TellingWording
    /// A message that stands ready to be sent, where they chose email or text.
    let ready: Link?
    /// The letter to print, where they chose one.
    let letter: SafeURL?
    let surroundings = Surroundings(
        breadcrumbs: [Link(W.desk, to: .path("/desk")), Link(W.listHeading, to: .path("/tellings"))],
        isPrivate: true
    )
    let form: Form
    var problems: Problems { form.problems }
    var caption: String? { line.project }

    private enum CodingKeys: String, CodingKey { case line, said, about, messages, history, isDone }

    static func make(_ visit: Visit, mayRead: MayReadVoice, _ tx: Transaction) throws -> CallPage {
        let found = try CallBackList.find(try visit.id("telling"), tx)
        try MessagePolicy.tell(at: found.place, by: visit.actor)
        let dates = visit.site.dates
        let isRead = try mayRead(found.voice, visit.actor, tx)
        let all = try CallBackList.together(with: found, tx)
        let title = try Calls.titles(of: [found.id], tx)[found.id] ?? W.noName
        let isDone = found.endedAt != nil
        return CallPage(
            heading: title,
            line: CallBackPage.Line(found, title: title, dates, at: visit.at),
            said: isRead ? found.words : nil,
            about: isRead ? nil : found.theme.map { W.aboutTheme(title: $0) } ?? W.aboutSomething,
            messages: all.compactMap(\.message),
            together: all.map(\.id),
            history: try CallHistory.of(found.voice, dates, tx),
            isDone: isDone,
            wording: TellingWording(found.channel),
            ready: isDone ? nil : ReadyMessage(found, all, visit).link,
            letter: isDone || found.channel != .letter ? nil : .path("/tellings", found.id, "letter"),
            form: visit.form
        )
    }

    var html: HTML {
        HTML {
            summaryList([
                SummaryRow(line.how, html: contact(line.contact, line.isPhone)),
                SummaryRow(W.whenLabel, line.when),
                SummaryRow(W.dueLabel, line.due),
                SummaryRow(W.triedLabel, html: soFar),
            ])
            section(W.theySaid) {
                if let said { quote(said) }
                if let about { p(about) }
            }
            section(W.sayThis) {
                for message in messages { inset { words(message) } }
                p(wording.privacy, class: "quiet")
                if let ready { p { buttonLink(ready.label, to: ready.url) } }
                if let letter { p { buttonLink(W.openLetter, to: letter) } }
            }
            if isDone { p(W.alreadyDone) } else { outcome }
        }
    }

    private var soFar: HTML {
        guard !history.isEmpty else { return HTML(line.tries ?? W.notYetTried) }
        return ul(class: "plain") {
            for one in history { li(W.triedLine(on: one.on, by: one.by, outcome: one.outcome) + (one.note.isEmpty ? "" : " " + one.note)) }
        }
    }

    private var outcome: HTML {
        form_(post: .path("/tellings", line.id, "tries")) {
            for one in together { hidden("telling", one) }
            radios(
                "outcome",
                legend: W.outcomeLegend,
                options: wording.outcomes,
                value: form["outcome"],
                problems: problems
            )
            textField("note", label: W.noteLabel, value: form["note"], hint: wording.noteHint, problems: problems, isOptional: true)
            button(W.saveOutcome)
        }
    }

    /// `form` is what was typed, in here.
    private func form_(post url: SafeURL, @HTMLBuilder _ content: () -> HTML) -> HTML { HTML::form(post: url, content) }
}

extension W {
    static func done(_ outcome: Telling.Outcome) -> String? {
        switch outcome {
        case .told: W.doneTold
        case .noAnswer: W.doneNoAnswer
        case .wrongContact: W.doneWrong
        case .ratherNot: W.doneRatherNot
        case .withdrawn: nil
        }
    }

    static func channel(_ channel: Telling.Channel) -> String {
        switch channel {
        case .phone: W.byPhone
        case .email: W.byEmail
        case .text: W.byText
        case .letter: W.byLetter
        case .inPerson: W.byInPerson
        }
    }
}
