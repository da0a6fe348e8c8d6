import HouseSupport
import TestSupport
import Testing

@testable import Services

@Suite struct SlugTests {
    @Test(arguments: [
        ("Barnet CAMHS", "barnet-camhs"), ("Café Été", "cafe-ete"), ("  What's next?  ", "what-s-next"), ("日本", ""),
        ("A&E – “Urgent” care 24/7", "a-e-urgent-care-24-7"),
    ])
    func `A name becomes an address`(name: String, slug: String) { #expect(Slug.of(name) == slug) }

    @Test(arguments: ["", "-", "Barnet", "a b", "é", "-a", "a-", "a/b", "a.b", String(repeating: "a", count: 61)])
    func `An address that a browser or a person could mistake is refused`(slug: String) { #expect(Slug.problem(slug) != nil) }

    @Test(arguments: ["desk", "organisation", "join", "metrics"])
    func `A service cannot take the address of a page of ours`(slug: String) { #expect(Slug.problem(slug) != nil) }

    @Test func `Every first word of our routes is reserved`() async throws {
        try await Engine.sqlite.withHouse { (house: TestHouse) async throws in
            for route in house.routes {
                guard let first = route.split(separator: "/").dropFirst().first, !first.hasPrefix(":") else { continue }
                #expect(Slug.reserved.contains(String(first)), "\(route)")
            }
        }
    }
}
