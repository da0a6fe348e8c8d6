import HTML
import Kernel
import Shortlists
import Store

/// The ways to write down what people say, for those whose work it is: first on their desk.
struct WritingDown: Encodable, Sendable {
    let links: [Link]

    // 5 projects: whoever has more of them goes by the page of the project.
    private static let most = 5

    init(_ actor: Actor, only: ProjectID?, _ tx: Transaction) throws {
        let open = Set(try tx.values("SELECT id FROM projects WHERE state = 'open'", as: ProjectID.self))
        let all = try DeskReach.projects(.call, for: actor, tx).filter { open.contains($0.id) && (only ?? $0.id) == $0.id }
        let calls = try Workplaces.of(actor, tx).isEmpty ? [] : [Link(W.placesForCaller, to: .path("/lists/phone"))]
        links =
            all.prefix(Self.most).flatMap { project -> [Link] in
                let here = SafeURL.path("/", project.serviceSlug, "projects", project.slug)
                let about = all.count > 1 ? ": " + project.title : ""
                return [
                    Link(W.writePhone + about, to: SafeURL(local: "\(here)/voices/phone") ?? here),
                    Link(W.writePaper + about, to: SafeURL(local: "\(here)/voices/paper") ?? here),
                    Link(W.writeSession + about, to: SafeURL(local: "\(here)/sessions") ?? here),
                ]
            } + calls
    }

    var html: HTML {
        guard !links.isEmpty else { return .nothing }
        return nav(label: W.writeDown) { ul(class: "plain") { for link in links { li { a(link.label, to: link.url) } } } }
    }
}
