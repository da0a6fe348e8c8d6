import Kernel
import Store

/// One thing somebody said, with who spoke, who wrote it down, how it reached us and how far it may travel: four separate facts.
public struct Voice: Sendable {
    public enum Kind: String, Column, Sendable, Codable, CaseIterable { case idea, concern, experience, praise, question }
    public enum Channel: String, Column, Sendable, Codable, CaseIterable { case online, phone, session, paper, text }

    /// How far a voice may travel, from the smallest circle to the widest. The speaker can change it for ever.
    public enum Consent: String, Column, Sendable, Codable, CaseIterable, Comparable {
        case group, project
        case publicWithoutName = "public"
        case publicWithName = "public-named"

        public var isPublic: Bool { self >= .publicWithoutName }

        public static func < (left: Consent, right: Consent) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// How the speaker wants to be told what became of it. All but the receipt are done by a person, from the call-back list.
    public enum ReplyBy: String, Column, Sendable, Codable, CaseIterable {
        case receipt, phone, email, text, letter, inPerson = "in-person"
    }

    public let id: VoiceID
    public let service: ServiceID
    public let project: ProjectID
    public let group: GroupID?
    public let session: SessionID?
    public let theme: ThemeID?
    public let themedAt: Moment?
    /// The key of a perspective of the service.
    public let perspective: String
    public let kind: Kind
    public let channel: Channel
    /// Set where the speaker has an account.
    public let speaker: PersonID?
    /// What the speaker wants to be called, if anything.
    public let speakerName: String?
    /// Who wrote it down, where that was somebody else.
    public let scribe: PersonID?
    public let wasReadBack: Bool
    public let consent: Consent
    /// nil once it is withdrawn.
    public let words: String?
    public let version: Int
    public let replyBy: ReplyBy
    public let saidAt: Moment
    public let hearDue: Moment
    public let discussDue: Moment
    public let decideDue: Moment
    public let heardAt: Moment?
    public let heardBy: PersonID?
    public let heardAnswer: String?
    public let withdrawnAt: Moment?
    /// When a person had read the words as they are now; nil before that and while they are held back. Until then they go no further than
    /// `VoicePolicy.mayRead` says.
    public let passedAt: Moment?
    /// Why it is held back from the public: a `HoldVoice.Reason`, or the own words of whoever holds it back.
    public let heldBecause: String?

    public var place: Place { Place(service: service, project: project) }

    /// Said online without an account: nobody knows by whom.
    public var isFromStranger: Bool { speaker == nil && channel == .online }
    /// Somebody else wrote it down for a speaker without an account.
    public var wasWrittenDown: Bool { speaker == nil && channel != .online }

    public static let columns: SQL = """
        voices.id, voices.service, voices.project, voices.group_id, voices.session, voices.theme, voices.themed_at, voices.perspective,
        voices.kind, voices.channel, voices.speaker, voices.speaker_name, voices.scribe, voices.read_back, voices.consent, voices.words,
        voices.version, voices.reply_by, voices.said_at, voices.hear_due, voices.discuss_due, voices.decide_due,
        voices.heard_at, voices.heard_by, voices.heard_answer, voices.withdrawn_at, voices.passed_at, voices.held_because
        """

    public init(_ row: inout Row) throws {
        id = try row.next()
        service = try row.next()
        project = try row.next()
        group = try row.next()
        session = try row.next()
        theme = try row.next()
        themedAt = try row.next()
        perspective = try row.next()
        kind = try row.next()
        channel = try row.next()
        speaker = try row.next()
        speakerName = try row.next()
        scribe = try row.next()
        wasReadBack = try row.next()
        consent = try row.next()
        words = try row.next()
        version = try row.next()
        replyBy = try row.next()
        saidAt = try row.next()
        hearDue = try row.next()
        discussDue = try row.next()
        decideDue = try row.next()
        heardAt = try row.next()
        heardBy = try row.next()
        heardAnswer = try row.next()
        withdrawnAt = try row.next()
        passedAt = try row.next()
        heldBecause = try row.next()
    }
}
