import Foundation
import Kernel
import Testing

@Test func `An id keeps the time order in which it was made`() {
    let early: VoiceID = ID(at: Moment(milliseconds: 1_000), chance: .system)
    let late: VoiceID = ID(at: Moment(milliseconds: 2_000), chance: .system)
    #expect(early < late)
    #expect(VoiceID(early.text) == early)
}

@Test(arguments: ["", "x", "0192f0c1-7e2a-7b44-9a3f-1c2d3e4f5a6", "0192f0c1_7e2a-7b44-9a3f-1c2d3e4f5a6b", "' OR 1=1 --"])
func `What is no id is refused`(text: String) {
    #expect(VoiceID(text) == nil)
}

@Test func `Line ends are made one, control characters and overrides go, the rest stays`() {
    #expect(PlainText.clean("  one\r\ntwo\rthree\n\u{0}\u{1b}four\u{202e} ") == "one\ntwo\nthree\nfour")
    #expect(PlainText.clean("e\u{301}").unicodeScalars.count == 1)
    #expect(PlainText.line("a \n\t b") == "a b")
}

@Test func `Marks piled on one letter are cut to thirty, in time that grows with the text and not with its square`() {
    let pile = "a" + String(repeating: "\u{301}\u{316}", count: 200_000)
    let started = ContinuousClock.now
    let cleaned = PlainText.clean(pile)
    #expect(ContinuousClock.now - started < .seconds(10))
    // á, and 29 marks that do not melt into it.
    #expect(cleaned.unicodeScalars.count == 30)
    #expect(PlainText.clean("Tiếng Việt, עִבְרִית") == "Tiếng Việt, עִבְרִית".precomposedStringWithCanonicalMapping)
}

@Test func `One letter cannot carry a book`() {
    #expect(PlainText.length("Zürich") == 6)
    #expect(PlainText.length("👩‍👩‍👧") == 2)
    #expect(PlainText.length("a" + String(repeating: "\u{200d}", count: 4_000)) > 1_000)
}

@Test func `A duty reaches down from the organisation to a project, never up`() {
    let service: ServiceID = ID(at: .now(), chance: .system)
    let project: ProjectID = ID(at: .now(), chance: .system)
    let place = Place(service: service, project: project)
    func actor(_ reach: Grant.Reach) -> Actor {
        .person(Someone(id: ID(at: .now(), chance: .system), name: nil, grants: [Grant(.facilitator, reach)]))
    }
    #expect(actor(.organisation).carries(.facilitator, at: place))
    #expect(actor(.service(service)).carries(.facilitator, at: place))
    #expect(actor(.project(project)).carries(.facilitator, at: place))
    #expect(!actor(.project(project)).carries(.facilitator, at: Place(service: service)))
    #expect(!actor(.organisation).carries(.scribe, at: place))
    #expect(!Actor.stranger.carries(.facilitator, at: place))
}
