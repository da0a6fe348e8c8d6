import Discussion
import HTML
import Kernel
import Projects
import Store
import Web

public enum ThemesRoutes {
    public static func add(to site: Site) {
        site.page("/:service/projects/:project/themes") { visit, tx in try ThemesPage(ProjectVisit(visit, tx), tx) }
        site.give("/:service/projects/:project/themes/:theme") { visit, tx in
            let here = try ProjectVisit(visit, tx)
            if let became = try ThemeStore.became(visit.id("theme"), tx) {
                try ThemePolicy.read(in: here.place, by: visit.actor)
                return .see(here.here("themes", became))
            }
            return .page(try ThemePage(ThemeVisit(visit, tx), tx))
        }
    }
}
