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

    @Test(arguments: Engine.all) func `Each way of telling has its own words, and a message that stands ready`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let (told, other) = ("I sent it", "If somebody else answers")
            let email = try await house.page(telling: .email, to: "kim@example.org")
            #expect(email.contains("mailto:kim@example.org?subject=An%20answer%20for%20you&amp;body="))
            #expect(email.contains(told) && !email.contains(other) && !email.contains("No answer"))
            #expect(!email.contains("body=Please") && email.contains("Write an email to somebody, parent or carer"))
            let text = try await house.page(telling: .text, to: "07700 900123")
            #expect(text.contains("sms:07700900123?body=") && text.contains(told))
            let phone = try await house.page(telling: .phone, to: "020 7946 0999")
            #expect(phone.contains(other) && phone.contains("No answer") && !phone.contains("mailto:"))
            let list = try await house.browser(.scribe).get("/tellings").text
            #expect(list.contains("Ring somebody, parent or carer") && !list.contains("gave no name"))
        }
    }

    @Test(arguments: Engine.all) func `A letter is printed by those who may tell, and by nobody else`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let page = try await house.page(telling: .letter, to: "Kim, 1 High Street")
            let id: TellingID = try #require(try await house.db.read { tx in try tx.value("SELECT id FROM tellings") })
            #expect(page.contains("/tellings/\(id)/letter") && page.contains("envelope"))
            let letter = try await house.browser(.scribe).get("/tellings/\(id)/letter").text
            #expect(letter.contains("1 High Street") && letter.contains("/receipt") && !letter.contains("Please ring me."))
            for who in [Character.parent, .clinician, .outsider] {
                #expect(try await house.browser(who).get("/tellings/\(id)/letter").status == 404, "\(who)")
            }
            try await house.tickOff(.told)
            #expect(try await house.browser(.scribe).get("/tellings/\(id)/letter").status == 404, "what was told is not printed again")
        }
    }
}

extension TestHouse {
    /// What the scribe sees who is to tell somebody in this way.
    fileprivate func page(telling channel: Telling.Channel, to contact: String) async throws -> String {
        let (voice, facilitator, place, now) = (try await caller(), deed(.facilitator), cast.place, now)
        let id: TellingID? = try await db.write { tx in
            try tx.run("UPDATE voices SET reply_by = \(channel), reply_to = \(contact) WHERE id = \(voice)")
            try Messages.tell(voice, at: place, .heard, by: channel, due: now.adding(days: 5), facilitator, tx)
            return try tx.value("SELECT id FROM tellings WHERE voice = \(voice)")
        }
        return try await browser(.scribe).get("/tellings/\(try #require(id))").text
    }

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
