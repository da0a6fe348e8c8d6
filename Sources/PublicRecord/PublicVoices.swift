import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web
import Words

/// One thing somebody said, as far as whoever looks may know it: never more than its consent allows.
struct VoiceRow: Encodable, Sendable {
    let words: String
    /// Where the rest of a long one can be read.
    let more: SafeURL?
    /// "Young person · by phone"
    let speaker: String
    let kind: String
    let said: String
    /// nil on the page of its theme, which says it once.
    let state: StateTag?
    let theme: Link?
    /// Who else can see it; only said where that is not everybody.
    let seenBy: String?

    var html: HTML {
        div(class: "voice") {
            quote(words, by: speaker)
            p(class: "voice-facts") {
                if let state {
                    tag(state.words, state.tone)
                    " "
                }
                "\(kind) · \(said)"
                if let theme {
                    " · "
                    a(theme.label, to: theme.url)
                }
                if let more {
                    " · "
                    a(W.readAll, about: W.readAllAbout, to: more)
                }
            }
            if let seenBy { p(seenBy, class: "quiet") }
        }
    }
}

/// A row that is kept for the next page it stands on.
struct KeptRow: Encodable, Sendable {
    private let row: VoiceRow
    private let written: Written?

    init(_ row: VoiceRow) {
        self.row = row
        written = Written(row.html)
    }

    var html: HTML { written?.html ?? row.html }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }
}

/// How far something has come, in a word or two, and how that is coloured.
struct StateTag: Encodable, Sendable, Equatable {
    let words: String
    let tone: Tone

    init(_ words: String, _ tone: Tone) {
        self.words = words
        self.tone = tone
    }

    /// What the public reads of a theme's state.
    static func of(theme state: String) -> StateTag {
        switch state {
        case "discussed": StateTag(W.stateDiscussed, .waiting)
        case "agreed": StateTag(W.stateAgreed, .waiting)
        case "doing": StateTag(W.stateDoing, .waiting)
        case "done": StateTag(W.stateDone, .good)
        case "cannot": StateTag(W.stateCannot, .stop)
        case "thanks": StateTag(W.stateThanks, .good)
        default: StateTag(W.stateOpen, .neutral)
        }
    }
}

/// The lists of voices on public pages. Every question goes through an index and stops after 51 rows, with 50 voices or 100,000.
enum PublicVoices {
    /// What anybody at all may read. The one place where public pages say so: the policy's own answer for a stranger.
    static func condition(in place: Place) -> SQL { VoicePolicy.readable(in: place, by: .stranger) }

    /// Which voices whoever came may read in a project, newest first: off the indexes alone.
    static func list(in visit: ProjectVisit, part: Part, size: Int = Slice<Listed>.size, _ tx: Transaction) throws -> Slice<Listed> {
        let found = try tx.all(question(in: visit.project.place, for: visit.actor, part, size: size)) { row in
            Listed(id: try row.next(), saidAt: try row.next())
        }
        return Slice(found, of: part, size: size) { Cursor($0.saidAt, $0.id.text) }
    }

    struct Listed: Sendable {
        let id: VoiceID
        let saidAt: Moment
    }

    /// The rows of voices that whoever came may read, in the order of `ids`.
    static func rows(_ ids: [VoiceID], in here: ProjectVisit, _ tx: Transaction) throws -> [KeptRow] {
        try here.visit.kept("voice", ids.map(\.text), of: here.place, tx) { missing in
            let made = try facts(missing, tx).map { facts in
                (facts.id.text, KeptRow(facts.row(in: here.service, here.perspectives, here.dates, at: here.visit.at)))
            }
            return Dictionary(uniqueKeysWithValues: made)
        }
    }

    /// - Parameter ids: of voices that may be read by whoever will see what comes out.
    private static func facts(_ ids: [String], _ tx: Transaction) throws -> [VoiceFacts] {
        try tx.all(
            """
            SELECT \(VoiceFacts.outer) FROM (SELECT \(VoiceFacts.inner) FROM voices WHERE voices.id IN \(list: ids)) AS found
            LEFT JOIN themes ON themes.id = found.theme
            """
        ) { try VoiceFacts(&$0) }
    }

    /// The public voices of a theme.
    static func slice(of theme: ThemeID, in place: Place, part: Part, _ tx: Transaction) throws -> Slice<VoiceFacts> {
        let found = try tx.all(question(of: theme, in: place, part)) { try VoiceFacts(&$0) }
        return Slice(found, of: part) { Cursor($0.saidAt, $0.id.text) }
    }

    static func question(in place: Place, for actor: Actor, _ part: Part, size: Int = Slice<Listed>.size) -> SQL {
        let (at, id): (SQL, SQL) = ("voices.said_at", "voices.id")
        let branches = circles(in: place, for: actor).map { circle -> SQL in
            """
            SELECT * FROM (
                SELECT voices.id AS id, voices.said_at AS said_at FROM voices WHERE \(circle) AND \(part.condition(at, id))
                ORDER BY \(part.order(at, id)) LIMIT \(fixed: size + 1)
            ) AS circle
            """
        }
        return """
            SELECT id, said_at FROM (\(branches.joined(separator: " UNION ALL "))) AS circles
            ORDER BY \(part.order("said_at", "id")) LIMIT \(fixed: size + 1)
            """
    }

    static func question(of theme: ThemeID, in place: Place, _ part: Part) -> SQL {
        whole("voices.theme = \(theme) AND \(condition(in: place))", part)
    }

    /// How many public voices a project has: counted as far as a page wants to know, so that it costs the same with 100,000.
    static func count(in place: Place, _ tx: Transaction) throws -> Int {
        try tx.count(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM voices WHERE voices.project = \(place.project) AND \(condition(in: place)) LIMIT \(fixed: mostCounted + 1)) AS counted
            """
        )
    }

    /// 200: beyond that nobody minds the number, and the question stays under 20 µs.
    static let mostCounted = 200

    /// The circles somebody stands in, none overlapping another, each with an index of its own.
    private static func circles(in place: Place, for actor: Actor) -> [SQL] {
        let here: SQL = "voices.project = \(place.project) AND "
        if VoicePolicy.runs(place, actor) { return [here + "voices.withdrawn_at IS NULL"] }
        let everybody = condition(in: place)
        guard let someone = actor.person else { return [here + everybody] }
        let groups = someone.memberships.filter { $0.project == place.project }.map(\.group)
        let isMember = !groups.isEmpty
        var circles: [SQL] = [here + everybody]
        if isMember {
            circles.append(here + "voices.withdrawn_at IS NULL AND voices.consent = 'project' AND \(VoicePolicy.known)")
            // Said for everybody by somebody the project knows, and not read by a person yet.
            circles.append(here + "\(notPassed) AND (voices.speaker IS NOT NULL OR voices.channel <> 'online')")
        }
        circles += groups.map { "voices.withdrawn_at IS NULL AND voices.consent = 'group' AND voices.group_id = \($0)" }
        let elsewhere: SQL = "voices.consent = 'group' AND (voices.group_id IS NULL OR voices.group_id NOT IN \(list: groups))"
        let mine: SQL = isMember ? elsewhere : "(voices.consent IN ('group', 'project') OR voices.passed_at IS NULL)"
        circles.append(here + "voices.speaker = \(someone.id) AND voices.withdrawn_at IS NULL AND \(mine)")
        return circles
    }

    private static let notPassed: SQL =
        "voices.withdrawn_at IS NULL AND voices.passed_at IS NULL AND voices.consent IN ('public', 'public-named')"

    private static func whole(_ condition: SQL, _ part: Part) -> SQL {
        """
        SELECT \(VoiceFacts.outer) FROM (
            SELECT \(VoiceFacts.inner) FROM voices WHERE \(condition) AND \(part.condition("voices.said_at", "voices.id"))
            ORDER BY \(part.order("voices.said_at", "voices.id")) LIMIT \(fixed: Slice<VoiceFacts>.size + 1)
        ) AS found LEFT JOIN themes ON themes.id = found.theme ORDER BY \(part.order("found.said_at", "found.id"))
        """
    }
}

/// The facts behind one row, before they are put into words.
struct VoiceFacts: Sendable {
    let id: VoiceID
    let words: String
    let perspective: String
    let kind: Voice.Kind
    let channel: Voice.Channel
    let consent: Voice.Consent
    /// Set only where the speaker wants to be named in public.
    let name: String?
    let saidAt: Moment
    let heardAt: Moment?
    let hearDue: Moment
    let theme: Theme?

    struct Theme: Sendable {
        let id: ThemeID
        let title: String
        let state: String
        let isPublic: Bool
    }

    static let inner: SQL = """
        voices.id AS id, voices.words AS words, voices.perspective AS perspective, voices.kind AS kind, voices.channel AS channel,
        voices.consent AS consent, CASE WHEN voices.consent = 'public-named' THEN voices.speaker_name END AS name, voices.said_at AS said_at,
        voices.heard_at AS heard_at, voices.hear_due AS hear_due, voices.theme AS theme
        """

    static let outer: SQL = """
        found.id, found.words, found.perspective, found.kind, found.channel, found.consent, found.name, found.said_at, found.heard_at,
        found.hear_due, themes.id, themes.title, themes.state, themes.public
        """

    init(_ row: inout Row) throws {
        id = try row.next()
        words = try row.next(String?.self) ?? ""
        perspective = try row.next()
        kind = try row.next()
        channel = try row.next()
        consent = try row.next()
        name = try row.next()
        saidAt = try row.next()
        heardAt = try row.next()
        hearDue = try row.next()
        let theme: ThemeID? = try row.next()
        let title: String? = try row.next()
        let state: String? = try row.next()
        let isPublic: Bool? = try row.next()
        self.theme = theme.map { Theme(id: $0, title: title ?? "", state: state ?? "", isPublic: isPublic ?? false) }
    }
}

extension VoiceFacts {
    /// 600 bytes: fifty of them with their markup stay under 60 KB, and nine of ten voices are shorter.
    static let shown = 600

    /// - Parameter here: the theme whose page this is, which need not lead to itself.
    func row(in service: Service, _ perspectives: Perspectives, _ dates: Dates, at now: Moment, here: ThemeID? = nil) -> VoiceRow {
        let (beginning, isCut) = words.beginning(Self.shown)
        return VoiceRow(
            words: beginning,
            more: isCut ? .path("/voices", id) : nil,
            speaker: speaker(perspectives),
            kind: kindWords,
            said: dates.day(saidAt),
            state: here == nil ? state(at: now) : nil,
            theme: theme.flatMap { $0.isPublic && $0.id != here ? Link($0.title, to: PublicThemes.url($0.id, in: service)) : nil },
            seenBy: seenBy
        )
    }

    func speaker(_ perspectives: Perspectives) -> String {
        [name, perspectives.one(perspective).capitalisedFirst, channelWords].compactMap { $0 }.joined(separator: " · ")
    }

    /// What was decided or done says more than that nobody answered in time; before that, a missed promise comes first.
    private func state(at now: Moment) -> StateTag {
        if let theme, theme.state != "open", theme.state != "discussed" { return .of(theme: theme.state) }
        if heardAt == nil, hearDue < now { return StateTag(W.stateLate, .attention) }
        if let theme { return .of(theme: theme.state) }
        return heardAt == nil ? StateTag(W.stateReceived, .neutral) : StateTag(W.stateHeard, .neutral)
    }

    private var seenBy: String? {
        switch consent {
        case .group: W.seenByGroup
        case .project: W.seenByProject
        case .publicWithoutName, .publicWithName: nil
        }
    }

    private var kindWords: String {
        switch kind {
        case .idea: W.kindIdea
        case .concern: W.kindConcern
        case .experience: W.kindExperience
        case .praise: W.kindPraise
        case .question: W.kindQuestion
        }
    }

    private var channelWords: String {
        switch channel {
        case .online: W.channelOnline
        case .phone: W.channelPhone
        case .session: W.channelSession
        case .paper: W.channelPaper
        case .text: W.channelText
        }
    }
}
