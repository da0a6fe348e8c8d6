import OpenReferral
import Testing

@testable import Finding

@Suite struct FindingThings {
    static let sleep = FindingTerm(id: "sleep", name: "Sleep", said: ["can’t sleep", "insomnia"])
    static let lonely = FindingTerm(id: "lonely", name: "Feeling lonely", said: ["lonely", "no friends"])

    static func index(_ items: [FindingItem], outOfDate: Set<Int> = []) -> FindingIndex {
        var index = FindingIndex(terms: [sleep, lonely])
        for (number, item) in items.enumerated() {
            index.put(item, number: number, id: "\(number)", organization: nil, modified: 0, reviewDue: outOfDate.contains(number) ? -1 : 1)
        }
        index.settle()
        return index
    }

    static func item(_ name: String, _ description: String = "", terms: [String] = [], at point: (Double, Double)? = nil) -> FindingItem {
        var item = FindingItem()
        item.name = name
        item.description = description
        item.terms = terms
        if let point { item.places = [.init(id: "p", point: Point(latitude: point.0, longitude: point.1))] }
        return item
    }

    static func found(_ words: String, in index: FindingIndex) -> [Int] {
        var question = FindingQuestion()
        question.words = words
        return index.search(question, part: 0..<20).matches.map(\.number)
    }

    @Test func `A misspelt word finds what was meant and says so`() {
        let index = Self.index([Self.item("Anxiety group"), Self.item("Art class")])
        var question = FindingQuestion()
        question.words = "anxeity"
        let match = index.search(question, part: 0..<20).matches
        #expect(match.map(\.number) == [0])
        #expect(match.first?.reasons == [.nearly("anxeity", "anxiety")])
    }

    @Test func `The beginning of a word is enough`() {
        #expect(Self.found("counsel", in: Self.index([Self.item("Counselling for you")])) == [0])
    }

    @Test func `What people say leads to the need, with or without an apostrophe`() {
        let index = Self.index([Self.item("Night owls", terms: ["sleep"]), Self.item("Sleepwear shop")])
        for typed in ["can't sleep", "I cant sleep", "can’t sleep at night", "insomnai"] {
            #expect(Self.found(typed, in: index).first == 0, "\(typed)")
        }
    }

    @Test func `A word in the name outweighs one in the description`() {
        #expect(Self.found("autism", in: Self.index([Self.item("Club", "For autism and more"), Self.item("Autism club")])) == [1, 0])
    }

    @Test func `Whoever answers more of the question comes first, and half is enough`() {
        let index = Self.index([Self.item("Anxiety"), Self.item("Anxiety for dancing teenagers"), Self.item("Dancing")])
        #expect(Self.found("anxiety dancing", in: index) == [1, 0, 2] || Self.found("anxiety dancing", in: index) == [1, 2, 0])
        #expect(Self.found("anxiety teenagers zebra", in: index) == [1])
    }

    @Test func `What is out of date is found below what was checked`() {
        #expect(Self.found("club", in: Self.index([Self.item("Club one"), Self.item("Club two")], outOfDate: [0])) == [1, 0])
    }

    @Test func `Only what is near enough is found, and what has no place at all`() {
        let index = Self.index([
            Self.item("Club", at: (53.42, -2.32)), Self.item("Club", at: (51.6, -0.2)), Self.item("Club by telephone"),
        ])
        var question = FindingQuestion()
        question.words = "club"
        question.near = Point(latitude: 53.4277, longitude: -2.3219)
        question.within = 5 * .metresPerMile
        let matches = index.search(question, part: 0..<20).matches
        #expect(matches.map(\.number) == [0, 2] || matches.map(\.number) == [2, 0])
        #expect(matches.first { $0.number == 0 }?.metres.map { Int($0) } == 865)
    }

    @Test func `Ages at both ends belong to it`() {
        var item = Self.item("Club")
        (item.minimumAge, item.maximumAge) = (13, 25)
        let index = Self.index([item])
        for (age, isFound) in [(12, false), (13, true), (25, true), (26, false)] {
            var question = FindingQuestion()
            question.age = age
            #expect(index.search(question, part: 0..<9).total == (isFound ? 1 : 0), "\(age)")
        }
    }

    @Test func `What was taken out or changed is not found as it was`() {
        var index = Self.index([Self.item("Swimming"), Self.item("Walking")])
        index.put(Self.item("Running"), number: 0, id: "0", organization: nil, modified: 0, reviewDue: 1)
        index.remove(1)
        index.settle()
        #expect(Self.found("swimming", in: index).isEmpty && Self.found("walking", in: index).isEmpty)
        #expect(Self.found("running", in: index) == [0])
    }

    @Test func `A book typed into the box, or only small words, is answered`() {
        let index = Self.index([Self.item("The Who")])
        #expect(Self.found(String(repeating: "lorem ipsum ", count: 5_000), in: index).isEmpty)
        var question = FindingQuestion()
        question.words = "the who"
        #expect(index.search(question, part: 0..<9).hasOnlyCommonWords)
        question.words = "who is the lonely one"
        #expect(!index.search(question, part: 0..<9).hasOnlyCommonWords)
    }

    static let drugs = FindingTerm(id: "drugs", name: "Drugs and alcohol", said: ["drugs", "alcohol"])
    static let harm = FindingTerm(id: "harm", name: "Self-harm", said: ["self harm"], isUrgent: true)
    static let anxiety = FindingTerm(id: "anxiety", name: "Anxiety", said: ["panic", "panic attack"])

    static func needful(_ items: [FindingItem]) -> FindingIndex {
        var index = FindingIndex(terms: [drugs, harm, anxiety])
        for (number, item) in items.enumerated() {
            index.put(item, number: number, id: "\(number)", organization: nil, modified: 0, reviewDue: 1)
        }
        index.settle()
        return index
    }

    @Test func `The small words of a need's name find nothing`() {
        let index = Self.needful([Self.item("Cafe", terms: ["drugs"]), Self.item("Music and dance"), Self.item("Alcohol advice")])
        #expect(Self.found("drugs", in: index) == [0, 2])
    }

    @Test func `One word of what people say is not what they say`() {
        let index = Self.needful([
            Self.item("Depression group", "Self help"), Self.item("Listeners", terms: ["harm"]),
            Self.item("Club", "For people who harm: self"),
        ])
        #expect(Self.found("self harm", in: index) == [1, 2])
        var question = FindingQuestion()
        question.words = "self harm"
        let found = index.search(question, part: 0..<9)
        #expect(found.matches.last?.reasons == [.words(["self", "harm"])])
        #expect(found.needs.map(\.id) == ["harm"] && found.needs[0].isUrgent)
    }

    @Test(arguments: [("slef harm", "harm"), ("panic atacks", "anxiety"), ("my panic attacks", "anxiety"), ("self help", nil)])
    func `What people say may be misspelt, and what they wrote is quoted`(typed: String, need: String?) {
        let index = Self.needful([Self.item("One", terms: ["harm"]), Self.item("Two", terms: ["anxiety"]), Self.item("Help")])
        var question = FindingQuestion()
        question.words = typed
        let found = index.search(question, part: 0..<9)
        #expect(found.needs.map(\.id) == [need].compactMap(\.self))
        if let reason = found.matches.first?.reasons.first, need != nil {
            guard case .need(_, let said) = reason else { return #expect(Bool(false), "\(reason)") }
            #expect(typed.hasSuffix(said))
        }
    }

    @Test func `What says nothing of ages comes after all that do`() {
        var young = Self.item("Club", "Talk for the young")
        (young.minimumAge, young.maximumAge) = (13, 25)
        let index = Self.index([Self.item("Talk"), young])
        var question = FindingQuestion()
        question.words = "talk"
        #expect(index.search(question, part: 0..<9).matches.map(\.number) == [0, 1])
        question.age = 14
        #expect(index.search(question, part: 0..<9).matches.map(\.number) == [1, 0])
    }

    @Test func `What is not said is no "no", where somebody lets it through`() {
        var (free, paid) = (Self.item("Free club"), Self.item("Paid club"))
        free.traits = [.free, .costs]
        paid.traits = [.costs]
        free.languages = ["Urdu"]
        let index = Self.index([free, paid, Self.item("Silent club")])
        func found(_ change: (inout FindingQuestion) -> Void) -> [Int] {
            var question = FindingQuestion()
            change(&question)
            #expect(index.total(answering: question) == index.search(question, part: 0..<9).total)
            return index.search(question, part: 0..<9).matches.map(\.number)
        }
        #expect(found { $0.traits = [.free] } == [0])
        #expect(found { ($0.traits, $0.unsaid) = ([.free], .cost) } == [0, 2])
        #expect(found { ($0.traits, $0.unsaid) = ([.free, .hasSpace], .cost) } == [])
        #expect(found { ($0.traits, $0.unsaid) = ([.stepFree], .access) } == [0, 1, 2])
        #expect(found { ($0.language, $0.unsaid) = ("urdu", .language) } == [0, 1, 2])
    }

    @Test func `A town is the middle of what is in it`() {
        func item(_ latitude: Double, _ town: String) -> FindingItem {
            var item = Self.item("Club", at: (latitude, -2.3))
            item.places[0].town = town
            return item
        }
        var index = Self.index([item(53.4, "Old Trafford"), item(53.5, "old trafford"), item(53.6, "Sale")])
        #expect(index.town("OLD  TRAFFORD").map { abs($0.point.latitude - 53.45) < 0.001 } == true)
        #expect(index.towns(within: 53...54, -3...(-2)).map(\.name) == ["Old Trafford", "Sale"])
        index.remove(2)
        #expect(index.town("Sale") == nil)
    }

    @Test func `What an item is kept as is read back the same`() {
        var item = Self.item("Name", "Several\nlines", terms: ["sleep"], at: (53.4, -2.3))
        item.languages = ["ur", "British Sign Language"]
        item.hours = ["WEEKLY;;;TU;;19:00;21:00"]
        item.minimumAge = 13
        item.traits = [.free, .hasSpace]
        item.places[0].town = "Sale; Cheshire"
        var expected = item
        expected.description = "Several lines"
        expected.places[0].town = "Sale  Cheshire"
        #expect(FindingItem(text: item.text) == expected)
        // Before there were towns, and as the migration left it.
        let before = item.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().joined(separator: "\n")
        expected.places[0].town = ""
        #expect(FindingItem(text: before) == expected)
        expected.traits.insert(.costs)
        expected.places[0].town = "Sale"
        #expect(FindingItem(text: before + "\nSale\n128") == expected)
    }
}

@Suite struct LiftingOutOfTheWords {
    static func lifted(_ typed: String) throws -> Lifted {
        let known = Lifted.Known(
            postcode: { ["M33", "M1"].contains($0.outward) },
            town: { ["sale": "Sale", "old trafford": "Old Trafford", "reading": "Reading"][$0.lowercased()] },
            word: { ["group", "reading", "art"].contains($0.lowercased()) }
        )
        return try Lifted(typed, known)
    }

    @Test(
        arguments: [
            ("14 year old", "", 14), ("help for my 14-year-old son", "help for my son", 14), ("group, aged 14", "group", 14),
            ("he’s 14 and sad", "and sad", 14), ("14yo sad", "sad", 14), ("aged 13 to 25", "aged 13 to 25", nil),
            ("42nd street", "42nd street", nil), ("42 street", "42 street", nil), ("200 year old", "200 year old", nil),
        ] as [(String, String, Int?)]
    )
    func `An age is lifted out of the words`(typed: String, rest: String, age: Int?) throws {
        let lifted = try Self.lifted(typed)
        #expect(lifted.age == age && lifted.words == rest)
    }

    @Test(
        arguments: [
            ("M33 2DH", "", "M33 2DH"), ("art near m332dh", "art", "M33 2DH"), ("art in M33 please", "art please", "M33"),
            ("vitamin b12", "vitamin b12", nil), ("group near Sale", "group", "Sale"), ("art old trafford", "art", "Old Trafford"),
            ("art sale", "art", "Sale"), ("sale", "", "Sale"), ("reading group", "reading group", nil),
            ("group in reading", "group", "Reading"),
            ("art in school", "art in school", nil),
        ] as [(String, String, String?)]
    )
    func `A postcode or a town is lifted out of the words`(typed: String, rest: String, place: String?) throws {
        let lifted = try Self.lifted(typed)
        #expect((lifted.postcode?.text ?? lifted.town) == place && lifted.words == rest)
    }

    @Test(arguments: [
        ("free art", "art", true), ("art free of charge", "art", true), ("drug free", "drug free", false),
        ("free from", "free from", false),
    ])
    func `That it may cost nothing is lifted out of the words`(typed: String, rest: String, isFree: Bool) throws {
        let lifted = try Self.lifted(typed)
        #expect(lifted.isFree == isFree && lifted.words == rest)
    }

    @Test func `All of it at once`() throws {
        let lifted = try Self.lifted("free group near Sale for a 14 year old")
        #expect(lifted.words == "group for a" && lifted.age == 14 && lifted.town == "Sale" && lifted.isFree)
    }
}

@Suite struct ReadingProse {
    @Test func `A time belongs to the days of its own part, and what cannot be read is made up by nobody`() {
        #expect(Prose.times("Tuesdays 4-6pm, Saturdays 25pm").map(\.hours) == ["WEEKLY;;;TU;;16:00;18:00"])
        #expect(Prose.times("Mondays 9-11am and Thursdays 2-4pm").map(\.hours) == ["WEEKLY;;;MO;;09:00;11:00", "WEEKLY;;;TH;;14:00;16:00"])
        #expect(Prose.times("Tuesdays and Fridays 9-11am").map(\.hours) == ["WEEKLY;;;TU,FR;;09:00;11:00"])
    }

    @Test(arguments: ["Haven Refuge", "Women’s refuge.", "Our refuges", "Safe-house for girls", "Women's Aid", "DOMESTIC ABUSE support"])
    func `Words of places that may have to stay secret are known however they are written`(text: String) {
        #expect(Prose.mustStaySecret(text) != nil)
    }

    @Test(arguments: ["Help for refugees", "A safe place to talk", "House of crafts"])
    func `Words that only look like them are not`(text: String) { #expect(Prose.mustStaySecret(text) == nil) }

    @Test(arguments: [
        ("Meets on Tuesdays 7-9pm.", "WEEKLY;;;TU;;19:00;21:00"), ("Meets on Thursdays at 2pm.", "WEEKLY;;;TH;;14:00;"),
        ("Drop in on Fridays 10am-12pm for mothers", "WEEKLY;;;FR;;10:00;12:00"),
        ("Last Monday of every month 10.30am-12noon.", "MONTHLY;;;-1MO;;10:30;12:00"),
        ("on alternate Saturdays 9.15am-12.15pm", "WEEKLY;2;;SA;;09:15;12:15"),
    ])
    func `Times in sentences are read`(text: String, hours: String) { #expect(Prose.times(text).map(\.hours) == [hours]) }

    @Test(
        arguments: [
            ("Tuesdays 4-6pm, Saturdays 25pm", ["WEEKLY;;;TU;;16:00;18:00"], true), ("Sometimes 25pm", [], true),
            ("10am-12pm on Mondays and 2-4pm on Fridays", ["WEEKLY;;;MO;;10:00;12:00", "WEEKLY;;;FR;;14:00;16:00"], false),
            ("Monday - Friday 09:00-17:00", ["WEEKLY;;;MO,TU,WE,TH,FR;;09:00;17:00"], false),
            ("Monday to Friday 9am-5pm except Wednesdays", [], true), ("Mondays 100pm", [], true),
        ] as [(String, [String], Bool)]
    )
    func `A time belongs to the days beside it, and what no clock shows makes none`(text: String, hours: [String], hasMore: Bool) {
        let read = Prose.read(text)
        #expect(read.schedules.compactMap(\.hours) == hours)
        #expect(read.hasMore == hasMore)
    }

    @Test(
        arguments: [("11-17", 11, 17), ("16+", 16, nil), ("13 to 25 years", 13, 25), ("under 18", nil, 17), ("7", 7, 7)]
            as [(String, Int?, Int?)]
    )
    func `A cell of ages is read`(text: String, minimum: Int?, maximum: Int?) throws {
        let ages = try #require(Prose.agesAlone(text))
        #expect(ages.minimum == minimum && ages.maximum == maximum)
    }

    @Test func `What is no age is not read as one`() { #expect(Prose.agesAlone("grown-ups") == nil) }

    @Test func `Two times on three days are two schedules`() {
        let text = "Play. Meets Tuesdays, Wednesdays and Fridays, 9.30-11.30am and 12.30-2.30pm."
        #expect(Prose.times(text).map(\.hours) == ["WEEKLY;;;TU,WE,FR;;09:30;11:30", "WEEKLY;;;TU,WE,FR;;12:30;14:30"])
    }

    @Test(arguments: [
        "Available Monday to Friday.", "Monthly sessions on the third Wednesday of each month.", "Open 24 hours", "£45 for 8 week course",
    ])
    func `Where there is no day with a time, nothing is made up`(text: String) { #expect(Prose.times(text).isEmpty) }

    @Test(
        arguments: [
            ("young people aged 13 to 25 years", 13, 25), ("people aged 16 and over who", 16, nil), ("(aged 18 years and above)", 18, nil),
            ("children aged birth to 18 years.", 0, 18), ("aged between 13 and 19 years old", 13, 19), ("meet-up for over 50s", 50, nil),
            ("under 18s", nil, 17),
        ] as [(String, Int?, Int?)]
    )
    func `Ages in sentences are read`(text: String, minimum: Int?, maximum: Int?) throws {
        let ages = try #require(Prose.ages(text))
        #expect(ages.minimum == minimum && ages.maximum == maximum)
    }

    @Test func `A cost is read with its words`() throws {
        let cost = try #require(Prose.cost("Dance and meditation course to improve wellbeing - £30 for 6 week course."))
        #expect(cost.pounds == 30 && cost.words == "£30 for 6 week course")
        #expect(Prose.cost("A free spirit group") == nil)
    }

    @Test(
        arguments: [
            ("m33 4bp", "M33 4BP"), ("M1 5NH", "M1 5NH"), ("EC1A1BB", "EC1A 1BB"), ("n12", "N12"), ("WA154 1HF", nil), ("75008", nil),
            ("M33 4CP", nil),
        ] as [(String, String?)]
    )
    func `Postcodes are taken as people type them, and others are not`(typed: String, text: String?) {
        #expect(Postcode(typed)?.text == text)
    }

    @Test func `A postcode with one sign too many may be several`() {
        #expect(
            Postcode.meant(by: "WA154 1HF").map(\.text)
                == ["W154 1HF", "WA54 1HF", "WA14 1HF", "WA15 1HF", "WA15 4HF"].filter { Postcode($0) != nil }
        )
    }
}
