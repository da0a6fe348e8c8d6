import HTML
import Kernel
import Markdown
import Pathways
import Services
import Store
import Web
import Words

/// `/:service/pathways/steps`: the picture, and the same in words.
struct StepsPage: Page {
    struct Entry: Sendable, Encodable {
        let step: Step
        let wait: String
        let edit: Link?
        let up: SafeURL?
    }

    struct Explained: Sendable, Encodable {
        let heading: String
        let words: String
        let html: HTML

        private enum CodingKeys: String, CodingKey { case heading, words }

        init(_ heading: String, _ written: String) {
            self.heading = heading
            let text = Markdown(written)
            words = text.paragraphs.joined(separator: "\n\n")
            html = text.html()
        }
    }

    let heading = W.steps
    let lead: String?
    let surroundings: Surroundings
    let entries: [Entry]
    let explained: [Explained]
    /// Pages that say more.
    let more: [Link]
    let ways: [Link]

    private enum CodingKeys: String, CodingKey { case lead, entries, explained, more }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let at = try ServiceVisit(visit, tx)
        let service = at.service
        let steps = try StepStore.all(of: service.id, tx)
        let isEditor = try ServicePeople(of: service, tx).isEditor(visit.actor)
        guard !steps.isEmpty || isEditor else { throw Refusal.notFound }
        let model = try StepStore.model(of: service.id, tx)
        let url = Steps.url(service)
        lead = model.intro
        surroundings = at.surroundings(Link(W.pathways, to: .path("/", service.slug, "pathways"))).wearing(.leaflets)
        entries = steps.map { step in
            Entry(
                step: step,
                wait: Self.wait(step, at.dates),
                edit: isEditor ? Link(W.edit, to: url.below(step.id, "edit")) : nil,
                up: isEditor && step.number < steps.count ? url.below(step.id, "up") : nil
            )
        }
        explained = [(W.comingBack, model.comingBack), (W.decided, model.decided), (W.disagree, model.disagree)]
            .filter { !$0.1.isEmpty }.map { Explained($0.0, $0.1) }
        more = try LeafletStore.published(in: service.id, tx).filter { $0.leaflet.kind == .pathway }.map {
            Link($0.leaflet.title, to: $0.leaflet.url(in: service))
        }
        ways = isEditor ? [Link(W.addStep, to: url.below("new")), Link(W.explain, to: url.below("edit"))] : []
    }

    private static func wait(_ step: Step, _ dates: Dates) -> String {
        guard !step.wait.isEmpty, let day = step.waitTrueOn else { return W.waitUnknown }
        return W.waitTrueOn(wait: step.wait, day: dates.day(day))
    }

    /// What the picture shows, for those who cannot see it.
    private var pictured: String {
        W.pictured(steps: entries.map { W.numbered(number: "\($0.step.number)", name: $0.step.name) }.joined(separator: ". "))
    }

    var html: HTML {
        HTML {
            if !entries.isEmpty {
                svg(
                    StairsDrawing.make(entries.map(\.step)),
                    title: W.steps,
                    description: pictured,
                    width: StairsDrawing.width,
                    height: StairsDrawing.height(of: entries.map(\.step)),
                    class: "stairs"
                )
            }
            for entry in entries { html(of: entry) }
            for one in explained { section(one.heading) { one.html } }
            if !more.isEmpty { section(W.more) { ul { for link in more { li { a(link.label, to: link.url) } } } } }
            if !ways.isEmpty { buttons { for way in ways { buttonLink(way.label, to: way.url, kind: .secondary) } } }
        }
    }

    private func html(of entry: Entry) -> HTML {
        let step = entry.step
        return section(W.numbered(number: "\(step.number)", name: step.name), id: "step-\(step.number)") {
            definitions(
                [(W.offers, HTML(step.offers)), (W.forWhom, HTML(step.forWhom))]
                    + (step.moving.isEmpty ? [] : [(W.moving, HTML(step.moving))])
                    + [(W.wait, HTML(entry.wait))]
            )
            if let edit = entry.edit { p { a(edit.label, about: step.name, to: edit.url) } }
            if let up = entry.up { postButton(W.moveUp, about: step.name, to: up) }
        }
    }
}
