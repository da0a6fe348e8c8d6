import HTML
import Kernel
import Projects
import Store
import Web
import Words

/// Everything that was said in a project, as far as whoever looks may read it, fifty at a time.
struct AllVoicesPage: Page {
    let heading = W.whatPeopleSaid
    let caption: String?
    let counted: String
    let voices: [KeptRow]
    let more: Ways
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case counted, voices, more }

    /// The project's own address with a word after it: for the cache both are pages of that project.
    static func url(_ here: ProjectVisit) -> SafeURL { here.url.adding("voices", "all") }

    static func isAskedFor(_ query: Query) -> Bool { query["voices"] == "all" || Part(query) != .newest }

    static func counted(_ number: Int) -> String {
        number > PublicVoices.mostCounted ? W.publicVoicesMore(number: String(PublicVoices.mostCounted)) : W.publicVoices(n: number)
    }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let here = try ProjectVisit(visit, tx)
        caption = here.project.title
        let slice = try PublicVoices.list(in: here, part: Part(visit.query), tx)
        voices = try PublicVoices.rows(slice.entries.map(\.id), in: here, tx)
        let project = here.project.id.text
        counted = try visit.kept("counted", [project], of: here.place, tx) { _ in
            [project: Self.counted(try PublicVoices.count(in: here.place, tx))]
        }.joined()
        more = slice.ways(from: Self.url(here))
        surroundings = here.surroundings(feed: Feed.link(of: here.service))
    }

    var html: HTML {
        HTML {
            p(counted, class: "quiet")
            div(class: "entries") { for voice in voices { voice.html } }
            if voices.isEmpty { emptyState(W.nothingSaidYet) }
            more.html
        }
    }
}
