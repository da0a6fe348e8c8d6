import App
import HouseSupport
import Kernel
import Pathways
import Readability
import Store
import TestSupport
import Testing

@Suite struct DemoPathways {
    static func texts(_ house: DemoHouse) async throws -> [(leaflet: Leaflet, text: LeafletText)] {
        try await house.db.read { tx in
            let leaflets: [LeafletID] = try tx.values("SELECT id FROM leaflets ORDER BY id")
            return try leaflets.flatMap { id in
                let leaflet = try LeafletStore.find(id, tx)
                return try TextStore.all(of: id, tx).map { (leaflet, $0) }
            }
        }
    }

    @Test func `Every page of the demo is for readers of eleven or younger, measured by our own four measures`() async throws {
        try await Engine.sqlite.withDemo { house in
            let texts = try await Self.texts(house)
            let pages = texts.filter { $0.leaflet.kind != .word && $0.text.isOriginal && $0.text.state == .published }
            #expect(pages.count >= 8)
            for (leaflet, text) in pages {
                let age = try #require(text.age, "\(leaflet.title)")
                #expect(age.years <= LeafletText.oldest, "\(leaflet.title): \(age)")
                #expect(text.reason.isEmpty)
            }
        }
    }

    @Test func `Every page of the demo says that it is a sample, is read by somebody it is for, and goes back to what people asked`()
        async throws
    {
        try await Engine.sqlite.withDemo { house in
            for (leaflet, text) in try await Self.texts(house)
            where leaflet.kind != .word && text.state == .published && text.language == "en" {
                let query = text.form == .easy ? "?form=easy" : ""
                let page = try await house.browser().get("/barnet-camhs/pathways/\(leaflet.slug)\(query)")
                #expect(page.status == 200)
                #expect(page.words.contains("This is a sample page.") || page.words.contains("This page is a sample."), "\(leaflet.title)")
                #expect(page.words.contains("Read by"), "\(leaflet.title)")
                #expect(page.text.contains("/barnet-camhs/themes/"), "\(leaflet.title)")
            }
            let steps = try await house.browser().get("/barnet-camhs/pathways/steps").words
            #expect(steps.contains("These steps are made up for the demo."))
            #expect(steps.contains("Step 1: Advice and groups"))
        }
    }
}
