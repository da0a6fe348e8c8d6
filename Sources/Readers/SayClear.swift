import Kernel
import Pathways
import Services
import Store

/// Says that a text is clear, as somebody whose group was asked to read it.
public enum SayClear {
    public static func run(_ text: LeafletText, edition: Int, in service: Service, by deed: Deed, _ tx: Transaction) throws {
        let asked = try AskingStore.groups(of: text.id, tx).map(\.id)
        try SignOff.run(text, edition: edition, asked: asked, in: service, by: deed, tx)
    }
}
