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

    /// Reading the words. What may not be read does not exist, as far as this actor can tell.
    public static func read(_ voice: Voice, by actor: Actor) throws {
        guard mayRead(voice, by: actor) else { throw Refusal.notFound }
    }

    public static func mayRead(_ voice: Voice, by actor: Actor) -> Bool {
        if isSpeaker(of: voice, actor) || voice.scribe != nil && voice.scribe == actor.personID { return true }
        if runs(voice.place, actor) { return true }
        guard voice.withdrawnAt == nil else { return false }
        switch voice.consent {
        case .group: return voice.group.map { actor.isMember(of: $0) } ?? false
        case .project: return actor.isMember(of: voice.project)
        case .publicWithoutName, .publicWithName: return true
        }
    }

    /// The same rule for lists, in SQL. A test asks both about every kind of voice and person.
    public static func readable(in place: Place, by actor: Actor) -> SQL {
        if runs(place, actor) { return "1 = 1" }
        let public_: SQL = "voices.withdrawn_at IS NULL AND voices.consent IN ('public', 'public-named')"
        guard let someone = actor.person else { return public_ }
        let groups = someone.memberships.filter { $0.project == place.project }.map(\.group)
        let mine: SQL = "voices.speaker = \(someone.id) OR voices.scribe = \(someone.id)"
        guard !groups.isEmpty else { return "((\(public_)) OR \(mine))" }
        return """
            ((\(public_)) OR \(mine) OR (voices.withdrawn_at IS NULL AND (voices.consent = 'project' \
            OR (voices.consent = 'group' AND voices.group_id IN \(list: groups)))))
            """
    }

    /// Changing words or consent, withdrawing, answering back: the speaker, by account or by receipt, and nobody else.
    public static func change(_ voice: Voice, by actor: Actor) throws {
        guard isSpeaker(of: voice, actor) else { throw Refusal.notFound }
        guard voice.withdrawnAt == nil else { throw Refusal.gone(because: W.wasWithdrawn) }
    }

    /// For somebody who rang up or came by: whoever may write down may also take back, change consent and correct, at the speaker's word.
    public static func changeForSpeaker(_ voice: Voice, by actor: Actor) throws {
        try read(voice, by: actor)
        guard writesDown(in: voice.place, actor) else { throw Refusal.notAllowed(because: W.onlySpeaker) }
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

    /// Facilitators and moderators: they must be able to hear everybody. Administrators run the software and read nothing.
    public static func runs(_ place: Place, _ actor: Actor) -> Bool { actor.carries(.facilitator, .moderator, at: place) }

    static func writesDown(in place: Place, _ actor: Actor) -> Bool { actor.carries(.facilitator, .scribe, at: place) }

    static func isSpeaker(of voice: Voice, _ actor: Actor) -> Bool {
        switch actor {
        case .holder(let held): held == voice.id
        case .person(let someone): voice.speaker == someone.id
        case .stranger, .system: false
        }
    }
}
