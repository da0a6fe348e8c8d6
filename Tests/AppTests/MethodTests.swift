import HTTPTypes
import HouseSupport
import Kernel
import Store
import TestSupport
import Testing
import Voices

@Suite struct Methods {
    @Test func `A page asked for in another way says which ways it has`() async throws {
        try await Engine.sqlite.withHouse { house in
            let stranger = house.browser(.stranger)
            for (method, path, allow) in [
                (HTTPRequest.Method.delete, "/barnet-camhs", "GET, HEAD"), (.put, "/worried", "GET, HEAD, POST"),
                (.post, "/help", "GET, HEAD"), (.get, "/barnet-camhs/projects/open-door/say/check", "POST"), (.patch, "/", "GET, HEAD"),
            ] {
                let answer = try await stranger.ask(method, path, body: nil, headers: ["Accept": "text/html"])
                #expect(answer.status == 405 && answer.headers[.allow] == allow, "\(method) \(path): \(answer.status)")
                #expect(answer.text.contains("<h1"))
            }
            let problem = try await stranger.ask(.delete, "/help", body: nil, headers: ["Accept": "application/json"])
            #expect(problem.status == 405 && problem.headers[.contentType] == "application/problem+json")
            let form = try await stranger.get("/barnet-camhs/projects/open-door/say/check")
            #expect(form.text.contains("href=\"/barnet-camhs/projects/open-door/say\""))
        }
    }

    @Test func `It tells nobody what is behind the door`() async throws {
        try await Engine.sqlite.withHouse(hasEveryKind: true) { house in
            let places = try await Fixture.settle(in: house)
            let asked: [(HTTPRequest.Method, String)] = [
                (.put, "/desk"), (.delete, places.path("/voices/:voice")), (.get, places.path("/voices/:voice/withdrawal")),
                (.put, "/nowhere"), (.get, "/no/such/place"), (.put, "/barnet-camhs/projects/stepped-model/groups"), (.delete, "/worries"),
                (.put, "/barnet-camhs/projects/nowhere"),
            ]
            for (method, path) in asked {
                let answer = try await house.browser(.stranger).ask(method, path, body: nil, headers: ["Accept": "text/html"])
                #expect(answer.status == 404 && answer.headers[.allow] == nil, "\(method) \(path): \(answer.status)")
            }
            let facilitator = house.browser(.facilitator)
            let known = try await facilitator.ask(
                .get,
                places.path("/voices/:voice/withdrawal"),
                body: nil,
                headers: ["Accept": "text/html"]
            )
            #expect(known.status == 405 && known.headers[.allow] == "POST")
            #expect(try await facilitator.ask(.put, "/desk", body: nil, headers: ["Accept": "text/html"]).status == 405)
        }
    }
}
