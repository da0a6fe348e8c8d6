import Kernel
import Projects
import Store

/// Who may do what with a voice. Pure: the same functions guard pages, JSON, feeds and lists.
public enum VoicePolicy {
    /// Anybody in an open project; strangers only where it is open to the public.
    public static func say(in project: Project, by actor: Actor) throws {
        guard project.state == .open else { throw Refusal.notAllowed(because: W.notOpen) }
        guard project.isOpenToPublic || actor.isMember(of: project.id) || writesDown(in: project.place, actor) else {
            throw Refusal.notAllowed(because: W.onlyByInvitation)
        }
    }

    /// Writing down for somebody else: facilitators and scribes.
    public static func scribe(in place: Place, by actor: Actor) throws {
        guard actor.person != nil else { throw Refusal.signIn }
        guard writesDown(in: place, actor) else { throw Refusal.notFound }
    }

    /// Writing down what is said in a session. A group's own room is for those who were given its project or service, not for every scribe
    /// of the organisation.
    static func capture(in place: Place, group: GroupID?, by actor: Actor) throws {
        try scribe(in: place, by: actor)
        guard let group, !actor.isMember(of: group), !actor.carries(.facilitator, at: place) else { return }
        let grants = actor.person?.grants ?? []
        let isGivenService = place.service.map { grants.contains(Grant(.scribe, .service($0))) } ?? false
        let isGivenProject = place.project.map { grants.contains(Grant(.scribe, .project($0))) } ?? false
        guard isGivenService || isGivenProject else { throw Refusal.notFound }
    }

    /// Reading the words. What may not be read does not exist, as far as this actor can tell.
    public static func read(_ voice: Voice, by actor: Actor) throws {
        guard mayRead(voice, by: actor) else { throw Refusal.notFound }
    }

    /// As far as its consent goes, once a person has read it. Before that, and while it is held back, what was said for everybody stays
    /// among the project's people; what a stranger said stays with those who run the project.
    public static func mayRead(_ voice: Voice, by actor: Actor) -> Bool {
        if isSpeaker(of: voice, actor) || runs(voice.place, actor) || isScribe(of: voice, actor) { return true }
        guard voice.withdrawnAt == nil else { return false }
        let isPassed = voice.passedAt != nil
        switch voice.consent {
        case .group: return voice.group.map { actor.isMember(of: $0) } ?? false
        case .publicWithoutName where isPassed, .publicWithName where isPassed: return true
        case .project, .publicWithoutName, .publicWithName: return actor.isMember(of: voice.project) && (isPassed || !voice.isFromStranger)
        }
    }

    /// Reading what it said before the words were changed: never further than the consent of now, nor than those words went in their time.
    /// The public never does.
    ///
    /// - Parameter reach: what `Voice.reachOnceChanged` was when they were replaced.
    static func mayReadEarlier(_ voice: Voice, reach: Voice.Consent?, by actor: Actor) -> Bool {
        guard voice.withdrawnAt == nil, mayRead(voice, by: actor) else { return false }
        if isSpeaker(of: voice, actor) || runs(voice.place, actor) || isScribe(of: voice, actor) { return true }
        guard let reach else { return false }
        switch min(reach, voice.consent) {
        case .group: return voice.group.map { actor.isMember(of: $0) } ?? false
        case .project, .publicWithoutName, .publicWithName: return actor.isMember(of: voice.project)
        }
    }

    /// Who wrote it down is for those who run the project, and for the speaker.
    static func seesScribe(of voice: Voice, _ actor: Actor) -> Bool { runs(voice.place, actor) || isSpeaker(of: voice, actor) }

    /// The same rule for lists, in SQL. A test asks both about every kind of voice and person.
    public static func readable(in place: Place, by actor: Actor) -> SQL {
        if runs(place, actor) { return "1 = 1" }
        guard let someone = actor.person else { return everybodys }
        let groups = someone.memberships.filter { $0.project == place.project }.map(\.group)
        let scribe: SQL = actor.belongs(to: place) ? " OR voices.scribe = \(someone.id)" : ""
        let mine: SQL = "voices.speaker = \(someone.id)\(scribe)"
        guard !groups.isEmpty else { return "((\(everybodys)) OR \(mine))" }
        return """
            ((\(everybodys)) OR \(mine) OR (voices.withdrawn_at IS NULL AND ((voices.consent <> 'group' AND \(known)) \
            OR (voices.consent = 'group' AND voices.group_id IN \(list: groups)))))
            """
    }

    /// What anybody at all may read.
    public static let everybodys: SQL =
        "voices.withdrawn_at IS NULL AND voices.passed_at IS NOT NULL AND voices.consent IN ('public', 'public-named')"

    /// Read by a person, or said by somebody the project knows.
    public static let known: SQL = "(voices.passed_at IS NOT NULL OR voices.speaker IS NOT NULL OR voices.channel <> 'online')"

    /// Changing words or consent, withdrawing, answering back: the speaker, by account or by receipt, and nobody else.
    public static func change(_ voice: Voice, by actor: Actor) throws {
        guard isSpeaker(of: voice, actor) else { throw Refusal.notFound }
        guard voice.withdrawnAt == nil else { throw Refusal.gone(because: W.wasWithdrawn) }
    }

    /// For somebody who rang up or came by, whose words were written down and who has no account: whoever may write down may also take
    /// back, change consent and correct, at the speaker's word. What somebody said online is theirs alone: nobody can act in their place.
    public static func changeForSpeaker(_ voice: Voice, by actor: Actor) throws {
        try read(voice, by: actor)
        guard voice.wasWrittenDown, writesDown(in: voice.place, actor) else { throw Refusal.notAllowed(because: W.onlySpeaker) }
        guard voice.withdrawnAt == nil else { throw Refusal.gone(because: W.wasWithdrawn) }
    }

    /// Letting a voice go to the public, or holding it back: whoever runs the project.
    public static func holdBack(_ voice: Voice, by actor: Actor) throws {
        try read(voice, by: actor)
        guard runs(voice.place, actor) else { throw Refusal.notAllowed(because: W.onlyThoseWhoRun) }
        guard voice.withdrawnAt == nil else { throw Refusal.gone(because: W.wasWithdrawn) }
    }

    /// Answering with one's own name: whoever runs the project, and staff members of it who may read the voice.
    public static func hear(_ voice: Voice, by actor: Actor, isStaff: Bool) throws {
        try read(voice, by: actor)
        guard runs(voice.place, actor) || isStaff && actor.isMember(of: voice.project) else {
            throw Refusal.notAllowed(because: W.onlyStaffHear)
        }
        guard voice.withdrawnAt == nil else { throw Refusal.gone(because: W.wasWithdrawn) }
    }

    /// The list of a project's voices is for its people; each voice in it is asked for by itself.
    static func mayList(in place: Place, _ actor: Actor) -> Bool {
        place.project.map { actor.isMember(of: $0) } ?? false || runs(place, actor) || writesDown(in: place, actor)
    }

    /// Facilitators and moderators: they must be able to hear everybody. Administrators run the software and read nothing.
    public static func runs(_ place: Place, _ actor: Actor) -> Bool { actor.carries(.facilitator, .moderator, at: place) }

    static func writesDown(in place: Place, _ actor: Actor) -> Bool { actor.carries(.facilitator, .scribe, at: place) }

    /// Wrote it down, and is still here.
    private static func isScribe(of voice: Voice, _ actor: Actor) -> Bool {
        voice.scribe != nil && voice.scribe == actor.personID && actor.belongs(to: voice.place)
    }

    static func isSpeaker(of voice: Voice, _ actor: Actor) -> Bool {
        switch actor {
        case .holder(let held): held == voice.id
        case .person(let someone): voice.speaker == someone.id
        case .stranger, .system: false
        }
    }
}
