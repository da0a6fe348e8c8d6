import App
import Foundation
import HTTPTypes
import HouseSupport
import Jobs
import Kernel
import PathSupport
import Pathways
import Store
import TestSupport
import Testing

@testable import ReadAloud

/// Reads every text as the same 150,000 bytes: more than two pieces.
private let bytes = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
private let speaker = Speaker { _, _ in Sound(type: "audio/mpeg", bytes: bytes, milliseconds: 50_000) }

@Suite struct Sounds {
    private func address(_ text: LeafletText) -> String { "\(triage)/sounds/\(text.id)" }

    @Test(arguments: Engine.all) func `A published text is read aloud once, and a draft never`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            let deed = Deed(by: .system("jobs"), at: house.now)
            try await ReadTexts.run(house.db, speaker, by: deed)
            #expect(try await house.browser(.facilitator).get(address(text)).status == 404)
            try await house.published(text)
            for _ in 0..<2 { try await ReadTexts.run(house.db, speaker, by: deed) }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail WHERE what = 'leaflet.read-aloud'") } == 1)
            let page = try await house.browser(.stranger).get(triage).text
            #expect(page.contains("<audio") && page.contains("preload=\"none\"") && !page.contains("autoplay"))
            #expect(page.contains("A computer reads it to you. It takes about 50 seconds. It is 150 KB to load"))
        }
    }

    @Test(arguments: Engine.all) func `It is sent whole, in parts across its pieces, and known again`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let text = try await house.draft()
            try await house.published(text)
            try await ReadTexts.run(house.db, speaker, by: Deed(by: .system("jobs"), at: house.now))
            let browser = house.browser(.stranger)
            let whole = try await browser.get(address(text))
            #expect(whole.status == 200 && Array(whole.bytes) == bytes)
            #expect(whole.headers[.contentType] == "audio/mpeg" && whole.headers[.acceptRanges] == "bytes")
            let tag = try #require(whole.headers[.eTag])
            for (asked, range) in [
                ("bytes=65530-65545", 65_530..<65_546), ("bytes=131072-", 131_072..<150_000), ("bytes=-1", 149_999..<150_000),
            ] {
                let part = try await browser.get(address(text), headers: ["Range": asked])
                #expect(part.status == 206 && Array(part.bytes) == Array(bytes[range]), "\(asked)")
                #expect(part.headers[.contentRange] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/150000")
            }
            #expect(try await browser.get(address(text), headers: ["Range": "bytes=150000-"]).status == 416)
            #expect(try await browser.get(address(text), headers: ["If-None-Match": tag]).status == 304)
            #expect(try await browser.get(address(text), headers: ["Range": "bytes=0-1", "If-Range": "\"other\""]).status == 200)
        }
    }

    @Test(arguments: Engine.all) func `A text that cannot be read leaves the others their sound`(engine: Engine) async throws {
        try await engine.withHouse { house in
            struct Mute: Error {}
            let first = try await house.draft("A silent page", TestHouse.easyWords)
            try await house.published(first)
            let second = try await house.draft()
            try await house.published(second)
            let picky = Speaker { ssml, voice in
                guard !ssml.contains("A silent page") else { throw Mute() }
                return try await speaker.speak(ssml, voice)
            }
            await #expect(throws: Mute.self) { try await ReadTexts.run(house.db, picky, by: Deed(by: .system("jobs"), at: house.now)) }
            #expect(try await house.browser(.stranger).get(address(second)).status == 200)
        }
    }

    @Test(.enabled(if: Speaker.installed() != nil, "espeak-ng is not installed"))
    func `This machine's own voice reads a page, however it is written`()
        async throws
    {
        let speaker = try #require(Speaker.installed())
        let short = try await speaker.speak("<speak><p>Ring us.</p></speak>", "en-gb")
        let long = try await speaker.speak(
            "<speak><p>Ring us.</p><break time=\"3000ms\"/><p>\(Script.escaped("-v xx; $(reboot) <x> & “é”"))</p></speak>",
            "en-gb"
        )
        #expect(short.milliseconds > 300 && short.milliseconds < 4_000)
        #expect(long.milliseconds > short.milliseconds + 3_000)
        for language in Speaker.languages {
            let voice = try #require(Speaker.voice(for: language))
            let sound = try await speaker.speak("<speak><p>CAMHS 1, 2, 3.</p></speak>", voice)
            #expect(sound.milliseconds > 500, "\(language)")
        }
    }

    @Test func `A program that fails or is not there gives no sound`() throws {
        #expect(throws: (any Error).self) { _ = try Program.run([Program(path: "/bin/false", arguments: [])], input: "words") }
        #expect(throws: (any Error).self) { _ = try Program.run([Program(path: "/nowhere", arguments: [])], input: "words") }
        let echoed = try Program.run([Program(path: "/bin/cat", arguments: []), Program(path: "/bin/cat", arguments: [])], input: "words")
        #expect(String(decoding: echoed, as: UTF8.self) == "words")
    }

    @Test func `A sound that was made without knowing its length says how long it is`() throws {
        let head =
            Array("RIFF".utf8) + [0x24, 0xf0, 0xff, 0x7f] + Array("WAVEfmt ".utf8) + [UInt8](repeating: 0, count: 20) + Array("data".utf8)
            + [0x00, 0xf0, 0xff, 0x7f]
        let wave = try Wave(head + [UInt8](repeating: 1, count: 44_100)).sound
        #expect(wave.milliseconds == 1_000)
        #expect(Array(wave.bytes[40..<44]) == [0x44, 0xac, 0, 0])
        #expect(throws: Program.Failed.self) { _ = try Wave([1, 2, 3]) }
    }
}
