import Foundation
import HTTPTypes
import HouseSupport
import Kernel
import Projects
import Store
import TestSupport
import Testing

@testable import Voices

/// The address of the project that is by invitation, and of the one that is open to the public.
let invited = "/barnet-camhs/projects/stepped-model"
let open = "/barnet-camhs/projects/open-door"

@Suite struct SayingOnline {
    @Test(arguments: Engine.all) func `Whoever is in two groups says in which, and only that one hears it`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let (cast, now) = (house.cast, house.now)
            _ = try await house.db.write { tx in
                try tx.run(
                    """
                    INSERT INTO members (person, group_id, project, perspective, joined_at)
                    VALUES (\(cast.person(.clinician)), \(cast.young), \(cast.project), 'clinicians', \(now))
                    """
                )
            }
            let browser = house.browser(.clinician)
            #expect(try await browser.get(invited + "/say").text.contains("In which of your groups"))
            let unsaid = try await browser.post(invited + "/voices", ["words": "For this room.", "kind": "idea", "consent": "group"])
            #expect(unsaid.status == 422 && unsaid.text.contains("Choose one of your groups."))
            let said = try await browser.post(
                invited + "/voices",
                ["words": "For this room.", "kind": "idea", "consent": "group", "group": cast.young.text]
            )
            #expect(said.status == 303)
            #expect(try await house.browser(.youngPerson).get(invited + "/voices").text.contains("For this room."))
            #expect(try await !house.browser(.parent).get(invited + "/voices").text.contains("For this room."))
        }
    }

    @Test(arguments: ["{bad", "[1,2]", "{\"words\": {\"a\": 1}}", "\u{fffd}\"", ""])
    func `What cannot be read is said in the language it was asked in`(body: String) async throws {
        try await Engine.sqlite.withHouse { house in
            let headers = ["Content-Type": "application/json", "Accept": "application/json", "Sec-Fetch-Site": "same-origin"]
            let answer = try await house.browser(.stranger).ask(.post, open + "/voices", body: Array(body.utf8), headers: headers)
            #expect([400, 422].contains(answer.status))
            #expect(answer.headers[.contentType] == "application/problem+json")
            let problem = try answer.json()
            #expect((problem["type"] as? String) == "urn:heard:problem:\(answer.status)")
            #expect((problem["detail"] as? String)?.isEmpty == false)
        }
    }

    @Test func `Nobody's consent is made wider without a word`() async throws {
        try await Engine.sqlite.withHouse { house in
            let answer = try await house.browser(.stranger).post(
                open + "/voices",
                ["words": "Only for a group.", "kind": "idea", "perspective": "managers", "consent": "group"]
            )
            #expect(answer.status == 422 && answer.text.contains("You are in no group here."))
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices") } == 0)
        }
    }

    @Test func `Nobody picks a group that is not theirs`() async throws {
        try await Engine.sqlite.withHouse { house in
            let said = try await house.browser(.parent).post(
                invited + "/voices",
                ["words": "Let me in.", "kind": "idea", "consent": "group", "group": house.cast.young.text]
            )
            #expect(said.status == 303)
            #expect(try await !house.browser(.youngPerson).get(invited + "/voices").text.contains("Let me in."))
        }
    }

    @Test func `A name of one letter and ten thousand marks is too long or cut, never a page of its own`() async throws {
        try await Engine.sqlite.withHouse { house in
            let name = "Z" + String(repeating: "\u{200d}", count: 10_000)
            let answer = try await house.browser(.stranger).post(
                open + "/voices",
                ["words": "Hello.", "kind": "idea", "perspective": "managers", "consent": "public-named", "name": name]
            )
            #expect(answer.status == 422)
        }
    }

    @Test(arguments: Engine.all) func `A stranger says something in an open project and gets a receipt that shows it`(engine: Engine)
        async throws
    {
        try await engine.withHouse { house in
            let browser = house.browser(.stranger)
            #expect(try await browser.get(open + "/say").status == 200)
            let said = try await browser.post(
                open + "/voices",
                ["words": "Please ring us.", "kind": "idea", "perspective": "parents-and-carers", "consent": "public"]
            )
            #expect(said.status == 303)
            let receipt = try await browser.get(try #require(said.location))
            #expect(receipt.status == 200)
            #expect(receipt.text.contains("Please ring us."))
            #expect(receipt.text.contains("17 March 2026"))
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM trail WHERE what = 'voice.said'") } == 1)
        }
    }

    @Test(arguments: Engine.all) func `Nobody can say anything in a project they were not invited to`(engine: Engine) async throws {
        try await engine.withHouse { house in
            for who in [Character.stranger, .outsider, .administrator] {
                let answer = try await house.browser(who).post(
                    invited + "/voices",
                    ["words": "Let me in.", "perspective": "managers", "consent": "public"]
                )
                #expect(answer.status == 403, "\(who)")
            }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices") } == 0)
        }
    }

    @Test(arguments: Engine.all) func `A member speaks for their own perspective whatever the form says`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let answer = try await house.browser(.youngPerson).post(
                invited + "/voices",
                ["words": "It echoes.", "perspective": "managers", "consent": "group"]
            )
            #expect(answer.status == 303)
            let stored = try await house.db.read { tx in try tx.all("SELECT \(Voice.columns) FROM voices") { try Voice(&$0) } }
            #expect(stored.map(\.perspective) == ["young-people"])
            #expect(stored.first?.group == house.cast.young)
            let id = try #require(stored.first?.id)
            #expect(answer.location == "/voices/\(id)/receipt?new=yes", "an account opens it: no code is made")
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM receipts") } == 0)
            let made = try await house.browser(.youngPerson).post("/voices/\(id)/receipt/codes")
            #expect(try await house.browser(.stranger).get(try #require(made.location)).text.contains("It echoes."))
        }
    }

    @Test(arguments: Engine.all) func `The same form sent twice makes one voice and leads to the same receipt`(engine: Engine) async throws
    {
        try await engine.withHouse { house in
            let form: KeyValuePairs<String, String> = [
                "words": "Once.", "perspective": "young-people", "consent": "public", "submission": "abcdefghijklmnopqrstuvwx1",
            ]
            async let first = house.browser(.stranger).post(open + "/voices", form)
            async let second = house.browser(.stranger).post(open + "/voices", form)
            let (one, two) = try await (first, second)
            #expect(one.location != nil && one.location == two.location)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices") } == 1)
        }
    }

    @Test(arguments: [
        ("words", ""), ("words", String(repeating: "x", count: 4_001)), ("perspective", "kings"), ("perspective", ""),
        ("consent", "everyone"),
        ("reply-by", "pigeon"), ("reply-phone", "ring"),
    ])
    func `What is wrong is said at its field, what was typed stays, nothing is saved`(field: String, value: String) async throws {
        try await Engine.sqlite.withHouse { house in
            var fields = [
                "words": "Keep these words.", "kind": "idea", "perspective": "young-people", "consent": "public", "reply-by": "phone",
                "reply-phone": "020 7946 0000",
            ]
            fields[field] = value
            let browser = house.browser(.stranger)
            let body = fields.map { "\($0.key)=\($0.value.replacing(" ", with: "+"))" }.joined(separator: "&")
            let answer = try await browser.ask(
                .post,
                open + "/voices",
                body: Array(body.utf8),
                headers: ["Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"]
            )
            #expect(answer.status == 422)
            #expect(answer.text.contains("href=\"#\(field)"), "the summary leads to the field")
            if field != "words" { #expect(answer.text.contains("Keep these words.")) }
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices") } == 0)
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"\u{301} onload=alert(1)", "\u{600}<img src=x onerror=alert(1)>", "'; DROP TABLE voices; --",
        "\u{0}\u{1b}[31m ok",
    ])
    func `Hostile words come back as words`(words: String) async throws {
        for engine in Engine.all {
            try await engine.withHouse { house in
                let browser = house.browser(.stranger)
                let said = try await browser.post(open + "/voices", ["words": words, "perspective": "young-people", "consent": "public"])
                let page = try await browser.get(try #require(said.location))
                #expect(page.status == 200)
                #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"))
                #expect(!page.bytes.contains(0) && !page.bytes.contains(0x1b))
            }
        }
    }

    static let unreadable: [([UInt8], String, Int)] = [
        ([0x77, 0x3d, 0xff, 0xfe], "application/x-www-form-urlencoded", 400),
        (Array("w=%ff".utf8), "application/x-www-form-urlencoded", 400),
        (Array("<a/>".utf8), "text/xml", 400),
        (Array(#"{"words": {"deep": 1}}"#.utf8), "application/json", 400),
        (Array(repeating: 0x61, count: 4_000_000), "application/x-www-form-urlencoded", 413),
        (Array(repeating: 0x61, count: 4_000_000), "multipart/form-data; boundary=x", 413),
    ]

    @Test(arguments: unreadable) func `A form in broken UTF-8, of a strange type or four megabytes long is refused plainly`(
        body: [UInt8],
        type: String,
        status: Int
    ) async throws {
        try await Engine.sqlite.withHouse { house in
            let headers = ["Content-Type": type, "Sec-Fetch-Site": "same-origin"]
            let answer = try await house.browser(.stranger).ask(.post, open + "/voices", body: body, headers: headers)
            #expect(answer.status == status)
        }
    }

    @Test func `A form that was not sent from our page is refused`() async throws {
        try await Engine.sqlite.withHouse { house in
            let fields: KeyValuePairs<String, String> = ["words": "Forged.", "consent": "group"]
            let elsewhere = try await house.browser(.youngPerson).post(
                invited + "/voices",
                fields,
                headers: ["Sec-Fetch-Site": "cross-site"]
            )
            #expect(elsewhere.status == 403)
            let oldBrowser = try await house.browser(.youngPerson).post(
                invited + "/voices",
                fields,
                headers: ["Sec-Fetch-Site": "", "Origin": "https://evil.example"]
            )
            #expect(oldBrowser.status == 403)
            let withoutToken = house.browser(.youngPerson)
            withoutToken.csrf = "guessed"
            #expect(try await withoutToken.post(invited + "/voices", fields).status == 403)
        }
    }

    @Test func `The same goes for a form sent as JSON, and what is wrong comes back as a problem document`() async throws {
        try await Engine.sqlite.withHouse { house in
            let browser = house.browser(.stranger)
            let headers = ["Content-Type": "application/json", "Accept": "application/json"]
            let empty = Array(#"{"words": "", "perspective": "young-people", "consent": "public"}"#.utf8)
            let wrong = try await browser.ask(.post, open + "/voices", body: empty, headers: headers)
            #expect(wrong.status == 422)
            #expect(wrong.headers[.contentType] == "application/problem+json")
            #expect(wrong.text.contains("\"field\":\"words\""))
            let whole = Array(#"{"words": "By JSON.", "perspective": "young-people", "consent": "public"}"#.utf8)
            #expect(try await browser.ask(.post, open + "/voices", body: whole, headers: headers).status == 303)
        }
    }
}

@Suite struct Checking {
    @Test func `Nothing is chosen for people beforehand, and each error says what to choose`() async throws {
        try await Engine.sqlite.withHouse { house in
            let browser = house.browser(.stranger)
            let page = try await browser.get(open + "/say").text
            #expect(!page.contains("name=\"kind\" value=\"idea\" checked"))
            #expect(page.contains("I am a…") && page.contains(">parent or carer</label>"))
            let empty = try await browser.post(open + "/say/check", ["words": "Ring us."])
            #expect(empty.status == 422 && empty.hiddenProblems.isEmpty)
            for words in ["Choose what kind of thing it is.", "Choose who you are.", "Choose who may see it."] {
                #expect(empty.text.contains(words), "\(words)")
            }
        }
    }

    @Test func `The page to check shows every answer with a way back to it, and what happens next`() async throws {
        try await Engine.sqlite.withHouse { house in
            let page = try await house.browser(.stranger).post(
                open + "/say/check",
                [
                    "words": "Ring us.", "kind": "idea", "perspective": "parents-and-carers", "consent": "public", "reply-by": "phone",
                    "reply-phone": "020 7946 0001", "reply-when": "after six",
                ]
            )
            for words in [
                "Ring us.", "An idea", "parent or carer", "Anyone, without my name", "020 7946 0001", "after six", "17 March 2026",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            for field in ["words", "kind", "perspective", "consent", "reply-by"] {
                #expect(page.text.contains("formaction=\"\(open)/say/again#\(field)\""), "\(field)")
            }
        }
    }
}

@Suite struct WritingDown {
    @Test(arguments: Engine.all) func `A scribe writes down a phone call: speaker, scribe, channel and consent are kept apart`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let saved = try await house.browser(.scribe).post(
                invited + "/voices/phone",
                [
                    "words": "Please ring instead of writing.", "kind": "idea", "perspective": "parents-and-carers", "read-back": "yes",
                    "consent": "project",
                    "reply-by": "phone", "reply-phone": "020 7946 0001", "reply-when": "after six",
                ]
            )
            #expect(saved.status == 303)
            #expect(try await house.browser(.scribe).get(try #require(saved.location)).text.contains("Saved. Their slip"))
            let voice = try #require(
                try await house.db.read { tx in try tx.first("SELECT \(Voice.columns) FROM voices") { try Voice(&$0) } }
            )
            #expect(voice.speaker == nil && voice.scribe == house.cast.person(.scribe) && voice.channel == .phone && voice.wasReadBack)
        }
    }

    @Test func `Nothing is chosen beforehand, and what is missing is listed in the order of the page`() async throws {
        try await Engine.sqlite.withHouse { house in
            let browser = house.browser(.scribe)
            let page = try await browser.get(invited + "/voices/phone").text
            #expect(!page.contains("value=\"idea\" checked") && page.contains("They can change this at any time"))
            let phone = try await browser.post(invited + "/voices/phone", [:]).text
            let fields = ["words", "kind", "perspective", "read-back", "consent"]
            let places = fields.compactMap { phone.range(of: "href=\"#\($0)")?.lowerBound }
            #expect(places.count == fields.count && places == places.sorted())
            let online = try await house.browser(.stranger).post(open + "/say/check", [:]).text
            let (words, kind) = (online.range(of: "href=\"#words"), online.range(of: "href=\"#kind"))
            #expect(try #require(words).lowerBound < #require(kind).lowerBound)
            let card = try await browser.post(
                invited + "/voices/paper",
                ["words-1": "One", "perspective-1": "young-people", "consent-1": "project"]
            )
            #expect(card.status == 422 && card.text.contains("Card 1: Choose what kind of thing it is."))
        }
    }

    @Test func `Without reading back, nothing is saved`() async throws {
        try await Engine.sqlite.withHouse { house in
            let answer = try await house.browser(.scribe).post(
                invited + "/voices/phone",
                ["words": "Not read back.", "perspective": "parents-and-carers", "consent": "project", "reply-by": "receipt"]
            )
            #expect(answer.status == 422 && answer.text.contains("Not read back."))
        }
    }

    @Test(arguments: Character.allCases) func `Only facilitators and scribes find the screens for writing down`(who: Character) async throws
    {
        try await Engine.sqlite.withHouse { house in
            for path in ["/voices/phone", "/voices/paper", "/sessions/\(house.cast.session)/capture"] {
                let status = try await house.browser(who).get(invited + path).status
                let expected = who == .facilitator || who == .scribe ? 200 : who == .stranger ? 303 : 404
                #expect(status == expected, "\(path) as \(who)")
            }
        }
    }

    @Test(arguments: Engine.all) func `In a session many voices are caught, each with its perspective, and slips are made for them`(
        engine: Engine
    ) async throws {
        try await engine.withHouse { house in
            let capture = invited + "/sessions/\(house.cast.session)/capture"
            let browser = house.browser(.facilitator)
            for words in ["Art on the walls", "It echoes"] {
                let saved = try await browser.post(
                    capture,
                    ["words": words, "perspective": "young-people", "consent": "group", "kind": "idea"]
                )
                #expect(saved.status == 303)
                let next = try await browser.get(try #require(saved.location)).text
                #expect(next.contains("value=\"young-people\" checked") && next.contains("autofocus") && next.contains("so far."))
            }
            let slips = try await browser.post(invited + "/sessions/\(house.cast.session)/slips")
            #expect(slips.text.contains("Art on the walls") && slips.text.contains("https://heard.example/receipts/"))
            let again = try await browser.post(invited + "/sessions/\(house.cast.session)/slips")
            #expect(!again.text.contains("/receipts/"), "a code that was handed out goes on working")
            #expect(
                try await !house.browser(.scribe).get(capture).text.contains("Art on the walls"),
                "a scribe reads no room they are not in"
            )
            #expect(try await !house.browser(.scribe).post(invited + "/sessions/\(house.cast.session)/slips").text.contains("echoes"))
            #expect(try await house.browser(.youngPerson).get(invited + "/voices").text.contains("It echoes"))
            #expect(try await !house.browser(.parent).get(invited + "/voices").text.contains("It echoes"))
        }
    }

    @Test(arguments: Engine.all) func `A card is said on its date, and recorded and promised from now`(engine: Engine) async throws {
        try await engine.withHouse { house in
            func send(_ year: String) async throws -> Int {
                try await house.browser(.scribe).post(
                    invited + "/voices/paper",
                    [
                        "words-1": "One", "kind-1": "idea", "perspective-1": "young-people", "consent-1": "project", "collected-day": "1",
                        "collected-month": "2",
                        "collected-year": year,
                    ]
                ).status
            }
            #expect(try await send("2023") == 422)
            #expect(try await send("2026") == 303)
            let (voice, trail, recorded) = try await house.db.read { tx in
                (
                    try tx.first("SELECT \(Voice.columns) FROM voices") { try Voice(&$0) },
                    try tx.value("SELECT at FROM trail WHERE what = 'voice.said'") as Moment?,
                    try tx.value("SELECT recorded_at FROM voices") as Moment?
                )
            }
            #expect(trail == house.now && recorded == house.now)
            #expect(voice.map { $0.saidAt < house.now && $0.hearDue > house.now } == true)
        }
    }

    @Test(arguments: Engine.all) func `Cards are saved together or not at all`(engine: Engine) async throws {
        try await engine.withHouse { house in
            let browser = house.browser(.scribe)
            let half = try await browser.post(
                invited + "/voices/paper",
                [
                    "words-1": "One", "kind-1": "idea", "perspective-1": "young-people", "consent-1": "project", "words-3": "Three",
                    "kind-3": "idea", "perspective-3": "",
                    "consent-3": "project",
                ]
            )
            #expect(half.status == 422 && half.text.contains("One"))
            #expect(half.text.contains("Card 3: Choose who they are."))
            #expect(half.hiddenProblems.isEmpty)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices") } == 0)
            let whole = try await browser.post(
                invited + "/voices/paper",
                [
                    "words-1": "One", "kind-1": "idea", "perspective-1": "young-people", "consent-1": "project", "words-2": "Two",
                    "kind-2": "idea",
                    "perspective-2": "managers",
                    "consent-2": "public-named", "name-2": "Ash", "reply-by-2": "phone", "reply-phone-2": "020 7946 0001",
                ]
            )
            #expect(whole.status == 303)
            let saved = try await browser.get(try #require(whole.location)).text
            #expect(saved.contains("2 cards were saved.") && saved.contains(">Two</a>"))
            let told = try await house.db.read { tx in
                try tx.count("SELECT COUNT(*) FROM voices WHERE words = 'Two' AND speaker_name = 'Ash' AND reply_to = '020 7946 0001'")
            }
            #expect(told == 1)
            #expect(try await house.db.read { tx in try tx.count("SELECT COUNT(*) FROM voices WHERE channel = 'paper'") } == 2)
        }
    }
}
