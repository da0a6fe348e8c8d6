import Kernel
import Projects
import Store
import Trail

/// Somebody says something, in any of the ways there are: the voice, its receipt and the clocks that start running.
public struct SayVoice: Sendable {
    public var words: String
    public var kind: Voice.Kind
    public var perspective: String
    public var consent: Voice.Consent
    public var channel: Voice.Channel
    public var speaker: PersonID?
    public var speakerName: String?
    public var group: GroupID?
    public var session: SessionID?
    public var wasReadBack: Bool
    public var replyBy: Voice.ReplyBy
    public var replyTo: String?
    public var replyWhen: String?
    /// When it was said, where that was before it was written down, as on a card.
    public var saidAt: Moment?

    /// How many characters one voice may have: three pages of typing.
    public static let limit = 4_000

    public init(
        words: String,
        kind: Voice.Kind,
        perspective: String,
        consent: Voice.Consent,
        channel: Voice.Channel = .online,
        speaker: PersonID? = nil,
        speakerName: String? = nil,
        group: GroupID? = nil,
        session: SessionID? = nil,
        wasReadBack: Bool = false,
        replyBy: Voice.ReplyBy = .receipt,
        replyTo: String? = nil,
        replyWhen: String? = nil,
        saidAt: Moment? = nil
    ) {
        self.words = words
        self.kind = kind
        self.perspective = perspective
        self.consent = consent
        self.channel = channel
        self.speaker = speaker
        self.speakerName = speakerName
        self.group = group
        self.session = session
        self.wasReadBack = wasReadBack
        self.replyBy = replyBy
        self.replyTo = replyTo
        self.replyWhen = replyWhen
        self.saidAt = saidAt
    }

    /// The voice that was made, and the code that opens its receipt: shown now and never again, since only its digest is kept.
    ///
    /// A speaker with an account needs none. What is caught in a session or typed off a card gets its code when its slip is printed.
    public struct Said: Sendable {
        public let id: VoiceID
        public let code: String?
    }

    /// - Parameter zone: the service's time zone; the promised days end at midnight there.
    public func run(in project: Project, zone: String, by deed: Deed, _ tx: Transaction) throws -> Said {
        try VoicePolicy.say(in: project, by: deed.actor)
        let isWrittenDown = channel != .online
        if isWrittenDown { try VoicePolicy.scribe(in: project.place, by: deed.actor) }
        let id: VoiceID = deed.newID()
        let new = NewVoice(self, project: project, zone: zone, scribe: isWrittenDown ? deed.actor.personID : nil, deed)
        try VoiceStore.insert(new, id: id, tx)
        let getsCode = speaker == nil && channel != .session && channel != .paper
        let code = getsCode ? try IssueReceipt.first(for: id, isByStaff: isWrittenDown, deed, tx) : nil
        try Trail.record(
            "voice.said",
            TrailSubject("voice", id),
            at: project.place,
            facts: [
                "channel": channel.rawValue, "perspective": perspective, "consent": consent.rawValue, "digest": new.digest,
                "receipt": code.map { _ in "1" },
            ].compactMapValues(\.self),
            by: deed,
            in: tx
        )
        return Said(id: id, code: code)
    }
}

/// A voice on its way into the table.
struct NewVoice {
    let project: Project
    let group: GroupID?
    let session: SessionID?
    let perspective: String
    let kind: Voice.Kind
    let channel: Voice.Channel
    let speaker: PersonID?
    let speakerName: String?
    let scribe: PersonID?
    let wasReadBack: Bool
    let consent: Voice.Consent
    let words: String
    let digest: String
    let salt: String
    let replyBy: Voice.ReplyBy
    let replyTo: String?
    let replyWhen: String?
    let saidAt: Moment
    let recordedAt: Moment
    let recordedBy: String
    let due: (hear: Moment, discuss: Moment, decide: Moment)

    init(_ say: SayVoice, project: Project, zone: String, scribe: PersonID?, _ deed: Deed) {
        self.project = project
        group = say.group
        session = say.session
        perspective = say.perspective
        kind = say.kind
        channel = say.channel
        speaker = say.speaker
        speakerName = say.speakerName
        self.scribe = scribe
        wasReadBack = say.wasReadBack
        consent = say.consent
        words = say.words
        salt = deed.chance.token(26)
        digest = WordsDigest.make(say.words, salt: salt)
        replyBy = say.replyBy
        replyTo = say.replyTo
        replyWhen = say.replyWhen
        saidAt = say.saidAt ?? deed.at
        // What is promised counts from when we had it.
        recordedAt = deed.at
        recordedBy = deed.actor.trailName
        due = (
            project.clocks.hear.due(from: deed.at, zone: zone), project.clocks.discuss.due(from: deed.at, zone: zone),
            project.clocks.decide.due(from: deed.at, zone: zone)
        )
    }
}
