import HTML
import Kernel
import Projects
import Services
import Store
import Web
import Words

/// The first page: whose place this is, and which services can be shaped here.
struct HomePage: Page {
    let heading: String
    let lead: String?
    let services: [ServiceCard]
    let news: [ThemeBrief]
    let surroundings: Surroundings
    /// Said where nothing has been set up yet.
    let toBegin: String?

    struct ServiceCard: Encodable, Sendable {
        let name: String
        let url: SafeURL
        let summary: String
        let phone: String?
        let open: [Link]
    }

    private enum CodingKeys: String, CodingKey { case services, news, toBegin }

    init(_ visit: Visit, _ tx: Transaction) throws {
        surroundings = Surroundings(breadcrumbs: [])
        let organisation = try tx.first("SELECT name, about FROM organisation WHERE id = 1") { row in
            (name: try row.next(String.self), about: try row.next(String.self))
        }
        let all = try ServiceStore.all(tx)
        heading = organisation?.name ?? W.homeHeading
        lead = organisation.flatMap { $0.about.isEmpty ? nil : $0.about } ?? (all.isEmpty ? nil : W.homeLead)
        services = try all.map { service in
            let open = try ProjectStore.all(in: service.id, tx).filter { $0.state == .open }
            return ServiceCard(
                name: service.name,
                url: service.url,
                summary: service.summary,
                phone: service.phone,
                open: open.map { $0.link(in: service) }
            )
        }
        toBegin = all.isEmpty ? (organisation == nil ? W.notSetUp : W.noServices) : nil
        // Where there is one service, its news are the news.
        guard let only = all.first, all.count == 1 else {
            news = []
            return
        }
        let themes = try PublicThemes.slice(in: only, where: ServiceHomePage.changed, part: .newest, size: 3, tx)
        news = try PublicThemes.briefs(themes.entries, in: only, tx)
    }

    var html: HTML {
        HTML {
            if let toBegin { emptyState(toBegin) }
            p {
                W.whatIsThisWords
                " "
                a(W.howItWorksLink, to: .path("/help"))
            }
            p { a(W.haveCode, to: .path("/receipt")) }
            if !services.isEmpty {
                section(W.servicesHeading) {
                    if services.count == 1 { serviceCard(services[0]) } else { cards { for one in services { serviceCard(one) } } }
                }
            }
            if !news.isEmpty { section(W.newsHeading) { cards { for one in news { one.html } } } }
        }
    }

    private func serviceCard(_ one: ServiceCard) -> HTML {
        card(one.name, to: one.url) {
            p(one.summary)
            if !one.open.isEmpty {
                p(W.openNow)
                ul { for link in one.open { li { a(link.label, to: link.url) } } }
            }
            if let phone = one.phone { phoneLine(phone) }
        }
    }
}

/// "Or ring 020 7946 0000."
func phoneLine(_ phone: String) -> HTML {
    p {
        W.orRing
        " "
        a(phone, to: .tel(phone))
        "."
    }
}
