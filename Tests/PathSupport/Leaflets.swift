import HouseSupport
import Kernel
import Pathways
import Services
import Store

/// Leaflets on their way, for tests that begin after somebody wrote one.
extension TestHouse {
    public static let easyWords = """
        You can ring us at any time of the day. We will talk to you and find out what would help. You can bring a friend with you.

        ## What happens next

        We write down what you said. You get a copy of it. If it is wrong, tell us and we will put it right.
        """

    public static let hardWords = """
        Prioritisation of referrals is determined by multidisciplinary evaluation of severity, complexity and associated vulnerability,
        in accordance with established eligibility criteria and organisational responsibilities. Notification of the determination will be
        communicated to the referring professional following authorisation by the responsible clinician.
        """

    public func service(_ tx: Transaction) throws -> Service { try ServiceStore.find(slug: "barnet-camhs", tx) }

    /// A leaflet with its first draft, written by the facilitator.
    public func draft(
        _ title: String = "What happens at triage",
        _ body: String = TestHouse.easyWords,
        _ details: LeafletDetails = LeafletDetails(kind: .pathway)
    ) async throws -> LeafletText {
        try await does(.facilitator) { deed, tx in
            try StartLeaflet.run(
                details,
                TextDraft(title: title, summary: "How we sort letters.", body: body),
                in: service(tx),
                by: deed,
                tx
            )
        }
    }

    public func fresh(_ text: LeafletText) async throws -> LeafletText { try await db.read { tx in try TextStore.find(text.id, tx) } }

    public func leaflet(_ text: LeafletText) async throws -> Leaflet { try await db.read { tx in try LeafletStore.find(text.leaflet, tx) } }

    public func checked(_ text: LeafletText, by who: Character = .clinician) async throws {
        try await does(who) { deed, tx in
            let now = try TextStore.find(text.id, tx)
            try CheckText.run(now, edition: now.edition, in: service(tx), by: deed, tx)
        }
    }

    public func published(_ text: LeafletText, reason: String = "") async throws {
        try await checked(text)
        try await does(.publisher) { deed, tx in
            let now = try TextStore.find(text.id, tx)
            try PublishText.run(
                now,
                edition: now.edition,
                reason: reason,
                of: LeafletStore.find(now.leaflet, tx),
                in: service(tx),
                by: deed,
                tx
            )
        }
    }

    /// Another text of the same leaflet.
    public func written(_ draft: TextDraft, of first: LeafletText, by who: Character = .youngPerson) async throws -> LeafletText {
        try await does(who) { deed, tx in
            try WriteText.new(draft, of: LeafletStore.find(first.leaflet, tx), in: service(tx), by: deed, tx)
        }
    }

    public func signed(_ text: LeafletText, by who: Character) async throws {
        try await does(who) { deed, tx in
            let now = try TextStore.find(text.id, tx)
            try SignOff.run(now, edition: now.edition, asked: [cast.young, cast.parents, cast.thursday], in: service(tx), by: deed, tx)
        }
    }
}

public let pathways = "/barnet-camhs/pathways"
public let triage = "/barnet-camhs/pathways/what-happens-at-triage"
