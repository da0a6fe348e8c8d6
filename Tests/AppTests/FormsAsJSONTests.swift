import Foundation
import HTTPTypes
import HouseSupport
import TestSupport
import Testing
import Voices

@Suite struct FormsAsJSON {
    @Test func `Every form of every page is told to programs, field by field, and nothing else is`() async throws {
        try await Engine.sqlite.withHouse(hasEveryKind: true) { house in
            let places = try await Fixture.settle(in: house)
            var compared = 0
            for route in house.routes where route.hasPrefix("GET ") && !route.contains("calendar.ics") && !route.hasSuffix(".atom") {
                let path = places.path(String(route.dropFirst(4)))
                for who in [Character.stranger, .administrator, .facilitator, .safeguarding, .youngPerson, .parent] {
                    let page = try await house.browser(who).get(path)
                    guard page.status == 200, page.text.contains("<form") else { continue }
                    let json = try await house.browser(who).get(path, json: true).json()
                    #expect(Self.told(json) == Self.shown(page.text), "\(path) as \(who)")
                    // Once: nothing beside `forms` says a field again.
                    let others = json.filter { $0.key != "forms" }.values
                    let again = others.contains { String(describing: $0).contains("isOptional") }
                    #expect(!again, "\(path) as \(who) tells its questions twice")
                    compared += 1
                }
            }
            #expect(compared > 150, "\(compared)")
        }
    }

    /// What every form carries, the one of the frame too.
    private static let proofs: Set<String> = ["csrf", "submission"]

    /// The fields of a page's HTML, by their names.
    private static func shown(_ html: String) -> Set<String> {
        let fields = html.matches(of: #/<(?:input|textarea|select|button)[^>]* name="([^"]*)"/#).map { String($0.1) }
        // Three fields of one date.
        return Set(fields.map { $0.replacing(#/-(day|month|year)$/#, with: "") }).subtracting(proofs)
    }

    private static func told(_ json: [String: Any]) -> Set<String> {
        let forms = json["forms"] as? [[String: Any]] ?? []
        return Set(
            forms.flatMap { form in
                let fields = (form["fields"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
                let buttons = (form["buttons"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
                return fields + buttons + (form["carries"] as? [String: String] ?? [:]).keys.map { String($0) }
            }.map { $0.replacing(#/-(day|month|year)$/#, with: "") }
        ).subtracting(proofs)
    }

    @Test func `A voice's form says its labels, limits and choices, and what is wrong by the field's name`() async throws {
        try await Engine.sqlite.withHouse { house in
            let path = "/barnet-camhs/projects/stepped-model/voices/phone"
            let json = try await house.browser(.scribe).get(path, json: true).json()
            let form = try #require((json["forms"] as? [[String: Any]])?.first)
            #expect((form["carries"] as? [String: String])?["csrf"] == house.browser(.scribe).csrf)
            #expect(form["method"] as? String == "post" && form["action"] as? String == path)
            let fields = try #require(form["fields"] as? [[String: Any]])
            let words = try #require(fields.first { $0["name"] as? String == "words" })
            #expect(words["limit"] as? Int == SayVoice.limit && words["kind"] as? String == "words")
            #expect(words["label"] as? String == "What they say, in their own words")
            let consent = try #require(fields.first { $0["name"] as? String == "consent" })
            let choices = try #require(consent["choices"] as? [[String: String]])
            #expect(choices.map { $0["value"] } == ["project", "public", "public-named"])
            let headers = ["Accept": "application/json", "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"]
            let body = #"{"words":"","csrf":"\#(house.browser(.scribe).csrf)"}"#
            let problem = try await house.browser(.scribe).ask(.post, path, body: Array(body.utf8), headers: headers)
            let errors = try #require(try problem.json()["errors"] as? [[String: String]])
            #expect(
                problem.status == 422 && Set(errors.map { $0["field"] }).isSuperset(of: ["words", "perspective", "consent", "read-back"])
            )
        }
    }
}
