import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// When the people of a project meet, and when they met.
struct SessionsPage: Page {
    let heading = W.sessions
    let caption: String?
    let lead: String? = W.sessionsLead
    let coming: [Row]
    let past: [Row]
    let plan: Link?
    let surroundings: Surroundings

    struct Row: Encodable, Sendable {
        let title: String
        let url: SafeURL
        let when: String
        let way: String
        let group: String?
        let isWrittenUp: Bool?
    }

    private enum CodingKeys: String, CodingKey { case coming, past, plan }

    init(_ here: ProjectVisit, _ tx: Transaction) throws {
        let now = here.visit.at
        let knowsGroups = here.actor.isMember(of: here.project.id) || ProjectPolicy.worksIn(here.project, here.actor)
        let groups = knowsGroups ? try ProjectStore.groups(of: here.project.id, tx) : []
        let runs = ProjectPolicy.runs(here.project, here.actor)
        let written: Set<SessionID> =
            runs
            ? Set(
                try tx.values(
                    "SELECT DISTINCT session FROM attendance JOIN sessions ON sessions.id = session WHERE sessions.project = \(here.project.id)"
                )
            )
            : []
        let sessions = try SessionStore.list(of: here.project.id, tx)
        func row(_ session: Session) -> Row {
            Row(
                title: session.title,
                url: here.here("sessions", session.id),
                when: here.dates.dayAndTime(session.startsAt),
                way: session.way.words,
                group: groups.first { $0.id == session.group }?.name,
                isWrittenUp: runs && session.startsAt <= now ? written.contains(session.id) : nil
            )
        }
        caption = here.project.title
        coming = sessions.filter { $0.endsAt > now }.reversed().map(row)
        past = sessions.filter { $0.endsAt <= now }.map(row)
        plan = runs ? Link(W.planSession, to: here.here("sessions", "new")) : nil
        surroundings = here.surroundings()
    }

    var html: HTML {
        HTML {
            if let plan { p { buttonLink(plan.label, to: plan.url) } }
            section(W.coming) {
                if coming.isEmpty { p(W.noneComing) }
                cards { for row in coming { session(row) } }
            }
            section(W.past) {
                if past.isEmpty { p(W.nonePast) }
                cards { for row in past { session(row) } }
            }
        }
    }

    private func session(_ row: Row) -> HTML {
        card(row.title, to: row.url) {
            p(row.when)
            p(row.way)
            if let group = row.group { p(group) }
            if row.isWrittenUp == false { p { tag(W.notWrittenUp, .waiting) } }
        }
    }
}

/// Plans a session at up to four times, or changes one.
struct SessionFormPage: Page {
    let heading: String
    let caption: String?
    let fields: Filled
    let version: Int?
    let surroundings: Surroundings
    private let action: SafeURL
    private let groups: [Choice]
    private let activities: [Choice]
    var problems: Problems { fields.problems }

    /// Four: more than that is better planned in two goes.
    static let times = ["1", "2", "3", "4"]

    private enum CodingKeys: String, CodingKey { case fields, version }

    init(_ here: ProjectVisit, changing session: Session?, _ tx: Transaction) throws {
        heading = session == nil ? W.planSession : W.changeSession
        caption = session?.title ?? here.project.title
        fields = Filled(here.visit.form, beginning: Self.beginning(session, here.service.zone))
        version = session?.version
        let sessions = Link(W.sessions, to: here.here("sessions"))
        if let session {
            surroundings = here.surroundings(sessions, Link(session.title, to: here.here("sessions", session.id)), isPrivate: true)
            action = here.here("sessions", session.id, "change")
        } else {
            surroundings = here.surroundings(sessions, isPrivate: true)
            action = here.here("sessions", "new")
        }
        groups = [Choice("", W.everyone)] + (try ProjectStore.groups(of: here.project.id, tx)).map { Choice($0.id.text, $0.name) }
        activities = [Choice("", W.noActivity)] + (try ActivityStore.all(of: here.project.id, tx)).map { Choice($0.id.text, $0.name) }
    }

    private static func beginning(_ session: Session?, _ zone: String) -> KeyValuePairs<String, String> {
        let day = session.map { CivilDay($0.startsAt, zone: zone) }
        return [
            "title": session?.title ?? "", "group": session?.group?.text ?? "", "activity": session?.activity?.text ?? "",
            "minutes": "\(session?.minutes ?? 90)", "way": session?.way.rawValue ?? "", "place": session?.place ?? "",
            "about": session?.about ?? "",
            "date1-day": day.map { "\($0.day)" } ?? "", "date1-month": day.map { "\($0.month)" } ?? "",
            "date1-year": day.map { "\($0.year)" } ?? "",
            "time1": session.map { TimeOfDay($0.startsAt, zone: zone).typed } ?? "",
            "date2-day": "", "date2-month": "", "date2-year": "", "time2": "",
            "date3-day": "", "date3-month": "", "date3-year": "", "time3": "",
            "date4-day": "", "date4-month": "", "date4-year": "", "time4": "",
        ]
    }

    var html: HTML {
        form(post: action, help: .asksBeforeLeaving) {
            if let version { hidden("version", version) }
            textField("title", label: W.title, value: fields["title"], hint: W.titleHint, problems: problems)
            start("1", isOptional: false)
            if version == nil {
                details(W.moreTimes, isOpen: hasMoreTimes) {
                    p(W.moreTimesWords)
                    for number in Self.times.dropFirst() {
                        fieldset(W.timeNumber(number: number)) { start(number, isOptional: true) }
                    }
                }
            }
            numberField("minutes", label: W.minutes, value: fields["minutes"], hint: W.minutesHint, problems: problems)
            radios(
                "way",
                legend: W.way,
                options: Session.Way.allCases.map { Choice($0.rawValue, $0.words) },
                value: fields["way"],
                problems: problems
            )
            textField("place", label: W.place, value: fields["place"], hint: W.placeHint, problems: problems, isOptional: true)
            selectField("group", label: W.forWhom, options: groups, value: fields["group"], hint: W.forWhomHint, problems: problems)
            selectField("activity", label: W.activity, options: activities, value: fields["activity"], problems: problems)
            textArea(
                "about",
                label: W.about,
                value: fields["about"],
                hint: W.aboutHint,
                problems: problems,
                limit: 4_000,
                rows: 4,
                isOptional: true
            )
            button(version == nil ? W.planSession : Common.save)
        }
    }

    private var hasMoreTimes: Bool {
        Self.times.dropFirst().contains { number in !fields["time\(number)"].isEmpty || !fields["date\(number)-day"].isEmpty }
    }

    private func start(_ number: String, isOptional: Bool) -> HTML {
        let value = DateParts(
            day: fields["date\(number)-day"],
            month: fields["date\(number)-month"],
            year: fields["date\(number)-year"]
        )
        return HTML {
            dateField("date\(number)", legend: W.date, value: value, problems: problems, isOptional: isOptional)
            timeField(
                "time\(number)",
                label: W.time,
                value: fields["time\(number)"],
                hint: W.timeHint,
                problems: problems,
                isOptional: isOptional
            )
        }
    }
}

/// One session: when it is, who was there, how it went.
struct SessionPage: Page {
    let heading: String
    let caption: String?
    let when: String
    let minutes: Int
    let way: String
    let isPast: Bool
    /// Only for those who may come.
    let place: String?
    let about: String?
    let group: String?
    let activity: ActivityRow?
    let attendance: [AttendanceRow]
    /// Only for those who were there or could have been.
    let notes: String?
    let calendar: SafeURL
    let links: [Link]
    let surroundings: Surroundings
    private let startsAt: Moment

    struct ActivityRow: Encodable, Sendable {
        let name: String
        let level: String
        let url: SafeURL
    }

    struct AttendanceRow: Encodable, Sendable {
        let perspective: String
        /// "2", "fewer than 10", "they were there"
        let people: String
    }

    private enum CodingKeys: String, CodingKey {
        case when, minutes, way, isPast, place, about, group, activity, attendance, notes, calendar, links
    }

    init(_ here: ProjectVisit, _ session: Session, _ tx: Transaction) throws {
        let (project, actor) = (here.project, here.actor)
        let mayCome = SessionPolicy.mayCome(session, of: project, actor)
        heading = session.title
        caption = project.title
        when = W.atTime(day: here.dates.weekday(session.startsAt), time: here.dates.time(session.startsAt))
        startsAt = session.startsAt
        minutes = session.minutes
        way = session.way.words
        isPast = session.endsAt <= here.visit.at
        place = mayCome && !session.place.isEmpty ? session.place : nil
        about = mayCome && !session.about.isEmpty ? session.about : nil
        let knowsGroups = actor.isMember(of: project.id) || ProjectPolicy.worksIn(project, actor)
        group = knowsGroups ? try session.group.map { try ProjectStore.group($0, tx).name } : nil
        activity = try session.activity.map { try ActivityStore.find($0, in: project.id, tx) }.map {
            ActivityRow(name: $0.name, level: $0.level.words, url: here.here("activities"))
        }
        attendance = try Self.attendance(here, session, tx)
        notes = SessionPolicy.isInRoom(session, of: project, actor) && !session.notes.isEmpty ? session.notes : nil
        calendar = here.here("sessions", session.id, "calendar.ics")
        links = Self.links(here, session)
        surroundings = here.surroundings(Link(W.sessions, to: here.here("sessions")))
    }

    private static func attendance(_ here: ProjectVisit, _ session: Session, _ tx: Transaction) throws -> [AttendanceRow] {
        let circle = SmallNumbers.circle(of: here.actor, in: here.project, group: session.group)
        let came = try SessionStore.attendance(of: session.id, tx)
        return here.perspectives.all.compactMap { perspective in
            guard let entry = came.first(where: { $0.perspective == perspective.key }) else { return nil }
            guard let people = entry.people else { return AttendanceRow(perspective: perspective.label, people: W.wereThere) }
            return AttendanceRow(perspective: perspective.label, people: SmallNumbers.shown(people, outside: circle).words)
        }
    }

    private static func links(_ here: ProjectVisit, _ session: Session) -> [Link] {
        var links: [Link] = []
        let hasBegun = session.startsAt <= here.visit.at
        if SessionPolicy.mayCapture(in: here.project, here.actor) {
            links.append(Link(W.capture, to: here.here("sessions", session.id, "capture")))
        }
        if ProjectPolicy.runs(here.project, here.actor) {
            if hasBegun { links.append(Link(W.writeUp, to: here.here("sessions", session.id, "attendance"))) }
            links.append(Link(W.changeSession, to: here.here("sessions", session.id, "change")))
        }
        if here.actor.isMember(of: here.project.id) || ProjectPolicy.worksIn(here.project, here.actor) {
            links.append(Link(W.discussion, to: here.here("themes")))
        }
        return links
    }

    var html: HTML {
        HTML {
            facts
            if !links.isEmpty {
                nav(label: W.whatToDo) { ul { for link in links { li { a(link.label, to: link.url) } } } }
            }
            if let about { section(W.about) { words(about) } }
            if isPast || !attendance.isEmpty { whoCame }
            if let notes { section(W.notes) { words(notes) } }
        }
    }

    private var facts: HTML {
        HTML {
            summaryList(
                [
                    SummaryRow(W.when, html: HTML::time(startsAt, when)), SummaryRow(W.howLong, W.minutesLong(n: minutes)),
                    SummaryRow(W.way, way),
                ] + optional(W.place, place) + optional(W.forWhom, group) + activityRow
            )
            if !isPast { p { a(W.toCalendar, to: calendar) } }
        }
    }

    private func optional(_ key: String, _ value: String?) -> [SummaryRow] { value.map { [SummaryRow(key, $0)] } ?? [] }

    private var activityRow: [SummaryRow] {
        guard let activity else { return [] }
        return [
            SummaryRow(
                W.activity,
                html: HTML {
                    span(activity.name + " ")
                    badge(W.level, activity.level, to: activity.url)
                }
            )
        ]
    }

    private var whoCame: HTML {
        section(W.whoCame) {
            if attendance.isEmpty {
                p(W.nobodyWroteItDown)
            } else {
                table(
                    caption: W.whoCameCaption,
                    columns: [TableColumn(W.pointOfView), TableColumn(W.people)],
                    rows: attendance.map { TableRow($0.perspective, [HTML($0.people)]) },
                    isCaptionOnlySpoken: true
                )
            }
        }
    }
}

/// Writes down who was there and how it went.
struct WriteUpPage: Page {
    let heading = W.writeUp
    let caption: String?
    let lead: String? = W.writeUpLead
    let fields: Filled
    let version: Int
    let surroundings: Surroundings
    private let action: SafeURL
    private let perspectives: Perspectives
    var problems: Problems { fields.problems }

    private enum CodingKeys: String, CodingKey { case fields, version }

    init(_ here: ProjectVisit, _ session: Session, _ tx: Transaction) throws {
        let came = try SessionStore.attendance(of: session.id, tx)
        caption = session.title
        var fields = Filled(here.visit.form, beginning: ["notes": session.notes])
        for perspective in here.perspectives.all {
            let entry = came.first { $0.perspective == perspective.key }
            fields.add("people-\(perspective.key)", here.visit.form, beginning: entry?.people.map { "\($0)" } ?? "")
            fields.add("there-\(perspective.key)", here.visit.form, beginning: entry != nil && entry?.people == nil ? "yes" : "")
        }
        self.fields = fields
        version = session.version
        perspectives = here.perspectives
        surroundings = here.surroundings(
            Link(W.sessions, to: here.here("sessions")),
            Link(session.title, to: here.here("sessions", session.id)),
            isPrivate: true
        )
        action = here.here("sessions", session.id, "attendance")
    }

    /// What the form says about each perspective; those with neither a number nor a tick were not there.
    static func attendance(_ form: inout Form, _ perspectives: Perspectives) -> [Attendance] {
        perspectives.all.compactMap { perspective in
            let people = form.number("people-\(perspective.key)", in: 0...10_000, wrong: W.peopleWrong)
            guard people != nil || form["there-\(perspective.key)"] == "yes" else { return nil }
            return Attendance(perspective: perspective.key, people: people)
        }
    }

    var html: HTML {
        form(post: action, help: .asksBeforeLeaving) {
            hidden("version", version)
            for perspective in perspectives.all {
                fieldset(perspective.label) {
                    numberField(
                        "people-\(perspective.key)",
                        label: W.howMany,
                        value: fields["people-\(perspective.key)"],
                        problems: problems,
                        isOptional: true
                    )
                    checkbox(
                        "there-\(perspective.key)",
                        label: W.thereNotCounted,
                        isChecked: fields["there-\(perspective.key)"] == "yes",
                        problems: problems
                    )
                }
            }
            textArea(
                "notes",
                label: W.notes,
                value: fields["notes"],
                hint: W.notesHint,
                problems: problems,
                limit: 10_000,
                isOptional: true
            )
            button(Common.save)
        }
    }
}
