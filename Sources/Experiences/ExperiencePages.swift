import Directory
import HTML
import Kernel
import Projects
import Services
import Store
import Voices
import Web
import Words

/// `/directory/entries/:entry/words`: everything that people said about a place, as far as everybody may read it.
struct ExperiencesPage: Page {
    // Ten times the longest voice are 40 KB.
    private static let size = 10

    let heading = W.heading
    let caption: String?
    var lead: String? { W.lead }
    let experiences: [Experience]
    let total: Int
    let page: Int
    let surroundings: Surroundings
    private let entry: EntryID

    private enum CodingKeys: String, CodingKey { case experiences, total, page }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let entry = try EntryStore.find(visit.id("entry"), tx)
        try DirectoryPolicy.read(entry, by: visit.actor)
        self.entry = entry.id
        caption = entry.name
        page = visit.query.page
        total = try Experience.count(of: entry.id, tx)
        experiences = try Experience.shown(of: entry.id, limit: Self.size, offset: (page - 1) * Self.size, visit.site.dates, tx)
        surroundings = Surroundings(
            breadcrumbs: [Link(W.directory, to: .path("/directory")), Link(entry.name, to: entry.url)],
            isPrivate: entry.state != .shown
        )
    }

    var html: HTML {
        HTML {
            if experiences.isEmpty { emptyState(W.nobodyYet, next: Link(W.say, to: .path("/directory/entries", entry, "said"))) }
            for one in experiences { one.html }
            pagination(page: page, of: (total + Self.size - 1) / Self.size) {
                SafeURL.path("/directory/entries", entry, "words").adding("page", $0)
            }
        }
    }
}

/// `/directory/entries/:entry/said`: where to say what it was like, and what becomes of it. Words need somebody who answers them, so they go to a
/// project.
struct SaidPage: Page {
    let heading = W.say
    let caption: String?
    var lead: String? { W.sayLead }
    let ways: [Way]
    let surroundings: Surroundings

    struct Way: Sendable, Encodable {
        let project: String
        let say: SafeURL
        /// Set for people who write down what others say.
        let phone: SafeURL?
    }

    private enum CodingKeys: String, CodingKey { case ways }

    init(_ visit: Visit, _ tx: Transaction) throws {
        let entry = try EntryStore.find(visit.id("entry"), tx)
        try DirectoryPolicy.read(entry, by: visit.actor)
        caption = entry.name
        ways = try Self.ways(entry.id, visit.actor, tx)
        surroundings = Surroundings(
            breadcrumbs: [Link(W.directory, to: .path("/directory")), Link(entry.name, to: entry.url)],
            isPrivate: true
        )
    }

    /// The open projects in which this actor may speak.
    private static func ways(_ entry: EntryID, _ actor: Actor, _ tx: Transaction) throws -> [Way] {
        let ids = try tx.values("SELECT id FROM projects WHERE state = 'open' ORDER BY title, id", as: ProjectID.self)
        return try ids.compactMap { id in
            let project = try ProjectStore.find(id, tx)
            guard (try? VoicePolicy.say(in: project, by: actor)) != nil else { return nil }
            let service = try ServiceStore.find(project.service, tx)
            let home = project.url(in: service).description
            func below(_ path: String) -> SafeURL { (SafeURL(local: home + path) ?? project.url(in: service)).adding("about", entry) }
            let writes = (try? VoicePolicy.scribe(in: project.place, by: actor)) != nil
            return Way(
                project: "\(service.name): \(project.title)",
                say: below("/say"),
                phone: writes ? below("/voices/phone") : nil
            )
        }
    }

    var html: HTML {
        HTML {
            ul {
                li(W.whoReads)
                li(W.youDecide)
                li(W.noNames)
            }
            if ways.isEmpty { p(W.nowhere) }
            for way in ways {
                section(way.project) {
                    p { buttonLink(W.sayHere, to: way.say) }
                    if let phone = way.phone { p { a(W.writeDown, to: phone) } }
                }
            }
        }
    }
}

public enum ExperiencesRoutes {
    public static func add(to site: Site) {
        site.page("/directory/entries/:entry/words") { visit, tx in try ExperiencesPage(visit, tx) }
        site.page("/directory/entries/:entry/said") { visit, tx in try SaidPage(visit, tx) }
    }
}

/// The part of an entry's page that tells what people said.
public struct ExperiencePart: Sendable, Encodable {
    // The five newest, 600 letters each: 3 KB of a page that is to weigh less than 60.
    private static let most = 5
    private static let longest = 600

    public let experiences: [Experience]
    public let total: Int
    private let entry: EntryID

    private enum CodingKeys: String, CodingKey { case experiences, total }

    public init(of entry: EntryID, _ dates: Dates, _ tx: Transaction) throws {
        self.entry = entry
        total = try Experience.count(of: entry, tx)
        experiences = total == 0 ? [] : try Experience.shown(of: entry, limit: Self.most, dates, tx).map(Self.short)
    }

    private static func short(_ one: Experience) -> Experience {
        guard one.words.count > longest else { return one }
        return Experience(words: one.words.prefix(longest - 1) + "…", who: one.who, month: one.month)
    }

    private var isCut: Bool { total > experiences.count || experiences.contains { $0.words.count == Self.longest } }

    public var html: HTML {
        section(W.heading, id: "words") {
            if experiences.isEmpty { p(W.nobodyYet) }
            for one in experiences { one.html }
            if isCut { p { a(W.readAll(n: total), to: .path("/directory/entries", entry, "words")) } }
            p { a(W.say, to: .path("/directory/entries", entry, "said")) }
        }
    }
}
