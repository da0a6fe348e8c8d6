import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing
import Voices

@testable import Messages

@Suite struct MessagesTests {
    @Test(arguments: Engine.all) func `The same news to the same person is on the list once, until they were told`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let voice = try await house.caller()
            for _ in 1...2 { try await house.tell(voice) }
            #expect(try await house.open() == 1)
            try await house.tickOff(.told)
            #expect(try await house.open() == 0)
            try await house.tell(voice)
            #expect(try await house.open() == 1, "what is new is told again")
        }
    }

    @Test(arguments: Engine.all) func `Who was not reached stays on the list, with every try counted`(engine: Engine) async throws {
        try await engine.withHouse { house in
            try await house.tell(try await house.caller())
            for tries in 1...3 {
                try await house.tickOff(.noAnswer)
                #expect(try await house.db.read { tx in try tx.count("SELECT tries FROM tellings") } == tries)
                #expect(try await house.open() == 1)
            }
            try await house.tickOff(.wrongContact)
            #expect(try await house.open() == 0)
            await #expect(throws: Refusal.self, "told twice") { try await house.tickOff(.told) }
        }
    }

    @Test(arguments: Engine.all) func `Only facilitators and scribes tick off, and nobody else knows of the list`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            try await house.tell(try await house.caller())
            for who in [Character.parent, .administrator, .moderator, .clinician, .outsider] {
                await #expect(throws: Refusal.notFound, "\(who)") { try await house.tickOff(.told, by: who) }
            }
            try await house.tickOff(.told, by: .scribe)
            #expect(try await house.open() == 0)
        }
    }
}

extension TestHouse {
    /// Somebody who rang up and wants to be rung.
    fileprivate func caller() async throws -> VoiceID {
        let (scribe, project) = (deed(.scribe), cast.project)
        return try await db.write { tx in
            try SayVoice(
                words: "Please ring me.",
                kind: .idea,
                perspective: "parents-and-carers",
                consent: .project,
                channel: .phone,
                wasReadBack: true,
                replyBy: .phone,
                replyTo: "020 7946 0999"
            ).run(in: try ProjectStore.find(project, tx), zone: "Europe/London", by: scribe, tx).id
        }
    }

    fileprivate func tell(_ voice: VoiceID) async throws {
        let (facilitator, place, now) = (deed(.facilitator), cast.place, now)
        try await db.write { tx in try Messages.tell(voice, at: place, .answer, by: .phone, due: now.adding(days: 5), facilitator, tx) }
    }

    fileprivate func tickOff(_ outcome: Telling.Outcome, by who: Character = .facilitator) async throws {
        let deed = deed(who)
        try await db.write { tx in
            let newest: TellingID? = try tx.value("SELECT id FROM tellings ORDER BY made_at DESC, id DESC LIMIT 1")
            try TickOff.run(try #require(newest), outcome, note: "", by: deed, tx)
        }
    }

    fileprivate func open() async throws -> Int {
        try await db.read { tx in try tx.count("SELECT COUNT(*) FROM tellings WHERE ended_at IS NULL") }
    }
}
