import Experiences
import Kernel
import Messages
import Services
import Sessions
import Store
import Voices

// What people said, who answered, and whom somebody rang back.
extension DemoStage {
    func say(_ voice: DemoStory.Voice, _ spoken: Spoken, in slug: String) throws {
        try known(perspective: voice.from)
        let (channel, session) = try way(voice)
        let isOnline = channel == .online
        let speaker = isOnline ? try voice.by.map { try person($0) } : nil
        let deed = isOnline && voice.by == nil ? Deed(by: .stranger, at: try deed(scribe(slug)).at) : try deed(voice.by ?? scribe(slug))
        let say = SayVoice(
            words: voice.said.words,
            kind: voice.kind,
            perspective: voice.from,
            consent: voice.may,
            channel: channel,
            speaker: speaker,
            speakerName: voice.name,
            group: try voice.group.map { try group($0) } ?? session?.group,
            session: session?.id,
            wasReadBack: !isOnline && channel != .paper,
            replyBy: voice.tell?.by ?? .receipt,
            replyTo: voice.tell?.to,
            replyWhen: voice.tell?.when
        )
        let said = try say.run(in: project(slug), zone: theService().zone, by: deed, tx)
        voices[spoken] = said.id
        if let place = voice.about { try SayAbout.run(said.id, entry(place), by: deed, tx) }
        if let key = voice.key {
            receipts[key] = try said.code ?? IssueReceipt.run(for: VoiceStore.find(said.id, tx), by: deed, tx)
        }
    }

    func hear(_ heard: DemoStory.Heard, _ spoken: Spoken) throws {
        try HearVoice.run(voice(spoken), answer: heard.words.words, by: deed(heard.by), tx)
    }

    func answerBack(_ back: DemoStory.Back, _ said: DemoStory.Voice, _ spoken: Spoken) throws {
        guard said.online != nil, let by = said.by else { throw UnknownKey("Only who said it online, with an account, answers back here.") }
        try FollowUps.answerBack(voice(spoken), back.words.words, by: deed(by), tx)
    }

    /// The oldest call that is still to be made for this voice.
    func tell(_ told: DemoStory.Told, _ spoken: Spoken) throws {
        guard let outcome = Telling.Outcome(rawValue: told.outcome) else { throw UnknownKey("outcome of a call", told.outcome) }
        let waiting: TellingID? = try tx.value(
            "SELECT id FROM tellings WHERE voice = \(voice(spoken)) AND ended_at IS NULL ORDER BY made_at, id"
        )
        guard let waiting else { throw UnknownKey("Nobody is waiting to be told anything about this.") }
        try TickOff.run(waiting, outcome, note: told.note ?? "", by: deed(told.by), tx)
    }

    private func way(_ voice: DemoStory.Voice) throws -> (Voice.Channel, Session?) {
        let ways: [(Voice.Channel, Bool)] = [
            (.session, voice.session != nil), (.online, voice.online != nil), (.phone, voice.phone != nil), (.paper, voice.paper != nil),
        ]
        let told = ways.filter(\.1).map(\.0)
        guard told.count == 1, let channel = told.first else {
            throw UnknownKey("A voice came in a session, online, by phone or on paper: exactly one of the four has to be said.")
        }
        return (channel, try voice.session.map { try session($0) })
    }
}
