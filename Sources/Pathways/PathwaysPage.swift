import HTML
import Kernel
import Services
import Store
import Web
import Words

/// A text that waits for somebody to read it, with who asked and when.
public struct WaitingText: Sendable, Encodable {
    let link: Link
    let words: String

    public init(_ link: Link, words: String) {
        self.link = link
        self.words = words
    }
}

/// `/:service/pathways`: everything there is in plain words, by what it is.
struct PathwaysPage: Page {
    struct Entry: Sendable, Encodable {
        let link: Link
        let summary: String
    }

    struct Shelf: Sendable, Encodable {
        let name: String
        let entries: [Entry]
    }

    let heading = W.pathways
    let lead: String? = W.pathwaysLead
    let surroundings: Surroundings
    let more: [Entry]
    let shelves: [Shelf]
    let words: Link?
    /// What the rooms of whoever looks were asked to read.
    let waiting: [WaitingText]
    /// Not published yet, for those who work on it.
    let drafts: [Link]
    let start: Link?

    init(_ visit: Visit, more: [(link: Link, summary: String)], waiting: [WaitingText], _ tx: Transaction) throws {
        let here = try PathwaysVisit(visit, tx)
        let service = here.service
        surroundings = here.at.surroundings().wearing(.leaflets)
        self.more = more.map { Entry(link: $0.link, summary: $0.summary) }
        let published = try LeafletStore.published(in: service.id, tx)
        shelves = Leaflet.Kind.allCases.filter { $0 != .word }.compactMap { kind in
            let entries = published.filter { $0.leaflet.kind == kind }.map {
                Entry(link: Link($0.leaflet.title, to: $0.leaflet.url(in: service)), summary: $0.summary)
            }
            return entries.isEmpty ? nil : Shelf(name: kind.shelf, entries: entries)
        }
        words = published.contains { $0.leaflet.kind == .word } ? Link(W.wordsExplained, to: here.url.below("words")) : nil
        guard here.mayWork else {
            (self.waiting, drafts, start) = ([], [], nil)
            return
        }
        self.waiting = waiting
        let known = Set(published.map(\.leaflet.id))
        drafts = try LeafletStore.all(in: here.people, for: visit.actor, tx).filter { !known.contains($0.id) }.map {
            Link($0.title, to: $0.url(in: service).below("work"))
        }
        start = Link(W.startLeaflet, to: here.url.below("new"))
    }

    var html: HTML {
        HTML {
            if !waiting.isEmpty {
                section(W.waitingForYou) { for one in waiting { card(one.link.label, to: one.link.url) { p(one.words) } } }
            }
            if !more.isEmpty { list(more) }
            for shelf in shelves { section(shelf.name) { list(shelf.entries) } }
            if shelves.isEmpty { emptyState(W.nothingYet) }
            if let words { section(W.wordsExplained) { p { a(W.wordsLead, to: words.url) } } }
            if !drafts.isEmpty { section(W.notPublished) { ul { for one in drafts { li { a(one.label, to: one.url) } } } } }
            if let start { p { buttonLink(start.label, to: start.url, kind: .secondary) } }
        }
    }

    private func list(_ entries: [Entry]) -> HTML {
        ul(class: "leaflets") {
            for one in entries {
                li {
                    a(one.link.label, to: one.link.url)
                    p(one.summary)
                }
            }
        }
    }
}

/// `/:service/pathways/words`: what the words mean.
struct WordsPage: Page {
    struct Entry: Sendable, Encodable {
        let word: String
        let meaning: String
        let id: String
        let more: SafeURL
    }

    let heading = W.wordsExplained
    let lead: String? = W.wordsLead
    let surroundings: Surroundings
    let entries: [Entry]

    init(_ visit: Visit, _ tx: Transaction) throws {
        let here = try PathwaysVisit(visit, tx)
        surroundings = here.at.surroundings(here.link).wearing(.leaflets)
        entries = try LeafletStore.glossary(of: here.service, tx).map { word in
            Entry(
                word: word.leaflet.title,
                meaning: word.summary,
                id: "word-" + word.leaflet.slug,
                more: word.leaflet.url(in: here.service)
            )
        }
    }

    var html: HTML {
        HTML {
            for one in entries {
                section(one.word, id: one.id) {
                    p(one.meaning)
                    p { a(W.moreAbout, about: one.word, to: one.more) }
                }
            }
            if entries.isEmpty { emptyState(W.nothingYet) }
        }
    }
}

extension Leaflet.Kind {
    /// The heading that leaflets of this kind stand under.
    var shelf: String {
        switch self {
        case .pathway: W.shelfPathway
        case .visit: W.shelfVisit
        case .about: W.shelfAbout
        case .rights: W.shelfRights
        case .policy: W.shelfPolicy
        case .word: W.wordsExplained
        }
    }

    var hint: String {
        switch self {
        case .pathway: W.hintPathway
        case .visit: W.hintVisit
        case .about: W.hintAbout
        case .rights: W.hintRights
        case .policy: W.hintPolicy
        case .word: W.hintWord
        }
    }
}
