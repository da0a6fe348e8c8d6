import Discussion
import Kernel
import Services
import Store
import Web

/// What anybody sees without signing in. Every page here is the same for all strangers and kept as bytes until the trail moves.
public enum PublicRecordRoutes {
    public static func add(to site: Site) {
        site.open("/") { visit, tx in try HomePage(visit, tx) }
        site.shared("/help") { visit, tx in HelpPage() }
        site.shared("/privacy") { visit, tx in PrivacyPage() }
        site.shared("/accessibility") { visit, tx in AccessibilityPage() }
        site.open("/:service") { visit, tx in try ServiceHomePage(visit, tx) }
        site.shared("/:service/you-said-we-did") { visit, tx in try YouSaidPage(visit, tx) }
        site.openAnswer("/:service/themes/:theme") { visit, tx in
            // A theme that was put together with another lives on there; feeds and printed slips still have its address.
            do { return .page(try ThemePage(visit, tx)) } catch Refusal.notFound {
                let service = try ServiceStore.find(slug: visit.part("service"), tx)
                guard let became = try ThemeStore.became(visit.id("theme"), tx) else { throw Refusal.notFound }
                let theme = try PublicThemes.find(became, in: service, for: visit.actor, tx)
                return .see(PublicThemes.url(theme.id, in: service))
            }
        }
        site.open("/:service/projects/:project") { visit, tx in
            if AllVoicesPage.isAskedFor(visit.query) { return try AllVoicesPage(visit, tx) }
            return try ProjectPage(visit, tx)
        }
        site.openAnswer("/:service/changes.atom") { visit, tx in try Feed.answer(visit, tx) }
    }
}
