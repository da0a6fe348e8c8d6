import Store
import Web

public enum DeskRoutes {
    public static func add(to site: Site) {
        site.page("/desk") { visit, tx in try DeskPage(visit, tx) }
        site.page("/desk/overdue") { visit, tx in try DeskOverduePage(visit, tx) }
        site.page("/desk/:list") { visit, tx in try DeskListPage(visit, tx) }
    }
}
