import Foundation
import Actions
import Decisions
import Discussion
import Kernel
import NIOConcurrencyHelpers
import Projects
import Services
import Store
import Voices
import Web

/// A service as it may look after years: what the measurements of docs/performance.md run on. The same seed gives the same data.
public enum BenchData {
    /// The cookie and the proof that `bin/bench` sends as a signed-in member.
    public static let cookie = "bench00000000000000000000000000m"
    public static let csrf = "bench"

    /// Fills an empty database, a thousand voices a transaction.
    public static func fill(_ db: Database, voices: Int, now: Moment, tell: @Sendable (String) -> Void) async throws {
        let chance = seeded(2026)
        let start = now.adding(days: -400)
        let deed = Deed(by: .system("bench"), at: start, chance: chance)
        let ground = try await db.write { tx in try Ground.settle(deed, tx) }
        let step = 400 * 86_400_000 / Int64(max(voices, 1))
        for first in stride(from: 0, to: voices, by: 1000) {
            let batch = first..<min(first + 1000, voices)
            try await db.write { tx in
                for number in batch {
                    let at = Moment(milliseconds: start.milliseconds + Int64(number) * step)
                    try say(number, ground, Deed(by: .system("bench"), at: at, chance: chance), tx)
                }
            }
            try await db.write { tx in
                let at = Moment(milliseconds: start.milliseconds + Int64(batch.upperBound) * step)
                for theme in 0..<batch.count / 25 { try follow(theme, batch, ground, at: at, chance, tx) }
            }
            tell("\(batch.upperBound) voices")
        }
    }

    private static func say(_ number: Int, _ ground: Ground, _ deed: Deed, _ tx: Transaction) throws {
        let sentences = (0..<2 + number % 4).map { Self.sentences[(number * 7 + $0 * 3) % Self.sentences.count] }
        let voice = SayVoice(
            words: "\(number + 1). " + sentences.joined(separator: " "),
            kind: Voice.Kind.allCases[number % Voice.Kind.allCases.count],
            perspective: ground.perspectives[number % ground.perspectives.count],
            // Half of all voices may be seen by everybody, as in the case.
            consent: number % 2 == 0 ? .publicWithoutName : .project
        )
        // As a stranger: the project is open to the public.
        let said = try voice.run(
            in: ground.project,
            zone: "Europe/London",
            by: Deed(by: .stranger, at: deed.at, chance: deed.chance),
            tx
        )
        // Nothing is on a public page, or in a theme, before a person has answered it.
        let answer = Deed(by: ground.facilitator, at: deed.at.adding(minutes: 1), chance: deed.chance)
        try HearVoice.run(said.id, answer: "Thank you. I take it to the group.", by: answer, tx)
    }

    /// One theme with its decision, and for three of four an action and a change: what "You said, we did" lists.
    private static func follow(_ number: Int, _ batch: Range<Int>, _ ground: Ground, at: Moment, _ chance: Chance, _ tx: Transaction) throws
    {
        let deed = Deed(by: ground.facilitator, at: at, chance: chance)
        let title = "\(Self.sentences[(batch.lowerBound / 1000 + number) % Self.sentences.count].dropLast()) (\(batch.lowerBound + number))"
        let theme = try StartTheme.run(
            ThemeDraft(title: title, said: Self.sentences[number % Self.sentences.count], isPublic: true),
            in: ground.project,
            by: deed,
            tx
        )
        try tx.run(
            """
            UPDATE voices SET theme = \(theme.id), themed_at = \(at), themed_by = 'bench' WHERE id IN (
                SELECT id FROM voices WHERE project = \(ground.project.id) AND theme IS NULL AND heard_at IS NOT NULL AND withdrawn_at IS NULL
                ORDER BY discuss_due, id LIMIT 25)
            """
        )
        let isCannot = number % 4 == 3
        _ = try RecordDecision.run(
            theme.id,
            RecordDecision.Draft(isCannot ? .cannot : .agreed, words: "We will do this.", reasons: "It was asked for often.", at: at),
            by: deed,
            tx
        )
        if isCannot { return }
        let action = try StartAction.run(
            on: theme.id,
            ActionDraft(what: "Do it.", owner: .named("The team")),
            due: at.adding(days: 30),
            by: deed,
            tx
        )
        if number % 4 == 0 { return }
        try FinishAction.run(action, Evidence("It is done."), by: deed, tx)
        _ = try RecordChange.run(on: theme.id, words: "It is different now.", since: at, from: action, by: deed, tx)
    }

    /// SplitMix64: small, and the same on every machine.
    private static func seeded(_ seed: UInt64) -> Chance {
        let state = NIOLockedValueBox(seed)
        return Chance { count in
            state.withLockedValue { state in
                (0..<count).map { _ in
                    state &+= 0x9e37_79b9_7f4a_7c15
                    var mixed = state
                    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
                    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
                    return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
                }
            }
        }
    }

    private static let sentences = [
        "The letters arrive late and nobody reads them twice.", "A telephone call would have told us the same day.",
        "We did not know which pathway we were on.", "Waiting without news is the hardest part.",
        "The room echoes, so we whisper.", "It helped to meet others who wait as well.",
        "Please say the diagnosis out loud and what it means.", "The handover happened without us in the room.",
        "Our worker listened and wrote down what we said.", "A list of other places to go would help at once.",
        "I’d like to come back within six months without a new referral.", "The page on the web should be in plain words.",
        "Pictures in the corridor would make it less like a hospital.", "Who decides who is seen first?",
    ]
}

/// The organisation, service, project and people that everything else stands on.
struct Ground: Sendable {
    let project: Project
    let perspectives: [String]
    let facilitator: Actor

    static func settle(_ deed: Deed, _ tx: Transaction) throws -> Ground {
        let (service, project, person): (ServiceID, ProjectID, PersonID) = (deed.newID(), deed.newID(), deed.newID())
        let perspectives = ["young-people", "parents-and-carers", "friends-and-family", "clinicians", "peer-staff", "managers"]
        try tx.run("INSERT INTO organisation (id, name, about) VALUES (1, 'A trust', '')")
        try tx.run(
            """
            INSERT INTO services (id, slug, name, summary, about, phone, made_at)
            VALUES (\(service), 'bench', 'A service', 'Measured.', 'Measured.', NULL, \(deed.at))
            """
        )
        for (place, key) in perspectives.enumerated() {
            try tx.run(
                """
                INSERT INTO perspectives (service, key, label, one, place, staff)
                VALUES (\(service), \(key), \(key.replacing("-", with: " ").capitalized), \(key), \(place), \(place > 2))
                """
            )
        }
        try tx.run(
            """
            INSERT INTO projects (id, service, slug, title, question, about, phase, state, open_to_public,
                hear_within, hear_unit, discuss_within, discuss_unit, decide_within, decide_unit, reply_within, reply_unit, made_at)
            VALUES (\(project), \(service), 'large', 'A large project', 'What would make it better?', 'Measured.', 'design', 'open', 1,
                7, 'days', 28, 'days', 56, 'days', 5, 'working-days', \(deed.at))
            """
        )
        let now = Moment.now()
        try tx.run("INSERT INTO people (id, name, made_at) VALUES (\(person), 'A member', \(deed.at))")
        try tx.run(
            """
            INSERT INTO sign_ins (digest, person, csrf, stage, made_at, seen_at, ends_at)
            VALUES (\(SignInCookie.digest(BenchData.cookie)), \(person), \(BenchData.csrf), 'whole', \(now), \(now), \(now.adding(days: 60)))
            """
        )
        let group: GroupID = deed.newID()
        try tx.run(
            "INSERT INTO project_groups (id, project, name, about, made_at) VALUES (\(group), \(project), 'A group', '', \(deed.at))"
        )
        try tx.run(
            "INSERT INTO members (person, group_id, project, perspective, joined_at) VALUES (\(person), \(group), \(project), 'parents-and-carers', \(deed.at))"
        )
        let facilitator = Someone(id: person, name: "A member", grants: [Grant(.facilitator, .service(service))])
        return Ground(project: try ProjectStore.find(project, tx), perspectives: perspectives, facilitator: .person(facilitator))
    }
}
